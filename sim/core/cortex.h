// cortex.h: one Cortex-M: the engine, its exceptions, its way to memory, and its time.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CORTEX_H
#define BOOTLEAP_SIM_CORTEX_H

#include "cpu.h"
#include "devices.h"
#include "event_queue.h"
#include "exceptions.h"
#include "memory.h"
#include "mpu.h"
#include "problem.h"
#include "store_path.h"

#include <stdbool.h>
#include <stdint.h>

struct cortex {
    const struct device *device;
    struct memory *memory;
    struct cpu *cpu; // NULL until the first reset
    struct exceptions exceptions;
    struct mpu mpu;
    struct store_path store_path;
    bool isb_missing; // CONTROL was written and no ISB came

    uint64_t instructions; // executed since power-on
    struct event_queue events;
    struct event systick;

    const char *lockup; // why the core cannot go on, beyond what cpu_fault() says; NULL: it can
    // AIRCR.SYSRESETREQ was written.
    void (*request_reset)(void *context);
    void *context;
};

// `memory` is open and outlives the core. The core's engine is made by whoever maps its memory.
int cortex_open(struct cortex *core, const struct device *device, struct memory *memory,
                struct problem *problem);
void cortex_close(struct cortex *core);

// What a reset does to everything but the engine. Lines that are high become pending again.
void cortex_reset(struct cortex *core);

#endif
