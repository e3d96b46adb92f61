// registers.c: what stores to the NVIC, SysTick, SCB and MEM_MODE do, and what loads read.
// SPDX-License-Identifier: MIT
//
// Armv7-M ARM, B3.2 to B3.4; Armv6-M ARM, B3.2 to B3.4. A register of a peripheral that is not here
// reads something unknown: what was written to it may be a command.
#include "registers.h"

enum { PAGE = 0x1000, NVIC_LAST = 4 * (NVIC_WORDS - 1) };

static const uint32_t SYSTEM_PAGE = 0xE000E000;
static const uint32_t PENDSVCLR = 1u << 27, PENDSTCLR = 1u << 25;
static const uint32_t AIRCR_KEY = 0x05FA0000, AIRCR_KEY_READ = 0xFA050000, SYSRESETREQ = 4;
static const uint32_t COUNTFLAG = 1u << 16, HALF = 0xFFFF0000;

// Whether the address is of a bank of the NVIC, and of which word.
static bool is_bank(uint32_t address, uint32_t bank, unsigned *word)
{
    *word = (address - bank) / 4;
    return address >= bank && address <= bank + NVIC_LAST;
}

static struct value written(const struct walker *walker, const struct state *state,
                            uint32_t address, bool zero_after_reset)
{
    const struct word *word = memory_word(&state->memory, address);

    if (word) {
        return word->value;
    }
    return walker->origin == ORIGIN_RESET && zero_after_reset
               ? value_number(0)
               : value_from(SOURCE_REGISTER, address, 0);
}

static struct value load_system(const struct walker *walker, const struct state *state,
                                uint32_t address)
{
    struct value value;
    unsigned word;

    if (is_bank(address, NVIC_ISER, &word) || is_bank(address, NVIC_ICER, &word)) {
        return state->core.enabled[word];
    }
    if (is_bank(address, NVIC_ISPR, &word) || is_bank(address, NVIC_ICPR, &word) ||
        address == SCB_ICSR) {
        return value_from(SOURCE_REGISTER, address, 0);
    }
    if (address == SCB_AIRCR) {
        value = value_from(SOURCE_REGISTER, address, 0);
        value.known = HALF;
        value.bits = AIRCR_KEY_READ;
        return value;
    }
    value = written(walker, state, address,
                    address == SYST_CSR || address == SCB_SHCSR || address == SCB_CPACR);
    if (address == SYST_CSR) {
        value.known &= ~COUNTFLAG;
        value.bits &= ~COUNTFLAG;
    }
    return value;
}

struct value registers_load(const struct walker *walker, const struct state *state,
                            uint32_t address)
{
    const struct walk_chip *chip = walker->chip;

    if (address >= SYSTEM_PAGE && address < SYSTEM_PAGE + PAGE) {
        return load_system(walker, state, address);
    }
    if (chip->remap_register && address == chip->remap_register) {
        struct value value = written(walker, state, address, true);
        uint32_t mask = chip->remap_mask;
        value.bits = (value.bits & ~mask) | (state->core.remap.bits & mask);
        value.known = (value.known & ~mask) | (state->core.remap.known & mask);
        return value;
    }
    struct value value = value_from(SOURCE_REGISTER, address, 0);
    const struct word *word = memory_word(&state->memory, address);
    if (word && (address == chip->remap_clock_register || address == chip->remap_reset_register)) {
        value.bits = word->value.bits;
        value.known = word->value.known;
    } else if (!word) { // what is written back is as it was; see is_held()
        bool is_reset = walker->origin == ORIGIN_RESET;
        value.known =
            (is_reset && address == chip->remap_clock_register ? chip->remap_clock_mask : 0) |
            (address == chip->remap_reset_register ? chip->remap_reset_mask : 0);
    }
    return value;
}

bool registers_resets(uint32_t address, const struct value *value)
{
    return address == SCB_AIRCR && (value->known & HALF) == HALF &&
           (value->bits & HALF) == AIRCR_KEY && value->bits & SYSRESETREQ;
}

