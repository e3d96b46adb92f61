// sentence_say.c: adds words to a sentence: places, and the calls that led there.
// SPDX-License-Identifier: MIT
#include "sentence_say.h"

#include "text_draft.h"

#include <stdarg.h>

void sentence_say(const struct sentence *told, const char *format, ...)
{
    const struct text_draft draft = {told->where->text, sizeof told->where->text};
    va_list arguments;

    va_start(arguments, format);
    text_say_list(&draft, format, arguments);
    va_end(arguments);
}

void sentence_say_address(const struct sentence *told, uint32_t address)
{
    static const struct image none;
    char place[IMAGE_NAME_ROOM];

    image_place(told->image ? told->image : &none, address, place);
    sentence_say(told, "%s", place);
}

void sentence_say_place(const struct sentence *told)
{
    sentence_say(told, " in ");
    sentence_say_address(told, told->where->pc);
}

void sentence_say_callers(const struct sentence *told)
{
    for (size_t i = 0; i < told->where->caller_count; i++) {
        sentence_say(told, i ? ", from " : ", called from ");
        sentence_say_address(told, told->where->callers[i]);
    }
}
