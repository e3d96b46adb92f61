// bus.c: the address decoder of peripheral space.
// SPDX-License-Identifier: MIT
#include "bus.h"

#include "chip.h"

#define SYSTEM_CONTROL_SPACE 0xE000E000u

enum { SYSTEM_CONTROL_SIZE = 0x1000 };

int bus_map(struct chip *chip, struct problem *problem)
{
    int error = cpu_map_bus(chip->cpu, BUS_PERIPHERALS, BUS_PERIPHERALS_SIZE, problem);

    return error ? error : cpu_map_bus(chip->cpu, BUS_PRIVATE, BUS_PRIVATE_SIZE, problem);
}

static bool is_rcc(const struct chip *chip, uint32_t address)
{
    return address - chip->device->rcc < chip->device->rcc_size;
}

static bool is_system_control(uint32_t address)
{
    return address - SYSTEM_CONTROL_SPACE < SYSTEM_CONTROL_SIZE;
}

// What depends on the system clock, and on what was just written.
static void look_at_clock(struct chip *chip)
{
    flash_latency_look(chip);
    usb_pullup_look(chip);
}

// LSIRDY: a watchdog that runs keeps its oscillator on.
static uint32_t oscillator_of_watchdog(const struct chip *chip, uint32_t address)
{
    bool runs = chip->iwdg_deadline && address == chip->device->lsi_register;

    return runs ? chip->device->lsi_mask : 0;
}

static uint32_t read_word(struct chip *chip, uint32_t address)
{
    if (is_rcc(chip, address)) {
        uint32_t value = rcc_read(&chip->rcc, address);
        look_at_clock(chip);
        return value | oscillator_of_watchdog(chip, address);
    }
    if (is_system_control(address)) {
        return exceptions_read(chip, address - SYSTEM_CONTROL_SPACE);
    }
    if (backup_owns(chip->device, address)) {
        return backup_read(chip, address);
    }
    struct block *block = block_at(chip, address);
    if (block) {
        return option_bits_show(&chip->option_bits, chip->device, address,
                                block_read(chip, block, address - block->peripheral->start));
    }
    struct unmodelled_word *touch =
        unmodelled_at(&chip->unmodelled, address, cpu_get(chip->cpu, CPU_PC));
    return option_bits_show(&chip->option_bits, chip->device, address, touch ? touch->value : 0);
}

// Tells those who do not know which bit is theirs: `address` may be an RSTR register.
static void note_reset(struct chip *chip, uint32_t address, uint32_t value)
{
    uint32_t registers[32], all = 0, bit = 0;
    unsigned count = 0;

    for (const struct peripheral *p = chip->device->peripherals; p->name && count < 31; p++) {
        unsigned i = 0;
        registers[count] = p->reset_register;
        while (registers[i] != p->reset_register) {
            i++;
        }
        count += p->reset_register && i == count;
    }
    for (unsigned i = 0; i < count; i++) {
        all |= 1u << i;
        bit |= registers[i] == address ? 1u << i : 0;
    }
    if (bit) {
        unmodelled_note_reset(&chip->unmodelled, bit, all, value != 0);
    }
}

static void write_word(struct chip *chip, uint32_t address, uint32_t value)
{
    chip->next_event = 0; // whatever it is that was written, its time may have come
    if (is_rcc(chip, address)) {
        rcc_write(&chip->rcc, address, value);
        block_reset_by_rcc(chip, address);
        note_reset(chip, address, value);
        look_at_clock(chip);
        return;
    }
    if (is_system_control(address)) {
        exceptions_write(chip, address - SYSTEM_CONTROL_SPACE, value);
        return;
    }
    if (backup_owns(chip->device, address)) {
        backup_write(chip, address, value);
        return;
    }
    struct block *block = block_at(chip, address);
    if (block) {
        block_write(chip, block, address - block->peripheral->start, value);
        look_at_clock(chip);
        return;
    }
    struct unmodelled_word *touch =
        unmodelled_at(&chip->unmodelled, address, cpu_get(chip->cpu, CPU_PC));
    if (touch) {
        touch->value = value;
        touch->written = touch->ever_written = true;
        chip->unmodelled.resets_pulsed = 0;
    }
}

uint32_t bus_peek(const struct chip *chip, uint32_t address)
{
    const struct block *block = block_at(chip, address);

    if (is_rcc(chip, address)) {
        return rcc_peek(&chip->rcc, address);
    }
    if (block) {
        return block->registers[(address - block->peripheral->start) / 4];
    }
    for (size_t i = 0; i < chip->unmodelled.count; i++) {
        if (chip->unmodelled.list[i].address == (address & ~3u)) {
            return chip->unmodelled.list[i].value;
        }
    }
    return 0;
}

uint32_t bus_read(struct chip *chip, uint32_t address, unsigned size)
{
    uint32_t word = read_word(chip, address & ~3u);

    word >>= 8 * (address & 3u);
    return size == 4 ? word : word & ((1u << 8 * size) - 1);
}

void bus_write(struct chip *chip, uint32_t address, unsigned size, uint32_t value)
{
    uint32_t shift = 8 * (address & 3u);
    uint32_t mask = size == 4 ? 0xFFFFFFFFu : ((1u << 8 * size) - 1) << shift;

    if (size != 4) { // the rest of the word stays as it is
        value = (value << shift & mask) | (read_word(chip, address & ~3u) & ~mask);
    }
    write_word(chip, address & ~3u, value);
}
