// exti.c: EXTI: edges of pins and writes of software become interrupts and events.
// SPDX-License-Identifier: MIT
//
// RM0008 Rev 21, 10.3; RM0434 Rev 10, chapter 14; RM0433 Rev 8, chapter 20; RM0444 Rev 5, chapter
// 13. Lines 0 to 15 are pins; software can trigger the others.
#include "chip.h"
#include "exceptions.h"

#include <string.h>

enum { BANKS = 3, PIN_LINES = 16, PORT_SELECTS = 4, NONE = 0x400 };

// Offsets of the registers of the first 32 lines; those of the next are a stride behind.
struct layout {
    enum block_kind kind;
    uint32_t imr, emr, mask_stride;
    uint32_t rtsr, ftsr, swier, edge_stride;
    uint32_t rising, falling, pending_stride; // pending bits; NONE: one register for both edges
    bool software_stays; // SWIER shows what is pending by it, and needs the line in IMR
};

static const struct layout layouts[] = {
    {BLOCK_EXTI_IMR, 0x00, 0x04, 0x20, 0x08, 0x0C, 0x10, 0x20, 0x14, NONE, 0x20, true},
    {BLOCK_EXTI_PR, 0x80, 0x84, 0x10, 0x00, 0x04, 0x08, 0x20, 0x0C, NONE, 0x20, false},
    {BLOCK_EXTI_CPU, 0x80, 0x84, 0x10, 0x00, 0x04, 0x08, 0x20, 0x88, NONE, 0x10, false},
    {BLOCK_EXTI_RPR, 0x80, 0x84, 0x10, 0x00, 0x04, 0x08, 0x20, 0x0C, 0x10, 0x20, false},
};

// Hardware flags are here, not among the registers: no reset puts back what software has not set.
struct exti_flags {
    uint32_t rising[BANKS], falling[BANKS];
};

static const struct layout *layout_of(const struct block *block)
{
    const struct layout *layout = layouts;

    while (layout->kind != block->peripheral->block) {
        layout++;
    }
    return layout;
}

// The bank whose register this is, where the first bank has it at `first`; -1: it is another one.
static int bank_of(uint32_t offset, uint32_t first, uint32_t stride)
{
    for (int bank = 0; bank < BANKS; bank++) {
        if (offset == first + (uint32_t)bank * stride) {
            return bank;
        }
    }
    return -1;
}

static uint32_t word(const struct block *block, uint32_t first, uint32_t stride, int bank)
{
    return block->registers[(first + (uint32_t)bank * stride) / 4];
}

static void set_lines(struct block *block)
{
    const struct layout *layout = layout_of(block);
    const struct exti_flags *exti = block->state;
    uint32_t high = (exti->rising[0] | exti->falling[0]) & word(block, layout->imr, 0, 0);

    for (unsigned line = 0; line < PIN_LINES; line++) {
        block_set_line(block, line, high >> line & 1u);
    }
}

static void trigger(struct block *block, int bank, uint32_t lines, bool falling)
{
    const struct layout *layout = layout_of(block);
    struct exti_flags *exti = block->state;

    *(falling && layout->falling != NONE ? &exti->falling[bank] : &exti->rising[bank]) |= lines;
    if (lines & word(block, layout->emr, layout->mask_stride, bank)) {
        exceptions_signal_event(&block->chip->core);
    }
    set_lines(block);
}

static void trigger_by_software(struct block *block, int bank, uint32_t value)
{
    const struct layout *layout = layout_of(block);
    uint32_t masks = word(block, layout->imr, layout->mask_stride, bank);
    uint32_t events = word(block, layout->emr, layout->mask_stride, bank);

    if (!layout->software_stays) {
        trigger(block, bank, value, false);
        return;
    }
    value &= ~word(block, layout->swier, layout->edge_stride, bank);
    block->registers[(layout->swier + (uint32_t)bank * layout->edge_stride) / 4] |= value & masks;
    trigger(block, bank, value & masks, false);
    if (value & events) {
        exceptions_signal_event(&block->chip->core);
    }
}

