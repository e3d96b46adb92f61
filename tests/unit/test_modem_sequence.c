// test_modem_sequence.c: sequences for DTR and RTS, and what presets do on their circuits.
// SPDX-License-Identifier: MIT
//
// The lines and the clock are this file's.
#include "modem_sequence.h"

#include "modem_preset.h"
#include "monotonic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

// A chip behind an adapter.
struct serial {
    unsigned asserted;
    void (*wire)(struct serial *line); // from the lines to the pins
    bool was_asserted;                 // DTR, before, for a capacitor
    bool reset, boot0;
    unsigned reset_ms; // how long it was held so far
    unsigned starts_in_rom, starts_in_application;
};

static struct serial *chip; // that time passes for

uint64_t monotonic_ms(void)
{
    return 0;
}

void monotonic_sleep_ms(unsigned ms)
{
    if (chip->reset) {
        chip->reset_ms += ms;
    }
}

// At the end of a reset the chip looks at BOOT0, which has its new level by then.
static void settle(struct serial *line)
{
    const bool was_reset = line->reset;

    line->wire(line);
    if (was_reset && !line->reset) {
        assert_true(line->reset_ms >= 1);
        line->starts_in_rom += line->boot0 ? 1 : 0;
        line->starts_in_application += line->boot0 ? 0 : 1;
    }
    if (!line->reset) {
        line->reset_ms = 0;
    }
}

int serial_set_lines(struct serial *line, unsigned lines, unsigned asserted,
                     struct problem *problem)
{
    (void)problem;
    line->was_asserted = line->asserted & SERIAL_DTR;
    line->asserted = (line->asserted & ~lines) | (asserted & lines);
    settle(line);
    return 0;
}

static bool dtr(const struct serial *line)
{
    return line->asserted & SERIAL_DTR;
}

static bool rts(const struct serial *line)
{
    return line->asserted & SERIAL_RTS;
}

static void wire_stm32loader(struct serial *line) // both pins are low while asserted
{
    line->reset = dtr(line);
    line->boot0 = !rts(line);
}

static void wire_swapped(struct serial *line)
{
    line->reset = rts(line);
    line->boot0 = !dtr(line);
}

static void wire_inverted(struct serial *line)
{
    line->reset = !dtr(line);
    line->boot0 = rts(line);
}

static void wire_stm32flash(struct serial *line)
{
    line->reset = !dtr(line);
    line->boot0 = !rts(line);
}

// RTS# low has BOOT0 high, and, through a transistor that DTR# high opens, NRST low.
static void wire_flymcu(struct serial *line)
{
    line->reset = rts(line) && !dtr(line);
    line->boot0 = rts(line);
}

static void wire_esptool(struct serial *line)
{
    line->reset = rts(line) && !dtr(line);
    line->boot0 = dtr(line) && !rts(line);
}

// A capacitor lets through that DTR# falls.
static void wire_arduino(struct serial *line)
{
    line->reset = dtr(line) && (line->reset || !line->was_asserted);
    line->boot0 = true; // a jumper
}

static const struct {
    const char *name;
    void (*wire)(struct serial *line);
    bool leaves;
} circuits[] = {
    {"stm32loader", wire_stm32loader, true},
    {"stm32loader-swap", wire_swapped, true},
    {"stm32loader-invert", wire_inverted, true},
    {"stm32flash", wire_stm32flash, true},
    {"flymcu", wire_flymcu, true},
    {"esptool", wire_esptool, true},
    {"arduino", wire_arduino, false},
};

static void each_preset_fits_its_circuit(void **state)
{
    struct modem_sequence sequence;
    struct problem problem;
    unsigned number = 0;
    (void)state;

    for (const struct modem_preset *preset; (preset = modem_preset_at(number)) != NULL; number++) {
        assert_true(number < sizeof circuits / sizeof *circuits);
        assert_string_equal(preset->name, circuits[number].name);
        assert_true(strlen(preset->source) > 20 || number == 1);
        // Linux asserts both when it opens a port; a program may have let go of both.
        for (int opened = 0; opened < 2; opened++) {
            struct serial line = {.asserted = opened ? SERIAL_DTR | SERIAL_RTS : 0,
                                  .was_asserted = opened,
                                  .wire = circuits[number].wire,
                                  .reset_ms = 100};
            chip = &line;
            line.wire(&line);
            assert_int_equal(modem_sequence_parse(&sequence, preset->name, &problem), 0);
            assert_int_equal(modem_steps_take(&sequence.enter, &line, &problem), 0);
            assert_int_equal(line.starts_in_rom, 1);
            assert_false(line.reset);
            line.starts_in_application = line.starts_in_rom = 0;
            assert_int_equal(modem_steps_take(&sequence.leave, &line, &problem), 0);
            assert_int_equal(line.starts_in_rom, 0);
            assert_int_equal(line.starts_in_application, circuits[number].leaves);
            assert_false(line.reset);
        }
    }
    assert_int_equal(number, sizeof circuits / sizeof *circuits);
    assert_null(modem_preset_find("stm32"));
}

