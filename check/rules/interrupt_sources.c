// interrupt_sources.c: which registers that a program has written may raise an interrupt.
// SPDX-License-Identifier: MIT
#include "interrupt_sources.h"

#define PERIPHERALS_START UINT32_C(0x40000000)
#define PERIPHERALS_END   UINT32_C(0x5FFFFFFF)

// Blocks that raise no interrupt when they are set up, as all start-up code does.
static bool raises_nothing(enum block_kind block)
{
    switch (block) {
    case BLOCK_GPIO:
    case BLOCK_GPIO_CRL:
    case BLOCK_SYSCFG:
    case BLOCK_FLASH:
    case BLOCK_PWR:
    case BLOCK_IWDG:
    case BLOCK_BACKUP:
    case BLOCK_BACKUP_SRAM:
    case BLOCK_ICACHE:
    case BLOCK_CRC:
    case BLOCK_CRC_POL:
    case BLOCK_DMAMUX:
        return true;
    default:
        return false;
    }
}

static bool may_raise(const struct device *device, uint32_t address)
{
    if (address - device->rcc < device->rcc_size) {
        return false;
    }
    if (device->backup && address - device->backup < device->backup_size) {
        return false;
    }
    for (const struct peripheral *one = device->peripherals; one->name; one++) {
        if (address - one->start < one->size) {
            return !raises_nothing(one->block);
        }
    }
    return true;
}

const struct word *interrupt_source_written(const struct device *device,
                                            const struct memory *memory, uint32_t *address)
{
    uint32_t at = PERIPHERALS_START;
    const struct word *word = memory_next(memory, &at);

    while (word && at <= PERIPHERALS_END) {
        if (may_raise(device, at)) {
            *address = at;
            return word;
        }
        at += 4;
        word = memory_next(memory, &at);
    }
    return NULL;
}
