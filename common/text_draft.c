// text_draft.c: a text of limited length, while it is written.
// SPDX-License-Identifier: MIT
#include "text_draft.h"

#include <stdio.h>
#include <string.h>

void text_say_list(const struct text_draft *draft, const char *format, va_list arguments)
{
    size_t used = strlen(draft->text);

    vsnprintf(draft->text + used, draft->room - used, format, arguments);
}

void text_say(const struct text_draft *draft, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    text_say_list(draft, format, arguments);
    va_end(arguments);
}
