// dma.c: DMA controllers in four register layouts, as far as they write to memory.
// SPDX-License-Identifier: MIT
//
// Layouts: embassy-rs/stm32-data-generated f115ed4, data/registers/{bdma_v1,dma_v2,gpdma_v1,
// mdma_v1}.json.
#include "dma.h"

#include "block.h"
#include "chip.h"

// A transfer at each instruction: nothing that a running channel can reach is safe for long.
enum { INSTRUCTIONS_PER_TRANSFER = 1, TRANSFER = 4, ENABLE = 1 };

// Where things are in a block. Offsets are from the start of a channel; a mask of 0 means that
// it is always so.
struct layout {
    enum block_kind kind;
    unsigned channels;
    uint32_t first, stride;
    uint32_t control, count, mode, circle, target; // registers; `circle`: other than 0 repeats
    uint32_t count_mask, circle_mask, grows_mask;  // in their registers; the last in `mode`
    unsigned width_shift;                          // in `control`: what `count` counts; 0: bytes
    uint32_t away;                                 // in `control`: it reads memory
    bool ends_disabled;
    uint32_t start_mode, start_circle, start_control; // what dma_start() programs
};

static const struct layout layouts[] = {
    {BLOCK_DMA_CHANNELS, 8, 0x08, 20, 0, 4, 0, 0, 12, 0xFFFF, 1 << 5, 1 << 7, 8, 1 << 4, false, 0,
     0, 2 << 10 | 2 << 8 | 1 << 7 | 1 << 5 | ENABLE},
    {BLOCK_DMA_STREAMS, 8, 0x10, 24, 0, 4, 0, 0, 12, 0xFFFF, 1 << 8, 1 << 10, 11, 1 << 6, true, 0,
     0, 2 << 13 | 2 << 11 | 1 << 10 | 1 << 8 | ENABLE},
    {BLOCK_GPDMA, 16, 0x50, 128, 0x14, 0x48, 0x40, 0x7C, 0x50, 0xFFFF, 0xFFFFFFFF, 1 << 19, 0, 0,
     true, 2 << 16 | 1 << 19, 1 << 16 | 4, ENABLE},
    {BLOCK_MDMA, 16, 0x40, 64, 0x0C, 0x14, 0x10, 0x24, 0x1C, 0x1FFFF, 0xFFFFFFFF, 1 << 3, 0, 0,
     true, 2 << 6 | 2 << 2, 8, ENABLE},
};

static const struct layout *layout_of(const struct block *block)
{
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        if (layouts[i].kind == block->peripheral->block) {
            return &layouts[i];
        }
    }
    return NULL;
}

// A register of a channel, NULL beyond the end of the block.
static uint32_t *at(const struct block *block, const struct layout *layout, unsigned channel,
                    uint32_t offset)
{
    offset += layout->first + channel * layout->stride;
    return offset + 4 <= block->peripheral->size ? &block->registers[offset / 4] : NULL;
}

static bool is_enabled(const struct block *block, const struct layout *layout, unsigned channel)
{
    const uint32_t *control = at(block, layout, channel, layout->control);

    return control && *control & ENABLE && at(block, layout, channel, layout->stride - 4);
}

const struct block *dma_running(const struct chip *chip)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct layout *layout = layout_of(&chip->blocks[i]);
        for (unsigned channel = 0; layout && channel < layout->channels; channel++) {
            if (is_enabled(&chip->blocks[i], layout, channel)) {
                return &chip->blocks[i];
            }
        }
    }
    return NULL;
}

// The next time at which there is something to do: never, which costs nothing, without channel.
static void schedule(struct chip *chip)
{
    chip->dma_next =
        dma_running(chip) ? chip->instructions + INSTRUCTIONS_PER_TRANSFER : UINT64_MAX;
}

static void transfer(struct chip *chip, uint32_t target, uint32_t size)
{
    uint64_t noise = memory_noise(&chip->memory);
    uint8_t bytes[TRANSFER];

    for (unsigned i = 0; i < TRANSFER; i++) {
        bytes[i] = (uint8_t)(noise >> 8 * i);
    }
    store_path_dma(chip, target, bytes, size < TRANSFER ? size : TRANSFER);
}

static void step_channel(struct chip *chip, struct block *block, const struct layout *layout,
                         unsigned channel)
{
    uint32_t *control = at(block, layout, channel, layout->control);
    uint32_t *count = at(block, layout, channel, layout->count);
    uint32_t *done = &block->transferred[channel];
    bool away = *control & layout->away;
    bool grows = *at(block, layout, channel, layout->mode) & layout->grows_mask;
    uint32_t bytes = *count & layout->count_mask;

    if (layout->width_shift) {
        bytes <<= *control >> layout->width_shift & 3u;
    }
    if (*done >= bytes) {
        return;
    }
    if (!away) {
        transfer(chip, *at(block, layout, channel, layout->target) + (grows ? *done : 0),
                 bytes - *done);
    }
    *done += TRANSFER;
    if (*done < bytes) {
        return;
    }
    *done = 0;
    if (!(*at(block, layout, channel, layout->circle) & layout->circle_mask)) {
        *count &= ~layout->count_mask;
        *control &= ~(layout->ends_disabled ? (uint32_t)ENABLE : 0u);
    }
}

void dma_step(struct chip *chip)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        struct block *block = &chip->blocks[i];
        const struct layout *layout = layout_of(block);
        bool runs = layout && block_is_clocked(chip, block);
        for (unsigned channel = 0; runs && channel < layout->channels; channel++) {
            if (is_enabled(block, layout, channel)) {
                step_channel(chip, block, layout, channel);
            }
        }
    }
    schedule(chip);
}

static void dma_reset(struct chip *chip, struct block *block)
{
    for (unsigned i = 0; i < BLOCK_CHANNELS; i++) {
        block->transferred[i] = 0;
    }
    schedule(chip);
}

static void dma_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    const struct layout *layout = layout_of(block);
    uint32_t channel = (offset - layout->first) / layout->stride;

    if (layout->width_shift && offset < layout->first) {
        return; // flags, and what clears them
    }
    block->registers[offset / 4] = value;
    if (offset >= layout->first && channel < layout->channels &&
        !is_enabled(block, layout, channel)) {
        block->transferred[channel] = 0;
    }
    schedule(chip);
}

bool dma_start(struct chip *chip, uint32_t address, uint32_t bytes)
{
    struct block *block = NULL;
    const struct layout *layout = NULL;

    for (size_t i = 0; !layout && i < chip->block_count; i++) {
        block = &chip->blocks[i];
        layout = layout_of(block);
    }
    if (!layout) {
        return false;
    }
    const struct peripheral *peripheral = block->peripheral;
    if (peripheral->clock_register) {
        rcc_put(&chip->rcc, peripheral->clock_register,
                rcc_peek(&chip->rcc, peripheral->clock_register) | peripheral->clock_mask);
    }
    block_write(chip, block, layout->first + layout->target, address);
    block_write(chip, block, layout->first + layout->count,
                layout->width_shift ? bytes / 4 : bytes);
    if (layout->mode != layout->control) {
        block_write(chip, block, layout->first + layout->mode, layout->start_mode);
        block_write(chip, block, layout->first + layout->circle, layout->start_circle);
    }
    block_write(chip, block, layout->first + layout->control, layout->start_control);
    chip->next_event = 0;
    return true;
}

const struct block_behaviour dma_behaviour = {
    .reset = dma_reset,
    .write = dma_write,
    .not_modelled =
        "reading memory, requests and their routing, flags, interrupts, linked lists, double "
        "buffers: an enabled channel writes 4 bytes of noise every 7 instructions",
};
