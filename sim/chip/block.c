// block.c: finds, resets and accesses modelled IP blocks.
// SPDX-License-Identifier: MIT
#include "block.h"

#include "known_registers.h"
#include "nvic.h"

#include <string.h>

struct block *block_find(const struct chip *chip, const char *name)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        if (strcmp(chip->blocks[i].peripheral->name, name) == 0) {
            return &chip->blocks[i];
        }
    }
    return NULL;
}

struct block *block_at(const struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct peripheral *peripheral = chip->blocks[i].peripheral;
        if (address - peripheral->start < peripheral->size) {
            return &chip->blocks[i];
        }
    }
    return NULL;
}

struct block *block_with_role(const struct chip *chip, enum block_role role,
                              const struct block *block)
{
    for (size_t i = block ? (size_t)(block - chip->blocks) + 1 : 0; i < chip->block_count; i++) {
        if (chip->blocks[i].type->role == role) {
            return &chip->blocks[i];
        }
    }
    return NULL;
}

struct block *block_watchdog(const struct chip *chip, enum watchdog_kind kind)
{
    struct block *block = block_with_role(chip, ROLE_WATCHDOG, NULL);

    while (block && block->type->watchdog->kind != kind) {
        block = block_with_role(chip, ROLE_WATCHDOG, block);
    }
    return block;
}

bool block_is_clocked(const struct block *block)
{
    const struct peripheral *peripheral = block->peripheral;

    return !peripheral->clock_register ||
           rcc_peek(&block->chip->rcc, peripheral->clock_register) & peripheral->clock_mask;
}

bool block_is_held(const struct block *block)
{
    const struct peripheral *peripheral = block->peripheral;

    return peripheral->reset_register &&
           rcc_peek(&block->chip->rcc, peripheral->reset_register) & peripheral->reset_mask;
}

void block_start_clock(struct block *block)
{
    const struct peripheral *peripheral = block->peripheral;
    struct rcc *rcc = &block->chip->rcc;

    if (peripheral->clock_register) {
        rcc_put(rcc, peripheral->clock_register,
                rcc_peek(rcc, peripheral->clock_register) | peripheral->clock_mask);
        block_clocks_changed(block->chip, peripheral->clock_register);
    }
}

void block_clocks_changed(struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        struct block *block = &chip->blocks[i];
        if (block->type->clock_changed && block->peripheral->clock_register == address) {
            block->type->clock_changed(block);
        }
    }
}

// Its line of this number in the NVIC, -1 where the row does not know it.
static int line_of(const struct block *block, unsigned which)
{
    const int16_t *lines = block->lines;

    if (!lines) {
        return which == 0 ? block->peripheral->interrupt : -1;
    }
    while (which && *lines >= 0) {
        lines++;
        which--;
    }
    return *lines;
}

static bool drives(const struct block *block, int line)
{
    for (uint32_t bits = block->lines_high; bits; bits &= bits - 1) {
        if (line_of(block, (unsigned)__builtin_ctz(bits)) == line) {
            return true;
        }
    }
    return false;
}

void block_set_line(struct block *block, unsigned which, bool high)
{
    int line = line_of(block, which);
    bool any = high;

    if (line < 0 || (block->lines_high >> which & 1u) == high) {
        return;
    }
    block->lines_high ^= 1u << which;
    for (size_t i = 0; i < block->chip->block_count && !any; i++) {
        any = drives(&block->chip->blocks[i], line);
    }
    nvic_set_line(&block->chip->core, (unsigned)line, any);
}

void block_set_interrupt(struct block *block, bool high)
{
    block_set_line(block, 0, high);
}

static void let_lines_go(struct block *block)
{
    while (block->lines_high) {
        block_set_line(block, (unsigned)__builtin_ctz(block->lines_high), false);
    }
}

// The registers after the first that do not start at 0.
static void reset_others(struct block *block)
{
    const struct register_reset *reset = block->chip->device->peripheral_resets;

    for (; reset && reset->name; reset++) {
        uint32_t offset = reset->address - block->peripheral->start;
        if (offset < block->peripheral->size) {
            block->registers[offset / 4] = reset->value;
        }
    }
}

// The known registers of a block stand in a row: this is the first.
static const struct register_known *first_known(const struct block *block)
{
    return known_registers_from(block->chip, block->peripheral->start);
}

