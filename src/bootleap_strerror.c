// bootleap_strerror.c: says in a sentence what the library refused.
// SPDX-License-Identifier: MIT
#include "bootleap_strerror.h"
#include "bootleap.h"

static const char *const sentences[] = {
    [0] = "the ROM can be entered",
    [-BOOTLEAP_UNPRIVILEGED] = "unprivileged code may not reset the chip",
    [-BOOTLEAP_NO_WAY_IN] = "no way is known from the application into the ROM of this part",
    [-BOOTLEAP_MARK_UNDER_STACK] = "the initial stack lies over the mark",
    [-BOOTLEAP_NO_ROM] = "there is no ROM where the table says",
    [-BOOTLEAP_ROM_LOOKS_AT_FLASH] = "the ROM goes back to a flash that is not empty",
    [-BOOTLEAP_RDP_LEVEL_2] = "readout protection level 2 closes the ROM",
    [-BOOTLEAP_RDP_LEVEL_1] = "readout protection is on: the ROM could only erase the chip",
    [-BOOTLEAP_BOOT_LOCK] = "BOOT_LOCK closes the ROM",
    [-BOOTLEAP_TRUSTZONE] = "TrustZone is enabled",
    [-BOOTLEAP_PRODUCT_STATE] = "the product state closes the ROM",
    [-BOOTLEAP_DUAL_BANK] = "the ROM would start the other bank",
    [-BOOTLEAP_RAM_ERASED] = "a reset erases the RAM of the mark",
    [-BOOTLEAP_HARDWARE_WWDG] = "the hardware window watchdog would reset the ROM",
    [-BOOTLEAP_WATCHDOG_NOT_FED] = "the hardware watchdog would reset a ROM that may not feed it",
    [-BOOTLEAP_SECOND_CORE] = "the second core would run on while the ROM does",
    [-BOOTLEAP_NO_DIRECT_WAY] = "no way without a reset is known for this part",
    [-BOOTLEAP_NO_OPTION_BYTES] = "no option bytes of this part start the ROM without danger",
    [-BOOTLEAP_OPTION_BYTES_FAILED] = "the flash controller did not program the option bytes",
    [-BOOTLEAP_BOOT_ADDRESS] = "the option bytes would start another address than the ROM's",
    [-BOOTLEAP_WINDOW_WATCHDOG] = "the window watchdog runs, which only a reset stops",
};

const char *bootleap_strerror(int refusal)
{
    unsigned number = 0u - (unsigned)refusal;

    if (number >= sizeof sentences / sizeof sentences[0] || !sentences[number]) {
        return "not an answer of bootleap";
    }
    return sentences[number];
}
