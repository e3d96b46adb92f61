// expected_direct.c: the rules of what must come of entering without a reset.
// SPDX-License-Identifier: MIT
//
// Written by hand before the library had this path. What follows from the ROM, the option bytes and
// the mark is as on the path through a reset, so those rules are asked; what differs is here:
//  - A row without steps back to the clock of a reset refuses: nobody knows from where to start.
//  - A window watchdog that RCC cannot reset can only be fed, and no ROM feeds it: refused.
//  - An oscillator that never gets ready: nobody can wait for ever, so a reset has to help.
//  - On Armv6-M no register tells which exception a handler has interrupted, and a return to
//    thread mode past it is UNPREDICTABLE: such an interrupt must not ask for the ROM on this path.
//  - A reset in the middle may take the request with it: the mark is written last, so that
//    whatever goes wrong before leads to the application and not to a ROM.
#include "expected.h"

#include "blocks.h"
#include "cell.h"
#include "cpu.h"
#include "scenarios.h"

static const struct expected not_run = {EXPECTED_NOT_RUN, FROM_RESET, false};

static bool knows_steps(const struct device *device)
{
    return device->jump.steps->name != NULL;
}

static bool can_reset_window_watchdog(const struct device *device)
{
    for (const struct peripheral *p = device->peripherals; p->name; p++) {
        const struct watchdog_role *watchdog = blocks_type(p->block)->watchdog;
        if (watchdog && watchdog->kind == WATCHDOG_WINDOW) {
            return p->reset_register != 0;
        }
    }
    return false;
}

// Ready bits and, one number higher, SWS.
static int oscillators(const struct device *device)
{
    int count = 0;

    while (device->ready_bits[count].address) {
        count++;
    }
    return count + 1;
}

struct expected expect_nested_directly(const struct cell *cell)
{
    return knows_steps(cell->device) && !cpu_has_priority_masks(cell->device->core)
               ? not_run
               : expect_state(cell);
}

struct expected expect_window_watchdog_directly(const struct cell *cell)
{
    struct expected expected = expect_state(cell);

    if (expected.end == EXPECTED_ENTERS && !can_reset_window_watchdog(cell->device)) {
        expected.end = EXPECTED_REFUSES;
    }
    return expected;
}

struct expected expect_dead_oscillator(const struct cell *cell)
{
    struct expected expected = expect_state(cell);

    expected.may_fall_back_to_reset = true;
    return cell->number > oscillators(cell->device) ? not_run : expected;
}

// A refusal is told by the other scenarios.
struct expected expect_stack_directly(const struct cell *cell)
{
    return knows_steps(cell->device) ? expect_stack(cell) : not_run;
}

struct expected expect_reset_on_the_way_directly(const struct cell *cell)
{
    return knows_steps(cell->device) ? expect_reset_on_the_way(cell) : not_run;
}

struct expected expected_directly(const struct cell *cell)
{
    struct expected expected = cell->scenario->rule(cell);

    if (expected.end == EXPECTED_ENTERS && !knows_steps(cell->device)) {
        expected.end = EXPECTED_REFUSES;
    }
    return expected;
}
