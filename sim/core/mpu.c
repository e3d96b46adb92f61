// mpu.c: decides by the regions whether a store passes, and whether it is cached.
// SPDX-License-Identifier: MIT
#include "mpu.h"

enum {
    CTRL = 0xD94,
    RNR = 0xD98,
    RBAR = 0xD9C,
    ALIASES_END = 0xDBC,
    MAIR0 = 0xDC0,
    REGIONS_OF_TYPE = 8,
    NONE = -1,
    SEVERAL = -2,
    BASE_VALID = 1 << 4, // by size: RBAR names its region
    BASE_REGION = 0xF,
    ENABLE = 1 << 0,
    SIZE_WITH_SUBREGIONS = 7, // 256 bytes
    SMALLEST_REGION = 32,
    SHAREABLE = 1 << 18,
};
#define LINE_MASK 0xFFFFFFE0u

void mpu_reset(struct mpu *mpu, enum mpu_kind kind)
{
    *mpu = (struct mpu){.kind = kind};
}

// By limit, the aliases are the regions next to the one that RNR names; by size they are other
// names of the same registers.
static uint32_t region_of(const struct mpu *mpu, uint32_t offset)
{
    uint32_t alias = (offset - RBAR) / 8;

    if (mpu->kind == MPU_BY_LIMIT && alias) {
        return ((mpu->number & ~3u) + alias) % MPU_REGIONS;
    }
    return mpu->number % MPU_REGIONS;
}

uint32_t mpu_read(const struct mpu *mpu, uint32_t offset)
{
    if (mpu->kind == MPU_ABSENT) {
        return 0;
    }
    if (offset >= RBAR && offset < ALIASES_END) {
        uint32_t region = region_of(mpu, offset);
        bool base = (offset - RBAR) % 8 == 0;
        uint32_t number = mpu->kind == MPU_BY_SIZE ? region : 0;
        return base ? mpu->regions[region].base | number : mpu->regions[region].attributes;
    }
    switch (offset) {
    case MPU_FIRST:
        return REGIONS_OF_TYPE << 8;
    case CTRL:
        return mpu->control;
    case RNR:
        return mpu->number;
    case MAIR0:
    case MAIR0 + 4:
        return mpu->kinds_of_memory[(offset - MAIR0) / 4];
    default:
        return 0;
    }
}

static void write_region(struct mpu *mpu, uint32_t offset, uint32_t value)
{
    bool base = (offset - RBAR) % 8 == 0;

    if (mpu->kind == MPU_BY_SIZE && base) {
        if (value & BASE_VALID) {
            mpu->number = value & BASE_REGION;
        }
        value &= LINE_MASK;
    }
    uint32_t region = region_of(mpu, offset);
    if (base) {
        mpu->regions[region].base = value;
    } else {
        mpu->regions[region].attributes = value;
    }
}

void mpu_write(struct mpu *mpu, uint32_t offset, uint32_t value)
{
    if (mpu->kind == MPU_ABSENT) {
        return;
    }
    if (offset >= RBAR && offset < ALIASES_END) {
        write_region(mpu, offset, value);
    } else if (offset == CTRL) {
        mpu->control = value & 7u;
    } else if (offset == RNR) {
        mpu->number = value & 0xFFu;
    } else if (offset == MAIR0 || offset == MAIR0 + 4) {
        mpu->kinds_of_memory[(offset - MAIR0) / 4] = value;
    }
}

static bool holds_by_size(uint32_t base, uint32_t attributes, uint32_t address)
{
    unsigned size = attributes >> 1 & 0x1Fu; // 2 to the power of size + 1 bytes
    uint32_t mask = size >= 31 ? UINT32_MAX : (2u << size) - 1;

    if (!(attributes & ENABLE) || size < 4 || (address & ~mask) != (base & ~mask)) {
        return false;
    }
    if (size < SIZE_WITH_SUBREGIONS) {
        return true;
    }
    return !(attributes >> (8 + ((address & mask) >> (size - 2))) & 1u);
}

static bool holds_by_limit(uint32_t base, uint32_t limit, uint32_t address)
{
    return limit & ENABLE && address >= (base & LINE_MASK) && address <= (limit | ~LINE_MASK);
}

