// refusals.c: what the entry functions of bootleap come back with, and what to change for each.
// SPDX-License-Identifier: MIT
#include "refusals.h"

#include <stdbool.h>
#include <string.h>

enum { REFUSALS = 20 };

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

const char *refusal_name(const char *entry, int refusal)
{
    bool ours = strncmp(entry, "bootleap_", 9) == 0;

    return ours && refusal < 0 && refusal >= -REFUSALS ? refusals[-refusal - 1].name : NULL;
}

const char *refusal_advice(int refusal)
{
    return refusals[-refusal - 1].text;
}
