// devices_clock.h: a device's oscillators, and the way back to the clock that a reset starts with.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_DEVICES_CLOCK_H
#define BOOTLEAP_COMMON_DEVICES_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

// A ready bit that follows its enable bit, as HSIRDY follows HSION. Both in one register.
struct ready_bit {
    uint32_t address;
    uint32_t on;    // mask of the enable bit
    uint32_t ready; // mask of the ready bit
    int selects;    // value of SW that makes it the system clock; -1: it cannot be
    // Registers whose factors cannot be written while it is on, 0-terminated.
    const uint32_t *locks;
};

// A step of the way back to the clock of a reset: the bits of `mask` become `value`, or with
// `wait` they are waited for.
struct jump_step {
    const char *name;
    uint32_t address;
    uint32_t mask;
    uint32_t value;
    bool wait;
};

// What SystemInit() of ST's start-up code leaves otherwise than a reset does: the bits of `mask`
// are `left` then, and `reset` before. The register is there with a clock (0: always).
struct system_init {
    const char *name;
    uint32_t address;
    uint32_t mask;
    uint32_t left;
    uint32_t reset;
    uint32_t clock_register, clock_mask;
};

// The direct way: from whatever clock an application made to that of a reset, without one.
struct jump {
    const struct jump_step *steps; // in order, terminated by name NULL; empty: no such way
    struct jump_step latency;      // of the flash as after a reset: also the last of the steps
    uint32_t hz;                   // of the system clock after the steps
    struct {
        uint32_t reset_register; // of RCC
        uint32_t start;          // of the first port
        uint32_t stride;         // from one port to the next
        unsigned first;          // bit of the first port; the next port has the next bit
        uint32_t mask;           // bits of the ports that exist
    } ports;
};

#endif
