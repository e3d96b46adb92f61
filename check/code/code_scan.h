// code_scan.h: one pass over the halfwords of a program, for what an entry into a ROM is made of.
// SPDX-License-Identifier: MIT
//
// Nothing is decoded: a constant that looks like an instruction is found too, and costs a walk.
#ifndef BOOTLEAP_CHECK_CODE_SCAN_H
#define BOOTLEAP_CHECK_CODE_SCAN_H

#include "code_map.h"
#include "rom_ranges.h"

enum code_site_kind {
    SITE_MSR_MSP,
    SITE_MSR_PSP,
    SITE_MSR_CONTROL,
    SITE_MSR_MASK, // PRIMASK, BASEPRI, FAULTMASK
    SITE_CPS,
    SITE_SET_SP,     // MOV SP, LDR SP
    SITE_ROM_NUMBER, // a literal, or MOVW and MOVT: a number in some chip's system memory
    SITE_RESET,      // the key of AIRCR with SYSRESETREQ: 0x05FA in an upper half
    SITE_COUNT,
};

struct code_site {
    uint32_t address;
    enum code_site_kind kind;
    // Of SITE_ROM_NUMBER and SITE_RESET; of MOVT: the upper half alone. Of SITE_MSR_MASK: enum
    // special_register. Of SITE_CPS: 1 FAULTMASK, 2 PRIMASK.
    uint32_t number;
};

// A BL, or a B.W to elsewhere.
struct code_call {
    uint32_t address, target;
    bool links;
};

struct code_scan {
    struct code_site *sites; // by address
    size_t site_count;
    struct code_call *calls; // by target, then address
    size_t call_count;
    struct rom_ranges rom;
};

// Returns 0, or the exit code that was put into *problem.
int code_scan_run(struct code_scan *scan, const struct code_map *map, struct problem *problem);

void code_scan_close(struct code_scan *scan);

// Whether the number lies in the system memory of any device, and in no RAM of another.
bool code_scan_is_rom(const struct code_scan *scan, uint32_t number);

#endif
