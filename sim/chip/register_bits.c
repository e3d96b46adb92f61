// register_bits.c: read-only, cleared, locked and following bits, as the row says.
// SPDX-License-Identifier: MIT
#include "register_bits.h"

#include "bus_words.h"
#include "known_registers.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_FIRST = 0xCA, KEY_SECOND = 0x53, KEYS = 2 };

static const struct register_bits *rule_at(const struct chip *chip, size_t i)
{
    return &chip->device->register_bits[i];
}

// The bits of `value` under `from`, moved to those under `to`: one by one where there are as many,
// else all of `to` if any is set.
static uint32_t move_bits(uint32_t value, uint32_t from, uint32_t to)
{
    uint32_t moved = 0;

    if (__builtin_popcount(from) != __builtin_popcount(to)) {
        return value & from ? to : 0;
    }
    for (; from; from &= from - 1, to &= to - 1) {
        moved |= value & from & -from ? to & -to : 0;
    }
    return moved;
}

static uint32_t target(const struct chip *chip, const struct register_bits *rule)
{
    uint32_t bits = move_bits(bus_kept(chip, rule->other), rule->other_mask, rule->mask);

    return rule->behaviour == BITS_FOLLOW_NOT ? bits ^ rule->mask : bits;
}

static bool follows(const struct register_bits *rule)
{
    return rule->behaviour == BITS_FOLLOW || rule->behaviour == BITS_FOLLOW_NOT;
}

// Whether a write to another register acts on these bits.
static bool is_acted_on(const struct register_bits *rule)
{
    return rule->behaviour == BITS_SET_BY || rule->behaviour == BITS_CLEARED_BY ||
           rule->behaviour == BITS_KEYED;
}

static uint64_t place_bit(uint32_t address)
{
    return (uint64_t)1 << address / 4 % 64;
}

static void sort(struct register_bits_state *state, const struct register_bits *rule, size_t i)
{
    if (is_acted_on(rule)) {
        state->acting[state->acting_count++] = i;
        state->acts |= place_bit(rule->other);
    } else if (follows(rule)) {
        state->following[state->following_count++] = i;
        state->followed |= place_bit(rule->other);
    }
}

bool register_bits_open(struct chip *chip)
{
    struct register_bits_state *state = &chip->register_bits;

    while (rule_at(chip, state->count)->name) {
        state->count++;
    }
    state->known_count = known_registers_count(chip->device);
    state->bits = calloc(state->count + 1, sizeof *state->bits);
    state->acting = calloc(state->count + 1, sizeof *state->acting);
    state->following = calloc(state->count + 1, sizeof *state->following);
    if (!state->bits || !state->acting || !state->following) {
        return false;
    }
    for (size_t i = 0; i < state->count; i++) {
        sort(state, rule_at(chip, i), i);
    }
    return true;
}

void register_bits_close(struct chip *chip)
{
    free(chip->register_bits.bits);
    free(chip->register_bits.acting);
    free(chip->register_bits.following);
    chip->register_bits = (struct register_bits_state){0};
}

void register_bits_reset(struct chip *chip)
{
    struct register_bits_state *state = &chip->register_bits;

    memset(state->bits, 0, state->count * sizeof *state->bits);
    for (size_t i = 0; i < state->following_count; i++) {
        size_t number = state->following[i];
        state->bits[number].shown = target(chip, rule_at(chip, number));
    }
}

// The number of the first rule of the register at `address`, or of the next register.
static size_t first_rule(const struct chip *chip, uint32_t address)
{
    size_t low = 0, high = chip->register_bits.count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rule_at(chip, middle)->address < address) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_rule_of(const struct chip *chip, size_t i, uint32_t address)
{
    return i < chip->register_bits.count && rule_at(chip, i)->address == address;
}

// One read more that what has to happen waits for. True once it happens.
static bool settles(struct register_bit *bit)
{
    bit->waits++;
    if (bit->waits < REGISTER_BITS_SETTLE_READS) {
        return false;
    }
    bit->waits = 0;
    return true;
}

