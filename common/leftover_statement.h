// leftover_statement.h: what one leftover does to a ROM over one wire, and on what ground.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_LEFTOVER_STATEMENT_H
#define BOOTLEAP_COMMON_LEFTOVER_STATEMENT_H

#include "devices.h"
#include "leftover_ground.h"
#include "outcome_kind.h"

#include <stdbool.h>
#include <stdint.h>

struct statement {
    unsigned about;         // enum leftover; a caller may have numbers of its own beyond
    enum outcome_kind kind; // OUTCOME_SERVED: it does no harm
    enum ground ground;
    const char *why; // what the architecture or a document says; "": the witnesses say it
    struct witnesses good, bad;
};

// One handoff over one wire: what decides of a leftover besides the leftover.
struct leftover_handoff {
    const struct device *device;
    const struct evidence_view *view;
    uint64_t fatal;      // 1 << enum leftover: what keeps every ROM from serving, as it is here
    uint64_t harmless;   // what cannot matter, as it is here
    bool unmasks;        // this version of the ROM clears PRIMASK
    bool iwdg_by_option; // option bytes have started the IWDG that runs
};

// Of a leftover that is there.
void leftover_statement_find(const struct leftover_handoff *handoff, enum leftover leftover,
                             struct statement *statement);

// Of a fact of the row that holds at this handoff, such as a bank that the ROM starts: how the ROM
// then ends, and how sure the row is.
void leftover_statement_find_fact(const struct evidence_view *view, enum leftover about,
                                  enum outcome_kind how, enum confidence confidence,
                                  struct statement *statement);

#endif
