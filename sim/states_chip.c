// states_chip.c: states of what is around the core: clocks, DMA, watchdogs, pins, peripherals.
// SPDX-License-Identifier: MIT
#include "states_make.h"

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
    TIMERS = 0x40000000,
    BLOCK_STEP = 0x400,
};

static bool is_enable_register(const struct register_reset *reg)
{
    return strstr(reg->name, "ENR") != NULL;
}

void state_run_all_clocks(struct chip *chip)
{
    const struct device *device = chip->device;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        rcc_put(&chip->rcc, bit->address, rcc_peek(&chip->rcc, bit->address) | bit->on);
    }
    rcc_put(&chip->rcc, device->switch_register,
            rcc_peek(&chip->rcc, device->switch_register) | device->switch_mask);
    for (const struct register_reset *reg = device->rcc_registers; reg->name; reg++) {
        if (is_enable_register(reg)) {
            rcc_put(&chip->rcc, reg->address, 0xFFFFFFFFu);
        }
    }
}

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
