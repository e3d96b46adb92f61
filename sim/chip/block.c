// block.c: finds, resets and accesses modelled IP blocks.
// SPDX-License-Identifier: MIT
#include "block.h"

#include "chip.h"

#include <string.h>

const struct block_behaviour *block_behaviour(enum block_kind kind)
{
    static const struct block_behaviour *const behaviours[] = {
        [BLOCK_GPIO] = &gpio_behaviour,
        [BLOCK_USART_SR] = &usart_sr_behaviour,
        [BLOCK_USART_ISR] = &usart_isr_behaviour,
        [BLOCK_SYSCFG] = &syscfg_behaviour,
        [BLOCK_FLASH] = &flash_behaviour,
        [BLOCK_IWDG] = &iwdg_behaviour,
        [BLOCK_PWR] = &pwr_behaviour,
        [BLOCK_GPIO_CRL] = &gpio_crl_behaviour,
        [BLOCK_WWDG] = &wwdg_behaviour,
        [BLOCK_DMA_CHANNELS] = &dma_behaviour,
        [BLOCK_DMA_STREAMS] = &dma_behaviour,
        [BLOCK_GPDMA] = &dma_behaviour,
        [BLOCK_MDMA] = &dma_behaviour,
        [BLOCK_BACKUP] = &backup_behaviour,
        [BLOCK_USB] = &register_file_behaviour,
        [BLOCK_ICACHE] = &register_file_behaviour,
    };

    return behaviours[kind];
}

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

bool block_is_clocked(const struct chip *chip, const struct block *block)
{
    const struct peripheral *peripheral = block->peripheral;

    return !peripheral->clock_register ||
           rcc_peek(&chip->rcc, peripheral->clock_register) & peripheral->clock_mask;
}

bool block_is_held(const struct chip *chip, const struct block *block)
{
    const struct peripheral *peripheral = block->peripheral;

    return peripheral->reset_register &&
           rcc_peek(&chip->rcc, peripheral->reset_register) & peripheral->reset_mask;
}

// The registers after the first that do not start at 0.
static void reset_others(const struct device *device, struct block *block)
{
    const struct register_reset *reset = device->peripheral_resets;

    for (; reset && reset->name; reset++) {
        uint32_t offset = reset->address - block->peripheral->start;
        if (offset < block->peripheral->size) {
            block->registers[offset / 4] = reset->value;
        }
    }
}

void block_reset(struct chip *chip, struct block *block)
{
    block->written = false;
    if (block->behaviour->outlives_resets) {
        return;
    }
    memset(block->registers, 0, block->peripheral->size);
    block->registers[0] = block->peripheral->control_reset;
    reset_others(chip->device, block);
    if (block->behaviour->reset) {
        block->behaviour->reset(chip, block);
    }
    memcpy(block->at_reset, block->registers, block->peripheral->size);
}

void block_reset_by_rcc(struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        struct block *block = &chip->blocks[i];
        if (block->peripheral->reset_register == address && block_is_held(chip, block)) {
            block_reset(chip, block);
            held_port_look(chip, block);
        }
    }
}

uint32_t block_read(struct chip *chip, struct block *block, uint32_t offset)
{
    if (!block_is_clocked(chip, block) || block_is_held(chip, block)) {
        return 0;
    }
    return block->behaviour->read ? block->behaviour->read(chip, block, offset)
                                  : block->registers[offset / 4];
}

void block_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    if (!block_is_clocked(chip, block) || block_is_held(chip, block)) {
        return;
    }
    block->written = true;
    block->used = true;
    if (block->behaviour->write) {
        block->behaviour->write(chip, block, offset, value);
    } else {
        block->registers[offset / 4] = value;
    }
    held_port_look(chip, block);
}

bool block_is_reset(const struct block *block)
{
    return block->behaviour->outlives_resets ||
           memcmp(block->registers, block->at_reset, block->peripheral->size) == 0;
}
