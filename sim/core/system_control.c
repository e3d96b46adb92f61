// system_control.c: the registers of NVIC, SysTick, System Control Block, MPU and caches.
// SPDX-License-Identifier: MIT
#include "chip.h"
#include "exceptions.h"

#include <string.h>

// Offsets from 0xE000E000 (Armv7-M ARM, B3.2 to B3.5).
enum {
    ICTR = 0x004,
    SYST_CSR = 0x010,
    SYST_RVR = 0x014,
    SYST_CVR = 0x018,
    NVIC_ISER = 0x100,
    NVIC_ICER = 0x180,
    NVIC_ISPR = 0x200,
    NVIC_ICPR = 0x280,
    NVIC_IABR = 0x300,
    NVIC_IPR = 0x400,
    NVIC_END = 0x500,
    CPUID = 0xD00,
    ICSR = 0xD04,
    VTOR = 0xD08,
    AIRCR = 0xD0C,
    CCR = 0xD14,
    SHPR1 = 0xD18,
    SHPR3 = 0xD20,
    SHCSR = 0xD24,
    MPU_CTRL = 0xD94,
    FPCCR = 0xF34,

    SYST_ENABLE = 1 << 0,
    SYST_TICKINT = 1 << 1,
    SYST_COUNTFLAG = 1 << 16,
    ICSR_RETTOBASE = 1 << 11,
    ICSR_PENDSTCLR = 1 << 25,
    ICSR_PENDSTSET = 1 << 26,
    ICSR_PENDSVCLR = 1 << 27,
    ICSR_PENDSVSET = 1 << 28,
    AIRCR_SYSRESETREQ = 1 << 2,
    AIRCR_KEY = 0x05FA,
    SHCSR_ENABLES = 7 << 16,
    CCR_CACHES = 3 << 16,
    CCR_DATA_CACHE = 1 << 16,
    CCSIDR = DATA_CACHE_CCSIDR,
    CACHE_FIRST = DATA_CACHE_DCIMVAC,
    CACHE_LAST = DATA_CACHE_DCCISW,
    WORD_MASK = 0x1F * 4 + 3,
};

// 128 sets of 4 ways of 32 bytes that write back (Cortex-M7 TRM, CCSIDR).
#define CCSIDR_VALUE 0xF00FE019u
// ASPEN and LSPEN (Armv7-M ARM, B3.2.20).
#define FPCCR_RESET 0xC0000000u

