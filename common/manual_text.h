// manual_text.h: texts that a terminal and a manual page show: paragraphs, and lines that stay.
// SPDX-License-Identifier: MIT
//
// A line of the text that begins with two blanks is shown as it is: an example, a table. Another
// line is a paragraph, whatever its length; who shows it breaks it. An empty line parts.
#ifndef BOOTLEAP_COMMON_MANUAL_TEXT_H
#define BOOTLEAP_COMMON_MANUAL_TEXT_H

#include <stddef.h>
#include <stdio.h>

enum manual_line { MANUAL_END, MANUAL_EMPTY, MANUAL_PARAGRAPH, MANUAL_AS_IT_IS };

// The next line of *text, which moves on behind it; *line and *length are without the line feed.
enum manual_line manual_text_next(const char **text, const char **line, size_t *length);

// Prints it for a terminal with lines of at most `width` columns.
void manual_text_print(const char *text, size_t width, FILE *file);

#endif
