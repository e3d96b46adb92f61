// advice_entry.c: texts for a refusal, and for a run in which nothing entered the ROM.
// SPDX-License-Identifier: MIT
#include "advice_entry.h"

#include <stdio.h>
#include <string.h>

enum { REFUSALS = 20, LONGEST = 400 };

// Numbers and names of the public API, as docs/contract.md lists them; -1 is the first.
static const struct {
    const char *name, *text;
} refusals[REFUSALS] = {
    {"BOOTLEAP_UNPRIVILEGED", "unprivileged code may not reset the chip: call it from a "
                              "privileged task or from an interrupt"},
    {"BOOTLEAP_NO_WAY_IN", "no way is known from the application into the ROM of this part: use "
                           "its pins"},
    {"BOOTLEAP_MARK_UNDER_STACK", "the mark lies right below the initial stack: move the stack in "
                                  "the linker script, or define BOOTLEAP_MARK"},
    {"BOOTLEAP_NO_ROM", "there is no vector table where the ROM should be: build for the chip "
                        "that --device names, and look at BOOTLEAP_ROM"},
    {"BOOTLEAP_RDP_LEVEL_2", "readout protection level 2 closes the ROM for ever"},
    {"BOOTLEAP_RDP_LEVEL_1", "readout protection level 1: set it to level 0, or define "
                             "BOOTLEAP_ALLOW_RDP1 if the ROM may erase the whole chip"},
    {"BOOTLEAP_BOOT_LOCK", "clear the option BOOT_LOCK, where protection allows that"},
    {"BOOTLEAP_TRUSTZONE", "set the option TZEN to 0: the ROM is left to the secure side"},
    {"BOOTLEAP_PRODUCT_STATE", "bring the product state back to Open by regression"},
    {"BOOTLEAP_DUAL_BANK", "change the option bytes: they make the ROM start a bank"},
    {"BOOTLEAP_RAM_ERASED", "change the option bytes, which erase the RAM of the mark at each "
                            "reset, or define BOOTLEAP_MARK in another RAM"},
    {"BOOTLEAP_HARDWARE_WWDG", "set the option bytes to the software window watchdog: the ROM "
                               "does not feed it"},
    {"BOOTLEAP_WATCHDOG_NOT_FED", "set the option bytes to the software watchdog: nobody says "
                                  "that this ROM feeds the IWDG"},
    {"BOOTLEAP_SECOND_CORE", "let the second core call bootleap_park_second_core(), and define "
                             "BOOTLEAP_SECOND_CORE_PARKS"},
    {"BOOTLEAP_ROM_LOOKS_AT_FLASH", "this ROM goes back to a flash that is not empty: define "
                                    "BOOTLEAP_ERASE_FIRST_PAGE, which loses the application, or "
                                    "BOOTLEAP_BOOT0_PIN_IS_HIGH where the table allows it"},
    {"BOOTLEAP_NO_DIRECT_WAY", "no way without a reset is known for this part: call "
                               "bootleap_enter() instead"},
    {"BOOTLEAP_NO_OPTION_BYTES", "no option bytes of this part start the ROM, or programming them "
                                 "could lose the chip: use its pins"},
    {"BOOTLEAP_OPTION_BYTES_FAILED", "the flash controller was busy, stayed locked or found an "
                                     "error: let it come to rest before"},
    {"BOOTLEAP_BOOT_ADDRESS", "program the boot address of the option bytes to the ROM's first"},
    {"BOOTLEAP_WINDOW_WATCHDOG", "the WWDG runs, and only a reset stops it: call bootleap_enter() "
                                 "instead"},
};

const char *advice_refusal_name(int refusal)
{
    return refusal < 0 && refusal >= -REFUSALS ? refusals[-refusal - 1].name : NULL;
}

static void add(json_t *list, const char *about, const char *text)
{
    json_array_append_new(list, json_pack("{s:s, s:s}", "about", about, "text", text));
}

