// fuzz_check.c: checks a hostile ELF, as bootleap-check does.
// SPDX-License-Identifier: MIT
//
// A byte that ELF leaves free chooses the rest, so that an input is a file like any other:
// e_ident[15] is the row of the table from 1 on, or 0 for none.
#include "fuzz.h"
#include "fuzz_report.h"

enum { DEVICE = 15 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    unsigned row = size > DEVICE ? bytes[DEVICE] : 0;

    fuzz_report(bytes, size, row ? &devices[(row - 1) % device_count] : NULL);
    return 0;
}
