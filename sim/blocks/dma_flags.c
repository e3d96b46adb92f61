// dma_flags.c: reads and clears the flags of a DMA controller's channels.
// SPDX-License-Identifier: MIT
//
// RM0008 Rev 21, 13.4.1 and 13.4.2 (channels); RM0090 Rev 21, 10.5.1 to 10.5.4 (streams); RM0456
// Rev 5, 17.8.4, 17.8.7 and 17.8.8 (GPDMA). MDMA's are not modelled, nor is a GPDMA with secure
// channels: SMISR reads 0.
#include "dma_flags.h"

enum {
    ISR = 0x00, // of channels
    IFCR = 0x04,
    LIFCR = 0x08, // of streams; LISR and HISR are at 0 and 4
    HIFCR = 0x0C,
    MISR = 0x0C, // of a GPDMA
    CFCR = 0x0C, // of a GPDMA channel
    CSR = 0x10,
    CSR_IDLEF = 1 << 0,
    CSR_SUSPF = 1 << 13,
    CCR_SUSP = 1 << 2,
};

// Where the flags of a channel are in a register that has those of several, and which they are.
struct place {
    unsigned word, shift;
    uint32_t any, half, done;
};

static struct place place_of(const struct dma_layout *layout, unsigned channel)
{
    static const unsigned stream_shifts[] = {0, 6, 16, 22};

    if (layout->kind == BLOCK_DMA_STREAMS) {
        return (struct place){channel / 4, stream_shifts[channel % 4], 0, 1 << 4, 1 << 5};
    }
    return (struct place){0, 4 * channel, 1 << 0, 1 << 2, 1 << 1};
}

static uint32_t shared_word(const struct dma_layout *layout, const uint8_t *flags, unsigned word)
{
    uint32_t value = 0;

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        struct place place = place_of(layout, channel);
        uint32_t bits = (flags[channel] & DMA_HALF ? place.half : 0u) |
                        (flags[channel] & DMA_DONE ? place.done : 0u) |
                        (flags[channel] ? place.any : 0u);
        value |= place.word == word ? bits << place.shift : 0;
    }
    return value;
}

static void clear_shared(const struct dma_layout *layout, uint8_t *flags, unsigned word,
                         uint32_t value)
{
    for (unsigned channel = 0; channel < layout->channels; channel++) {
        struct place place = place_of(layout, channel);
        uint32_t bits = place.word == word ? value >> place.shift : 0;
        if (bits & (place.half | place.any)) {
            flags[channel] &= (uint8_t)~DMA_HALF;
        }
        if (bits & (place.done | place.any)) {
            flags[channel] &= (uint8_t)~DMA_DONE;
        }
    }
}

// The channel and the register of a GPDMA; false for what comes before the first channel.
static bool split(const struct dma_layout *layout, uint32_t offset, unsigned *channel,
                  uint32_t *within)
{
    *channel = (offset - layout->first) / layout->stride;
    *within = (offset - layout->first) % layout->stride;
    return offset >= layout->first && *channel < layout->channels;
}

bool dma_flags_interrupt(const struct block *block, const struct dma_layout *layout,
                         const uint8_t *flags, unsigned channel)
{
    const uint32_t *control = dma_register(block, layout, channel, layout->control);

    return control && ((flags[channel] & DMA_HALF && *control & layout->half_enable) ||
                       (flags[channel] & DMA_DONE && *control & layout->done_enable));
}

static uint32_t masked_status(const struct block *block, const struct dma_layout *layout,
                              const uint8_t *flags)
{
    uint32_t value = 0;

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        value |= (uint32_t)dma_flags_interrupt(block, layout, flags, channel) << channel;
    }
    return value;
}

bool dma_flags_read(const struct block *block, const struct dma_layout *layout,
                    const uint8_t *flags, uint32_t offset, uint32_t *value)
{
    unsigned channel;
    uint32_t within;

    if (layout->kind == BLOCK_DMA_CHANNELS || layout->kind == BLOCK_DMA_STREAMS) {
        *value = shared_word(layout, flags, offset / 4);
        return offset < (layout->kind == BLOCK_DMA_STREAMS ? (uint32_t)LIFCR : (uint32_t)IFCR);
    }
    if (layout->kind == BLOCK_GPDMA && offset == MISR) {
        *value = masked_status(block, layout, flags);
        return true;
    }
    if (layout->kind != BLOCK_GPDMA || !split(layout, offset, &channel, &within) || within != CSR) {
        return false;
    }
    const uint32_t *control = dma_register(block, layout, channel, layout->control);
    *value = (dma_is_enabled(block, layout, channel) ? 0u : CSR_IDLEF) |
             (control && *control & CCR_SUSP ? CSR_SUSPF : 0u) |
             (flags[channel] & DMA_HALF ? layout->half_enable : 0u) |
             (flags[channel] & DMA_DONE ? layout->done_enable : 0u);
    return true;
}

bool dma_flags_clear(const struct dma_layout *layout, uint8_t *flags, uint32_t offset,
                     uint32_t value)
{
    unsigned channel;
    uint32_t within;

    if (layout->kind == BLOCK_DMA_CHANNELS && offset < layout->first) {
        clear_shared(layout, flags, 0, offset == IFCR ? value : 0);
        return true;
    }
    if (layout->kind == BLOCK_DMA_STREAMS && offset < layout->first) {
        clear_shared(layout, flags, offset == HIFCR, offset >= LIFCR ? value : 0);
        return true;
    }
    if (layout->kind != BLOCK_GPDMA || !split(layout, offset, &channel, &within) ||
        within != CFCR) {
        return false;
    }
    flags[channel] &= (uint8_t) ~((value & layout->half_enable ? DMA_HALF : 0) |
                                  (value & layout->done_enable ? DMA_DONE : 0));
    return true;
}
