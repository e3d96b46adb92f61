// uf2_families.h: which chips the family ids of UF2 files are about.
// SPDX-License-Identifier: MIT
//
// uf2_families.c is generated from devices/uf2/families.toml, which names the sources.
#ifndef BOOTLEAP_COMMON_UF2_FAMILIES_H
#define BOOTLEAP_COMMON_UF2_FAMILIES_H

#include <stdint.h>

struct uf2_family {
    uint32_t id;
    const char *name;   // "STM32F4", "ESP32"
    const char *series; // struct device's; "" where it is no STM32
};

extern const struct uf2_family uf2_families[]; // terminated by name NULL

#endif
