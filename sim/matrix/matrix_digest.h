// matrix_digest.h: one SHA-256 over all cells of the matrix, to hold two runs against each other.
// SPDX-License-Identifier: MIT
//
// It is over the lines of cell_line.h, sorted as bytes, each with its end of line: what `sha256sum`
// says of the file of --cells. It does not depend on who ran which cell, nor when.
#ifndef BOOTLEAP_SIM_MATRIX_DIGEST_H
#define BOOTLEAP_SIM_MATRIX_DIGEST_H

#include "cell_line.h"
#include "problem.h"

#include <stdint.h>

enum {
    MATRIX_DIGEST_TEXT = 65,    // in hexadecimal, with its end
    MATRIX_DIGEST_FIELDS = 128, // names of all fields, with commas
};

struct matrix_digest {
    unsigned fields;   // 1 << enum cell_field; 0: nobody asks for one
    const char *cells; // file that gets the lines, or NULL
    FILE *output;      // that file
    FILE **devices;    // the lines of each device, unsorted, as many as there are devices
    uint64_t lines;    // in all of them
    char sha256[MATRIX_DIGEST_TEXT];
};

// Reads the list of --digest: names of fields with commas between them, NULL for all that say what
// is judged. Their order makes no difference. Returns 0, or the exit code that is in *problem.
int matrix_digest_fields(struct matrix_digest *digest, const char *list, struct problem *problem);

// "points,outcome": the fields that are in it, at most `size` bytes with the end.
void matrix_digest_list(const struct matrix_digest *digest, char *list, size_t size);

// Makes a file for each device, which the workers inherit, and opens that of --cells. What is in
// the latter stays until matrix_digest_make().
int matrix_digest_open(struct matrix_digest *digest, struct problem *problem);

// Where the lines of the device with this number go.
struct cell_lines matrix_digest_lines(const struct matrix_digest *digest, size_t device);

// Sorts the lines, writes them to the file of --cells, and sets `sha256` and `lines`.
int matrix_digest_make(struct matrix_digest *digest, struct problem *problem);
void matrix_digest_close(struct matrix_digest *digest);

#endif
