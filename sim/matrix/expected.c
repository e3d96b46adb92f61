// expected.c: the scenarios of the matrix, and the rules of what must come of each.
// SPDX-License-Identifier: MIT
//
// Written by hand, from the design and the documents, and never from what the library does.
#include "expected.h"

#include "cpu.h"
#include "states.h"
#include "words.h"

#include <string.h>

#define ENTER "--enter-at application --until application "
#define START "--until application "

enum {
    MOST_REPEATS = 16,      // hand-overs of one request after the first
    SWEEP = 160,            // bytes of stack above the mark that are tried, and
    SWEEP_BELOW = 32,       // below it
    JOURNEY_AT_MOST = 2000, // instructions from the call to the application, the ROM's apart
    MARK_FIRST = -1,        // stages of the mark, from SETTLE
    MARK_LAST = 18,         // to the last repeated hand-over
    ON_RESET_AT_MOST = 100, // instructions that bootleap_on_reset() takes, at any level
};

const struct matrix_scenario matrix_scenarios[] = {
    {GROUP_STATES, "thread", ENTER "--host go", 0, 0, 1},
    {GROUP_STATES, "process-stack", ENTER "--host go --state process-stack", 0, 0, 1},
    {GROUP_STATES, "handler", ENTER "--host go --state handler", 0, 0, 1},
    {GROUP_STATES, "primask", ENTER "--host go --state primask", 0, 0, 1},
    {GROUP_STATES, "basepri", ENTER "--host go --state basepri", 0, 0, 1},
    {GROUP_STATES, "faultmask", ENTER "--host go --state faultmask", 0, 0, 1},
    {GROUP_STATES, "fpu", ENTER "--host go --state fpu", 0, 0, 1},
    {GROUP_STATES, "mpu", ENTER "--host go --state mpu", 0, 0, 1},
    {GROUP_STATES, "caches", ENTER "--host go --state caches", 0, 0, 1},
    {GROUP_STATES, "clocks", ENTER "--host go --state clocks", 0, 0, 1},
    {GROUP_STATES, "pending", ENTER "--host go --state pending", 0, 0, 1},
    {GROUP_STATES, "dma", ENTER "--host go --state dma", 0, 0, 1},
    {GROUP_STATES, "dma-over-mark", ENTER "--host go --state dma-over-mark", 0, 0, 1},
    {GROUP_STATES, "stack-limits", ENTER "--host go --state stack-limits", 0, 0, 1},
    {GROUP_STATES, "watchdog", ENTER "--host go --state watchdog", 0, 0, 1},
    {GROUP_STATES, "hardware-watchdog", ENTER "--host go --hardware-watchdog", 0, 0, 1},
    {GROUP_STATES, "hardware-watchdog that bites", ENTER "--host go --hardware-watchdog --worst", 0,
     0, 1},
    {GROUP_STATES, "alarm", ENTER "--host go --state alarm", 0, 0, 1},
    {GROUP_STATES, "unprivileged", ENTER "--host go --state unprivileged", 0, 0, 1},
    {GROUP_STATES, "nested", ENTER "--host go --state nested", 0, 0, 1},
    {GROUP_STATES, "systick-handler", ENTER "--host go --state systick-handler", 0, 0, 1},
    {GROUP_STATES, "fpu-handler", ENTER "--host go --state fpu-handler", 0, 0, 1},
    {GROUP_STATES, "limited-task", ENTER "--host go --state limited-task", 0, 0, 1},
    {GROUP_STATES, "faults", ENTER "--host go --state faults", 0, 0, 1},
    {GROUP_STATES, "vtor", ENTER "--host go --state vtor", 0, 0, 1},
    {GROUP_STATES, "pins", ENTER "--host go --state pins", 0, 0, 1},
    {GROUP_STATES, "peripherals", ENTER "--host go --state peripherals", 0, 0, 1},
    {GROUP_STATES, "window-watchdog", ENTER "--host go --state window-watchdog", 0, 0, 1},
    {GROUP_STATES, "slow-clocks", ENTER "--host go --state slow-clocks", 0, 0, 1},
    {GROUP_STATES, "usb", ENTER "--host go --state usb", 0, 0, 1},
    {GROUP_STATES, "events", ENTER "--host go --state events", 0, 0, 1},
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
    {GROUP_STARTS, "BOOT0, then Go", START "--boot0 --host go", 0, 0, 1},
    {GROUP_STARTS, "BOOT0, then the pin", START "--boot0 --host pin", 0, 0, 1},
    {GROUP_STARTS, "an empty chip, then Go", START "--empty --host go", 0, 0, 1},
    {GROUP_STARTS, "a foreign jump, then Go", ENTER "--foreign-jump --host go", 0, 0, 1},
    {GROUP_STARTS, "a plain jump, back to the bank", ENTER "--plain-jump --host go", 0, 0, 1},
    {GROUP_STARTS, "the ROM starts a bank", START "--bfb2 --host end", 0, 0, 1},
    {GROUP_STARTS, "the ROM starts a bank, enter", ENTER "--bfb2 --host go", 0, 0, 1},
    {GROUP_STARTS, "cold boot on a mark by chance, stage %d", START "--host end --noise-mark %d",
     MARK_FIRST, MARK_LAST, 1},
    {GROUP_STARTS, "cold boot, RAM with parity", START "--host end --parity", 0, 0, 1},
    {GROUP_STARTS, "125 cold boots", START "--host end --power-cycles 124", 0, 0, 1},
    {GROUP_INTERRUPTS, "the ROM's interrupts at instruction %d",
     START "--boot0 --host go --rom-interrupt %d", 1, ON_RESET_AT_MOST, 1},
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

static const struct expected nothing = {EXPECTED_NOTHING, FROM_RESET, false};

// A chip that has no documented way in, or whose ROM goes back to a flash that is not empty,
// refuses whatever else is the case.
static struct expected enters(const struct device *device, enum expected_origin origin)
{
    return (struct expected){device->entry == ENTRY_RESET ? EXPECTED_ENTERS : EXPECTED_REFUSES,
                             origin, false};
}

static struct expected state_rule(const char *name, const struct device *device)
{
    enum application_state state = STATE_THREAD;

    if (strstr(name, "that bites")) { // nobody says that these ROMs feed it
        return device->feeds_iwdg == WHETHER_UNKNOWN ? enters(device, LEFT_ROM) : nothing;
    }
    while (state < STATES && strcmp(state_name(state), name) != 0) {
        state++;
    }
    if (state == STATE_UNPRIVILEGED && state_exists(device, state)) {
        return (struct expected){EXPECTED_REFUSES, FROM_RESET, false}; // may not reset the chip
    }
    // "hardware-watchdog" is no state of the application, and every chip has the option.
    return state == STATES || state_exists(device, state) ? enters(device, FROM_ROM) : nothing;
}

// A ROM that may start every boot says nothing by its trace: without a mark nobody was away.
static enum expected_origin origin_by_trace(const struct device *device)
{
    bool starts_boots =
        device->dual_bank == DUAL_BANK_BFB2 || device->dual_bank == DUAL_BANK_NDBOOT;

    return starts_boots ? FROM_RESET : FROM_ROM;
}

static struct expected back_rule(const char *name, const struct device *device)
{
    if (strncmp(name, "go", 2) == 0) {
        return enters(device, FROM_ROM);
    }
    if (strcmp(name, "host's reset") == 0) { // looks like the ROM's own where that resets itself
        return enters(device, device->self_reset ? ROM_GAVE_UP : FROM_ROM);
    }
    if (strcmp(name, "power cycle") == 0 || strcmp(name, "brown-out") == 0) {
        return enters(device, FROM_RESET); // what lies in RAM counts for nothing
    }
    if (strcmp(name, "pin") == 0) { // without a flag it is a ROM that leaves no trace
        return enters(device, device->after_pin ? LEFT_ROM : FROM_ROM);
    }
    if (strcmp(name, "option bytes") == 0 && !device->flags_option) {
        return nothing; // this chip does not tell, or does not reset
    }
    return enters(device, LEFT_ROM);
}

// The stack of the matrix's firmware begins where the first RAM ends. In the same KB as the mark,
// reads of one cannot be told from reads of the other.
static bool stack_is_near_mark(const struct device *device)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        uint32_t top = ram->region.start + ram->region.size;
        if (ram->region.start == 0x20000000u && (top - 1) >> 10 == device->mark >> 10) {
            return true;
        }
    }
    return false;
}