void exceptions_reset(struct chip *chip)
{
    memset(&chip->exceptions, 0, sizeof chip->exceptions);
    chip->exceptions.systick_next = UINT64_MAX;
    chip->exceptions.vtor = chip->device->vtor_reset;
    chip->exceptions.fp_control = cpu_has_fpu(chip->device->core) ? FPCCR_RESET : 0;
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
static uint32_t existing(const struct chip *chip, unsigned word)
{
    unsigned lines = chip->device->interrupts;

    if (lines >= 32 * (word + 1)) {
        return 0xFFFFFFFFu;
    }
    return lines > 32 * word ? (1u << (lines - 32 * word)) - 1 : 0;
}

static void write_nvic(struct chip *chip, uint32_t offset, uint32_t value)
{
    struct exceptions *exceptions = &chip->exceptions;
    unsigned word = (offset & WORD_MASK) / 4;

    exceptions->nvic_written = true;
    if (offset >= NVIC_IPR) {
        unsigned first = EXCEPTION_IRQ0 + (offset - NVIC_IPR);
        uint32_t mask = 0xFFu << (8 - chip->device->priority_bits) & 0xFFu;
        for (unsigned i = 0; i < 4 && first + i < EXCEPTION_COUNT; i++) {
            exceptions->priority[first + i] = (uint8_t)(value >> (8 * i) & mask);
        }
        return;
    }
    if (word >= EXCEPTION_WORDS) {
        return;
    }
    value &= existing(chip, word);
    if (offset < NVIC_ICER) {
        change_lines(exceptions->enabled, word, value, true);
    } else if (offset < NVIC_ISPR) {
        change_lines(exceptions->enabled, word, value, false);
    } else if (offset < NVIC_ICPR) {
        change_lines(exceptions->pending, word, value, true);
    } else if (offset < NVIC_IABR) {
        change_lines(exceptions->pending, word, value, false);
    }
    backup_hold_line(chip);
    exceptions_update(exceptions);
}

// Armv6-M shows less of what is active.
static bool is_v6(const struct chip *chip)
{
    return !cpu_has_priority_masks(chip->device->core);
}

static uint32_t read_nvic(const struct chip *chip, uint32_t offset)
{
    const struct exceptions *exceptions = &chip->exceptions;
    unsigned word = (offset & WORD_MASK) / 4;

    if (offset >= NVIC_IPR) {
        const uint8_t *priority = &exceptions->priority[EXCEPTION_IRQ0 + (offset - NVIC_IPR)];
        bool inside = EXCEPTION_IRQ0 + (offset - NVIC_IPR) + 3 < EXCEPTION_COUNT;
        return inside ? priority[0] | (uint32_t)priority[1] << 8 | (uint32_t)priority[2] << 16 |
                            (uint32_t)priority[3] << 24
                      : 0;
    }
    if (word >= EXCEPTION_WORDS) {
        return 0;
    }
    if (offset >= NVIC_IABR) { // Armv6-M does not have it
        return is_v6(chip) ? 0 : get_lines(exceptions->active, word);
    }
    return get_lines(offset < NVIC_ISPR ? exceptions->enabled : exceptions->pending, word);
}

static void write_systick(struct chip *chip, uint32_t offset, uint32_t value)
{
    struct exceptions *exceptions = &chip->exceptions;

    exceptions->systick_written = true;
    if (offset == SYST_CSR) {
        exceptions->systick_control = value & 7u;
    } else if (offset == SYST_RVR) {
        exceptions->systick_reload = value & 0xFFFFFFu;
        return;
    }
    bool on = exceptions->systick_control & SYST_ENABLE && exceptions->systick_reload;
    exceptions->systick_next =
        on ? chip->instructions + exceptions->systick_reload + 1 : UINT64_MAX;
}

void exceptions_tick(struct chip *chip)
{
    struct exceptions *exceptions = &chip->exceptions;

    exceptions->systick_next += exceptions->systick_reload + 1;
    exceptions->systick_control |= SYST_COUNTFLAG;
    if (exceptions->systick_control & SYST_TICKINT) {
        exceptions_pend(exceptions, EXCEPTION_SYSTICK);
    }
}

static uint32_t read_systick(struct chip *chip, uint32_t offset)
{
    struct exceptions *exceptions = &chip->exceptions;
    uint32_t control = exceptions->systick_control;

    if (offset == SYST_CSR) { // reading clears COUNTFLAG
        exceptions->systick_control &= ~(uint32_t)SYST_COUNTFLAG;
        return control;
    }
    if (offset == SYST_RVR) {
        return exceptions->systick_reload;
    }
    return exceptions->systick_next == UINT64_MAX
               ? 0
               : (uint32_t)(exceptions->systick_next - chip->instructions) & 0xFFFFFFu;
}

static void write_icsr(struct chip *chip, uint32_t value)
{
    uint32_t *pending = chip->exceptions.pending;

    pending[0] |= value & ICSR_PENDSVSET ? 1u << EXCEPTION_PENDSV : 0;
    pending[0] |= value & ICSR_PENDSTSET ? 1u << EXCEPTION_SYSTICK : 0;
    pending[0] &= ~(value & ICSR_PENDSVCLR ? 1u << EXCEPTION_PENDSV : 0u);
    pending[0] &= ~(value & ICSR_PENDSTCLR ? 1u << EXCEPTION_SYSTICK : 0u);
    exceptions_update(&chip->exceptions);
}

static uint32_t read_icsr(struct chip *chip)
{
    uint32_t pending = chip->exceptions.pending[0];

    return (cpu_get(chip->cpu, CPU_IPSR) & 0x1FFu) |
           (!is_v6(chip) && exceptions_active_count(&chip->exceptions) <= 1 ? ICSR_RETTOBASE : 0u) |
           (pending >> EXCEPTION_PENDSV & 1u ? ICSR_PENDSVSET : 0u) |
           (pending >> EXCEPTION_SYSTICK & 1u ? ICSR_PENDSTSET : 0u);
}

// Bits of SHCSR that show and set whether an exception is active, or pending.
static const struct {
    uint8_t bit, number;
    bool pending;
} shown_in_shcsr[] = {
    {0, EXCEPTION_MEM_MANAGE, false},  {1, EXCEPTION_BUS_FAULT, false},
    {3, EXCEPTION_USAGE_FAULT, false}, {7, EXCEPTION_SVC, false},
    {10, EXCEPTION_PENDSV, false},     {11, EXCEPTION_SYSTICK, false},
    {12, EXCEPTION_USAGE_FAULT, true}, {13, EXCEPTION_MEM_MANAGE, true},
    {14, EXCEPTION_BUS_FAULT, true},   {15, EXCEPTION_SVC, true},
};

// Armv6-M has it for debuggers only.
static uint32_t read_shcsr(const struct chip *chip)
{
    const struct exceptions *exceptions = &chip->exceptions;
    uint32_t value = exceptions->plain[SHCSR / 4] & SHCSR_ENABLES;

    for (size_t i = 0; i < sizeof shown_in_shcsr / sizeof shown_in_shcsr[0]; i++) {
        const uint32_t *list = shown_in_shcsr[i].pending ? exceptions->pending : exceptions->active;
        value |= (list[0] >> shown_in_shcsr[i].number & 1u) << shown_in_shcsr[i].bit;
    }
    return is_v6(chip) ? 0 : value;
}

static void write_shcsr(struct chip *chip, uint32_t value)
{
    struct exceptions *exceptions = &chip->exceptions;

    if (is_v6(chip)) {
        return;
    }
    exceptions->plain[SHCSR / 4] = value & SHCSR_ENABLES;
    for (size_t i = 0; i < sizeof shown_in_shcsr / sizeof shown_in_shcsr[0]; i++) {
        uint32_t *list = shown_in_shcsr[i].pending ? exceptions->pending : exceptions->active;
        uint32_t mask = 1u << shown_in_shcsr[i].number;
        list[0] = value >> shown_in_shcsr[i].bit & 1u ? list[0] | mask : list[0] & ~mask;
    }
    exceptions_update(exceptions);
}

static void write_priorities(struct chip *chip, uint32_t offset, uint32_t value)
{
    uint32_t mask = 0xFFu << (8 - chip->device->priority_bits) & 0xFFu;

    for (unsigned i = 0; i < 4; i++) {
        chip->exceptions.priority[offset - SHPR1 + 4 + i] = (uint8_t)(value >> (8 * i) & mask);
    }
    chip->exceptions.plain[offset / 4] = value;
}

void exceptions_write(struct chip *chip, uint32_t offset, uint32_t value)
{
    struct exceptions *exceptions = &chip->exceptions;

    if (offset >= NVIC_ISER && offset < NVIC_END) {
        write_nvic(chip, offset, value);
    } else if (offset >= SYST_CSR && offset <= SYST_CVR) {
        write_systick(chip, offset, value);
    } else if (offset == ICSR) {
        write_icsr(chip, value);
    } else if (offset == VTOR) {
        exceptions->vtor_written = true;
        exceptions->vtor = cpu_has_vtor(chip->device->core) ? value & ~0x7Fu : 0;
    } else if (offset == AIRCR) {
        if (value >> 16 == AIRCR_KEY && value & AIRCR_SYSRESETREQ) {
            chip_want_reset(chip, RESET_SOFTWARE);
        }
    } else if (offset == SHCSR) {
        write_shcsr(chip, value);
    } else if (offset == FPCCR) {
        exceptions->fp_control = cpu_has_fpu(chip->device->core) ? value : 0;
    } else if (offset >= SHPR1 && offset <= SHPR3) {
        write_priorities(chip, offset, value);
    } else if (offset >= MPU_FIRST && offset < MPU_END) {
        exceptions->protection_written |= offset == MPU_CTRL;
        mpu_write(&chip->mpu, offset, value);
    } else if (offset == CCR) {
        exceptions->protection_written = true;
        exceptions->cache_control = value & CCR_CACHES;
        exceptions->plain[offset / 4] = value;
        store_path_switch_cache(&chip->store_path, value & CCR_DATA_CACHE);
    } else if (offset >= CACHE_FIRST && offset <= CACHE_LAST) {
        store_path_maintain_cache(&chip->store_path, offset, value);
    } else {
        exceptions->plain[offset / 4] = value;
    }
}

uint32_t exceptions_read(struct chip *chip, uint32_t offset)
{
    const struct exceptions *exceptions = &chip->exceptions;

    if (offset >= NVIC_ISER && offset < NVIC_END) {
        return read_nvic(chip, offset);
    }
    if (offset >= SYST_CSR && offset <= SYST_CVR) {
        return read_systick(chip, offset);
    }
    if (offset >= MPU_FIRST && offset < MPU_END) {
        return mpu_read(&chip->mpu, offset);
    }
    switch (offset) {
    case ICTR:
        return (chip->device->interrupts + 31) / 32 - 1;
    case ICSR:
        return read_icsr(chip);
    case VTOR:
        return exceptions->vtor;
    case AIRCR:
        return 0xFA050000u;
    case SHCSR:
        return read_shcsr(chip);
    case FPCCR:
        return exceptions->fp_control;
    case CCSIDR:
        return cpu_has_data_cache(chip->device->core) ? CCSIDR_VALUE : 0;
    default:
        return exceptions->plain[offset / 4];
    }
}