static void add_refusal(json_t *list, const struct advice_run *run)
{
    int refusal = run->watcher->refusal;
    const char *name = advice_refusal_name(refusal);
    const char *entry = run->entry;
    char text[LONGEST];

    if (name && strncmp(entry, "bootleap_", 9) == 0) {
        snprintf(text, sizeof text, "%d is %s: %s", refusal, name, refusals[-refusal - 1].text);
    } else {
        snprintf(text, sizeof text,
                 "%s() came back with %d, and the ROM was not entered: bootleap.h does not know "
                 "this number, so look there why",
                 entry, refusal);
    }
    add(list, "refused", text);
}

// It was made to enter and did not come back, but the ROM was not reached.
static void add_lost_request(json_t *list, const struct advice_run *run)
{
    const char *on_reset = run->on_reset;
    char text[LONGEST];

    if (run->resets == 0) {
        snprintf(text, sizeof text,
                 "%s() was called and neither reset the chip nor came back; PC was 0x%08X in the "
                 "end. Try: --trace FILE, or --gdb 3333",
                 run->entry, (unsigned)cpu_get(run->watcher->chip->core.cpu, CPU_PC) & ~1u);
    } else if (json_array_size(run->journal->calls) == 0) {
        snprintf(text, sizeof text,
                 "%s() reset the chip, and %s() did not take it from there: call it first in the "
                 "reset handler%s",
                 run->entry, on_reset,
                 run->watcher->on_reset == UINT32_MAX ? "; the ELF has no symbol of that name"
                                                      : "");
    } else {
        snprintf(text, sizeof text,
                 "%s() reset the chip, and %s() found no mark: nothing may run between the reset "
                 "and its call that writes where the mark is (0x%08X)",
                 run->entry, on_reset, (unsigned)run->watcher->chip->device->mark);
    }
    add(list, "entry", text);
}

static void add_no_entry(json_t *list, const struct advice_run *run)
{
    unsigned pc = (unsigned)cpu_get(run->watcher->chip->core.cpu, CPU_PC) & ~1u;
    char text[LONGEST];

    if (run->enter_at) {
        snprintf(text, sizeof text,
                 "nothing entered the ROM: the application did not get to %s in %llu instructions, "
                 "PC was 0x%08X in the end. Try: a function that runs earlier, --enter-after 1000, "
                 "or a higher --limit",
                 run->enter_at, (unsigned long long)run->watcher->chip->core.instructions, pc);
    } else if (run->enter_after) {
        snprintf(text, sizeof text,
                 "nothing entered the ROM: the run ended after %llu instructions. Try: a lower "
                 "--enter-after, or a higher --limit",
                 (unsigned long long)run->watcher->chip->core.instructions);
    } else if (run->has_act) {
        snprintf(text, sizeof text,
                 "nothing entered the ROM: the application %s. Try: --enter-at main",
                 run->acted ? "did not act upon what was typed or pressed"
                            : "never waited for what is typed or pressed");
    } else {
        snprintf(text, sizeof text,
                 "nothing entered the ROM: nobody asked the application to. Try: --enter-at main, "
                 "--enter-after 1000, --send TEXT or --press PIN=LEVEL");
    }
    add(list, "entry", text);
}

// A ROM that a pin or an empty flash starts needs no entry, and a fault is told about elsewhere.
static bool rom_was_due(const struct advice_run *run)
{
    const json_t *start;
    size_t i;

    json_array_foreach (run->journal->starts, i, start) {
        const char *who = json_string_value(json_object_get(start, "starts"));
        if (strcmp(who, "application") != 0) {
            return false;
        }
    }
    return !run->got_nowhere && json_array_size(run->journal->handoffs) == 0;
}

void advice_of_entry(json_t *list, const struct advice_run *run)
{
    if (run->refused) {
        add_refusal(list, run);
    } else if (rom_was_due(run) && run->watcher->entered) {
        add_lost_request(list, run);
    } else if (rom_was_due(run)) {
        add_no_entry(list, run);
    }
}
