// present_chip.c: finds what a program has left around the core, in the words of evidence/.
// SPDX-License-Identifier: MIT
#include "present.h"

#include "leftovers.h"
#include "register_names.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

// Peripherals that write memory by themselves, without a DMA controller of the chip, by the
// beginnings of their names (bus matrices of the reference manuals).
static const char *const masters[] = {"ETH",  "SDMMC",  "SDIO", "DMA2D", "LTDC", "GPU", "GFXMMU",
                                      "JPEG", "DCMIPP", "CSI",  "VENC",  "NPU",  NULL};

static bool begins_with(const char *name, const char *const *words)
{
    for (; *words; words++) {
        if (strncmp(name, *words, strlen(*words)) == 0) {
            return true;
        }
    }
    return false;
}

// What a peripheral of this name is to the ROM of this row: a wire that it listens on, or not.
static enum leftover wire_of(const struct device *device, const char *name)
{
    for (const struct rom_interface *one = device->interfaces; one->name; one++) {
        size_t length = strlen(one->name);
        if (strncmp(name, one->name, length) == 0 && !isalnum((unsigned char)name[length])) {
            return one->kind == INTERFACE_USART ? LEFTOVER_LIVE_USART
                   : one->kind == INTERFACE_USB ? LEFTOVER_LIVE_USB
                                                : LEFTOVER_LIVE_BUS;
        }
    }
    return LEFTOVER_PERIPHERALS;
}

// Of what differs from a reset: the bit that unlocks the backup domain, and all else.
static void find_power(const struct device *device, const struct block *block,
                       struct present *present)
{
    for (uint32_t i = 0; i < block->peripheral->size / 4; i++) {
        uint32_t address = block->peripheral->start + 4 * i;
        uint32_t bits = leftovers_bits_at(block, address);
        uint32_t unlock = address == device->backup_unlock ? device->backup_unlock_mask : 0;
        present_add(present, LEFTOVER_BACKUP_ACCESS, bits & unlock);
        present_add(present, LEFTOVER_POWER, bits & ~unlock);
    }
}

static enum leftover kind_of(const struct chip *chip, const struct block *block)
{
    if (block_is_held(block)) {
        return LEFTOVER_HELD_IN_RESET;
    }
    switch (block->type->role) {
    case ROLE_PORT:
        return LEFTOVER_PORTS;
    case ROLE_BACKUP:
        return LEFTOVER_BACKUP_ACCESS;
    case ROLE_USB:
        return LEFTOVER_LIVE_USB;
    case ROLE_FLASH:
        return leftovers_bits_at(block, block->peripheral->start) ? LEFTOVER_FLASH_SETTINGS
                                                                  : LEFTOVER_FLASH_CONTROL;
    case ROLE_DMA:
        return block->type->dma->is_running(block) ? LEFTOVER_DMA : LEFTOVER_PERIPHERALS;
    default:
        return wire_of(chip->device, block->peripheral->name);
    }
}

static bool writes_rom_ram(const struct block *dma, const struct device *device)
{
    for (const struct region *ram = device->rom_ram; ram->size; ram++) {
        if (dma->type->dma->writes(dma, ram->start, ram->size)) {
            return true;
        }
    }
    return false;
}

static void find_blocks(const struct judge *judge, struct present *present)
{
    const struct chip *chip = judge->chip;

    for (int left_alone = 0; left_alone < 2; left_alone++) {
        const struct block *block = leftovers_next(judge, left_alone, NULL);
        for (; block; block = leftovers_next(judge, left_alone, block)) {
            enum leftover kind = kind_of(chip, block);
            if (block->type->role == ROLE_POWER && !block_is_held(block)) {
                find_power(chip->device, block, present);
                continue;
            }
            present_add(present, kind, true);
            if (kind == LEFTOVER_DMA && writes_rom_ram(block, chip->device)) {
                present->fatal |= present_bit(LEFTOVER_DMA);
            }
        }
    }
}

// Whether ST's SystemInit() leaves the register so.
static bool is_system_init(const struct device *device, uint32_t address, uint32_t value)
{
    for (const struct system_init *one = device->system_inits; one->name; one++) {
        if (one->address == address && (value & one->mask) == one->left) {
            return true;
        }
    }
    return false;
}

