// firmware.c: firmware of somebody else, which calls what the library has.
// SPDX-License-Identifier: MIT
#include "bootleap.h"
#include "bootleap_jump.h"
#include "bootleap_strerror.h"

void reset_handler(void);

void reset_handler(void)
{
    if (bootleap_on_reset() == BOOTLEAP_FROM_RESET && *bootleap_strerror(bootleap_enter())) {
        bootleap_jump();
    }
    for (;;) {
    }
}
