// dma_layout.c: the register layouts of DMA controllers.
// SPDX-License-Identifier: MIT
//
// embassy-rs/stm32-data-generated f115ed4, data/registers/{bdma_v1,dma_v2,gpdma_v1,mdma_v1}.json.
#include "dma_layout.h"

static const struct dma_layout layouts[] = {
    {.kind = BLOCK_DMA_CHANNELS,
     .channels = 8,
     .first_number = 1,
     .first = 0x08,
     .stride = 20,
     .count = 4,
     .count_mask = 0xFFFF,
     .circle_mask = 1 << 5,
     .sides = {{8, 1 << 6, 8}, {12, 1 << 7, 10}},
     .away = 1 << 4,
     .counts_items = true,
     .software_mask = 1 << 14,
     .software_value = 1 << 14,
     .half_enable = 1 << 2,
     .done_enable = 1 << 1,
     .start_control = 2 << 10 | 2 << 8 | 1 << 7 | 1 << 5 | DMA_ENABLE},
    {.kind = BLOCK_DMA_STREAMS,
     .channels = 8,
     .first = 0x10,
     .stride = 24,
     .count = 4,
     .count_mask = 0xFFFF,
     .circle_mask = 1 << 8,
     .sides = {{8, 1 << 9, 11}, {12, 1 << 10, 13}},
     .away = 1 << 6,
     .counts_items = true,
     .same_width = true,
     .ends_disabled = true,
     .software_mask = 3 << 6,
     .software_value = 2 << 6,
     .half_enable = 1 << 3,
     .done_enable = 1 << 4,
     .start_control = 2 << 13 | 2 << 11 | 1 << 10 | 1 << 8 | DMA_ENABLE},
    {.kind = BLOCK_GPDMA,
     .channels = 16,
     .first = 0x50,
     .stride = 128,
     .control = 0x14,
     .count = 0x48,
     .mode = 0x40,
     .circle = 0x7C,
     .count_mask = 0xFFFF,
     .circle_mask = 0xFFFFFFFF,
     .sides = {{0x4C, 1 << 3, 0}, {0x50, 1 << 19, 16}},
     .ends_disabled = true,
     .software = 0x44,
     .software_mask = 1 << 9,
     .software_value = 1 << 9,
     .half_enable = 1 << 9,
     .done_enable = 1 << 8,
     .start_mode = 2 << 16 | 1 << 19,
     .start_circle = 1 << 16 | 4,
     .start_control = DMA_ENABLE},
    {.kind = BLOCK_MDMA,
     .channels = 16,
     .first = 0x40,
     .stride = 64,
     .control = 0x0C,
     .count = 0x14,
     .mode = 0x10,
     .circle = 0x24,
     .count_mask = 0x1FFFF,
     .circle_mask = 0xFFFFFFFF,
     .sides = {{0x18, 1 << 1, 4}, {0x1C, 1 << 3, 6}},
     .ends_disabled = true,
     .start_mode = 2 << 6 | 2 << 2,
     .start_circle = 8,
     .start_control = DMA_ENABLE},
};

const struct dma_layout *dma_layout_of(const struct block *block)
{
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        if (layouts[i].kind == block->peripheral->block) {
            return &layouts[i];
        }
    }
    return NULL;
}

uint32_t *dma_register(const struct block *block, const struct dma_layout *layout, unsigned channel,
                       uint32_t offset)
{
    offset += layout->first + channel * layout->stride;
    return offset + 4 <= block->peripheral->size ? &block->registers[offset / 4] : NULL;
}

bool dma_is_enabled(const struct block *block, const struct dma_layout *layout, unsigned channel)
{
    const uint32_t *control = dma_register(block, layout, channel, layout->control);

    return control && *control & DMA_ENABLE &&
           dma_register(block, layout, channel, layout->stride - 4);
}
