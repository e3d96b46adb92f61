// rcc.h: the RCC: oscillators and the switch between them, enable registers, reset flags.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RCC_H
#define BOOTLEAP_SIM_RCC_H

#include "devices.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    RCC_WORDS = 0x400 / 4,
    RCC_READY_BITS = 16,  // at most, of a device
    RCC_SETTLE_READS = 3, // of the register, until a ready bit or SWS follows
};

struct rcc {
    const struct device *device;
    uint32_t registers[RCC_WORDS];
    uint64_t changes; // how often a register may have changed
    bool written;     // since the last reset, beyond the reset flags and SYSCFG's clock
    uint8_t waits[RCC_READY_BITS]; // reads until each ready bit follows its enable bit; 0: it does
    uint8_t switch_waits;          // ... until SWS follows SW
    bool lsi_kept_on;              // somebody needs the LSI, so LSIRDY shows that it runs
    unsigned dead; // until the next reset nothing follows here: number of a ready bit from 1 on, or
                   // the next number for SWS; 0: all do
};

void rcc_open(struct rcc *rcc, const struct device *device);

// All registers go to their reset values; the reset flags get `flags` added.
void rcc_reset(struct rcc *rcc, uint32_t flags);

// Whether something has yet to follow what was written.
bool rcc_is_settling(const struct rcc *rcc);

// What has to follow does, without a read: what was switched off alone, or all of it.
void rcc_settle_off(struct rcc *rcc);
void rcc_settle(struct rcc *rcc);

// `address` is absolute and inside the RCC.
uint32_t rcc_read(struct rcc *rcc, uint32_t address);
void rcc_write(struct rcc *rcc, uint32_t address, uint32_t value);
// Writes without being the core: no lock counts, and all is ready at once.
void rcc_put(struct rcc *rcc, uint32_t address, uint32_t value);
// Sets bits that a reset of the chip sets, and that no list of RCC's registers has.
void rcc_start(struct rcc *rcc, uint32_t address, uint32_t bits);
// Whether the system clock comes from where a reset takes it.
bool rcc_clock_is_reset(const struct rcc *rcc);
// Reads without being the core.
uint32_t rcc_peek(const struct rcc *rcc, uint32_t address);

// The first register that differs from its reset value, in other bits than those that the handoff
// contract exempts: one of the clock tree if any does, else one that enables the clocks of
// peripherals; NULL if there is none. The clocks of `except` do not count: up to `count`
// peripherals, each of which may be NULL.
const struct register_reset *rcc_first_difference(const struct rcc *rcc,
                                                  const struct peripheral *const *except,
                                                  size_t count, uint32_t *value);
// The bits of one of them that differ and count.
uint32_t rcc_difference(const struct rcc *rcc, const struct register_reset *reset,
                        const struct peripheral *const *except, size_t count);
// Whether these reset bits may be set while code runs: those of the flash and of supplies may not.
bool rcc_may_pulse(const struct device *device, uint32_t address, uint32_t mask);
// Whether it enables the clocks of peripherals, as ST names those registers.
bool rcc_is_enable(const struct register_reset *reset);

#endif