static void follow(struct chip *chip, size_t i)
{
    struct register_bit *bit = &chip->register_bits.bits[i];
    uint32_t now = target(chip, rule_at(chip, i));
    bool late = chip->core.instructions - bit->since >= REGISTER_BITS_SETTLE_INSTRUCTIONS;

    if (bit->shown == now) {
        bit->waits = 0;
    } else if (settles(bit) || late) {
        bit->shown = now;
        bit->waits = 0;
    }
}

// The register at `address` is written: what follows it has time to.
static void start_following(struct chip *chip, uint32_t address)
{
    const struct register_bits_state *state = &chip->register_bits;

    if (!(state->followed & place_bit(address))) {
        return;
    }
    for (size_t i = 0; i < state->following_count; i++) {
        if (rule_at(chip, state->following[i])->other == address) {
            state->bits[state->following[i]].since = chip->core.instructions;
        }
    }
}

// Whether hardware changes these bits by itself: what it depends on is so.
static bool changes_back(const struct chip *chip, const struct register_bits *rule)
{
    switch (rule->behaviour) {
    case BITS_RETURN:
        return true;
    case BITS_FALL:
        return !rule->other || !(bus_kept(chip, rule->other) & rule->other_mask);
    case BITS_SET_WHILE:
        return bus_kept(chip, rule->other) & rule->other_mask;
    default:
        return false;
    }
}

// A flag that hardware changes some time after software has cleared or set it.
static uint32_t change_back(struct chip *chip, size_t i, uint32_t value)
{
    const struct register_bits *rule = rule_at(chip, i);
    uint32_t at_rest = rule->behaviour == BITS_FALL ? 0 : rule->mask;

    if ((value & rule->mask) != at_rest && settles(&chip->register_bits.bits[i])) {
        bus_keep(chip, rule->address, rule->mask, at_rest);
        return (value & ~rule->mask) | at_rest;
    }
    return value;
}

// Ready bits of an oscillator that runs whatever its enable bit says.
static uint32_t kept_on(const struct chip *chip, uint32_t address)
{
    const struct device *device = chip->device;

    return chip->rcc.lsi_kept_on && address == device->lsi_register ? device->lsi_mask : 0;
}

static uint32_t show(const struct chip *chip, size_t i, uint32_t value)
{
    const struct register_bits *rule = rule_at(chip, i);

    switch (rule->behaviour) {
    case BITS_FOLLOW:
    case BITS_FOLLOW_NOT:
        return (value & ~rule->mask) | chip->register_bits.bits[i].shown |
               (rule->mask & kept_on(chip, rule->address));
    case BITS_SHOW:
        return (value & ~rule->mask) | target(chip, rule);
    case BITS_ONE:
        return value | rule->mask;
    case BITS_WRITE_ONLY:
        return value & ~rule->mask;
    default:
        return value;
    }
}

uint32_t register_bits_peek(const struct chip *chip, uint32_t address, uint32_t value)
{
    for (size_t i = first_rule(chip, address); is_rule_of(chip, i, address); i++) {
        value = show(chip, i, value);
    }
    return value;
}

uint32_t register_bits_read(struct chip *chip, uint32_t address, uint32_t value)
{
    for (size_t i = first_rule(chip, address); is_rule_of(chip, i, address); i++) {
        const struct register_bits *rule = rule_at(chip, i);
        if (follows(rule)) {
            follow(chip, i);
        } else if (changes_back(chip, rule)) {
            value = change_back(chip, i, value);
        }
        value = show(chip, i, value);
    }
    return value;
}

// Whether something keeps the core from writing these bits now.
static bool is_locked(const struct chip *chip, size_t i)
{
    const struct register_bits *rule = rule_at(chip, i);

    switch (rule->behaviour) {
    case BITS_LOCKED:
        return !(register_bits_peek(chip, rule->other, bus_kept(chip, rule->other)) &
                 rule->other_mask);
    case BITS_LOCKED_BY:
        return register_bits_peek(chip, rule->other, bus_kept(chip, rule->other)) &
               rule->other_mask;
    case BITS_KEYED:
        return chip->register_bits.bits[i].keys < KEYS;
    default:
        return false;
    }
}