static void clear(struct block *block, int bank, uint32_t value, bool falling)
{
    const struct layout *layout = layout_of(block);
    struct exti_flags *exti = block->state;

    *(falling ? &exti->falling[bank] : &exti->rising[bank]) &= ~value;
    if (layout->software_stays) {
        block->registers[(layout->swier + (uint32_t)bank * layout->edge_stride) / 4] &= ~value;
    }
    set_lines(block);
}

static uint32_t exti_read(struct block *block, uint32_t offset)
{
    const struct layout *layout = layout_of(block);
    const struct exti_flags *exti = block->state;
    int rising = bank_of(offset, layout->rising, layout->pending_stride);
    int falling = bank_of(offset, layout->falling, layout->pending_stride);

    return rising >= 0    ? exti->rising[rising]
           : falling >= 0 ? exti->falling[falling]
                          : block->registers[offset / 4];
}

static void exti_write(struct block *block, uint32_t offset, uint32_t value)
{
    const struct layout *layout = layout_of(block);
    int rising = bank_of(offset, layout->rising, layout->pending_stride);
    int falling = bank_of(offset, layout->falling, layout->pending_stride);
    int software = bank_of(offset, layout->swier, layout->edge_stride);

    if (rising >= 0) {
        clear(block, rising, value, false);
    } else if (falling >= 0) {
        clear(block, falling, value, true);
    } else if (software >= 0) {
        trigger_by_software(block, software, value);
    } else {
        block->registers[offset / 4] = value;
        set_lines(block);
    }
}

// A part of a register in which a 1 acts leaves the rest alone.
static uint32_t exti_kept(struct block *block, uint32_t offset)
{
    const struct layout *layout = layout_of(block);
    bool acts = bank_of(offset, layout->rising, layout->pending_stride) >= 0 ||
                bank_of(offset, layout->falling, layout->pending_stride) >= 0 ||
                bank_of(offset, layout->swier, layout->edge_stride) >= 0;

    return acts ? 0 : block->registers[offset / 4];
}

static void exti_reset(struct block *block)
{
    memset(block->state, 0, sizeof(struct exti_flags));
}

// Whether the line of this pin is that of this port.
static bool is_selected(const struct block *block, char port, unsigned pin)
{
    const struct exti *row = &block->chip->device->exti;
    unsigned bits = row->select_bits, shift = pin % PORT_SELECTS * bits;
    uint32_t chosen = bus_peek(block->chip, row->select + pin / PORT_SELECTS * 4);
    uint32_t number = chosen >> shift & ((1u << bits) - 1);

    return row->select && number < strlen(row->ports) && row->ports[number] == port;
}

static uint32_t exti_watched(const struct block *block)
{
    const struct layout *layout = layout_of(block);

    return (word(block, layout->rtsr, 0, 0) | word(block, layout->ftsr, 0, 0)) &
           ((1u << PIN_LINES) - 1);
}

static void exti_pin_changed(struct block *block, char port, unsigned pin, bool high)
{
    const struct layout *layout = layout_of(block);
    uint32_t edges = word(block, high ? layout->rtsr : layout->ftsr, 0, 0);

    if (edges >> pin & 1u && is_selected(block, port, pin)) {
        trigger(block, 0, 1u << pin, !high);
    }
}

static bool exti_listens(const struct block *block, char port, unsigned pin)
{
    const struct layout *layout = layout_of(block);
    uint32_t edges = exti_watched(block);
    uint32_t masks = word(block, layout->imr, 0, 0) | word(block, layout->emr, 0, 0);

    return (edges & masks) >> pin & 1u && is_selected(block, port, pin);
}

static bool exti_looks_at(const struct block *block, unsigned pin, bool rising)
{
    const struct layout *layout = layout_of(block);

    return word(block, rising ? layout->rtsr : layout->ftsr, 0, 0) >> pin & 1u;
}

static const struct edge_role exti_edges = {exti_watched, exti_pin_changed, exti_listens,
                                            exti_looks_at};

const struct block_type exti_type = {
    .state_size = sizeof(struct exti_flags),
    .reset = exti_reset,
    .read = exti_read,
    .write = exti_write,
    .kept = exti_kept,
    .role = ROLE_EDGES,
    .edges = &exti_edges,
    .not_modelled = "what drives the lines from 16 on, and their interrupts; secure and privileged "
                    "lines, the masks of a second core",
};
