// where.h: where an application stands, and what it waits for, in a sentence and in words.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_WHERE_H
#define BOOTLEAP_SIM_WHERE_H

#include "callers.h"
#include "names.h"
#include "register_names.h"
#include "window.h"

enum { WHERE_TEXT = 512, WHERE_PLACE = 128 };

struct where {
    const char *kind;             // one of those in docs/sim-json.md; NULL: nothing is known
    uint32_t pc;                  // of the loop's first instruction, of WFI, of the fault
    char function[WHERE_PLACE];   // that it is in; "": none that the ELF names
    char name[NAME_ROOM];         // of the register or variable that it reads; "": none
    char bit[REGISTER_BITS_ROOM]; // of the register, "VOSRDY" or "bit 13"; "": not known
    uint32_t address, mask;       // of the whole word
    uint32_t callers[CALLERS_MOST];
    size_t caller_count;
    bool still; // it is proven that nothing can change it
    char text[WHERE_TEXT];
};

// The application is in what the window has seen last. `image` may be NULL.
void where_look(struct window *window, const struct image *image, struct where *where);

// The core cannot go on, for a reason that the chip has.
void where_fault(struct chip *chip, const struct image *image, struct where *where);

// The core sleeps, and nothing in the chip can wake it.
void where_asleep(struct chip *chip, const struct image *image, struct where *where);

#endif