// What the bits of a rule become, of which the core writes `value`.
static uint32_t written(const struct chip *chip, size_t i, uint32_t before, uint32_t value)
{
    switch (rule_at(chip, i)->behaviour) {
    case BITS_WRITE_ONLY:
        return 0;
    case BITS_CLEARED_BY_ONE:
        return before & ~value;
    case BITS_CLEARED_BY_ZERO:
    case BITS_RETURN:
        return before & value;
    case BITS_SET_ONLY:
        return before | value;
    case BITS_FALL:
    case BITS_RESERVED:
        return value;
    case BITS_LOCKED:
    case BITS_LOCKED_BY:
    case BITS_KEYED:
        return is_locked(chip, i) ? before : value;
    default: // hardware alone changes them
        return before;
    }
}

static void turn_key(struct register_bit *bit, uint32_t value)
{
    bool first = value == KEY_FIRST, second = value == KEY_SECOND && bit->keys == 1;

    bit->keys = (uint8_t)(first ? 1 : second ? KEYS : 0);
}

// Bits of this register that act on others and keep nothing. A flag that its own 1 clears keeps.
static uint32_t acting_bits(const struct chip *chip, uint32_t address)
{
    const struct register_bits_state *state = &chip->register_bits;
    uint32_t bits = 0;

    for (size_t i = 0; state->acts & place_bit(address) && i < state->acting_count; i++) {
        const struct register_bits *rule = rule_at(chip, state->acting[i]);
        bool keeps_nothing = rule->behaviour == BITS_CLEARED_BY && rule->other == address;
        uint32_t own = rule->address == address ? rule->mask : 0;
        bits |= keeps_nothing ? rule->other_mask & ~own : 0;
    }
    return bits;
}

// Whether only hardware sets these bits: the list has what software clears in them before.
static bool is_set_elsewhere(const struct register_bits *rule)
{
    return rule->behaviour == BITS_SET_BY || rule->behaviour == BITS_SET_WHILE;
}

uint32_t register_bits_write(const struct chip *chip, uint32_t address, uint32_t value,
                             uint32_t lanes)
{
    size_t first = first_rule(chip, address);
    uint32_t before = is_rule_of(chip, first, address) ? bus_kept(chip, address) : 0;
    uint32_t cleared = 0; // bits that a 0 has cleared already

    for (size_t i = first; is_rule_of(chip, i, address); i++) {
        const struct register_bits *rule = rule_at(chip, i);
        uint32_t mask = rule->mask & lanes & ~(is_set_elsewhere(rule) ? cleared : 0);
        value = (value & ~mask) | (written(chip, i, before, value) & mask);
        cleared |= rule->behaviour == BITS_CLEARED_BY_ZERO ? mask : 0;
    }
    return value & ~acting_bits(chip, address);
}

// Bits of the rule that a write of `value` to its other register sets or clears. A whole register
// asks whatever is written.
static uint32_t hit_bits(const struct register_bits *rule, uint32_t value)
{
    return rule->behaviour == BITS_SET_BY && rule->other_mask == 0xFFFFFFFFu
               ? rule->mask
               : move_bits(value, rule->other_mask, rule->mask);
}

void register_bits_act(struct chip *chip, uint32_t address, uint32_t value, uint32_t lanes)
{
    const struct register_bits_state *state = &chip->register_bits;

    start_following(chip, address);
    for (size_t i = 0; state->acts & place_bit(address) && i < state->acting_count; i++) {
        const struct register_bits *rule = rule_at(chip, state->acting[i]);
        if (rule->other != address) {
            continue;
        }
        if (rule->behaviour == BITS_KEYED) {
            turn_key(&state->bits[state->acting[i]], value & 0xFFu);
        } else {
            uint32_t hit = hit_bits(rule, value & lanes);
            bus_keep(chip, rule->address, hit, rule->behaviour == BITS_SET_BY ? hit : 0);
        }
    }
}