static bool is_known_of(const struct block *block, const struct register_known *known)
{
    return known->name && known->address - block->peripheral->start < block->peripheral->size;
}

uint32_t block_lasting_bits(const struct block *block, uint32_t offset)
{
    return register_lasting_bits(known_register(block->chip, block->peripheral->start + offset));
}

// Bits of a known register that stay as they are.
static uint32_t stays(const struct register_known *known, enum block_reset_cause cause)
{
    if (cause == BLOCK_RESET_BIT && !known->reset_register) {
        return 0xFFFFFFFFu;
    }
    return cause != BLOCK_RESET_POWER ? register_lasting_bits(known) : 0;
}

// `at_reset` holds what the registers were before.
static void reset_known(struct block *block, enum block_reset_cause cause)
{
    for (const struct register_known *known = first_known(block); is_known_of(block, known);
         known++) {
        uint32_t offset = known->address - block->peripheral->start, kept = stays(known, cause);
        uint32_t *word = &block->registers[offset / 4];
        *word = offset ? known->reset : *word; // the row has said that of the first
        *word = (*word & ~kept) | (block->at_reset[offset / 4] & kept);
    }
}

// What a reset of the chip would leave in registers that the bit in RCC does not reset.
static void remember_not_by_bit(struct block *block)
{
    for (const struct register_known *known = first_known(block); is_known_of(block, known);
         known++) {
        if (!known->reset_register) {
            block->at_reset[(known->address - block->peripheral->start) / 4] = known->reset;
        }
    }
}

void block_reset(struct block *block, enum block_reset_cause cause)
{
    block->written = false;
    let_lines_go(block);
    if (!block->type->outlives_resets) {
        memcpy(block->at_reset, block->registers, block->peripheral->size);
        memset(block->registers, 0, block->peripheral->size);
        block->registers[0] = block->peripheral->control_reset;
        reset_others(block);
        reset_known(block, cause);
    }
    if (block->type->reset) {
        block->type->reset(block);
    }
    memcpy(block->at_reset, block->registers, block->peripheral->size);
    block->may_differ = cause == BLOCK_RESET_BIT;
    if (cause == BLOCK_RESET_BIT && !block->type->outlives_resets) {
        remember_not_by_bit(block);
    }
}

static bool answers(const struct block *block)
{
    return block->type->outlives_resets || (block_is_clocked(block) && !block_is_held(block));
}

uint32_t block_read(struct block *block, uint32_t offset)
{
    if (!answers(block)) {
        return 0;
    }
    return block->type->read ? block->type->read(block, offset) : block->registers[offset / 4];
}

static uint32_t kept(struct block *block, uint32_t offset)
{
    return block->type->kept ? block->type->kept(block, offset) : block->registers[offset / 4];
}

// A write to MEM_MODE while SYSCFG has no clock. Whoever jumps through address 0 after it wonders
// why flash starts; some report that it takes effect.
static bool is_unclocked_remap(struct block *block, uint32_t offset)
{
    struct chip *chip = block->chip;

    if (chip->device->remap_register != block->peripheral->start + offset || block_is_held(block)) {
        return false;
    }
    if (!chip->unclocked_remap_pc) {
        chip->unclocked_remap_pc = cpu_get(chip->core.cpu, CPU_PC);
    }
    return chip->takes_unclocked_remap;
}

void block_write(struct block *block, uint32_t offset, uint32_t value, uint32_t lanes)
{
    if (!answers(block) && !is_unclocked_remap(block, offset)) {
        return;
    }
    value = (kept(block, offset) & ~lanes) | (value & lanes);
    block->written |= !block->type->outlives_resets;
    block->may_differ = true;
    if (block->type->write_lanes) {
        block->type->write_lanes(block, offset, value, lanes);
    } else if (block->type->write) {
        block->type->write(block, offset, value);
    } else {
        block->registers[offset / 4] = value;
    }
}

bool block_is_reset(const struct block *block)
{
    if (block->type->outlives_resets || !block->may_differ ||
        memcmp(block->registers, block->at_reset, block->peripheral->size) == 0) {
        return true;
    }
    for (uint32_t i = 0; i < block->peripheral->size / 4; i++) {
        uint32_t difference = block->registers[i] ^ block->at_reset[i];
        if (difference && difference & ~block_lasting_bits(block, 4 * i)) {
            return false;
        }
    }
    return true;
}
