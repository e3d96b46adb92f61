// states_chip.c: states of what is around the core: clocks, DMA, watchdogs, pins, peripherals.
// SPDX-License-Identifier: MIT
#include "state_makers.h"

#include "backup.h"
#include "bus.h"
#include "dma.h"

#include <string.h>

// Offsets and values of the layouts that enum block_kind describes.
enum {
    IWDG_START = 0xCCCC,
    WWDG_CR = 0x00,
    WWDG_START = 0xFF,
    DMA_BYTES = 64,
    MARK_BYTES = 8,
    GPIO_MODER = 0x00,
    GPIO_ODR = 0x14,
    CRL_CRL = 0x00,
    CRL_CRH = 0x04,
    CRL_ODR = 0x0C,
    ALL_PINS = 0xFFFF,
    ALL_OUTPUTS = 0x55555555,
    ALL_OUTPUTS_CRL = 0x33333333,
    SR_BRR = 0x08,
    SR_CR1 = 0x0C,
    SR_ON = 1 << 13 | 1 << 3 | 1 << 2, // UE, TE, RE
    ISR_CR1 = 0x00,
    ISR_BRR = 0x0C,
    ISR_ON = 1 << 3 | 1 << 2 | 1, // TE, RE, UE
    BAUD = 0x123,
    USB_OTHER = 0x08, // any register but the first
    TIMERS = 0x40000000,
    BLOCK_STEP = 0x400,
};

void state_run_dma(struct chip *chip)
{
    dma_start(chip, chip->device->rams[0].region.start, DMA_BYTES);
}

void state_run_dma_over_mark(struct chip *chip)
{
    dma_start(chip, chip->device->mark, MARK_BYTES);
}

void state_start_watchdog(struct chip *chip)
{
    bus_write(chip, chip->device->iwdg, 4, IWDG_START);
}

void state_have_alarm(struct chip *chip)
{
    backup_alarm(chip);
}

static void start_clock(struct chip *chip, const struct peripheral *peripheral)
{
    if (peripheral->clock_register) {
        rcc_put(&chip->rcc, peripheral->clock_register,
                rcc_peek(&chip->rcc, peripheral->clock_register) | peripheral->clock_mask);
    }
}

// Writes a register of each block of this kind.
static void write_all(struct chip *chip, enum block_kind kind, uint32_t offset, uint32_t value)
{
    for (size_t i = 0; i < chip->block_count; i++) {
        const struct peripheral *peripheral = chip->blocks[i].peripheral;
        if (peripheral->block == kind) {
            start_clock(chip, peripheral);
            bus_write(chip, peripheral->start + offset, 4, value);
        }
    }
}

// All outputs, all high.
void state_drive_pins(struct chip *chip)
{
    write_all(chip, BLOCK_GPIO, GPIO_ODR, ALL_PINS);
    write_all(chip, BLOCK_GPIO, GPIO_MODER, ALL_OUTPUTS);
    write_all(chip, BLOCK_GPIO_CRL, CRL_ODR, ALL_PINS);
    write_all(chip, BLOCK_GPIO_CRL, CRL_CRL, ALL_OUTPUTS_CRL);
    write_all(chip, BLOCK_GPIO_CRL, CRL_CRH, ALL_OUTPUTS_CRL);
}

// USARTs, and a register that nobody models: where there is room for timers.
void state_use_peripherals(struct chip *chip)
{
    uint32_t timer = TIMERS;

    write_all(chip, BLOCK_USART_SR, SR_BRR, BAUD);
    write_all(chip, BLOCK_USART_SR, SR_CR1, SR_ON);
    write_all(chip, BLOCK_USART_ISR, ISR_BRR, BAUD);
    write_all(chip, BLOCK_USART_ISR, ISR_CR1, ISR_ON);
    while (block_at(chip, timer) || backup_owns(chip->device, timer)) {
        timer += BLOCK_STEP;
    }
    bus_write(chip, timer, 4, 1);
}

void state_start_window_watchdog(struct chip *chip)
{
    write_all(chip, BLOCK_WWDG, WWDG_CR, WWDG_START);
}

// In use, and pulling D+ up.
void state_connect_usb(struct chip *chip)
{
    for (const struct jump_step *off = chip->device->usb_pullups; off->name; off++) {
        const struct block *block = block_at(chip, off->address);
        if (!block) {
            continue;
        }
        start_clock(chip, block->peripheral);
        bus_write(chip, block->peripheral->start + USB_OTHER, 4, 1);
        bus_write(chip, off->address, 4,
                  (bus_read(chip, off->address, 4) & ~off->mask) | (~off->value & off->mask));
    }
}

// The registers that the row's steps put back and nobody models: of EXTI, that is.
void state_use_events(struct chip *chip)
{
    const struct device *device = chip->device;

    for (const struct jump_step *step = device->jump.steps; step->name; step++) {
        if (states_is_event(device, step)) {
            bus_write(chip, step->address, 4, ~step->value & step->mask);
        }
    }
}
