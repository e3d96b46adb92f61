// step_names.c: takes the name of a step apart.
// SPDX-License-Identifier: MIT
#include "step_names.h"

#include <string.h>

struct word step_register(const struct jump_step *step)
{
    size_t length = strcspn(step->name, ": ");
    bool whole = step->name[length] == '\0' && strchr(step->name, '_');

    return (struct word){step->name, whole || step->name[length] == ':' ? (int)length : 0};
}

struct word step_bits(const struct jump_step *step)
{
    const char *bits = strstr(step->name, ": ");
    size_t length = bits ? strspn(bits + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") : 0;

    return (struct word){bits ? bits + 2 : "", bits && !bits[2 + length] ? (int)length : 0};
}
