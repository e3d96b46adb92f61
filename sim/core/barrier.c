// barrier.c: finds a write of CONTROL that no ISB has followed yet.
// SPDX-License-Identifier: MIT
//
// Until then the core may go on with the old stack pointer (Armv6-M ARM, B1.4.4; Armv7-M ARM
// DDI0403E, B1.4.4). The engine has no pipeline and uses the new one at once.
#include "barrier.h"

// Encodings: Armv7-M ARM, B5.2.3 (MSR), A7.7.33 (ISB).
enum {
    MSR = 0xF380, // the register that is read is in the lowest four bits
    MSR_MASK = 0xFFF0,
    SYSM_MASK = 0xFF,
    SYSM_CONTROL = 20,
    ISB = 0xF3BF,
    ISB_SECOND = 0x8F60,
};

void barrier_look(struct cortex *core, uint32_t pc)
{
    uint16_t code[2] = {0, 0};

    if (core->instruction_bytes != sizeof code) {
        return; // both are 32 bits long: memory is not read for the many that are not
    }

    cpu_load(core->cpu, pc, &code[0], sizeof code[0]);
    if ((code[0] & MSR_MASK) != MSR && code[0] != ISB) {
        return;
    }
    cpu_load(core->cpu, pc + sizeof code[0], &code[1], sizeof code[1]);
    if ((code[0] & MSR_MASK) == MSR && (code[1] & SYSM_MASK) == SYSM_CONTROL) {
        core->isb_missing = true;
    } else if (code[0] == ISB && (code[1] & MSR_MASK) == ISB_SECOND) {
        core->isb_missing = false;
    }
}
