// start_up.h: what start-up code does to requests before it reads them, and to the vector table.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_START_UP_H
#define BOOTLEAP_CHECK_START_UP_H

#include "bootleap_image.h"
#include "problem.h"
#include "request.h"
#include "start_up_vectors.h"
#include "walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { START_UP_WORDS = 24, START_UP_READS = 64 };

// On how many ways from the reset to the first read of the word it was so.
struct start_up_word {
    uint32_t address;
    unsigned kept;    // nothing wrote it
    unsigned written; // the instruction at `pc` wrote `value`, the last one of several
    unsigned unsure;  // a loop or a call that was not followed may have written it, at `pc`
    bool is_reached;  // it is read on some way, however long loops are
    bool unfinished;  // ... and maybe on ways that were not walked so far
    uint32_t pc;
    struct value value;
    uint32_t first_pc; // the first instruction that was seen to write it, read or not; 0: none
    uint32_t sp;       // the smallest stack pointer at such a read; UINT32_MAX: not known
    const struct event *reads[START_UP_READS]; // what had happened last
    unsigned read_count;
};

struct start_up {
    struct start_up_word words[START_UP_WORDS];
    size_t count;
    struct start_up_vectors vectors;
    const struct walk *walk;
    struct bootleap_image bootleap;
};

// Walks once more from the reset. Words that may carry a request over it are those that entries
// depend on, those that resets come with, and bootleap's mark. Returns 0, or the exit code that was
// put into *problem.
int start_up_run(struct start_up *start_up, const struct walk *walk, struct problem *problem);

// NULL: the word was not watched.
const struct start_up_word *start_up_word(const struct start_up *start_up, uint32_t address);

// The request on which the entry depends, as request_of_entry() finds it. On the reset path, where
// it finds none, it is the first word that a reset comes with and start-up code reads: a comparison
// of two words at once tells of neither. A mark that nothing reads is none: B1 says that. False: it
// depends on none.
bool start_up_request(const struct start_up *start_up, const struct rom_entry *entry,
                      struct request *request);

// Whether bootleap_on_reset() comes on the way from the reset: it reads the mark, and sees what the
// ROM left.
bool start_up_reads_mark(const struct start_up *start_up);

#endif
