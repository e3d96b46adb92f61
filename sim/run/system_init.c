// system_init.c: what SystemInit() of ST's start-up code writes, where it differs from a reset.
// SPDX-License-Identifier: MIT
#include "system_init.h"

#include "bus.h"
#include "chip.h"
#include "cpu.h"

enum { WORD = 4 };

static const uint32_t cpacr = 0xE000ED88, full_access = 0xFu << 20; // CP10, CP11

static void set_bits(struct chip *chip, uint32_t address, uint32_t mask, uint32_t value)
{
    uint32_t before = bus_read(chip, address, WORD);

    bus_write(chip, address, WORD, (before & ~mask) | value);
}

void system_init_run(struct chip *chip)
{
    for (const struct system_init *one = chip->device->system_inits; one->name; one++) {
        if (one->clock_register) {
            set_bits(chip, one->clock_register, one->clock_mask, one->clock_mask);
        }
        set_bits(chip, one->address, one->mask, one->left);
        if (one->clock_register) {
            set_bits(chip, one->clock_register, one->clock_mask, 0);
        }
    }
    if (cpu_has_fpu(chip->device->core)) {
        set_bits(chip, cpacr, full_access, full_access);
    }
}
