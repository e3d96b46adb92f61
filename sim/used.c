// used.c: finds what an application has left in use, apart from what a handoff may leave.
// SPDX-License-Identifier: MIT
#include "used.h"

#include <string.h>

// SYSCFG differs from its reset state by MEM_MODE, which H9 asks for.
static bool is_remap_only(const struct chip *chip, const struct block *block)
{
    const struct device *device = chip->device;
    uint32_t offset = (device->remap_register - block->peripheral->start) / 4;

    if (device->remap_register - block->peripheral->start >= block->peripheral->size) {
        return false;
    }
    for (uint32_t i = 0; i < block->peripheral->size / 4; i++) {
        uint32_t exempt = i == offset ? device->remap_mask : 0;
        if ((block->registers[i] ^ block->at_reset[i]) & ~exempt) {
            return false;
        }
    }
    return true;
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
// does not listen on.
static bool is_left_alone(const struct chip *chip, const struct block *block)
{
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

const struct block *used_block(const struct chip *chip, bool left_alone)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        bool judged = block->peripheral->block != BLOCK_WWDG; // by H13
        if (judged && is_left_alone(chip, block) == left_alone && !block_is_reset(block) &&
            !is_remap_only(chip, block)) {
            return block;
        }
    }
    return NULL;
}

const struct touch *used_register(const struct chip *chip)
{
    for (size_t i = 0; i < chip->touches.count; i++) {
        if (chip->touches.list[i].written) {
            return &chip->touches.list[i];
        }
    }
    return NULL;
}

bool used_at_all(const struct chip *chip)
{
    bool written = false;

    for (size_t i = 0; i < chip->block_count; i++) {
        const struct block *block = &chip->blocks[i];
        written |= block->written && block->peripheral->block != BLOCK_SYSCFG &&
                   block->peripheral->block != BLOCK_IWDG;
    }
    return written;
}
