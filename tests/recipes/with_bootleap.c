// with_bootleap.c: the application of the recipes, with the library in place of the recipe.
// SPDX-License-Identifier: MIT
//
// WAY is bootleap_enter or bootleap_jump.
#include "bootleap.h"
#include "bootleap_jump.h"
#include "recipe.h"

void first_of_all(void)
{
    bootleap_on_reset();
}

void application(void)
{
    start_application();
    WAY();
}
