// present.h: what a program has left behind at the handoff, in the words of evidence/.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_PRESENT_H
#define BOOTLEAP_SIM_PRESENT_H

#include "contract.h"
#include "evidence.h"

// Sets of leftovers: 1 << enum leftover each.
struct present {
    uint64_t left;  // what is there
    uint64_t fatal; // of it: what by the architecture keeps every ROM from serving, as it is here
    uint64_t harmless; // of it: what by the architecture cannot matter, as it is here
};

static inline uint64_t present_bit(enum leftover leftover)
{
    return UINT64_C(1) << leftover;
}

// What the chip shows now: nothing where all points hold. To be asked when chip->rom_fetched is
// set, with its checked contract.
void present_find(const struct judge *judge, const struct contract *contract,
                  struct present *present);

// The parts of it: the core; and what is around the core.
void present_in_core(const struct judge *judge, const struct contract *contract,
                     struct present *present);
void present_around_core(const struct judge *judge, const struct contract *contract,
                         struct present *present);

// Adds one leftover, where `is_so`.
void present_add(struct present *present, enum leftover leftover, bool is_so);

// Whether this point does not hold.
bool present_is_broken(const struct contract *contract, const char *id);

#endif
