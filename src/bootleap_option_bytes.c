// bootleap_option_bytes.c: programs the option bits that have every reset start the ROM, or not.
// SPDX-License-Identifier: MIT
//
// bootleap_option_bytes.h says when, and what it costs. Registers, bits, keys and conditions come
// from bootleap_devices.h, where they have their sources. It runs from flash: where the flash has
// one bank the core waits in the middle of it until the bits are programmed.
#include "bootleap_option_bytes.h"
#include "bootleap.h"
#include "bootleap_compiler.h"
#include "bootleap_devices.h"

#include <stdint.h>

#if BOOTLEAP_OPTION_ENTRY

#include "bootleap_privilege.h"
#include "bootleap_refusal_bits.h"
#include "bootleap_registers.h"

// Reads of a register until a wait is given up: seconds, where programming takes milliseconds.
#define MOST_READS (1u << 24)

struct key {
    uint32_t address, locked, keys[2];
};

// Without these the bits would not start the ROM.
struct condition {
    uint32_t address, mask, value;
    int refusal;
};

// clang-format off
static const struct option options[] = {BOOTLEAP_OPTIONS END_OF_OPTIONS};
static const struct key keys[] = {BOOTLEAP_OPTION_KEYS};
static const struct condition conditions[] = {BOOTLEAP_OPTION_CONDITIONS {0, 0, 0, 0}};
// clang-format on

// No mark is left, so RAM that a reset erases is no reason.
static int refusal(void)
{
    const struct option *option = options;

    if (is_unprivileged()) {
        return BOOTLEAP_UNPRIVILEGED;
    }
    while (!refuses(option) || (option->code & 0x7F) == -BOOTLEAP_RAM_ERASED) {
        option++;
    }
    int number = option->code & 0x7F;
    if (number != 0) {
        return -number;
    }
    for (const struct condition *one = conditions; one->address; one++) {
        if ((*reg(one->address) & one->mask) != one->value) {
            return one->refusal;
        }
    }
    return 0;
}

static int is_idle(void)
{
    for (uint32_t reads = 0; reads < MOST_READS; reads++) {
        if (!(*reg(BOOTLEAP_OPTION_BUSY_REGISTER) & BOOTLEAP_OPTION_BUSY_MASK)) {
            return 1;
        }
    }
    return 0;
}

// A key for what is open already would close it until the next reset.
static int unlock(void)
{
    volatile uint32_t *locks = reg(BOOTLEAP_OPTION_LOCK_REGISTER);

    for (unsigned i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (*locks & keys[i].locked) {
            *reg(keys[i].address) = keys[i].keys[0];
            *reg(keys[i].address) = keys[i].keys[1];
        }
        if (*locks & keys[i].locked) {
            return 0;
        }
    }
    return 1;
}

static void lock(void)
{
    for (unsigned i = sizeof keys / sizeof keys[0]; i > 0; i--) {
        *reg(BOOTLEAP_OPTION_LOCK_REGISTER) |= keys[i - 1].locked;
    }
}

// Every other bit is written back as it is read. Errors of before would forbid the start, and some
// chips come out of a reset with one.
static int program(uint32_t value)
{
    volatile uint32_t *bits = reg(BOOTLEAP_OPTION_REGISTER);

    if (!is_idle() || !unlock()) {
        return 0;
    }
    *reg(BOOTLEAP_OPTION_CLEAR_REGISTER) = BOOTLEAP_OPTION_ERROR_MASK;
    *bits = (*bits & ~BOOTLEAP_OPTION_MASK) | value;
    *reg(BOOTLEAP_OPTION_START_REGISTER) |= BOOTLEAP_OPTION_START_MASK;
    return is_idle() && !(*reg(BOOTLEAP_OPTION_ERROR_REGISTER) & BOOTLEAP_OPTION_ERROR_MASK);
}

// Where a bit loads the option bytes it resets the chip at once, elsewhere every reset loads them.
BOOTLEAP_NORETURN static void load(void)
{
    if (BOOTLEAP_OPTION_LAUNCH_REGISTER) {
        *reg(BOOTLEAP_OPTION_LAUNCH_REGISTER) |= BOOTLEAP_OPTION_LAUNCH_MASK;
        for (uint32_t reads = 0; reads < MOST_READS; reads++) {
            (void)*reg(BOOTLEAP_OPTION_LAUNCH_REGISTER);
        }
    }
    finish_writes();
    *reg(SCB_AIRCR) = AIRCR_SYSRESETREQ;
    for (;;) {
    }
}

static int program_and_load(uint32_t value)
{
    uint32_t masked;

    BOOTLEAP_SAVE_AND_MASK(masked);
    if (program(value)) {
        load();
    }
    lock();
    set_primask(masked);
    return BOOTLEAP_OPTION_BYTES_FAILED;
}

int bootleap_enter_by_option_bytes(void)
{
    int code = refusal();

    return code ? code : program_and_load(BOOTLEAP_OPTION_VALUE);
}

int bootleap_restore_option_bytes(void)
{
    uint32_t bits = *reg(BOOTLEAP_OPTION_SHOWN) & BOOTLEAP_OPTION_MASK;

    return bits == BOOTLEAP_OPTION_VALUE ? program_and_load(BOOTLEAP_OPTION_RESTORE) : 0;
}

#else // no option bits of this part have a reset start the ROM, or programming them is too
      // dangerous

int bootleap_enter_by_option_bytes(void)
{
    return BOOTLEAP_NO_OPTION_BYTES;
}

int bootleap_restore_option_bytes(void)
{
    return 0;
}

#endif