static struct expected bank_rule(const char *name, const struct device *device)
{
    if (device->dual_bank != DUAL_BANK_BFB2 || device->entry != ENTRY_RESET) {
        return nothing;
    }
    if (!strchr(name, ',')) {
        return (struct expected){EXPECTED_RUNS, FROM_RESET, false};
    }
    // With such options this ROM starts a bank whatever MEM_MODE says.
    return device->bank_check.when == BANK_CHECK_BY_OPTION
               ? (struct expected){EXPECTED_REFUSES, FROM_RESET, false}
               : enters(device, FROM_ROM);
}

static struct expected start_rule(const char *name, const struct device *device)
{
    bool comes_back = device->entry != ENTRY_NONE; // the library knows this ROM's trace

    if (strstr(name, "cold boot")) {
        bool in_ram = device->mark && !device->mark_in_backup;
        bool about_ram = strcmp(name, "125 cold boots") != 0;
        if (strstr(name, "parity") && stack_is_near_mark(device)) {
            return nothing;
        }
        return about_ram && !in_ram ? nothing : (struct expected){EXPECTED_RUNS, FROM_RESET, false};
    }
    if (strncmp(name, "the ROM starts a bank", 21) == 0) {
        return bank_rule(name, device);
    }
    if (strncmp(name, "a plain jump", 12) == 0) { // nothing tells it from a power-on's start
        return device->bank_check.when == BANK_CHECK_ALWAYS
                   ? (struct expected){EXPECTED_RUNS, FROM_RESET, false}
                   : nothing;
    }
    if (strncmp(name, "a foreign jump", 14) == 0 && device->entry != ENTRY_RESET) {
        return nothing; // this ROM goes back to flash
    }
    if (strncmp(name, "an empty chip", 13) == 0 && !device->empty_register) {
        return nothing;
    }
    return !comes_back
               ? nothing
               : (struct expected){EXPECTED_RUNS,
                                   strstr(name, "the pin") ? FROM_RESET : origin_by_trace(device),
                                   false};
}