static void print(char text[256], const struct modem_steps *steps)
{
    size_t used = 0;

    text[0] = '\0';
    for (unsigned i = 0; i < steps->count; i++) {
        const struct modem_step *step = &steps->steps[i];
        used += (size_t)snprintf(text + used, 256 - used, "%u/%u %u;", step->lines, step->asserted,
                                 step->ms);
    }
}

static void sequences_are_read(void **state)
{
    static const struct {
        const char *text, *enter, *leave;
    } cases[] = {
        {"dtr=1", "1/1 0;", ""},
        {"dtr=1,rts=0,0ms", "1/1 0;2/0 0;0/0 0;", ""},
        {"rts=1+dtr=0,60000ms:", "3/2 0;0/0 60000;", ""},
        {"rts=0,5ms:dtr=1+rts=1,7ms", "2/0 0;0/0 5;", "3/3 0;0/0 7;"},
    };
    struct modem_sequence sequence;
    struct problem problem;
    char text[256];
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(modem_sequence_parse(&sequence, cases[i].text, &problem), 0);
        print(text, &sequence.enter);
        assert_string_equal(text, cases[i].enter);
        print(text, &sequence.leave);
        assert_string_equal(text, cases[i].leave);
    }
}

static void what_is_no_sequence_is_refused_where_it_is_wrong(void **state)
{
    static const struct {
        const char *text, *what, *try_this;
    } cases[] = {
        {"", "at \"\": there is no step that enters", "steps such as"},
        {":dtr=1", "at \"\": there is no step that enters", "steps such as"},
        {"flymcus", "at \"flymcus\": is neither a step nor a name", "a name of --help"},
        {"dtr=1,-rts,dtr", "at \"-rts\": is neither", "rts=0,100ms,dtr=1 for what stm32flash"},
        {"dtr=1:dtr", "at \"dtr\": is neither", "stm32flash"},
        {"dtr=1,,rts=0", "at \"\": a step is missing", ""},
        {"dtr=1,", "at \"\": a step is missing", ""},
        {"dtr=2", "at \"dtr=2\": is neither", "steps such as"},
        {"DTR=1", "at \"DTR=1\": is neither", ""},
        {"dtr=10", "at \"dtr=10\": behind a line", ""},
        {"dtr=1+dtr=0", "at \"dtr=1+dtr=0\": is neither", ""},
        {"dtr=1+", "at \"dtr=1+\": is neither", ""},
        {"dtr=1,100", "at \"100\": a time is a number and \"ms\"", ""},
        {"dtr=1,100msec", "at \"100msec\": a time is", ""},
        {"dtr=1,60001ms", "at \"60001ms\": more than a minute", ""},
        {"dtr=1,99999999999999999999ms", ": more than a minute", ""},
        {"dtr=1,-5ms", "at \"-5ms\": is neither", ""},
        {"dtr=1:rts=0:rts=1", "there is one colon at most", ""},
        {"stm32loader:rts=0", "at \"stm32loader\": is neither", ""},
    };
    struct modem_sequence sequence;
    struct problem problem;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(modem_sequence_parse(&sequence, cases[i].text, &problem), EXIT_USAGE);
        if (strstr(problem.what, cases[i].what) == NULL ||
            strstr(problem.try_this, cases[i].try_this) == NULL) {
            fail_msg("%s: %s. Try: %s", cases[i].text, problem.what, problem.try_this);
        }
    }
}

static void there_is_room_for_so_many_steps(void **state)
{
    char many[256] = "dtr=0";
    struct modem_sequence sequence;
    struct problem problem;
    (void)state;

    for (unsigned i = 1; i < MODEM_STEPS; i++) {
        strcat(many, ",dtr=0");
    }
    assert_int_equal(modem_sequence_parse(&sequence, many, &problem), 0);
    strcat(many, ",dtr=0");
    assert_int_equal(modem_sequence_parse(&sequence, many, &problem), EXIT_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_preset_fits_its_circuit),
        cmocka_unit_test(sequences_are_read),
        cmocka_unit_test(what_is_no_sequence_is_refused_where_it_is_wrong),
        cmocka_unit_test(there_is_room_for_so_many_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
