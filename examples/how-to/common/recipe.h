// recipe.h: what start-up code and recipe know of each other.
// SPDX-License-Identifier: MIT
#ifndef RECIPE_H
#define RECIPE_H

#include "bootleap.h"

// Runs for ever. `origin` is what bootleap_on_reset() returned.
_Noreturn void application(enum bootleap_origin origin);

#endif
