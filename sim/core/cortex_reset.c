// cortex_reset.c: opens, closes and resets what makes up a core.
// SPDX-License-Identifier: MIT
#include "cortex_reset.h"

#include "dwt.h"
#include "exceptions.h"
#include "store_path.h"
#include "systick.h"

int cortex_open(struct cortex *core, const struct device *device, struct memory *memory,
                struct problem *problem)
{
    *core = (struct cortex){.device = device, .memory = memory};
    event_queue_open(&core->events);
    systick_open(core);
    if (!store_path_open(&core->store_path, memory, device, cpu_has_data_cache(device->core))) {
        return problem_set(problem, EXIT_FAILED, NULL, "no room for the data cache");
    }
    return 0;
}

void cortex_close(struct cortex *core)
{
    cpu_free(core->cpu);
    core->cpu = NULL;
    store_path_close(&core->store_path);
}

static enum mpu_kind mpu_of(const struct device *device)
{
    if (!device->mpu) {
        return MPU_ABSENT;
    }
    return cpu_has_stack_limits(device->core) ? MPU_BY_LIMIT : MPU_BY_SIZE; // Armv8-M has both
}

void cortex_reset(struct cortex *core)
{
    mpu_reset(&core->mpu, mpu_of(core->device));
    exceptions_reset(core);
    dwt_reset(core);
    core->isb_missing = core->event = false;
}
