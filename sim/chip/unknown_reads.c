// unknown_reads.c: keeps loads of bytes that are on the part and that nobody outside ST knows.
// SPDX-License-Identifier: MIT
#include "unknown_reads.h"

void unknown_reads_note(struct unknown_reads *reads, uint32_t address, uint32_t pc)
{
    for (size_t i = 0; i < reads->count; i++) {
        if (reads->list[i].pc == pc) {
            return;
        }
    }
    if (reads->count < UNKNOWN_READS) {
        reads->list[reads->count].address = address;
        reads->list[reads->count++].pc = pc;
    }
}
