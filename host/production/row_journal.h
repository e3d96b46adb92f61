// row_journal.h: which rows of a CSV file units have got, in a file beside it that is never undone.
// SPDX-License-Identifier: MIT
//
// units.csv.used has a line for each step of each row, which is on the disk before the next step:
//     taken 13 SHA-256 2026-11-30T20:31:02Z usb:1-2.3
//     used 13 SHA-256 2026-11-30T20:31:05Z 4100350007504B4E37303220
// The line number is that of the CSV file then; the digest of its key says which row it is. The
// last line of a row counts. Any number of programs may work with one file.
#ifndef BOOTLEAP_HOST_ROW_JOURNAL_H
#define BOOTLEAP_HOST_ROW_JOURNAL_H

#include "unit_table.h"

enum row_state {
    ROW_FREE,   // nobody had it, or nothing of it has reached a unit
    ROW_TAKEN,  // for a unit that is being written, or was when the program ended
    ROW_USED,   // a unit has it, verified
    ROW_FAILED, // a unit may have some of it
    ROW_STATES
};

struct row_journal;

// "taken"
const char *row_journal_word(enum row_state state);

// Opens the journal of this table, or makes it. The table must outlive it. Problems: EXIT_USAGE
// where a line of it is none; EXIT_FAILED.
int row_journal_open(struct row_journal **journal, const struct unit_table *table,
                     struct problem *problem);
void row_journal_close(struct row_journal *journal); // may be NULL

// As it was when it was looked at last.
size_t row_journal_count(const struct row_journal *journal, enum row_state state);

// The state of a row then, and who had it: "" where nobody had.
enum row_state row_journal_state(const struct row_journal *journal, size_t row, const char **who);

// Takes the first free row of the table for `who`, a port. When it returns, no other call of any
// program can get this row. Problems: EXIT_USAGE where none is left; EXIT_FAILED.
int row_journal_take(struct row_journal *journal, const char *who, size_t *row,
                     struct problem *problem);

// What came of a row that was taken. Problem: EXIT_FAILED, and then it stays taken.
int row_journal_end(struct row_journal *journal, size_t row, enum row_state state, const char *who,
                    struct problem *problem);

#endif
