// rcc_region.c: the RCC on the bus: which blocks a write resets, and who looks at the clocks then.
// SPDX-License-Identifier: MIT
#include "rcc_region.h"

#include "block.h"
#include "bus.h"
#include "flash_latency.h"
#include "observer.h"
#include "system_clock.h"

// Until ready bits and SWS follow although nobody reads them: in instructions what is switched off,
// which takes some cycles of its clock; what is switched on as long as a PLL takes to lock at most
// (300 us: DS8626 Rev 9, Table 34). Code that does not wait must not be right by chance.
enum { RESET_REGISTERS = 31, SETTLE_OFF = 16, SETTLE_US = 300 };

static void look_at_clocks(struct chip *chip)
{
    system_clock_look(chip);
    flash_latency_look(chip);
    observers_changed(chip);
}

static void settle(void *context)
{
    struct chip *chip = context;

    if (chip->core.instructions >= chip->rcc_settled_at) {
        rcc_settle(&chip->rcc);
    } else {
        rcc_settle_off(&chip->rcc);
        event_schedule(&chip->core.events, &chip->rcc_settles, chip->rcc_settled_at);
    }
    look_at_clocks(chip);
}

static void plan_settling(struct chip *chip)
{
    uint64_t now = chip->core.instructions;

    if (rcc_is_settling(&chip->rcc)) {
        chip->rcc_settled_at = now + chip->clock.core_hz / 1000000 * SETTLE_US;
        event_schedule(&chip->core.events, &chip->rcc_settles, now + SETTLE_OFF);
    }
}

static uint32_t read(void *context, uint32_t offset)
{
    struct chip *chip = context;
    uint64_t changes = chip->rcc.changes;
    uint32_t value = rcc_read(&chip->rcc, chip->device->rcc + offset);

    if (chip->rcc.changes != changes) { // the switch to another clock has come to its end, perhaps
        look_at_clocks(chip);
    }
    return value;
}

static uint32_t peek(const void *context, uint32_t offset)
{
    const struct chip *chip = context;

    return rcc_peek(&chip->rcc, chip->device->rcc + offset);
}

static bool poke(void *context, uint32_t offset, uint32_t value)
{
    struct chip *chip = context;

    rcc_put(&chip->rcc, chip->device->rcc + offset, value);
    block_clocks_changed(chip, chip->device->rcc + offset);
    system_clock_look(chip);
    return true;
}

// Resets the blocks whose bit in the RSTR register at `address` is set.
static void reset_blocks(struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        struct block *block = &chip->blocks[i];
        if (block->peripheral->reset_register == address && block_is_held(block)) {
            block_reset(block, BLOCK_RESET_BIT);
            observers_block_changed(chip, block);
        }
    }
}

// Tells those who do not know which bit is theirs: `address` may be an RSTR register.
static void note_reset(struct chip *chip, uint32_t address, uint32_t value)
{
    uint32_t registers[RESET_REGISTERS + 1], all = 0, bit = 0;
    unsigned count = 0;

    for (const struct peripheral *p = chip->device->peripherals; p->name && count < RESET_REGISTERS;
         p++) {
        unsigned i = 0;
        registers[count] = p->reset_register;
        while (registers[i] != p->reset_register) {
            i++;
        }
        count += p->reset_register && i == count;
    }
    for (unsigned i = 0; i < count; i++) {
        all |= 1u << i;
        bit |= registers[i] == address ? 1u << i : 0;
    }
    unmodelled_reset_by(&chip->unmodelled, address, value);
    if (bit) {
        unmodelled_note_reset(&chip->unmodelled, bit, all, value != 0);
    }
}

static void write(void *context, uint32_t offset, uint32_t value, uint32_t lanes)
{
    struct chip *chip = context;
    uint32_t address = chip->device->rcc + offset;

    value = (rcc_peek(&chip->rcc, address) & ~lanes) | (value & lanes);
    rcc_write(&chip->rcc, address, value);
    block_clocks_changed(chip, address);
    reset_blocks(chip, address);
    note_reset(chip, address, value);
    plan_settling(chip);
    look_at_clocks(chip);
}

bool rcc_region_add(struct chip *chip)
{
    chip->rcc_settles = (struct event){.fire = settle, .context = chip};
    return event_queue_add(&chip->core.events, &chip->rcc_settles) &&
           bus_add(&chip->bus, &(struct bus_region){.start = chip->device->rcc,
                                                    .size = chip->device->rcc_size,
                                                    .context = chip,
                                                    .read = read,
                                                    .write = write,
                                                    .peek = peek,
                                                    .poke = poke});
}
