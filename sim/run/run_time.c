// run_time.c: tells the chip's own time, and the clock that it is told by.
// SPDX-License-Identifier: MIT
#include "run_time.h"

#include "paragraph.h"
#include "report_layout.h"

enum { NS_IN_A_US = 1000, CRYSTAL_LEAST = 4000000, CRYSTAL_MOST = 50000000 };

// The crystal with which the core would run at what the firmware says; 0: this one, or none at all.
static uint32_t crystal_that_fits(const struct system_clock *clock, uint64_t says)
{
    uint64_t core_hz = clock->crystal_core_hz;
    uint64_t fits = (says * clock->crystal_hz + core_hz / 2) / core_hz;
    bool differs = says * 100 < core_hz * 99 || says * 99 > core_hz * 100;

    return differs && fits >= CRYSTAL_LEAST && fits <= CRYSTAL_MOST ? (uint32_t)fits : 0;
}

// CMSIS keeps the frequency of the core in a variable. It tells of the crystal only while the core
// runs from it.
void run_time_look(struct run *run)
{
    const struct system_clock *clock = &run->chip.clock;
    bool asks =
        run->scenario->elf && clock->crystal_core_hz && clock->core_hz == clock->crystal_core_hz;
    const struct symbol *symbol = asks ? image_symbol(&run->image, "SystemCoreClock") : NULL;
    uint32_t hz = symbol ? memory_word(&run->chip.memory, symbol->address) : 0;

    run->crystal_that_fits = hz ? crystal_that_fits(clock, hz) : run->crystal_that_fits;
}

static json_t *integer_or_null(uint32_t value)
{
    return value ? json_integer(value) : json_null();
}

void run_time_pack(const struct run *run, json_t *summary)
{
    const struct system_clock *clock = &run->chip.clock;
    json_int_t us = (json_int_t)(system_clock_ns(&run->chip) / NS_IN_A_US);
    uint32_t crystal = clock->crystal_core_hz ? clock->crystal_hz : 0;

    json_object_set_new(summary, "time_us", json_integer(us));
    json_object_set_new(summary, "clock",
                        json_pack("{s:I, s:b, s:o, s:b, s:o}", "hz", (json_int_t)clock->core_hz,
                                  "known", run->chip.device->clock_tree != NULL, "crystal_hz",
                                  integer_or_null(crystal), "crystal_named",
                                  run->scenario->crystal_hz != 0, "crystal_that_fits",
                                  integer_or_null(run->crystal_that_fits)));
}

static double number(const json_t *object, const char *key)
{
    return (double)json_integer_value(json_object_get(object, key));
}

void run_time_print(const json_t *summary, FILE *file)
{
    const json_t *clock = json_object_get(summary, "clock");
    bool named = json_is_true(json_object_get(clock, "crystal_named"));
    bool known = json_is_true(json_object_get(clock, "known"));
    double crystal = number(clock, "crystal_hz"), fits = number(clock, "crystal_that_fits");
    struct paragraph paragraph = {file, REPORT_COLUMN, REPORT_WIDTH, 0, false};

    paragraph.used = (size_t)fprintf(file, "time");
    paragraph_blanks(&paragraph, REPORT_COLUMN);
    paragraph_say(&paragraph, "%.3f ms on the chip; at the end its core runs at %g MHz%s",
                  number(summary, "time_us") / 1e3, number(clock, "hz") / 1e6,
                  crystal > 0 || !known ? ";" : "");
    if (crystal > 0) {
        paragraph_say(&paragraph,
                      named ? "crystal %g MHz (--hse)%s"
                            : "its crystal is taken for one of %g MHz%s",
                      crystal / 1e6, fits > 0 ? "," : "");
    }
    if (fits > 0) {
        paragraph_say(&paragraph, "but SystemCoreClock fits one of %g MHz: --hse %.0f", fits / 1e6,
                      fits);
    } else if (crystal > 0 && !named) {
        paragraph_put(&paragraph, "(--hse sets it)");
    }
    if (!known) {
        paragraph_put(&paragraph, "its clock tree is not known here, so that is the clock after a "
                                  "reset all the time");
    }
    fputc('\n', file);
}