static void find_registers(const struct judge *judge, struct present *present)
{
    const struct chip *chip = judge->chip;
    const struct unmodelled_word *word = leftovers_register_next(judge, NULL);
    char name[REGISTER_NAME_ROOM];

    for (; word; word = leftovers_register_next(judge, word)) {
        register_name(chip, word->address, name);
        bool unknown = strncmp(name, "0x", 2) == 0 || begins_with(name, masters);
        present_add(present,
                    is_system_init(chip->device, word->address, word->value) ? LEFTOVER_SYSTEM_INIT
                    : unknown ? LEFTOVER_UNKNOWN_REGISTERS
                              : wire_of(chip->device, name),
                    true);
    }
}

static bool node_reads(const struct clock_node *node, uint32_t address)
{
    for (unsigned i = 0; i < node->factor_count; i++) {
        const struct clock_factor *factor = &node->factors[i];
        if (factor->field.address == address || factor->when.address == address) {
            return true;
        }
    }
    return node->select.address == address;
}

// Whether the register is one of those that make the system clock: oscillators and the switch, or
// what the row's clock tree computes the core's clock from.
static bool makes_system_clock(const struct device *device, uint32_t address)
{
    const struct clock_tree *tree = device->clock_tree;

    for (const struct ready_bit *one = device->ready_bits; one->address; one++) {
        if (one->address == address) {
            return true;
        }
    }
    for (unsigned i = 0; tree && i < tree->count; i++) {
        if (node_reads(&tree->nodes[i], address)) {
            return true;
        }
    }
    return address == device->switch_register;
}

// An oscillator that runs after a reset, and not now.
static bool is_oscillator_off(const struct rcc *rcc, const struct register_reset *reset)
{
    for (const struct ready_bit *one = rcc->device->ready_bits; one->address; one++) {
        if (one->address == reset->address && reset->value & one->on &&
            !(rcc_peek(rcc, reset->address) & one->on)) {
            return true;
        }
    }
    return false;
}

// Whether these bits choose the clock of a kind of peripheral that this ROM listens on, or nobody
// has named them. The 48 MHz of USB have many names.
static bool is_of_wire(const struct chip *chip, uint32_t address, uint32_t bits)
{
    char names[REGISTER_BITS_ROOM], kind[16];

    register_bit_names(chip, address, bits, names);
    for (const struct rom_interface *one = chip->device->interfaces; one->name; one++) {
        snprintf(kind, sizeof kind, "%.*s", (int)strcspn(one->name, "0123456789"), one->name);
        if (strstr(names, kind)) {
            return true;
        }
    }
    return !names[0] || strstr(names, "48") || strstr(names, "bit");
}

static void find_clocks(const struct judge *judge, struct present *present)
{
    const struct rcc *rcc = &judge->chip->rcc;
    bool matters = false;
    const struct peripheral *except[LEFTOVERS_CLOCKED];

    leftovers_clocked(judge, except);
    for (const struct register_reset *one = rcc->device->rcc_registers; one->name; one++) {
        uint32_t bits = rcc_difference(rcc, one, except, LEFTOVERS_CLOCKED);
        if (!bits) {
            continue;
        }
        bool initial = is_system_init(rcc->device, one->address, rcc_peek(rcc, one->address));
        bool tree = !rcc_is_enable(one) && !initial;
        bool system = makes_system_clock(rcc->device, one->address);
        present_add(present, LEFTOVER_SYSTEM_INIT, initial);
        present_add(present, LEFTOVER_CLOCK_ENABLES, rcc_is_enable(one));
        present_add(present, LEFTOVER_CLOCKS, tree && system);
        present_add(present, LEFTOVER_KERNEL_CLOCKS, tree && !system);
        present_add(present, LEFTOVER_HSI_OFF, is_oscillator_off(rcc, one));
        matters |= tree && !system && is_of_wire(judge->chip, one->address, bits);
    }
    present->harmless |= matters ? 0 : present_bit(LEFTOVER_KERNEL_CLOCKS);
}

static bool is_dirty_over_rom_ram(const struct chip *chip)
{
    const struct data_cache *cache = &chip->core.store_path.cache;

    for (const struct region *ram = chip->device->rom_ram; ram->size; ram++) {
        if (data_cache_dirty_in(cache, ram->start, ram->size)) {
            return true;
        }
    }
    return false;
}

