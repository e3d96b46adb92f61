// expected_direct.c: the scenarios of the way without a reset, and what must come of each.
// SPDX-License-Identifier: MIT
//
// Written by hand before the library had this way. What follows from the ROM, the option bytes and
// the mark is as on the way through a reset, so those rules are asked; what differs is here:
//  - A row without steps back to the clock of a reset refuses: nobody knows from where to start.
//  - A window watchdog that RCC cannot reset can only be fed, and no ROM feeds it: refused.
//  - An oscillator that never gets ready: nobody can wait for ever, so a reset has to help.
//  - On Armv6-M no register tells which exception a handler has interrupted, and a return to
//    thread mode past it is UNPREDICTABLE: such an interrupt must not ask for the ROM on this way.
//  - A reset in the middle may take the request with it: the mark is written last, so that
//    whatever goes wrong before leads to the application and not to a ROM.
#include "expected.h"

#include "blocks.h"
#include "cpu.h"

#include <string.h>

#define ENTER "--enter-at application --until application --way direct "
#define DEAD  "--limit 4000000 "

enum {
    OSCILLATORS = 17, // ready bits that a row can have, and SWS
    SWEEP = 160,      // of the stack over the mark, as on the other way
    SWEEP_BELOW = 32,
    JOURNEY_AT_MOST = 100000, // instructions from the call to the application, the ROM's apart
    MOST_REPEATS = 16,
};

const struct matrix_scenario matrix_direct_scenarios[] = {
    {GROUP_STATES, "thread", ENTER "--host go", 0, 0, 1},
    {GROUP_STATES, "process-stack", ENTER "--host go --state process-stack", 0, 0, 1},
    {GROUP_STATES, "handler", ENTER "--host go --state handler", 0, 0, 1},
    {GROUP_STATES, "nested", ENTER "--host go --state nested", 0, 0, 1},
    {GROUP_STATES, "systick-handler", ENTER "--host go --state systick-handler", 0, 0, 1},
    {GROUP_STATES, "fpu-handler", ENTER "--host go --state fpu-handler", 0, 0, 1},
    {GROUP_STATES, "primask", ENTER "--host go --state primask", 0, 0, 1},
    {GROUP_STATES, "basepri", ENTER "--host go --state basepri", 0, 0, 1},
    {GROUP_STATES, "faultmask", ENTER "--host go --state faultmask", 0, 0, 1},
    {GROUP_STATES, "faults", ENTER "--host go --state faults", 0, 0, 1},
    {GROUP_STATES, "fpu", ENTER "--host go --state fpu", 0, 0, 1},
    {GROUP_STATES, "mpu", ENTER "--host go --state mpu", 0, 0, 1},
    {GROUP_STATES, "caches", ENTER "--host go --state caches", 0, 0, 1},
    {GROUP_STATES, "clocks", ENTER "--host go --state clocks --limit 4000000", 0, 0, 1},
    {GROUP_STATES, "slow-clocks", ENTER "--host go --state slow-clocks", 0, 0, 1},
    {GROUP_STATES, "pending", ENTER "--host go --state pending", 0, 0, 1},
    {GROUP_STATES, "dma", ENTER "--host go --state dma", 0, 0, 1},
    {GROUP_STATES, "dma-over-mark", ENTER "--host go --state dma-over-mark", 0, 0, 1},
    {GROUP_STATES, "stack-limits", ENTER "--host go --state stack-limits", 0, 0, 1},
    {GROUP_STATES, "limited-task", ENTER "--host go --state limited-task", 0, 0, 1},
    {GROUP_STATES, "vtor", ENTER "--host go --state vtor", 0, 0, 1},
    {GROUP_STATES, "watchdog", ENTER "--host go --state watchdog", 0, 0, 1},
    {GROUP_STATES, "window-watchdog", ENTER "--host go --state window-watchdog", 0, 0, 1},
    {GROUP_STATES, "alarm", ENTER "--host go --state alarm", 0, 0, 1},
    {GROUP_STATES, "usb", ENTER "--host go --state usb --limit 4000000", 0, 0, 1},
    {GROUP_STATES, "pins", ENTER "--host go --state pins", 0, 0, 1},
    {GROUP_STATES, "peripherals", ENTER "--host go --state peripherals", 0, 0, 1},
    {GROUP_STATES, "events", ENTER "--host go --state events", 0, 0, 1},
    {GROUP_STATES, "unprivileged", ENTER "--host go --state unprivileged", 0, 0, 1},
    {GROUP_STATES, "hardware-watchdog", ENTER "--host go --hardware-watchdog", 0, 0, 1},
    {GROUP_STATES, "hardware-watchdog that bites", ENTER "--host go --hardware-watchdog --worst", 0,
     0, 1},
    {GROUP_STATES, "clocks, dead oscillator %d",
     ENTER DEAD "--host go --state clocks --dead-oscillator %d", 1, OSCILLATORS, 1},
    {GROUP_STATES, "slow-clocks, dead oscillator %d",
     ENTER DEAD "--host go --state slow-clocks --dead-oscillator %d", 1, OSCILLATORS, 1},
    {GROUP_STACK, "stack at the mark %+d", ENTER "--host go --stack-over-mark %d", -SWEEP_BELOW,
     SWEEP, 4},
    {GROUP_BACK, "go", ENTER "--host go", 0, 0, 1},
    {GROUP_BACK, "go without a trace", ENTER "--host go --no-trace", 0, 0, 1},
    {GROUP_BACK, "pin", ENTER "--host pin", 0, 0, 1},
    {GROUP_BACK, "host's reset", ENTER "--host reset", 0, 0, 1},
    {GROUP_BACK, "power cycle", ENTER "--host power", 0, 0, 1},
    {GROUP_BACK, "brown-out", ENTER "--host brown-out", 0, 0, 1},
    {GROUP_BACK, "watchdog", ENTER "--host watchdog", 0, 0, 1},
    {GROUP_BACK, "option bytes", ENTER "--host option", 0, 0, 1},
    {GROUP_SELF_RESET, "crystal after %d misses", ENTER "--host go --crystal-after %d", 1,
     MOST_REPEATS + 1, 1},
    {GROUP_STARTS, "the ROM starts a bank, enter", ENTER "--bfb2 --host go", 0, 0, 1},
    {GROUP_RESETS, "power-on at instruction %d", ENTER "--host go --reset power-on --reset-at %d",
     1, JOURNEY_AT_MOST, 1},
    {GROUP_RESETS, "pin at instruction %d", ENTER "--host go --reset pin --reset-at %d", 1,
     JOURNEY_AT_MOST, 1},
    {GROUP_RESETS, "watchdog at instruction %d", ENTER "--host go --reset watchdog --reset-at %d",
     1, JOURNEY_AT_MOST, 1},
    {GROUP_RESETS, "software at instruction %d", ENTER "--host go --reset software --reset-at %d",
     1, JOURNEY_AT_MOST, 1},
    {GROUP_OPTIONS, "rdp-level-2", ENTER "--host go --option rdp-level-2", 0, 0, 1},
    {GROUP_OPTIONS, "rdp-level-1", ENTER "--host go --option rdp-level-1", 0, 0, 1},
    {GROUP_OPTIONS, "boot-lock", ENTER "--host go --option boot-lock", 0, 0, 1},
    {GROUP_OPTIONS, "trustzone", ENTER "--host go --option trustzone", 0, 0, 1},
    {GROUP_OPTIONS, "product-state", ENTER "--host go --option product-state", 0, 0, 1},
    {GROUP_OPTIONS, "dual-bank", ENTER "--host go --option dual-bank", 0, 0, 1},
    {GROUP_OPTIONS, "ram-erased", ENTER "--host go --option ram-erased", 0, 0, 1},
    {GROUP_OPTIONS, "hardware-wwdg", ENTER "--host go --option hardware-wwdg", 0, 0, 1},
    {GROUP_OPTIONS, "watchdog-not-fed", ENTER "--host go --option watchdog-not-fed", 0, 0, 1},
    {GROUP_OPTIONS, "second-core", ENTER "--host go --option second-core", 0, 0, 1},
    {GROUPS, NULL, NULL, 0, 0, 1},
};

