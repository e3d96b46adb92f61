// paragraph.h: prints texts that are broken into lines.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_PARAGRAPH_H
#define BOOTLEAP_COMMON_PARAGRAPH_H

#include "printf_format.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

// A text that is broken into lines, while it is printed. Set the first three, then put texts.
struct paragraph {
    FILE *file;
    size_t indent; // of all lines but the first, which begins where its writer left off
    size_t width;  // columns that a line has at most; a longer word has a line of its own
    size_t used;   // columns of this line
    bool begun;    // it has words of this text
};

void paragraph_blanks(struct paragraph *paragraph, size_t until);
void paragraph_start_line(struct paragraph *paragraph);

// Adds words that have blanks between them. There is one before the first, too, where the line has
// words already.
void paragraph_put(struct paragraph *paragraph, const char *text);

// The same for a text that is made from parts; it is cut after 1023 characters.
void paragraph_say(struct paragraph *paragraph, const char *format, ...) PRINTF_FORMAT(2, 3);

#endif
