// dma.c: DMA controllers in four register layouts, as far as serial lines and memory need them.
// SPDX-License-Identifier: MIT
//
// A channel that a serial line asks moves an item whenever it is asked, and one that software asks
// moves one after the other. What other peripherals would have a channel do nobody knows: the
// worst, which is noise into memory, as long as it is enabled.
#include "chip.h"
#include "dma_flags.h"
#include "dma_requests.h"
#include "dma_transfer.h"

#include <string.h>

// A transfer at each instruction: nothing that a running channel can reach is safe for long.
enum { INSTRUCTIONS_PER_TRANSFER = 1, NOISE_BYTES = 4, CCR_RESET = 1 << 1, CCR_SUSP = 1 << 2 };

enum asked_by { ASKED_BY_NOBODY_KNOWN, ASKED_BY_SOFTWARE, ASKED_BY_LINE };

struct channel {
    uint32_t noise; // bytes of the round of noise that is under way
    uint32_t whole; // what the count was at the start of the block that is under way
    enum asked_by asked_by;
    struct dma_source source;
    bool was_enabled;
};

struct dma {
    struct event transfer;
    struct channel channels[DMA_CHANNELS];
    uint8_t flags[DMA_CHANNELS];
};

static bool dma_is_running(const struct block *block)
{
    const struct dma_layout *layout = dma_layout_of(block);

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        if (dma_is_enabled(block, layout, channel)) {
            return true;
        }
    }
    return false;
}

static uint32_t left(const struct block *block, const struct dma_layout *layout, unsigned channel)
{
    return *dma_register(block, layout, channel, layout->count) & layout->count_mask;
}

// What the channel writes from now on: where it stands, and as many bytes as it has left.
static bool channel_writes(const struct block *block, const struct dma_layout *layout,
                           unsigned channel, uint32_t start, uint32_t size)
{
    bool away = *dma_register(block, layout, channel, layout->control) & layout->away;
    const struct dma_side *side = &layout->sides[away ? 0 : 1];
    uint32_t mode = *dma_register(block, layout, channel, layout->mode);
    uint32_t first = *dma_register(block, layout, channel, side->address);
    uint32_t bytes = mode & side->grows ? left(block, layout, channel) : 1;

    if (layout->counts_items) {
        bytes <<= mode >> side->width_shift & 3u;
    }
    return first < start + size && first + bytes > start;
}

static bool dma_writes(const struct block *block, uint32_t start, uint32_t size)
{
    const struct dma_layout *layout = dma_layout_of(block);

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        if (dma_is_enabled(block, layout, channel) &&
            channel_writes(block, layout, channel, start, size)) {
            return true;
        }
    }
    return false;
}

static bool is_asked(const struct block *block, const struct dma_layout *layout, unsigned channel)
{
    const struct dma *dma = block->state;
    const struct channel *one = &dma->channels[channel];

    if (one->asked_by == ASKED_BY_NOBODY_KNOWN) {
        return true;
    }
    return left(block, layout, channel) &&
           (one->asked_by == ASKED_BY_SOFTWARE ||
            one->source.block->type->serial->asks(one->source.block, one->source.receives));
}

// The next time at which there is something to do: never, which costs nothing, without channel.
static void schedule(struct block *block)
{
    const struct dma_layout *layout = dma_layout_of(block);
    struct dma *dma = block->state;
    bool any = false, for_somebody = false;

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        if (dma_is_enabled(block, layout, channel) && is_asked(block, layout, channel)) {
            any = true;
            for_somebody |= dma->channels[channel].asked_by != ASKED_BY_NOBODY_KNOWN;
        }
    }
    dma->transfer.stands_still_in_sleep = !for_somebody;
    event_schedule(&block->chip->core.events, &dma->transfer,
                   any ? block->chip->core.instructions + INSTRUCTIONS_PER_TRANSFER : EVENT_NEVER);
}

static void set_lines(struct block *block, const struct dma_layout *layout)
{
    const struct dma *dma = block->state;

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        block_set_line(block, channel, dma_flags_interrupt(block, layout, dma->flags, channel));
    }
}

