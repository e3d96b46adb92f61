// jump_site.h: which function of the firmware went to the ROM.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_JUMP_SITE_H
#define BOOTLEAP_SIM_JUMP_SITE_H

#include "blame.h"
#include "call_chain.h"

// An instruction of that function, near the jump, and the calls that led there as far as they are
// known. False where nothing tells it: with a new stack and no call the core keeps no trace.
bool jump_site_find(const struct image *image, const struct blame_jump *jump,
                    struct call_chain *chain);

// Where the run has faulted at a jump that follows MSR MSP: whether between the two a register is
// loaded by SP, which then is the new stack. *place is that MSR.
bool jump_site_used_new_stack(const struct image *image, uint32_t lr, uint32_t *place);

#endif