// What the ROM executes, stacks on, and reaches: the start of each.
static bool mpu_touches_rom(const struct chip *chip)
{
    static const uint32_t others[] = {0x40000000, 0xE000E000};
    const struct device *device = chip->device;
    bool touches = mpu_decides(&chip->core.mpu, device->rom_vector);

    for (const struct region *ram = device->rom_ram; ram->size; ram++) {
        touches |= mpu_decides(&chip->core.mpu, ram->start) ||
                   mpu_decides(&chip->core.mpu, ram->start + ram->size - 1);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        touches |= mpu_decides(&chip->core.mpu, others[i]);
    }
    return touches || mpu_decides(&chip->core.mpu, device->flash.start);
}

// Whether a region keeps the ROM from its own code, its stack or its variables.
static bool mpu_stops_rom(const struct chip *chip)
{
    const struct mpu_access access = {.privileged = true};
    const struct mpu *mpu = &chip->core.mpu;
    uint32_t word0 = memory_word(&chip->memory, chip->device->rom_vector);
    bool stops = !mpu_allows_fetch(mpu, chip->device->rom_vector, access) ||
                 !mpu_allows_store(mpu, word0 - 4, 4, access);

    for (const struct region *ram = chip->device->rom_ram; ram->size; ram++) {
        stops |= !mpu_allows_store(mpu, ram->start, 4, access) ||
                 !mpu_allows_store(mpu, ram->start + ram->size - 4, 4, access);
    }
    return stops;
}

static void find_caches(const struct judge *judge, struct present *present)
{
    const struct chip *chip = judge->chip;
    const struct block *cache = block_with_role(chip, ROLE_CACHE, NULL);
    bool dirty = data_cache_dirty(&chip->core.store_path.cache);

    while (cache && block_is_reset(cache)) {
        cache = block_with_role(chip, ROLE_CACHE, cache);
    }
    present_add(present, LEFTOVER_MPU, chip->core.mpu.control & MPU_CONTROL_ENABLE);
    present->fatal |= mpu_stops_rom(chip) ? present_bit(LEFTOVER_MPU) : 0;
    present->harmless |= !mpu_touches_rom(chip) ? present_bit(LEFTOVER_MPU) : 0;
    present_add(present, LEFTOVER_CACHES, chip->core.exceptions.cache_control);
    present_add(present, LEFTOVER_CACHE_PERIPHERAL, cache);
    present_add(present, LEFTOVER_DIRTY_LINES, dirty);
    // The ROM sees what a cache holds while it is on, and nobody writes it back once it is off.
    present->harmless |= !is_dirty_over_rom_ram(chip) || !chip->core.exceptions.cache_control
                             ? present_bit(LEFTOVER_DIRTY_LINES)
                             : 0;
}

static void find_watchdogs(const struct judge *judge, const struct contract *contract,
                           struct present *present)
{
    const struct block *window = block_watchdog(judge->chip, WATCHDOG_WINDOW);
    bool runs = window && window->type->watchdog->deadline(window) != EVENT_NEVER;

    present_add(present, LEFTOVER_WINDOW_WATCHDOG, runs);
    present_add(present, LEFTOVER_WATCHDOG, !runs && present_is_broken(contract, "H13"));
}

void present_around_core(const struct judge *judge, const struct contract *contract,
                         struct present *present)
{
    const uint64_t used = present_bit(LEFTOVER_LIVE_USB) | present_bit(LEFTOVER_PORTS);

    find_caches(judge, present);
    find_clocks(judge, present);
    find_blocks(judge, present);
    find_registers(judge, present);
    find_watchdogs(judge, contract, present);
    // What is not used as such, but keeps H12 from holding: a host of USB that has not noticed, a
    // held port that was changed.
    if (present_is_broken(contract, "H12")) {
        bool late =
            judge->entry_requested && usb_pullup_cycles_off(&judge->usb_pullup, judge->chip) <
                                          usb_pullup_cycles_required(judge->chip);
        present_add(present, LEFTOVER_LIVE_USB, late);
        present_add(present, LEFTOVER_PORTS, judge->held_port.changed && !(present->left & used));
    }
}
