// chip_reset.c: what each kind of reset does to the chip, and who starts after it.
// SPDX-License-Identifier: MIT
#include "chip_reset.h"

#include "block.h"
#include "chip_core.h"
#include "chip_memory.h"
#include "cortex_reset.h"
#include "observer.h"
#include "option_bits.h"
#include "option_bytes.h"
#include "register_bits.h"
#include "store_path.h"
#include "system_clock.h"

#include <string.h>

static uint32_t flags_of(const struct device *device, enum reset_kind kind)
{
    switch (kind) {
    case RESET_POWER_ON:
    case RESET_BROWN_OUT:
        return device->after_power_on;
    case RESET_PIN:
        return device->after_pin;
    case RESET_SOFTWARE:
        return device->after_software;
    case RESET_OPTION:
        return device->after_pin | device->flags_option;
    default:
        return device->after_watchdog;
    }
}

const char *chip_reset_name(enum reset_kind kind)
{
    static const char *const names[] = {
        [RESET_POWER_ON] = "power-on",   [RESET_PIN] = "pin",
        [RESET_SOFTWARE] = "software",   [RESET_WATCHDOG] = "watchdog",
        [RESET_BROWN_OUT] = "brown-out", [RESET_OPTION] = "option bytes",
    };

    return names[kind];
}

enum boot chip_boot(const struct chip *chip)
{
    if (flash_state_readout(&chip->option_area, chip->device) == READOUT_LEVEL_2 ||
        option_bits_refuse(chip, OPTION_RDP_LEVEL_2) ||
        option_bits_refuse(chip, OPTION_PRODUCT_STATE)) {
        return BOOT_APPLICATION;
    }
    if (chip->boot0) {
        return BOOT_ROM_BY_PIN;
    }
    if (option_bytes_start_rom(chip)) {
        return BOOT_ROM_BY_OPTION_BYTES;
    }
    if (chip->device->empty_register && chip->empty) {
        return BOOT_ROM_BY_EMPTY_FLASH;
    }
    return chip->bfb2 ? BOOT_ROM_BY_BFB2 : BOOT_APPLICATION;
}

// The worst that noise can be: a word and its complement, as if a mark had been left.
static void make_noise_a_mark(struct chip *chip)
{
    uint32_t word = CHIP_MARK_BASE + (uint32_t)chip->noise_mark, complement = ~word;
    uint8_t *place = memory_ram_at(&chip->memory, chip->device->mark, 8);

    if (place) {
        memcpy(place, &word, sizeof word);
        memcpy(place + sizeof word, &complement, sizeof complement);
    }
}

// Parity and error codes of RAM fit nothing after power-on: a read traps until a write. Only the
// part that holds the mark is watched, from one reset to the next: it can be read from the reset on
// before which the mark was written.
static void guard_mark(struct chip *chip, enum reset_kind kind)
{
    uint8_t *place =
        memory_ram_at(&chip->memory, chip->device->mark, sizeof chip->mark_at_power_on);
    bool unknown = place != NULL;

    if (place && kind == RESET_POWER_ON) {
        memcpy(chip->mark_at_power_on, place, sizeof chip->mark_at_power_on);
    } else if (place) {
        unknown = memcmp(chip->mark_at_power_on, place, sizeof chip->mark_at_power_on) == 0;
    }
    cpu_set_readable(chip->core.cpu, chip->device->mark / CHIP_GUARD * CHIP_GUARD, CHIP_GUARD,
                     !unknown);
}

// What a reset does to memory and to what outlives other resets.
static void reset_memory(struct chip *chip, enum reset_kind kind)
{
    bool power = kind == RESET_POWER_ON || kind == RESET_BROWN_OUT;

    store_path_reset(&chip->core.store_path);
    if (kind == RESET_POWER_ON) {
        memory_lose_ram(&chip->memory);
    }
    if (kind == RESET_POWER_ON && chip->has_noise_mark) {
        make_noise_a_mark(chip);
    }
    option_bits_reset(chip);
    option_bytes_reset(chip, power || kind == RESET_OPTION, power);
    if (power || kind == RESET_OPTION) {
        chip->empty = chip_is_blank(chip);
    }
    if (power) {
        memset(chip->rcc.registers, 0, sizeof chip->rcc.registers);
    }
}

int chip_reset(struct chip *chip, enum reset_kind kind, struct problem *problem)
{
    const struct device *device = chip->device;
    bool power = kind == RESET_POWER_ON || kind == RESET_BROWN_OUT;
    int error;

    chip->reset_wanted = chip->paused = chip->rom_fetched = chip->sleeping = false;
    chip->since_reset = 0;
    chip->idle_polls = 0;
    chip->deferred = NULL;
    chip->asked_pins.count = 0;
    chip_swap_banks(chip, 0);
    reset_memory(chip, kind);
    chip->alias_is_rom = chip_boot(chip) != BOOT_APPLICATION;
    rcc_reset(&chip->rcc, flags_of(device, kind));
    cortex_reset(&chip->core);
    system_clock_reset(chip);
    if (chip->alias_is_rom && !device->alias) {
        chip->core.exceptions.vtor = device->rom_vector;
    }
    chip->flash_latency = (struct flash_latency){0};
    observers_reset(chip);
    for (size_t i = 0; i < chip->block_count; i++) {
        chip->blocks[i].lines_high = 0; // the core's reset has let every line go
    }
    for (size_t i = 0; i < chip->block_count; i++) {
        block_reset(&chip->blocks[i], power ? BLOCK_RESET_POWER : BLOCK_RESET_CHIP);
    }
    unmodelled_reset(&chip->unmodelled, kind == RESET_POWER_ON);
    register_bits_reset(chip);
    error = chip_renew_core(chip, problem);
    if (!error && chip->parity) {
        guard_mark(chip, kind);
    }
    return error;
}
