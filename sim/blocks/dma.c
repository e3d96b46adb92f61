// dma.c: DMA controllers in four register layouts, as far as they write to memory.
// SPDX-License-Identifier: MIT
//
// Layouts: embassy-rs/stm32-data-generated f115ed4, data/registers/{bdma_v1,dma_v2,gpdma_v1,
// mdma_v1}.json.
#include "chip.h"

#include <string.h>

// A transfer at each instruction: nothing that a running channel can reach is safe for long.
enum { INSTRUCTIONS_PER_TRANSFER = 1, TRANSFER = 4, ENABLE = 1, CHANNELS = 16 };

struct dma {
    struct event transfer;
    uint32_t transferred[CHANNELS]; // bytes of the round that is under way
};

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
    uint32_t start_mode, start_circle, start_control; // what a start programs
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

static bool dma_is_running(const struct block *block)
{
    const struct layout *layout = layout_of(block);

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        if (is_enabled(block, layout, channel)) {
            return true;
        }
    }
    return false;
}

// The next time at which there is something to do: never, which costs nothing, without channel.
static void schedule(struct block *block)
{
    struct dma *dma = block->state;
    uint64_t next = block->chip->core.instructions + INSTRUCTIONS_PER_TRANSFER;

    event_schedule(&block->chip->core.events, &dma->transfer,
                   dma_is_running(block) ? next : EVENT_NEVER);
}

static void transfer(struct chip *chip, uint32_t target, uint32_t size)
{
    uint64_t noise = memory_noise(&chip->memory);
    uint8_t bytes[TRANSFER];

    for (unsigned i = 0; i < TRANSFER; i++) {
        bytes[i] = (uint8_t)(noise >> 8 * i);
    }
    store_path_dma(&chip->core, target, bytes, size < TRANSFER ? size : TRANSFER);
}

static void step_channel(struct block *block, const struct layout *layout, unsigned channel)
{
    struct dma *dma = block->state;
    uint32_t *control = at(block, layout, channel, layout->control);
    uint32_t *left = at(block, layout, channel, layout->count);
    uint32_t *done = &dma->transferred[channel];
    bool grows = *at(block, layout, channel, layout->mode) & layout->grows_mask;
    uint32_t bytes = *left & layout->count_mask;

    if (layout->width_shift) {
        bytes <<= *control >> layout->width_shift & 3u;
    }
    if (*done >= bytes) {
        return;
    }
    if (!(*control & layout->away)) {
        transfer(block->chip, *at(block, layout, channel, layout->target) + (grows ? *done : 0),
                 bytes - *done);
    }
    *done += TRANSFER;
    if (*done < bytes) {
        return;
    }
    *done = 0;
    if (!(*at(block, layout, channel, layout->circle) & layout->circle_mask)) {
        *left &= ~layout->count_mask;
        *control &= ~(layout->ends_disabled ? (uint32_t)ENABLE : 0u);
    }
}

// One transfer of every enabled channel.
static void step(void *context)
{
    struct block *block = context;
    const struct layout *layout = layout_of(block);
    bool runs = block_is_clocked(block);

    for (unsigned channel = 0; runs && channel < layout->channels; channel++) {
        if (is_enabled(block, layout, channel)) {
            step_channel(block, layout, channel);
        }
    }
    schedule(block);
}

static bool dma_open(struct block *block)
{
    struct dma *dma = block->state;

    dma->transfer = (struct event){.fire = step, .context = block, .stands_still_in_sleep = true};
    return event_queue_add(&block->chip->core.events, &dma->transfer);
}

static void dma_reset(struct block *block)
{
    struct dma *dma = block->state;

    memset(dma->transferred, 0, sizeof dma->transferred);
    schedule(block);
}

static void dma_write(struct block *block, uint32_t offset, uint32_t value)
{
    const struct layout *layout = layout_of(block);
    struct dma *dma = block->state;
    uint32_t channel = (offset - layout->first) / layout->stride;

    if (layout->width_shift && offset < layout->first) {
        return; // flags, and what clears them
    }
    block->registers[offset / 4] = value;
    if (offset >= layout->first && channel < layout->channels &&
        !is_enabled(block, layout, channel)) {
        dma->transferred[channel] = 0;
    }
    schedule(block);
}

static void dma_start(struct block *block, uint32_t address, uint32_t bytes)
{
    const struct layout *layout = layout_of(block);
    uint32_t first = block->peripheral->start + layout->first;
    struct chip *chip = block->chip;

    block_start_clock(block);
    bus_write(chip, first + layout->target, 4, address);
    bus_write(chip, first + layout->count, 4, layout->width_shift ? bytes / 4 : bytes);
    if (layout->mode != layout->control) {
        bus_write(chip, first + layout->mode, 4, layout->start_mode);
        bus_write(chip, first + layout->circle, 4, layout->start_circle);
    }
    bus_write(chip, first + layout->control, 4, layout->start_control);
}

static const struct dma_role dma_role = {dma_is_running, dma_start};

const struct block_type dma_type = {
    .state_size = sizeof(struct dma),
    .open = dma_open,
    .reset = dma_reset,
    .write = dma_write,
    .role = ROLE_DMA,
    .dma = &dma_role,
    .not_modelled =
        "reading memory, requests and their routing, flags, interrupts, linked lists, "
        "double buffers: an enabled channel writes 4 bytes of noise every 7 instructions",
};
