// leftovers.c: finds what an application has left in use, apart from what a handoff may leave.
// SPDX-License-Identifier: MIT
#include "leftovers.h"

#include <string.h>

// SYSCFG differs from its reset state by MEM_MODE, which H9 asks for, or by the bit with which the
// ROM has swapped the banks before the application ran.
static bool is_remap_only(const struct chip *chip, const struct block *block)
{
    const struct device *device = chip->device;
    uint32_t offset = (device->remap_register - block->peripheral->start) / 4;

    if (device->remap_register - block->peripheral->start >= block->peripheral->size) {
        return false;
    }
    for (uint32_t i = 0; i < block->peripheral->size / 4; i++) {
        uint32_t exempt = i == offset ? device->remap_mask : 0;
        if (chip->swapped && block->peripheral->start + 4 * i == device->bank_check.swap_register) {
            exempt |= device->bank_check.swap_mask;
        }
        if ((block->registers[i] ^ block->at_reset[i]) & ~exempt) {
            return false;
        }
    }
    return true;
}

// Those that other points judge, and what may differ, are left out.
static bool is_judged(const struct chip *chip, const struct block *block)
{
    enum block_kind kind = block->peripheral->block;

    return kind != BLOCK_WWDG && kind != BLOCK_ICACHE &&
           !(kind == BLOCK_IWDG && chip->entry_requested) &&
           !(chip->held_port.begun && block == chip->held_port.port) && block != chip->boot0_port;
}

static bool is_port(const struct block *block)
{
    return block->peripheral->block == BLOCK_GPIO || block->peripheral->block == BLOCK_GPIO_CRL;
}

static bool is_usart(const struct block *block)
{
    return block->peripheral->block == BLOCK_USART_SR ||
           block->peripheral->block == BLOCK_USART_ISR;
}

// Whether the ROM is not known to care: a port, whose pins it sets up itself, or a USART that it
// does not listen on. One that is held in reset nobody can use.
static bool is_left_alone(const struct chip *chip, const struct block *block)
{
    if (block_is_held(chip, block)) {
        return false;
    }
    if (is_port(block)) {
        return true;
    }
    for (const struct rom_usart *usart = chip->device->rom_usarts; usart->name; usart++) {
        if (strcmp(usart->name, block->peripheral->name) == 0) {
            return false;
        }
    }
    return is_usart(block);
}

const struct block *leftovers_block(const struct chip *chip, bool left_alone)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        bool used =
            (!block_is_reset(block) && !is_remap_only(chip, block)) || block_is_held(chip, block);
        if (used && is_judged(chip, block) && is_left_alone(chip, block) == left_alone) {
            return block;
        }
    }
    return NULL;
}

// The row's steps say how a register is left that nobody models.
static bool is_left_as_asked(const struct chip *chip, const struct unmodelled_word *touch)
{
    const struct jump_step *last = NULL;

    for (const struct jump_step *step = chip->device->jump.steps; step && step->name; step++) {
        last = step->address == touch->address && !step->wait ? step : last;
    }
    return chip->entry_requested && last && !((touch->value ^ last->value) & last->mask);
}

const struct unmodelled_word *leftovers_register(const struct chip *chip)
{
    for (size_t i = 0; i < chip->unmodelled.count; i++) {
        const struct unmodelled_word *touch = &chip->unmodelled.list[i];
        if (touch->written && !is_left_as_asked(chip, touch)) {
            return touch;
        }
    }
    return NULL;
}

bool leftovers_any_write(const struct chip *chip)
{
    bool written = false;

    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        written |= block->written && block->peripheral->block != BLOCK_SYSCFG &&
                   block->peripheral->block != BLOCK_IWDG;
    }
    return written;
}
