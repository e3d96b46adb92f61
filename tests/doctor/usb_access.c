// usb_access.c: whether the system lets the tool open the device in memory.
// SPDX-License-Identifier: MIT
#include "fake_usb.h"

bool usb_may_open(const struct usb_found *found)
{
    (void)found;
    return !fake.may_not_open;
}
