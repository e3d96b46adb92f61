// writers.h: which instruction wrote each register last, and who had called it.
// SPDX-License-Identifier: MIT
//
// While a run is under way addresses alone are kept, in a table of fixed size: what they are called
// is looked up when somebody asks.
#ifndef BOOTLEAP_SIM_WRITERS_H
#define BOOTLEAP_SIM_WRITERS_H

#include "call_site.h"

enum {
    WRITERS = 1024,
    WRITER_WHOLE = 32, // in place of the number of a bit
};

struct writer {
    uint32_t address; // of a word; 0: nobody
    uint8_t bit;      // of which this wrote a new value; WRITER_WHOLE: it wrote any of it
    uint64_t at;      // instructions since power-on
    struct call_site site;
};

struct writers;

// Starts to watch this chip, which must stay where it is. NULL without memory, or without room for
// one more observer.
struct writers *writers_open(struct chip *chip);
void writers_close(struct writers *writers);

// Who wrote the word at `address` last since the reset; with `bits`, who changed one of them last,
// where that is known. NULL: nobody has.
const struct writer *writers_of(const struct writers *writers, uint32_t address, uint32_t bits);

// The last of all since the reset, NULL: nobody wrote anything.
const struct writer *writers_last(const struct writers *writers);

#endif
