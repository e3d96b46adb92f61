// thumb.h: what single Thumb instructions do: how long they are, calls, what moves SP.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_THUMB_H
#define BOOTLEAP_SIM_THUMB_H

#include <stdbool.h>
#include <stdint.h>

// The call behind which a function returns.
enum thumb_call {
    THUMB_NO_CALL,
    THUMB_CALL,         // BL
    THUMB_CALL_POINTER, // BLX with a register
};

// What the two halfwords before `return_address` are. *target is where a BL goes, without the Thumb
// bit.
enum thumb_call thumb_call_before(uint32_t return_address, uint16_t first, uint16_t second,
                                  uint32_t *target);

// Whether the two halfwords at `address` are a B.W, or the first of them a B without condition, and
// where it goes.
bool thumb_branch(uint32_t address, uint16_t first, uint16_t second, uint32_t *target);

// How many bytes an instruction has that begins with this halfword: 2 or 4.
unsigned thumb_bytes(uint16_t first);

// How the instructions of a function move SP from its begin on.
struct thumb_frame {
    uint32_t down;     // bytes that SP is below where it was at the begin
    bool has_return;   // LR is on the stack
    uint32_t returned; // ... so many bytes below where SP was at the begin
    bool unknown;      // SP was moved by a register: nothing more is known
};

// Takes the next instruction in the order of addresses into account.
void thumb_frame_step(struct thumb_frame *frame, uint16_t first, uint16_t second);

// Whether an instruction loads a register by SP, as POP does.
bool thumb_loads_by_sp(uint16_t first, uint16_t second);

// Whether an instruction that begins with this halfword is one of a coprocessor, as the FPU is.
bool thumb_is_coprocessor(uint16_t first);

// Whether it begins an IT block. Its lowest 4 bits are the mask: one instruction a bit, and the
// last 1 ends it.
bool thumb_is_it(uint16_t first);

// Whether it is MSR, and then the number of the register that it writes (SYSm).
bool thumb_is_msr(uint16_t first, uint16_t second, unsigned *number);

#endif