// Bits that are written as 1 become `to`; those that may be 1 become unknown.
static void change_bits(struct value *bits, const struct value *ones, bool to, bool certain)
{
    uint32_t sure = certain ? ones->bits : 0;
    uint32_t maybe = (ones->bits | ~ones->known) & ~sure;
    uint32_t already = to ? bits->bits : bits->known & ~bits->bits;

    *bits = (struct value){.bits = bits->bits, .known = bits->known};
    bits->known = (bits->known | sure) & ~(maybe & ~already);
    bits->bits = ((to ? bits->bits | sure : bits->bits & ~sure)) & bits->known;
}

static void store_nvic(struct state *state, uint32_t address, const struct value *value,
                       bool certain)
{
    unsigned word;

    if (is_bank(address, NVIC_ISER, &word)) {
        change_bits(&state->core.enabled[word], value, true, certain);
    } else if (is_bank(address, NVIC_ICER, &word)) {
        change_bits(&state->core.enabled[word], value, false, certain);
    } else if (is_bank(address, NVIC_ISPR, &word)) {
        change_bits(&state->core.pending[word], value, true, certain);
    } else if (is_bank(address, NVIC_ICPR, &word)) {
        change_bits(&state->core.pending[word], value, false, certain);
    }
}

// The two pending bits, kept as one word that a reset leaves 0.
static struct value pending_of(const struct walker *walker, const struct state *state)
{
    struct value pending = written(walker, state, SCB_ICSR, true);

    pending.source = SOURCE_PLAIN;
    pending.from = pending.offset = 0;
    return pending;
}

static void forget_bit(struct value *value, uint32_t bit)
{
    value->known &= ~bit;
    value->bits &= ~bit;
}

static struct value after_icsr(const struct walker *walker, const struct state *state,
                               const struct value *value, bool certain)
{
    struct value pending = pending_of(walker, state), set = *value, clear = *value;
    const uint32_t bits = (uint32_t)ICSR_PENDSTSET | (uint32_t)ICSR_PENDSVSET;

    set.bits &= bits;
    set.known |= ~bits;
    clear.bits = (value->bits & PENDSVCLR) << 1 | (value->bits & PENDSTCLR) << 1;
    clear.known = ~bits | (value->known & PENDSVCLR) << 1 | (value->known & PENDSTCLR) << 1;
    change_bits(&pending, &clear, false, certain);
    change_bits(&pending, &set, true, certain);
    return pending;
}

static bool put(struct state *state, uint32_t address, const struct value *value)
{
    struct word word = {.value = *value, .pc = state->pc, .number = state->event_count};

    return memory_put(&state->memory, address, &word);
}

// Whether the core takes interrupts: in thread mode, with nothing masked.
static bool takes_interrupts(const struct walker *walker, const struct state *state)
{
    const struct core_state *core = &state->core;
    struct value masks = value_or(&core->primask, &core->basepri);

    masks = value_or(&masks, &core->faultmask);
    return !walker->isr && value_is_number(&masks) && masks.bits == 0;
}

// With its interrupt on, SysTick may become pending at any time. What was pending when it stops is
// taken, unless interrupts are masked.
static bool store_systick(struct walker *walker, struct state *state, const struct value *value,
                          bool certain)
{
    uint32_t ticks = SYSTICK_ENABLE | SYSTICK_TICKINT, most = value_most(value);
    struct value pending = pending_of(walker, state);

    if ((most & ticks) == ticks) {
        forget_bit(&pending, ICSR_PENDSTSET);
    } else if (certain && !(most & SYSTICK_ENABLE) && takes_interrupts(walker, state)) {
        pending.known |= ICSR_PENDSTSET;
        pending.bits &= ~(uint32_t)ICSR_PENDSTSET;
    }
    return put(state, SCB_ICSR, &pending);
}

// 1: all bits of the mask are set in the register, 0: none is, -1: unknown.
static int bits_set(const struct walker *walker, const struct state *state, uint32_t address,
                    uint32_t mask)
{
    struct value value = written(walker, state, address, true);

    if (!mask || (value.bits & mask) == mask) {
        return 1;
    }
    return (value.known & ~value.bits & mask) ? 0 : -1;
}

