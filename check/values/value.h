// value.h: what is known of a 32-bit value: some of its bits, and where it comes from.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_VALUE_H
#define BOOTLEAP_CHECK_VALUE_H

#include <stdbool.h>
#include <stdint.h>

// Where a value comes from, where its bits do not say all.
enum value_source {
    SOURCE_PLAIN,      // nowhere in particular: its known bits are all that is known
    SOURCE_LEFT,       // as it was found when the walk began
    SOURCE_ROM_WORD,   // the word at `from` in a ROM, plus `offset`
    SOURCE_NEW_STACK,  // read by the instruction at `from` from a stack that the ROM's table names
    SOURCE_RAM,        // the word at `from` in RAM as it was found, plus `offset`
    SOURCE_REGISTER,   // what the peripheral register at `from` read, plus `offset`
    SOURCE_DIFFERENCE, // 0 exactly where the word at `from` is `offset`
    SOURCE_ELAPSED,    // the difference of two reads of one word of RAM: time that passed
    SOURCE_POINTED,    // the word at `offset` behind an unknown pointer, which `from` numbers
    SOURCE_POINTER,    // an unknown pointer, which `from` numbers
};

struct value {
    uint32_t bits;  // the known ones; 0 elsewhere
    uint32_t known; // which they are
    enum value_source source;
    uint32_t from, offset;
};

struct value value_unknown(void);
struct value value_number(uint32_t number);
// A value of which nothing is known but where it comes from.
struct value value_from(enum value_source source, uint32_t from, uint32_t offset);

static inline bool value_is_number(const struct value *value)
{
    return value->known == UINT32_MAX;
}

static inline bool value_equal(const struct value *a, const struct value *b)
{
    return a->bits == b->bits && a->known == b->known && a->source == b->source &&
           a->from == b->from && a->offset == b->offset;
}

// What holds of both.
struct value value_join(const struct value *a, const struct value *b);

// The smallest and the largest number that it can be.
uint32_t value_least(const struct value *value);
uint32_t value_most(const struct value *value);

// Arithmetic of 32 bits.
struct value value_add(const struct value *a, const struct value *b);
struct value value_subtract(const struct value *a, const struct value *b);
struct value value_and(const struct value *a, const struct value *b);
struct value value_or(const struct value *a, const struct value *b);
struct value value_xor(const struct value *a, const struct value *b);
struct value value_not(const struct value *a);
struct value value_multiply(const struct value *a, const struct value *b);

enum shift { SHIFT_LSL, SHIFT_LSR, SHIFT_ASR, SHIFT_ROR };

// `count` as the core takes it: by its low byte.
struct value value_shift(enum shift shift, const struct value *a, const struct value *count);

// Bits `first` to `first` + `width` - 1, moved to bit 0; `is_signed`: their top one fills the rest.
struct value value_extract(const struct value *a, unsigned first, unsigned width, bool is_signed);
// `a` with the low `width` bits of `b` at bit `first`.
struct value value_insert(const struct value *a, const struct value *b, unsigned first,
                          unsigned width);

#endif
