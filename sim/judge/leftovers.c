// leftovers.c: finds what an application has left in use, apart from what a handoff may leave.
// SPDX-License-Identifier: MIT
#include "leftovers.h"

#include "hardware_bits.h"

#include <string.h>

// Bits of a register of a block that may differ: what software does not decide; what outlives a
// reset; MEM_MODE, which H9 asks for; the bit with which the ROM has swapped the banks before the
// application ran.
static uint32_t exempt_bits(const struct chip *chip, const struct block *block, uint32_t address)
{
    const struct device *device = chip->device;
    uint32_t exempt = block_lasting_bits(block, address - block->peripheral->start) |
                      hardware_bits(device, address);

    exempt |= address == device->remap_register ? device->remap_mask : 0;
    if (chip->swapped && address == device->bank_check.swap_register) {
        exempt |= device->bank_check.swap_mask;
    }
    return exempt;
}

uint32_t leftovers_bits_at(const struct block *block, uint32_t address)
{
    uint32_t i = (address - block->peripheral->start) / 4;
    uint32_t bits = block->registers[i] ^ block->at_reset[i];

    return bits ? bits & ~exempt_bits(block->chip, block, address) : 0;
}

uint32_t leftovers_bits(const struct block *block, uint32_t *address)
{
    if (block_is_reset(block)) {
        return 0;
    }
    for (uint32_t i = 0; i < block->peripheral->size / 4; i++) {
        *address = block->peripheral->start + 4 * i;
        uint32_t bits = leftovers_bits_at(block, *address);
        if (bits) {
            return bits;
        }
    }
    return 0;
}

// Those that other points judge, and what may differ, are left out.
static bool is_judged(const struct judge *judge, const struct block *block)
{
    const struct block_type *type = block->type;
    bool watchdog = type->role == ROLE_WATCHDOG &&
                    (type->watchdog->kind == WATCHDOG_WINDOW || judge->entry_requested);
    bool held = judge->held_port.begun && block == judge->held_port.port;

    return !watchdog && type->role != ROLE_CACHE && !held && block != judge->chip->boot0_port;
}

// Whether the ROM is not known to care: a port, whose pins it sets up itself, or a USART that it
// does not listen on. One that is held in reset nobody can use.
static bool is_left_alone(const struct chip *chip, const struct block *block)
{
    if (block_is_held(block)) {
        return false;
    }
    if (block->type->role == ROLE_PORT) {
        return true;
    }
    for (const struct rom_usart *usart = chip->device->rom_usarts; usart->name; usart++) {
        if (strcmp(usart->name, block->peripheral->name) == 0) {
            return false;
        }
    }
    return block->type->role == ROLE_SERIAL;
}

const struct block *leftovers_block(const struct judge *judge, bool left_alone)
{
    return leftovers_next(judge, left_alone, NULL);
}

const struct block *leftovers_next(const struct judge *judge, bool left_alone,
                                   const struct block *after)
{
    const struct chip *chip = judge->chip;

    for (size_t i = after ? (size_t)(after - chip->blocks) + 1 : 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        uint32_t address;
        bool used = block_is_held(block) || leftovers_bits(block, &address);
        if (used && is_judged(judge, block) && is_left_alone(chip, block) == left_alone) {
            return block;
        }
    }
    return NULL;
}

// The row's steps say how a register is left that nobody models.
static bool is_left_as_required(const struct judge *judge, const struct unmodelled_word *word)
{
    const struct jump_step *last = NULL, *step = judge->chip->device->jump.steps;

    for (; step && step->name; step++) {
        last = step->address == word->address && !step->wait ? step : last;
    }
    return judge->entry_requested && last && !((word->value ^ last->value) & last->mask);
}

uint32_t leftovers_word_bits(const struct judge *judge, const struct unmodelled_word *word)
{
    return (word->value ^ word->start) & ~register_lasting_bits(word->known) &
           ~hardware_bits(judge->chip->device, word->address);
}

const struct unmodelled_word *leftovers_register(const struct judge *judge)
{
    return leftovers_register_next(judge, NULL);
}

const struct unmodelled_word *leftovers_register_next(const struct judge *judge,
                                                      const struct unmodelled_word *after)
{
    const struct unmodelled *unmodelled = &judge->chip->unmodelled;

    for (size_t i = after ? (size_t)(after - unmodelled->list) + 1 : 0; i < unmodelled->count;
         i++) {
        const struct unmodelled_word *word = &unmodelled->list[i];
        bool as_reset = word->known && !leftovers_word_bits(judge, word);
        if (word->written && !as_reset && !is_left_as_required(judge, word)) {
            return word;
        }
    }
    return NULL;
}

// The port that drives BOOT0 itself, and one that is held.
void leftovers_clocked(const struct judge *judge,
                       const struct peripheral *clocked[LEFTOVERS_CLOCKED])
{
    const struct block *boot0 = judge->chip->boot0_port;
    const struct block *held = judge->held_port.begun ? judge->held_port.port : NULL;

    clocked[0] = boot0 ? boot0->peripheral : NULL;
    clocked[1] = held ? held->peripheral : NULL;
}

// A handoff itself may write what selects the memory at address 0, and feed the watchdog.
static bool may_be_written(const struct block_type *type)
{
    return type->role == ROLE_REMAP ||
           (type->role == ROLE_WATCHDOG && type->watchdog->kind == WATCHDOG_INDEPENDENT);
}

bool leftovers_any_write(const struct chip *chip)
{
    bool written = false;

    for (size_t i = 0; i < chip->block_count; i++) {
        written |= chip->blocks[i].written && !may_be_written(chip->blocks[i].type);
    }
    return written;
}
