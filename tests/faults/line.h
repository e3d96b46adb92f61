// line.h: a serial line to the second ROM on a clock of its own, and one fault on it.
// SPDX-License-Identifier: MIT
//
// Takes the place of host/links and host/clock: one process, no thread, no time passes. A byte is
// on the line for as long as 11 bits at 115200 baud; a read that finds nothing moves the clock to
// the end of its time-out. There is one line at a time, because the clock has no argument that says
// whose it is.
#ifndef BOOTLEAP_TESTS_LINE_H
#define BOOTLEAP_TESTS_LINE_H

#include "second_rom.h"

enum fault_kind {
    FAULT_NONE,
    FAULT_DROP,
    FAULT_CORRUPT,
    FAULT_DUPLICATE,
    FAULT_DELAY,
    FAULT_KINDS
};

enum line_direction { LINE_TO_ROM, LINE_TO_HOST, LINE_DIRECTIONS };

// One fault, or with `noise` a random one in so many of 100,000 bytes of both directions.
struct line_fault {
    enum fault_kind kind;
    enum line_direction direction;
    unsigned at;      // which byte of this direction, from 0 on
    unsigned bit;     // that is wrong
    unsigned late_us; // how long after the host has given up a delayed byte comes
    unsigned noise;
    uint32_t seed;
};

// What has happened on the line.
struct line_record {
    unsigned bytes[LINE_DIRECTIONS]; // that were put into it, before the fault
    uint64_t us;                     // that have passed
    uint64_t longest_us; // without a byte from the chip or a line on stderr, while one was awaited
    unsigned cut_at;     // bytes from the host after which it is dead; 0: never
};

// Puts `rom` at the other end, and sets the clock to `now_us`; `fault` may be NULL. An application
// that it has started prints a line, and starts the ROM again for a 'b'.
// With `echo` one wire is both directions, so that the host hears itself.
void line_connect(struct second_rom *rom, uint64_t now_us, const struct line_fault *fault,
                  bool echo);

// What becomes of the chip's answers, for fuzzing: three bytes an edit, how many answers pass
// before it, what it does (modulo 5: leaves out, replaces, puts in before, doubles, delays), and a
// byte for the second and third. Behind the last edit all pass. The bytes must stay.
void line_edit_answers(const uint8_t *edits, size_t size);

// Nothing from the host arrives behind this many bytes.
void line_cut_host_after(unsigned bytes);

const struct line_record *line_record(void);

#endif
