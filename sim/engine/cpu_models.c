// cpu_models.c: which model of the CPU engine runs a core, and what that core has.
// SPDX-License-Identifier: MIT
#include "cpu_engine.h"

static const struct core_model models[] = {
    {CORE_M0, UC_CPU_ARM_CORTEX_M0, "Cortex-M0", "", false, false, false, false, false},
    {CORE_M0PLUS, UC_CPU_ARM_CORTEX_M0, "Cortex-M0 (for M0+)", "unprivileged mode (CONTROL.nPRIV)",
     false, false, false, true, false},
    {CORE_M3, UC_CPU_ARM_CORTEX_M3, "Cortex-M3", "", false, true, false, true, false},
    {CORE_M4, UC_CPU_ARM_CORTEX_M4, "Cortex-M4", "", true, true, false, true, false},
    {CORE_M7, UC_CPU_ARM_CORTEX_M7, "Cortex-M7", "", true, true, false, true, true},
    {CORE_M33, UC_CPU_ARM_CORTEX_M33, "Cortex-M33", "non-secure state (the engine runs secure)",
     true, true, true, true, false},
};

const struct core_model *cpu_find_model(enum core core)
{
    for (size_t i = 0; i < sizeof models / sizeof models[0]; i++) {
        if (models[i].core == core) {
            return &models[i];
        }
    }
    return NULL;
}

const char *cpu_model(enum core core, const char **hides)
{
    const struct core_model *model = cpu_find_model(core);

    *hides = model ? model->hides : "";
    return model ? model->name : "none";
}

bool cpu_has_fpu(enum core core)
{
    return cpu_find_model(core)->fpu;
}

bool cpu_has_stack_limits(enum core core)
{
    return cpu_find_model(core)->stack_limits;
}

bool cpu_has_vtor(enum core core)
{
    return cpu_find_model(core)->vtor;
}

bool cpu_has_data_cache(enum core core)
{
    const struct core_model *model = cpu_find_model(core);

    return model && model->data_cache;
}

bool cpu_has_priority_masks(enum core core)
{
    return cpu_find_model(core)->priority_masks;
}

bool cpu_is_modelled(enum core core)
{
    return cpu_find_model(core) != NULL;
}
