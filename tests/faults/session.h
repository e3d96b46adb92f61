// session.h: one command of the tool on a chip behind the line, and what it has done to the chip.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_SESSION_H
#define BOOTLEAP_TESTS_SESSION_H

#include "chip.h"
#include "line.h"
#include "problem.h"

enum { SESSION_PIECES = 2, SESSION_PIECE_BYTES = 512, SESSION_PATH_BYTES = 320 };

// An image of three blocks: two at the start of the first page, one at the start of the second (or,
// where pages are small, of one that is 1 KB away).
struct session_image {
    char path[SESSION_PATH_BYTES]; // Intel HEX
    uint32_t start[SESSION_PIECES];
    uint32_t size[SESSION_PIECES];
    uint8_t bytes[SESSION_PIECES][SESSION_PIECE_BYTES];
};

struct bench {
    const struct device *device;
    struct flash_layout layout; // of its flash
    struct second_rom *rom;
    struct session_image image;
    uint32_t page_bytes;  // from the start of one piece of the image to that of the next
    const uint8_t *edits; // of the chip's answers
    size_t edit_size;
    bool level_1;
    unsigned protected_pages;
    bool echo;         // the host hears itself
    bool holds_image;  // the image is in its chip, and no older application
    bool never_starts; // Go does not work in this version of its ROM
    uint64_t now_us;   // when the next command begins
};

// How a session ended.
struct session_end {
    int code;
    struct problem problem;    // where code is not 0
    bool whole;                // the image is there
    bool started;              // ... and runs, or cannot be started by this ROM
    unsigned outside, options; // bytes changed, operations on option bytes and protection
    struct line_record line;
};

// Opens a chip of this row and writes its image's file into `folder`. False when it cannot. "h743",
// with a version of its ROM "h743@90", on a half-duplex line "h743+echo", with a ROM that answers a
// sync byte too many by two NACKs "h743+two-nacks", with less flash "g0b1+kb=256", with the layout
// that is the third of its row, from 0 on, "g0b1+layout=2", with readout protection "h743+rdp1",
// with as many pages as one option bit protects "f405+protected=1".
bool bench_open(struct bench *bench, const char *row, const char *folder, enum chip_errors errors);
void bench_close(struct bench *bench);

// The chip holds an older application: in the image's pages and around them.
void bench_renew(struct bench *bench);

// Runs the tool with these arguments on what is there; `fault` may be NULL.
void session_run(struct bench *bench, int argc, const char *const *argv,
                 const struct line_fault *fault, struct session_end *end);

// `bootleap flash IMAGE line`.
void session_flash_image(struct bench *bench, const struct line_fault *fault,
                         struct session_end *end);

#endif