static struct expected option_rule(const char *name, const struct device *device)
{
    for (const struct option_check *check = device->options; check->name; check++) {
        if (strcmp(words_option_refusal(check->refusal), name) == 0 && !*check->parts) {
            return (struct expected){EXPECTED_REFUSES, FROM_RESET, false};
        }
    }
    return nothing;
}

// With the first page erased the ROM serves, and after its host has filled the flash all is as
// elsewhere. What ends the ROM before that leaves a chip without an application.
static struct expected erasing_rule(const struct matrix_scenario *scenario,
                                    const struct device *device)
{
    struct expected expected = nothing;

    if (strstr(scenario->name, "that bites")) {
        return nothing; // before the host could fill the flash
    }
    if (scenario->group == GROUP_STATES) {
        expected = state_rule(scenario->name, device);
    } else if (scenario->group == GROUP_STACK) {
        expected = enters(device, FROM_ROM);
    }
    if (expected.end == EXPECTED_REFUSES && strcmp(scenario->name, "unprivileged") != 0) {
        expected.end = EXPECTED_ENTERS;
        expected.origin = FROM_ROM; // by the trace, or by a mark that survives
    }
    return expected;
}

struct expected expected_of(const struct matrix_scenario *scenario, int number,
                            const struct device *device, bool erases)
{
    if (erases && device->entry == ENTRY_ERASE_FIRST) {
        return erasing_rule(scenario, device);
    }
    switch (scenario->group) {
    case GROUP_STATES:
        return state_rule(scenario->name, device);
    case GROUP_STACK:
        return device->entry == ENTRY_RESET && !device->mark_in_backup ? enters(device, FROM_ROM)
                                                                       : nothing;
    case GROUP_BACK:
        return device->entry == ENTRY_RESET ? back_rule(scenario->name, device) : nothing;
    case GROUP_SELF_RESET:
        if (!device->self_reset) {
            return nothing;
        }
        return enters(device, number > MOST_REPEATS ? ROM_GAVE_UP : FROM_ROM);
    case GROUP_STARTS:
        return start_rule(scenario->name, device);
    case GROUP_INTERRUPTS:
        return device->entry == ENTRY_NONE
                   ? nothing
                   : (struct expected){EXPECTED_RUNS, origin_by_trace(device), false};
    case GROUP_RESETS:
        return device->entry == ENTRY_RESET ? (struct expected){EXPECTED_SETTLES, FROM_RESET, false}
                                            : nothing;
    default:
        return option_rule(scenario->name, device);
    }
}

const char *group_name(enum scenario_group group)
{
    static const char *const names[] = {
        [GROUP_STATES] = "states",        [GROUP_STACK] = "stack",
        [GROUP_BACK] = "ways back",       [GROUP_SELF_RESET] = "self-reset",
        [GROUP_STARTS] = "starts",        [GROUP_INTERRUPTS] = "interrupts",
        [GROUP_OPTIONS] = "option bytes", [GROUP_RESETS] = "resets",
    };

    return names[group];
}
