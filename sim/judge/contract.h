// contract.h: the handoff contract: what must hold at the first instruction in system memory.
// SPDX-License-Identifier: MIT
//
// The points, and why each matters, are in docs/contract.md.
#ifndef BOOTLEAP_SIM_CONTRACT_H
#define BOOTLEAP_SIM_CONTRACT_H

#include "judge.h"

enum { CONTRACT_POINTS = 16, POINT_ROOM = 256 };

// How a point that holds came to hold. A run proves nothing about what a reset does by itself.
enum evidence {
    EVIDENCE_RESET,     // nobody touched it since the reset
    EVIDENCE_EARNED,    // code did it
    EVIDENCE_NOT_ASKED, // this chip, or a firmware without bootleap, is asked nothing here
};

struct point {
    const char *id; // "H1"
    bool ok;
    enum evidence evidence;
    char observed[POINT_ROOM];
};

// All that there is to say of one point.
struct contract_row {
    const char *id;
    void (*check)(const struct judge *judge, struct point *point);
    const char *document; // where it is explained, from the project's root
};

// In the order of their numbers.
extern const struct contract_row contract_rows[CONTRACT_POINTS];

struct contract {
    struct point points[CONTRACT_POINTS];
};

// The mark, as docs/contract.md defines it: how many handoffs were repeated, or -1 if the
// mark does not read AWAY.
int contract_mark_away(const struct chip *chip);
// Whether the mark asks for the ROM, and nobody has taken the request.
bool contract_mark_asks(const struct chip *chip);
// Whether any mark of bootleap is there, whatever it says.
bool contract_mark_valid(const struct chip *chip);

// Checks every point. To be called when chip->rom_fetched is set.
void contract_check(const struct judge *judge, struct contract *contract);

// The points that do not hold: bit 0 is H1.
uint32_t contract_broken_mask(const struct contract *contract);

// Points that did not hold when the entry function was called, and hold now without a reset in
// between, are earned.
void contract_earn(struct contract *contract, uint32_t broken_before);

// The first point that does not hold, NULL if all do.
const struct point *contract_broken(const struct contract *contract);

const char *evidence_name(enum evidence evidence);

#endif
