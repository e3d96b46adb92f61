// no_jump.c: stands in for the way without a reset in a library that does not have it: refuses.
// SPDX-License-Identifier: MIT
#include "bootleap.h"

int bootleap_jump(void);

int bootleap_jump(void)
{
    return BOOTLEAP_NO_WAY_IN;
}
