// where_record.h: what is known of where an application stands.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_WHERE_RECORD_H
#define BOOTLEAP_SIM_WHERE_RECORD_H

#include "call_chain.h"
#include "names.h"
#include "register_names.h"

enum { WHERE_TEXT = 512, WHERE_PLACE = 128, WHERE_CALLERS = 4 };

// A register that was polled for long, and in vain.
struct polled {
    char name[NAME_ROOM]; // "": there was none
    char bit[REGISTER_BITS_ROOM];
    char function[WHERE_PLACE];
    uint32_t pc, address, mask; // of the loop's first instruction, and of the whole word
    uint32_t value;             // that was read all the time
    uint64_t reads, us;         // how often, and for how long on the chip
    char text[WHERE_TEXT];
};

struct where {
    const char *kind;             // one of those in docs/sim-json.md; NULL: nothing is known
    uint32_t pc;                  // of the loop's first instruction, of WFI, of the fault
    char function[WHERE_PLACE];   // that it is in; "": none that the ELF names
    char name[NAME_ROOM];         // of the register or variable that it reads; "": none
    char bit[REGISTER_BITS_ROOM]; // of the register, "VOSRDY" or "bit 13"; "": not known
    uint32_t address, mask;       // of the whole word
    uint32_t callers[WHERE_CALLERS];
    size_t caller_count;
    bool still;        // it is proven that nothing can change it
    bool lacks_source; // an interrupt is enabled that nothing that is modelled raises
    char text[WHERE_TEXT];
    struct polled before; // it got there
};

#endif