static void find_source(struct block *block, const struct dma_layout *layout, unsigned channel)
{
    struct dma *dma = block->state;
    struct channel *one = &dma->channels[channel];
    uint32_t software = *dma_register(block, layout, channel, layout->software);

    one->source = dma_requests_source(block, channel, channel + layout->first_number);
    one->asked_by = one->source.block ? ASKED_BY_LINE : ASKED_BY_NOBODY_KNOWN;
    if (layout->software_mask && (software & layout->software_mask) == layout->software_value) {
        one->asked_by = ASKED_BY_SOFTWARE;
    }
}

static void write_noise(struct chip *chip, uint32_t target, uint32_t size)
{
    uint64_t noise = memory_noise(&chip->memory);
    uint8_t bytes[NOISE_BYTES];

    for (unsigned i = 0; i < NOISE_BYTES; i++) {
        bytes[i] = (uint8_t)(noise >> 8 * i);
    }
    store_path_dma(&chip->core, target, bytes, size < NOISE_BYTES ? size : NOISE_BYTES);
}

static bool goes_round(const struct block *block, const struct dma_layout *layout, unsigned channel)
{
    return *dma_register(block, layout, channel, layout->circle) & layout->circle_mask;
}

static void end_channel(struct block *block, const struct dma_layout *layout, unsigned channel)
{
    struct dma *dma = block->state;

    *dma_register(block, layout, channel, layout->count) &= ~layout->count_mask;
    *dma_register(block, layout, channel, layout->control) &=
        ~(layout->ends_disabled ? (uint32_t)DMA_ENABLE : 0u);
    dma->channels[channel].was_enabled &= !layout->ends_disabled;
}

static void step_noise(struct block *block, const struct dma_layout *layout, unsigned channel)
{
    struct dma *dma = block->state;
    const struct dma_side *memory = &layout->sides[1];
    uint32_t control = *dma_register(block, layout, channel, layout->control);
    bool grows = *dma_register(block, layout, channel, layout->mode) & memory->grows;
    uint32_t *done = &dma->channels[channel].noise, bytes = left(block, layout, channel);

    if (layout->counts_items) {
        bytes <<= control >> layout->sides[0].width_shift & 3u;
    }
    if (*done >= bytes) {
        return;
    }
    if (!(control & layout->away)) {
        write_noise(block->chip,
                    *dma_register(block, layout, channel, memory->address) + (grows ? *done : 0),
                    bytes - *done);
    }
    *done += NOISE_BYTES;
    if (*done < bytes) {
        return;
    }
    *done = 0;
    if (!goes_round(block, layout, channel)) {
        end_channel(block, layout, channel);
    }
}

// The last item of a block has been moved.
static void end_block(struct block *block, const struct dma_layout *layout, unsigned channel)
{
    struct dma *dma = block->state;
    struct channel *one = &dma->channels[channel];
    uint32_t *count = dma_register(block, layout, channel, layout->count);

    dma->flags[channel] |= DMA_DONE;
    if (layout->kind == BLOCK_GPDMA && dma_transfer_follow_link(block, layout, channel)) {
        one->whole = left(block, layout, channel);
    } else if (layout->kind != BLOCK_GPDMA && goes_round(block, layout, channel)) {
        *count = (*count & ~layout->count_mask) | one->whole;
    } else {
        end_channel(block, layout, channel);
    }
}

static void step_item(struct block *block, const struct dma_layout *layout, unsigned channel)
{
    struct dma *dma = block->state;
    struct channel *one = &dma->channels[channel];
    uint32_t unit = dma_transfer_unit(block, layout, channel);
    uint32_t before = left(block, layout, channel), after = before > unit ? before - unit : 0;
    uint32_t *count = dma_register(block, layout, channel, layout->count);

    dma_transfer_item(block, layout, channel, one->whole - before);
    *count = (*count & ~layout->count_mask) | after;
    if (before > one->whole / 2 && after <= one->whole / 2) {
        dma->flags[channel] |= DMA_HALF;
    }
    if (!after) {
        end_block(block, layout, channel);
    }
    set_lines(block, layout);
}

