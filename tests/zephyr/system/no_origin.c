// no_origin.c: what an image without the module's hook knows of its origin: nothing.
// SPDX-License-Identifier: MIT
#include "bootleap_hook.h"

enum bootleap_origin bootleap_hooked_origin(void)
{
    return BOOTLEAP_FROM_RESET;
}