static bool has_way(const struct device *device)
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

struct expected expected_directly(const struct matrix_scenario *scenario, int number,
                                  const struct device *device)
{
    const char *name = scenario->name, *comma = strstr(name, ", dead oscillator");
    struct matrix_scenario same = *scenario;

    if (comma) {
        same.name = strncmp(name, "slow-clocks", 11) == 0 ? "slow-clocks" : "clocks";
        if (number > oscillators(device)) {
            return (struct expected){EXPECTED_NOTHING, FROM_RESET, false};
        }
    }
    struct expected expected = expected_of(&same, number, device, false);
    expected.may_fall_back_to_reset = comma != NULL;
    if (strcmp(name, "nested") == 0 && has_way(device) && !cpu_has_priority_masks(device->core)) {
        expected.end = EXPECTED_NOTHING;
    }
    bool about_departure = scenario->group == GROUP_RESETS || scenario->group == GROUP_STACK;
    if (about_departure && !has_way(device)) {
        expected.end = EXPECTED_NOTHING; // refusals are told by the other scenarios
    } else if (expected.end == EXPECTED_ENTERS && !has_way(device)) {
        expected.end = EXPECTED_REFUSES;
    } else if (strcmp(name, "window-watchdog") == 0 && expected.end == EXPECTED_ENTERS &&
               !can_reset_window_watchdog(device)) {
        expected.end = EXPECTED_REFUSES;
    }
    return expected;
}
