// leftover_ground.h: what was seen of a leftover on silicon, and on what ground a statement stands.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_LEFTOVER_GROUND_H
#define BOOTLEAP_COMMON_LEFTOVER_GROUND_H

#include "devices.h"
#include "evidence.h"

#include <stdbool.h>

// From the firmest to none.
enum ground {
    GROUND_MUST,  // by the architecture or a document of ST it cannot be otherwise
    GROUND_SEEN,  // an observation of this chip, with this leftover
    GROUND_ALIKE, // the same kind of leftover was seen on other chips, or over other wires
    GROUND_NONE,  // nobody has reported it
};

enum { WITNESSES_SHOWN = 3 };

// Observations that agree. Projects are counted, not rows: those of one are not independent.
struct witnesses {
    const struct observation *shown[WITNESSES_SHOWN];
    unsigned count, projects;
    bool firm; // somebody saw it: it was not just said in passing
};

// Whom to ask about what.
struct evidence_view {
    const struct observation *observations; // ends with id NULL
    const char *const *without; // projects that are left out, NULL-terminated; NULL: none
    const char *row;            // slug
    uint16_t rom_version;       // 0: not known
    bool facts_by_version;      // the row says of some versions only that they look for a bank
    enum wire wire;
    uint64_t left; // what is left at this handoff, 1 << enum leftover each
};

// What is known of one leftover: seen to do no harm, and shown to be the cause of a failure; of
// this chip over this wire, and of others.
struct sightings {
    struct witnesses good_here, bad_here, good_elsewhere, bad_elsewhere;
};

void leftover_ground_look(const struct evidence_view *view, enum leftover leftover,
                          struct sightings *sightings);

// Failures of this chip over this wire that nobody has explained, with nothing left but what is
// left here, unless somebody was served with all that was left there.
void leftover_ground_unexplained(const struct evidence_view *view, struct witnesses *witnesses);

const char *leftover_ground_name(enum ground ground);

#endif
