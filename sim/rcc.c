// rcc.c: models the RCC from the device row.
// SPDX-License-Identifier: MIT
#include "rcc.h"

#include <string.h>

static uint32_t *word_at(struct rcc *rcc, uint32_t address)
{
    return &rcc->registers[(address - rcc->device->rcc) / 4 % RCC_WORDS];
}

void rcc_open(struct rcc *rcc, const struct device *device)
{
    *rcc = (struct rcc){.device = device};
}

void rcc_reset(struct rcc *rcc, uint32_t flags)
{
    const struct device *device = rcc->device;
    uint32_t before = rcc_peek(rcc, device->flags_register) & device->flags_any;

    memset(rcc->registers, 0, sizeof rcc->registers);
    for (const struct register_reset *reset = device->rcc_registers; reset->name; reset++) {
        *word_at(rcc, reset->address) = reset->value;
    }
    *word_at(rcc, device->flags_register) |= before | flags;
    rcc->written = false;
}

uint32_t rcc_peek(const struct rcc *rcc, uint32_t address)
{
    return rcc->registers[(address - rcc->device->rcc) / 4 % RCC_WORDS];
}

uint32_t rcc_read(struct rcc *rcc, uint32_t address)
{
    return rcc_peek(rcc, address);
}

// Oscillators and PLLs are ready, and the system clock is switched, as soon as asked.
static uint32_t settle(const struct device *device, uint32_t address, uint32_t value)
{
    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        if (bit->address == address) {
            value = value & bit->on ? value | bit->ready : value & ~bit->ready;
        }
    }
    if (address == device->switch_register) {
        uint32_t status = device->switch_mask << device->switch_status;
        value = (value & ~status) | (value & device->switch_mask) << device->switch_status;
    }
    return value;
}

void rcc_write(struct rcc *rcc, uint32_t address, uint32_t value)
{
    const struct device *device = rcc->device;
    uint32_t *word = word_at(rcc, address);

    if (address == device->flags_register) {
        uint32_t flags = value & device->flags_clear ? 0 : *word & device->flags_any;
        *word = (value & ~device->flags_any) | flags;
        return;
    }
    if (address != device->remap_clock_register || (*word ^ value) & ~device->remap_clock_mask) {
        rcc->written = true;
    }
    *word = settle(device, address, value);
}

const struct register_reset *rcc_first_difference(const struct rcc *rcc,
                                                  const struct peripheral *except, uint32_t *value)
{
    const struct device *device = rcc->device;

    for (const struct register_reset *reset = device->rcc_registers; reset->name; reset++) {
        uint32_t exempt =
            reset->address == device->remap_clock_register ? device->remap_clock_mask : 0;
        if (except && reset->address == except->clock_register) {
            exempt |= except->clock_mask;
        }
        *value = rcc_peek(rcc, reset->address);
        if ((*value ^ reset->value) & ~exempt) {
            return reset;
        }
    }
    return NULL;
}
