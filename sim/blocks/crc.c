// crc.c: the CRC calculation unit: what is written to DR enters the remainder at once.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21 chapter 4 has the one with a fixed polynomial, RM0316 Rev 10 chapter 6 the other.
#include "chip.h"

enum {
    DR = 0x00,
    CR = 0x08,
    INIT = 0x10,
    POL = 0x14,
    CR_RESET = 1 << 0,
    CR_REV_OUT = 1 << 7,
    BITS = 32,
};
#define START      0xFFFFFFFFu
#define POLYNOMIAL 0x04C11DB7u

// The lowest `count` bits in the opposite order.
static uint32_t reversed(uint32_t value, unsigned count)
{
    uint32_t result = 0;

    for (unsigned i = 0; i < count; i++) {
        result = result << 1 | (value >> i & 1u);
    }
    return result;
}

// Groups of `group` bits, each in the opposite order.
static uint32_t reversed_in_groups(uint32_t value, unsigned group, unsigned count)
{
    uint32_t mask = group == BITS ? 0xFFFFFFFFu : (1u << group) - 1, result = 0;

    for (unsigned i = 0; i < count; i += group) {
        result |= reversed(value >> i & mask, group) << i;
    }
    return result;
}

static bool is_programmable(const struct block *block)
{
    return block->peripheral->block == BLOCK_CRC_POL;
}

static unsigned polynomial_bits(const struct block *block)
{
    static const unsigned sizes[] = {32, 16, 8, 7}; // by POLYSIZE

    return is_programmable(block) ? sizes[block->registers[CR / 4] >> 3 & 3u] : BITS;
}

static uint32_t below(unsigned bits)
{
    return bits == BITS ? 0xFFFFFFFFu : (1u << bits) - 1;
}

// `count` bits of data, the highest first.
static void enter(struct block *block, uint32_t data, unsigned count)
{
    unsigned size = polynomial_bits(block);
    uint32_t polynomial = is_programmable(block) ? block->registers[POL / 4] : POLYNOMIAL;
    uint32_t rest = block->registers[DR / 4];

    for (unsigned i = count; i-- > 0;) {
        uint32_t carry = (rest >> (size - 1) ^ data >> i) & 1u;
        rest = rest << 1 ^ (carry ? polynomial : 0);
    }
    block->registers[DR / 4] = rest & below(size);
}

// REV_IN names a byte, a half-word or a word; never more than was written.
static uint32_t turned(const struct block *block, uint32_t data, unsigned count)
{
    unsigned how = block->registers[CR / 4] >> 5 & 3u, group = 4u << how;

    if (!is_programmable(block) || how == 0) {
        return data;
    }
    return reversed_in_groups(data, group < count ? group : count, count);
}

static void crc_reset(struct block *block)
{
    if (is_programmable(block)) {
        block->registers[INIT / 4] = START;
        block->registers[POL / 4] = POLYNOMIAL;
    }
}

static uint32_t crc_read(struct block *block, uint32_t offset)
{
    uint32_t value = block->registers[offset / 4];
    bool turns = offset == DR && is_programmable(block) && block->registers[CR / 4] & CR_REV_OUT;

    return turns ? reversed(value, polynomial_bits(block)) : value;
}

// A write to DR counts as wide as it is.
static void crc_write(struct block *block, uint32_t offset, uint32_t value, uint32_t lanes)
{
    if (offset == DR) {
        unsigned count = (unsigned)__builtin_popcount(lanes);
        uint32_t data = value >> __builtin_ctz(lanes) & below(count);
        enter(block, turned(block, data, count), count);
        return;
    }
    block->registers[offset / 4] = offset == CR ? value & ~(uint32_t)CR_RESET : value;
    if (offset == CR && value & CR_RESET) {
        uint32_t start = is_programmable(block) ? block->registers[INIT / 4] : START;
        block->registers[DR / 4] = start & below(polynomial_bits(block));
    }
}

const struct block_type crc_type = {
    .reset = crc_reset,
    .read = crc_read,
    .write_lanes = crc_write,
    .layout = "DR IDR CR - INIT POL",
    .not_modelled = "the time that a calculation takes",
};
