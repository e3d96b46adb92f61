// run_time.c: tells the chip's own time, and the clock that it is told by.
// SPDX-License-Identifier: MIT
#include "run_time.h"

enum { NS_IN_A_US = 1000 };

void run_time_pack(const struct chip *chip, json_t *summary)
{
    const struct system_clock *clock = &chip->clock;
    json_int_t us = (json_int_t)(system_clock_ns(chip) / NS_IN_A_US);
    json_t *crystal = clock->crystal_used ? json_integer(clock->crystal_hz) : json_null();

    json_object_set_new(summary, "time_us", json_integer(us));
    json_object_set_new(summary, "clock",
                        json_pack("{s:I, s:b, s:o}", "hz", (json_int_t)clock->core_hz, "known",
                                  chip->device->clock_tree != NULL, "crystal_hz", crystal));
}

void run_time_print(const json_t *summary, FILE *file)
{
    const json_t *clock = json_object_get(summary, "clock");
    const json_t *crystal = json_object_get(clock, "crystal_hz");
    double us = (double)json_integer_value(json_object_get(summary, "time_us"));
    double hz = (double)json_integer_value(json_object_get(clock, "hz"));

    fprintf(file, "time        %.3f ms on the chip, whose core ends at %g MHz", us / 1e3, hz / 1e6);
    if (json_is_integer(crystal)) {
        fprintf(file, "; its crystal is taken for one of %g MHz, --hse says otherwise",
                (double)json_integer_value(crystal) / 1e6);
    }
    fprintf(
        file, "%s\n",
        json_is_true(json_object_get(clock, "known"))
            ? ""
            : "; nobody has typed its clock tree, so that is the clock of a reset all the time");
}
