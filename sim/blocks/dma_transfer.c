// dma_transfer.c: what a DMA channel reads and writes, and the linked lists of GPDMA.
// SPDX-License-Identifier: MIT
#include "dma_transfer.h"

#include "chip.h"
#include "store_path.h"

enum {
    PERIPHERALS_FROM = 2, // address >> 29
    ITEM_MOST = 8,
    CLBAR = 0x00, // of a GPDMA channel: the upper half of the address of a list
    CLLR = 0x7C,  // the lower half, and which registers it has
    LINK_ADDRESS = 0xFFFC,
};

static bool is_peripheral(uint32_t address)
{
    return address >> 29 == PERIPHERALS_FROM;
}

static unsigned width_of(const struct block *block, const struct dma_layout *layout,
                         unsigned channel, unsigned side)
{
    const struct dma_side *of = &layout->sides[layout->same_width ? 0 : side];

    return 1u << (*dma_register(block, layout, channel, layout->mode) >> of->width_shift & 3u);
}

uint32_t dma_transfer_unit(const struct block *block, const struct dma_layout *layout,
                           unsigned channel)
{
    return layout->counts_items ? 1 : width_of(block, layout, channel, 0);
}

static uint32_t address_of(const struct block *block, const struct dma_layout *layout,
                           unsigned channel, unsigned side, uint32_t items)
{
    const struct dma_side *of = &layout->sides[side];
    uint32_t address = *dma_register(block, layout, channel, of->address);
    bool grows = *dma_register(block, layout, channel, layout->mode) & of->grows;

    return address + (grows ? items * width_of(block, layout, channel, side) : 0);
}

static void read_item(struct chip *chip, uint32_t address, uint8_t *bytes, unsigned size)
{
    const uint8_t *place = memory_at(&chip->memory, address, size);
    uint32_t word = 0;

    if (is_peripheral(address)) {
        word = bus_read(chip, address, size < 4 ? size : 4);
    }
    for (unsigned i = 0; i < size; i++) {
        bytes[i] = place ? place[i] : i < 4 ? (uint8_t)(word >> 8 * i) : 0;
    }
}

static void write_item(struct chip *chip, uint32_t address, const uint8_t *bytes, unsigned size)
{
    uint32_t word = 0;

    if (!is_peripheral(address)) {
        store_path_dma(&chip->core, address, bytes, size);
        return;
    }
    for (unsigned i = 0; i < size && i < 4; i++) {
        word |= (uint32_t)bytes[i] << 8 * i;
    }
    bus_write(chip, address, size < 4 ? size : 4, word);
}

void dma_transfer_item(struct block *block, const struct dma_layout *layout, unsigned channel,
                       uint32_t moved)
{
    bool away = *dma_register(block, layout, channel, layout->control) & layout->away;
    uint32_t items = moved / dma_transfer_unit(block, layout, channel);
    uint8_t bytes[ITEM_MOST] = {0};

    read_item(block->chip, address_of(block, layout, channel, away, items), bytes,
              width_of(block, layout, channel, away));
    write_item(block->chip, address_of(block, layout, channel, !away, items), bytes,
               width_of(block, layout, channel, !away));
}

bool dma_transfer_follow_link(struct block *block, const struct dma_layout *layout,
                              unsigned channel)
{
    // In the order in which they stand in memory: which bit of CLLR has which register loaded.
    static const struct {
        uint32_t bit, offset;
    } loads[] = {
        {1u << 31, 0x40}, {1 << 30, 0x44}, {1 << 29, 0x48}, {1 << 28, 0x4C},
        {1 << 27, 0x50},  {1 << 26, 0x54}, {1 << 25, 0x58}, {1 << 16, CLLR},
    };
    uint32_t link = *dma_register(block, layout, channel, CLLR);
    uint32_t from =
        (*dma_register(block, layout, channel, CLBAR) & 0xFFFF0000u) | (link & LINK_ADDRESS);

    if (!link) {
        return false;
    }
    for (size_t i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        if (link & loads[i].bit) {
            *dma_register(block, layout, channel, loads[i].offset) =
                memory_word(&block->chip->memory, from);
            from += 4;
        }
    }
    return true;
}