// Whether SYSCFG is held in reset: 1, 0, or -1 for unknown. An application that runs does not hold
// it there, until it is seen to.
static int is_held(const struct walker *walker, const struct state *state)
{
    const struct walk_chip *chip = walker->chip;

    if (!chip->remap_reset_mask || (walker->origin == ORIGIN_APPLICATION &&
                                    !memory_word(&state->memory, chip->remap_reset_register))) {
        return 0;
    }
    return bits_set(walker, state, chip->remap_reset_register, chip->remap_reset_mask);
}

// MEM_MODE takes a write while SYSCFG has its clock and is not held in reset.
static void store_remap(const struct walker *walker, struct state *state, const struct value *value,
                        bool certain)
{
    const struct walk_chip *chip = walker->chip;
    int clocked = bits_set(walker, state, chip->remap_clock_register, chip->remap_clock_mask);
    int held = is_held(walker, state);
    struct value mode = {.bits = value->bits & chip->remap_mask,
                         .known = value->known | ~chip->remap_mask};

    if (clocked == 0 || held == 1) {
        return;
    }
    state->core.remap =
        clocked == 1 && held == 0 && certain ? mode : value_join(&state->core.remap, &mode);
}

// A reset of SYSCFG by RCC takes MEM_MODE back to what the chip started with: flash.
static void reset_remap(struct state *state, uint32_t mask, const struct value *value)
{
    struct value flash = value_number(0);

    if (value->bits & mask) {
        state->core.remap = flash;
    } else if (~value->known & mask) {
        state->core.remap = value_join(&state->core.remap, &flash);
    }
}

bool registers_store(struct walker *walker, struct state *state, uint32_t address,
                     const struct value *value, bool certain)
{
    const struct walk_chip *chip = walker->chip;
    struct value kept = *value;

    if (address == SCB_ICSR) {
        kept = after_icsr(walker, state, value, certain);
    } else if (!certain) {
        struct value old = written(walker, state, address, false);
        kept = value_join(&old, value);
    }
    store_nvic(state, address, value, certain);
    if (chip->remap_register && address == chip->remap_register) {
        store_remap(walker, state, value, certain);
    }
    if (chip->remap_reset_mask && address == chip->remap_reset_register) {
        reset_remap(state, chip->remap_reset_mask, value);
    }
    if (address == SYST_CSR && !store_systick(walker, state, value, certain)) {
        return false;
    }
    if (!put(state, address, &kept) ||
        !walker_event(walker, state,
                      &(struct event){.kind = EVENT_STORE,
                                      .pc = state->pc,
                                      .address = address,
                                      .value = certain ? *value : value_unknown()})) {
        return false;
    }
    state->was_reset = certain && registers_resets(address, value);
    return !state->was_reset || walker_reset(walker, state);
}

static bool may_be(const struct value *address, uint32_t candidate)
{
    return ((address->bits ^ candidate) & address->known & ~UINT32_C(3)) == 0;
}

bool registers_store_somewhere(struct walker *walker, struct state *state,
                               const struct value *address, const struct value *value)
{
    static const uint32_t banks[] = {NVIC_ISER, NVIC_ICER, NVIC_ISPR, NVIC_ICPR};
    uint32_t known = value_least(address);
    struct value old;

    for (unsigned i = 0; i < 4u * NVIC_WORDS; i++) {
        uint32_t one = banks[i / NVIC_WORDS] + 4 * (i % NVIC_WORDS);
        if (may_be(address, one)) {
            store_nvic(state, one, value, false);
        }
    }
    for (const struct word *word = memory_next(&state->memory, &known);
         word && known <= value_most(address);) {
        if (may_be(address, known)) {
            old = value_join(&word->value, value);
            if (!put(state, known, &old)) {
                return false;
            }
        }
        known += 4;
        word = memory_next(&state->memory, &known);
    }
    return walker_event(walker, state,
                        &(struct event){.kind = EVENT_STORE,
                                        .pc = state->pc,
                                        .address = value_least(address),
                                        .value = value_unknown()});
}
