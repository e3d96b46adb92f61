// advice_entry.c: what to change where the entry function came back, or nothing entered the ROM.
// SPDX-License-Identifier: MIT
#include "advice_entry.h"

#include "not_entered.h"

#include <string.h>

void advice_of_entry(json_t *list, const struct advice_run *run)
{
    struct not_entered why;

    not_entered_why(run, &why);
    if (why.kind && why.advice[0]) {
        bool refused = strcmp(why.kind, "refused") == 0;
        json_array_append_new(list, json_pack("{s:s, s:s}", "about", refused ? "refused" : "entry",
                                              "text", why.advice));
    }
}
