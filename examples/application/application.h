// application.h: the example application.
// SPDX-License-Identifier: MIT
#ifndef APPLICATION_H
#define APPLICATION_H

#include "bootleap.h"

#include <stdint.h>

#ifndef APPLICATION_VERSION
#define APPLICATION_VERSION 1
#endif

#if APPLICATION_VERSION == 1
#define APPLICATION_VERSION_TEXT "1"
#else
#define APPLICATION_VERSION_TEXT "2"
#endif

// Runs for ever. `origin` is what bootleap_on_reset() returned.
_Noreturn void application(enum bootleap_origin origin);

#endif