// One transfer of every channel that is enabled and asked.
static void step(void *context)
{
    struct block *block = context;
    const struct dma_layout *layout = dma_layout_of(block);
    const struct dma *dma = block->state;
    bool runs = block_is_clocked(block);

    for (unsigned channel = 0; runs && channel < layout->channels; channel++) {
        if (!dma_is_enabled(block, layout, channel)) {
            continue;
        }
        if (dma->channels[channel].asked_by == ASKED_BY_NOBODY_KNOWN) {
            step_noise(block, layout, channel);
        } else if (is_asked(block, layout, channel)) {
            step_item(block, layout, channel);
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

    memset(dma->channels, 0, sizeof dma->channels);
    memset(dma->flags, 0, sizeof dma->flags);
    schedule(block);
}

static void dma_look(struct block *block)
{
    const struct dma_layout *layout = dma_layout_of(block);

    for (unsigned channel = 0; channel < layout->channels; channel++) {
        if (dma_is_enabled(block, layout, channel)) {
            find_source(block, layout, channel);
        }
    }
    schedule(block);
}

// After a write to one of its registers.
static void channel_changed(struct block *block, const struct dma_layout *layout, unsigned channel)
{
    struct dma *dma = block->state;
    struct channel *one = &dma->channels[channel];
    uint32_t *control = dma_register(block, layout, channel, layout->control);
    bool enabled;

    if (layout->kind == BLOCK_GPDMA && control && *control & CCR_RESET) {
        *control &= ~(uint32_t)(DMA_ENABLE | CCR_RESET | CCR_SUSP);
        dma->flags[channel] = 0;
    }
    enabled = dma_is_enabled(block, layout, channel);
    if (!enabled) {
        one->noise = 0;
    } else if (!one->was_enabled) {
        one->whole = left(block, layout, channel);
    }
    // A stream that software ends says that it has ended.
    if (one->was_enabled && !enabled && layout->kind == BLOCK_DMA_STREAMS &&
        one->asked_by != ASKED_BY_NOBODY_KNOWN && left(block, layout, channel)) {
        dma->flags[channel] |= DMA_DONE;
    }
    one->was_enabled = enabled;
}

static uint32_t dma_read(struct block *block, uint32_t offset)
{
    const struct dma *dma = block->state;
    uint32_t value;

    return dma_flags_read(block, dma_layout_of(block), dma->flags, offset, &value)
               ? value
               : block->registers[offset / 4];
}

static void dma_write(struct block *block, uint32_t offset, uint32_t value)
{
    const struct dma_layout *layout = dma_layout_of(block);
    struct dma *dma = block->state;
    uint32_t channel = (offset - layout->first) / layout->stride;

    if (!dma_flags_clear(layout, dma->flags, offset, value)) {
        block->registers[offset / 4] = value;
    }
    if (offset >= layout->first && channel < layout->channels) {
        channel_changed(block, layout, channel);
    }
    set_lines(block, layout);
    dma_look(block);
}

static void dma_start(struct block *block, uint32_t address, uint32_t bytes)
{
    const struct dma_layout *layout = dma_layout_of(block);
    uint32_t first = block->peripheral->start + layout->first;
    struct chip *chip = block->chip;

    block_start_clock(block);
    bus_write(chip, first + layout->sides[1].address, 4, address);
    bus_write(chip, first + layout->count, 4, layout->counts_items ? bytes / 4 : bytes);
    if (layout->mode != layout->control) {
        bus_write(chip, first + layout->mode, 4, layout->start_mode);
        bus_write(chip, first + layout->circle, 4, layout->start_circle);
    }
    bus_write(chip, first + layout->control, 4, layout->start_control);
}

static const struct dma_role dma_role = {dma_is_running, dma_writes, dma_look, dma_start};

const struct block_type dma_type = {
    .state_size = sizeof(struct dma),
    .open = dma_open,
    .reset = dma_reset,
    .read = dma_read,
    .write = dma_write,
    .role = ROLE_DMA,
    .dma = &dma_role,
    .not_modelled =
        "requests of peripherals other than serial lines: such a channel, while it is enabled, "
        "writes 4 bytes of noise at each instruction; double buffers, FIFOs and bursts, errors; "
        "it reads memory as the core sees it, not behind the data cache; MDMA's flags",
};
