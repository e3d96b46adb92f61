// text_draft.h: a text of limited length, while it is written.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_TEXT_DRAFT_H
#define BOOTLEAP_COMMON_TEXT_DRAFT_H

#include "printf_format.h"

#include <stdarg.h>
#include <stddef.h>

// `text` has `room` bytes, and what stands in it ends with a NUL.
struct text_draft {
    char *text;
    size_t room;
};

// Adds words; what finds no room is cut.
void text_say(const struct text_draft *draft, const char *format, ...) PRINTF_FORMAT(2, 3);
void text_say_list(const struct text_draft *draft, const char *format, va_list arguments)
    PRINTF_FORMAT(2, 0);

#endif
