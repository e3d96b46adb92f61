// states_chip.c: states of what is around the core: clocks, DMA, watchdogs, pins, peripherals.
// SPDX-License-Identifier: MIT
#include "state_makers.h"

#include "bus.h"

enum {
    DMA_BYTES = 64,
    MARK_BYTES = 8,
    USB_OTHER = 0x08, // any register but the first
    BLOCK_STEP = 0x400,
};

static void start_dma(struct chip *chip, uint32_t address, uint32_t bytes)
{
    struct block *block = block_with_role(chip, ROLE_DMA, NULL);

    if (block) {
        block->type->dma->start(block, address, bytes);
    }
}

void state_run_dma(struct chip *chip)
{
    start_dma(chip, chip->device->rams[0].region.start, DMA_BYTES);
}

void state_run_dma_over_mark(struct chip *chip)
{
    start_dma(chip, chip->device->mark, MARK_BYTES);
}

// Has every block of this role do what applications do with it.
static void use_all(struct chip *chip, enum block_role role)
{
    struct block *block = block_with_role(chip, role, NULL);

    for (; block; block = block_with_role(chip, role, block)) {
        block->type->use(block);
    }
}

static void use_watchdog(struct chip *chip, enum watchdog_kind kind)
{
    struct block *block = block_watchdog(chip, kind);

    if (block) {
        block->type->use(block);
    }
}

void state_start_watchdog(struct chip *chip)
{
    use_watchdog(chip, WATCHDOG_INDEPENDENT);
}

void state_start_window_watchdog(struct chip *chip)
{
    use_watchdog(chip, WATCHDOG_WINDOW);
}

void state_have_alarm(struct chip *chip)
{
    use_all(chip, ROLE_BACKUP);
}

void state_drive_pins(struct chip *chip)
{
    use_all(chip, ROLE_PORT);
}

// USARTs, timers, and a register that nobody models.
void state_use_peripherals(struct chip *chip)
{
    uint32_t other = BUS_PERIPHERALS;

    use_all(chip, ROLE_SERIAL);
    use_all(chip, ROLE_TIMER);
    while (block_at(chip, other)) {
        other += BLOCK_STEP;
    }
    bus_write(chip, other, 4, 1);
}

// In use, and pulling D+ up.
void state_connect_usb(struct chip *chip)
{
    for (const struct jump_step *off = chip->device->usb_pullups; off->name; off++) {
        struct block *block = block_at(chip, off->address);
        if (!block) {
            continue;
        }
        block_start_clock(block);
        bus_write(chip, block->peripheral->start + USB_OTHER, 4, 1);
        bus_write(chip, off->address, 4,
                  (bus_read(chip, off->address, 4) & ~off->mask) | (~off->value & off->mask));
    }
}

// The registers of EXTI that the row's steps put back, and others that no other state uses.
void state_use_events(struct chip *chip)
{
    const struct device *device = chip->device;

    for (const struct jump_step *step = device->jump.steps; step->name; step++) {
        if (states_is_event(device, step)) {
            bus_write(chip, step->address, 4, ~step->value & step->mask);
        }
    }
}
