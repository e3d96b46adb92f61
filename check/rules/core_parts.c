// core_parts.c: which parts an Arm core has.
// SPDX-License-Identifier: MIT
//
// Armv6-M ARM, B1.4 and B3.2; Armv7-M ARM, B1.4 and A2.5; Armv8-M ARM, B3.21. The FPU: "Core"
// chapter of each series' reference manual.
#include "core_parts.h"

static const struct {
    bool fpu, vtor, priority_masks, stack_limits, privilege;
} parts[] = {
    [CORE_M0] = {false, false, false, false, false},
    [CORE_M0PLUS] = {false, true, false, false, true},
    [CORE_M3] = {false, true, true, false, true},
    [CORE_M4] = {true, true, true, false, true},
    [CORE_M7] = {true, true, true, false, true},
    [CORE_M33] = {true, true, true, true, true},
    [CORE_M55] = {true, true, true, true, true},
};

bool core_has_fpu(enum core core)
{
    return parts[core].fpu;
}

bool core_has_vtor(enum core core)
{
    return parts[core].vtor;
}

bool core_has_priority_masks(enum core core)
{
    return parts[core].priority_masks;
}

bool core_has_stack_limits(enum core core)
{
    return parts[core].stack_limits;
}

// Cortex-M0 does not implement the Unprivileged/Privileged extension (ARM DDI 0432C, 2.1).
bool core_has_privilege(enum core core)
{
    return parts[core].privilege;
}

// Cortex-M0+: an option of the implementation (ARM DDI 0484C, 1.3); PM0223 describes it.
bool core_may_lack_privilege(enum core core)
{
    return core == CORE_M0PLUS;
}