// The region that decides about `address`, NONE or SEVERAL.
static int deciding_region(const struct mpu *mpu, uint32_t address)
{
    int found = NONE;

    for (int i = 0; i < MPU_REGIONS; i++) {
        uint32_t base = mpu->regions[i].base, attributes = mpu->regions[i].attributes;
        if (mpu->kind == MPU_BY_SIZE && holds_by_size(base, attributes, address)) {
            found = i;
        } else if (mpu->kind == MPU_BY_LIMIT && holds_by_limit(base, attributes, address)) {
            found = found == NONE ? i : SEVERAL;
        }
    }
    return found;
}

static bool region_allows(const struct mpu *mpu, int region, bool privileged)
{
    if (mpu->kind == MPU_BY_LIMIT) { // AP: 0 and 1 can be written, 0 by privileged code only
        uint32_t rights = mpu->regions[region].base >> 1 & 3u;
        return rights == 1 || (rights == 0 && privileged);
    }
    uint32_t rights = mpu->regions[region].attributes >> 24 & 7u;
    return rights == 3 || ((rights == 1 || rights == 2) && privileged);
}

static bool allows_byte(const struct mpu *mpu, uint32_t address, bool privileged)
{
    int region = deciding_region(mpu, address);

    if (region == NONE) {
        return privileged && mpu->control & MPU_CONTROL_PRIVDEFENA;
    }
    return region != SEVERAL && region_allows(mpu, region, privileged);
}

static bool is_off(const struct mpu *mpu, struct mpu_access access)
{
    return !(mpu->control & MPU_CONTROL_ENABLE) ||
           (access.urgent && !(mpu->control & MPU_CONTROL_HFNMIENA));
}

bool mpu_allows_store(const struct mpu *mpu, uint32_t address, unsigned size,
                      struct mpu_access access)
{
    bool allowed = true;

    if (is_off(mpu, access)) {
        return true;
    }
    for (unsigned at = 0; at < size; at += SMALLEST_REGION) { // an exception frame is larger
        allowed = allowed && allows_byte(mpu, address + at, access.privileged);
    }
    return allowed && allows_byte(mpu, address + size - 1, access.privileged);
}

bool mpu_decides(const struct mpu *mpu, uint32_t address)
{
    return deciding_region(mpu, address) != NONE;
}

// XN, and a right to read (Armv7-M ARM, B3.5.9; Armv8-M ARM, D1.2.187).
bool mpu_allows_fetch(const struct mpu *mpu, uint32_t address, struct mpu_access access)
{
    int region = is_off(mpu, access) ? NONE : deciding_region(mpu, address);

    if (region == NONE) {
        return is_off(mpu, access) || (access.privileged && mpu->control & MPU_CONTROL_PRIVDEFENA);
    }
    if (region == SEVERAL) {
        return false;
    }
    if (mpu->kind == MPU_BY_LIMIT) {
        return !(mpu->regions[region].base & 1u);
    }
    uint32_t rights = mpu->regions[region].attributes >> 24 & 7u;
    bool never = mpu->regions[region].attributes >> 28 & 1u;
    return !never && rights != 0 && rights != 4 && (access.privileged || rights & 2u);
}

// The map without regions (Armv7-M ARM, Table B3-1): 0x20000000 and 0x60000000 write back.
static bool map_is_write_back(uint32_t address)
{
    return address >> 29 == 1 || address >> 29 == 3;
}

// TEX, C and B (Armv7-M ARM, Tables B3-13 and B3-14): with TEX 000 and 001 both C and B mean
// write-back; with 1xx C and B are the inner policy, 01 or 11. A shareable region is not cached
// on a Cortex-M7.
static bool region_is_write_back(uint32_t attributes)
{
    uint32_t tex = attributes >> 19 & 7u, cb = attributes >> 16 & 3u;

    if (attributes & SHAREABLE) {
        return false;
    }
    return tex & 4u ? cb == 1 || cb == 3 : tex <= 1 && cb == 3;
}

bool mpu_is_write_back(const struct mpu *mpu, uint32_t address)
{
    int region = NONE;

    if (mpu->kind == MPU_BY_SIZE && mpu->control & MPU_CONTROL_ENABLE) {
        region = deciding_region(mpu, address);
    }
    return region < 0 ? map_is_write_back(address)
                      : region_is_write_back(mpu->regions[region].attributes);
}
