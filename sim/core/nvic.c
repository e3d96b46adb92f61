// nvic.c: enables, pends and ranks the interrupts of the chip.
// SPDX-License-Identifier: MIT
#include "nvic.h"

#include "cortex.h"

// Offsets from 0xE000E000 (Armv7-M ARM, DDI0403E, B3.4).
enum {
    NVIC_ICER = 0x180,
    NVIC_ISPR = 0x200,
    NVIC_ICPR = 0x280,
    NVIC_IABR = 0x300,
    NVIC_IPR = 0x400,
    WORD_MASK = 0x1F * 4 + 3,

    CCR = 0xD14,
    CCR_USERSETMPEND = 1 << 1,
    STIR_INTID = 0x1FF,
    CONTROL_NPRIV = 1,
};

#define STIR_ADDRESS 0xE000EF00u

bool nvic_any_pending(const struct exceptions *exceptions)
{
    uint32_t any = exceptions->pending[0] >> EXCEPTION_IRQ0;

    for (unsigned word = 1; word < EXCEPTION_WORDS; word++) {
        any |= exceptions->pending[word];
    }
    return any != 0;
}

void nvic_sample_lines(struct exceptions *exceptions)
{
    for (unsigned word = 0; word < EXCEPTION_WORDS; word++) {
        exceptions->pending[word] |= exceptions->lines[word] & ~exceptions->active[word];
    }
    exceptions_update(exceptions);
}

static bool is_high(const struct exceptions *exceptions, unsigned number)
{
    return exceptions->lines[number / 32] >> number % 32 & 1u;
}

void nvic_set_line(struct cortex *core, unsigned interrupt, bool high)
{
    struct exceptions *exceptions = &core->exceptions;
    unsigned number = EXCEPTION_IRQ0 + interrupt;

    if (is_high(exceptions, number) == high) {
        return;
    }
    exceptions->lines[number / 32] ^= 1u << number % 32;
    if (high) { // an edge counts while the handler runs, too
        exceptions_pend(exceptions, number);
    }
}

void nvic_hold_line(struct cortex *core, unsigned interrupt, const char *by)
{
    struct exceptions *exceptions = &core->exceptions;

    if (exceptions->held_by) {
        nvic_set_line(core, exceptions->held_line - EXCEPTION_IRQ0, false);
    }
    exceptions->held_line = by ? EXCEPTION_IRQ0 + interrupt : 0;
    exceptions->held_by = by;
    if (by) {
        nvic_set_line(core, interrupt, true);
    }
}

// NVIC registers count interrupts from 0, exception bitmaps start 16 earlier.
static uint32_t get_lines(const uint32_t *bitmap, unsigned word)
{
    uint32_t low = bitmap[word] >> 16;
    uint32_t high = word + 1 < EXCEPTION_WORDS ? bitmap[word + 1] << 16 : 0;

    return low | high;
}

static void change_lines(uint32_t *bitmap, unsigned word, uint32_t lines, bool set)
{
    uint32_t low = lines << 16, high = lines >> 16;

    bitmap[word] = set ? bitmap[word] | low : bitmap[word] & ~low;
    if (word + 1 < EXCEPTION_WORDS) {
        bitmap[word + 1] = set ? bitmap[word + 1] | high : bitmap[word + 1] & ~high;
    }
}

// Lines that this chip's NVIC has; the others read as 0.
static uint32_t existing(const struct cortex *core, unsigned word)
{
    unsigned lines = core->device->interrupts;

    if (lines >= 32 * (word + 1)) {
        return 0xFFFFFFFFu;
    }
    return lines > 32 * word ? (1u << (lines - 32 * word)) - 1 : 0;
}

void nvic_write(struct cortex *core, uint32_t offset, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;
    unsigned word = (offset & WORD_MASK) / 4;

    exceptions->nvic_written = true;
    if (offset >= NVIC_IPR) {
        unsigned first = EXCEPTION_IRQ0 + (offset - NVIC_IPR);
        uint32_t mask = 0xFFu << (8 - core->device->priority_bits) & 0xFFu;
        for (unsigned i = 0; i < 4 && first + i < EXCEPTION_COUNT; i++) {
            exceptions->priority[first + i] = (uint8_t)(value >> (8 * i) & mask);
        }
        return;
    }
    if (word >= EXCEPTION_WORDS) {
        return;
    }
    value &= existing(core, word);
    if (offset < NVIC_ICER) {
        change_lines(exceptions->enabled, word, value, true);
    } else if (offset < NVIC_ISPR) {
        change_lines(exceptions->enabled, word, value, false);
    } else if (offset < NVIC_ICPR) {
        change_lines(exceptions->pending, word, value, true);
    } else if (offset < NVIC_IABR) {
        change_lines(exceptions->pending, word, value & ~get_lines(exceptions->lines, word), false);
    }
    nvic_sample_lines(exceptions);
}

static bool is_privileged(const struct cortex *core)
{
    return cpu_get(core->cpu, CPU_IPSR) || !(cpu_get(core->cpu, CPU_CONTROL) & CONTROL_NPRIV);
}

void nvic_write_stir(struct cortex *core, uint32_t value)
{
    struct exceptions *exceptions = &core->exceptions;
    uint32_t line = value & STIR_INTID;

    if (!is_privileged(core) && !(exceptions->plain[CCR / 4] & CCR_USERSETMPEND)) {
        cpu_fail(core->cpu, STIR_ADDRESS,
                 "store to NVIC_STIR without privilege while CCR.USERSETMPEND is 0");
        return;
    }
    exceptions->nvic_written = true;
    if (line < core->device->interrupts) {
        exceptions_pend(exceptions, EXCEPTION_IRQ0 + line);
    }
}

// Four priorities from `first` on, which is a multiple of 4; 0 beyond the last exception.
static uint32_t get_priorities(const struct exceptions *exceptions, unsigned first)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < 4 && first + i < EXCEPTION_COUNT; i++) {
        value |= (uint32_t)exceptions->priority[first + i] << (8 * i);
    }
    return value;
}

uint32_t nvic_read(const struct cortex *core, uint32_t offset)
{
    const struct exceptions *exceptions = &core->exceptions;
    unsigned word = (offset & WORD_MASK) / 4;

    if (offset >= NVIC_IPR) {
        return get_priorities(exceptions, EXCEPTION_IRQ0 + (offset - NVIC_IPR));
    }
    if (word >= EXCEPTION_WORDS) {
        return 0;
    }
    if (offset >= NVIC_IABR) { // Armv6-M does not have it
        return !cpu_has_priority_masks(core->device->core) ? 0
                                                           : get_lines(exceptions->active, word);
    }
    return get_lines(offset < NVIC_ISPR ? exceptions->enabled : exceptions->pending, word);
}
