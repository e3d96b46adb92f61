// doctor_settings.h: what is to be looked at, and how far.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_DOCTOR_SETTINGS_H
#define BOOTLEAP_HOST_DOCTOR_SETTINGS_H

#include "devices.h"

#include <stdbool.h>

struct doctor_settings {
    const char *root;            // "", or a folder that stands for / (in tests)
    const char *port;            // as the other verbs take it
    const struct device *device; // that the user names; NULL: none
    unsigned baud;               // of the ROM
    unsigned timeout_ms;         // no answer is awaited longer; 0: as long as is usual
    bool passive;                // opens nothing, and sends nothing
};

#endif
