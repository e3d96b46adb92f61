// cortex.h: the state of one Cortex-M: engine, exceptions, way to memory, and time.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CORTEX_H
#define BOOTLEAP_SIM_CORTEX_H

#include "cpu.h"
#include "data_cache.h"
#include "devices.h"
#include "event_queue.h"
#include "memory.h"
#include "mpu.h"
#include "problem.h"
#include "write_buffer.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    EXCEPTION_NMI = 2,
    EXCEPTION_HARD_FAULT = 3,
    EXCEPTION_MEM_MANAGE = 4,
    EXCEPTION_BUS_FAULT = 5,
    EXCEPTION_USAGE_FAULT = 6,
    EXCEPTION_SVC = 11,
    EXCEPTION_PENDSV = 14,
    EXCEPTION_SYSTICK = 15,
    EXCEPTION_IRQ0 = 16,
    EXCEPTION_COUNT = 16 + 240,
    EXCEPTION_WORDS = EXCEPTION_COUNT / 32,
};

#define FPCCR_LSPEN 0x40000000u

enum { FPCCR_LSPACT = 1 };

// NVIC, SysTick and the System Control Block.
struct exceptions {
    // One bit an exception number.
    uint32_t pending[EXCEPTION_WORDS];
    uint32_t active[EXCEPTION_WORDS];
    uint32_t enabled[EXCEPTION_WORDS];
    uint8_t priority[EXCEPTION_COUNT];
    bool any_pending; // false: nothing that is pending is enabled

    uint32_t systick_control, systick_reload;
    uint32_t systick_count; // while it stands still
    uint32_t systick_start; // from where it counts down to 0 now
    uint64_t
        systick_next; // instruction count at which it reaches 0; EVENT_NEVER while it stands still
    // One bit an exception number: the level of its interrupt line.
    uint32_t lines[EXCEPTION_WORDS];
    // The line that is held high over resets too; 0: none is.
    unsigned held_line;
    const char *held_by; // "the RTC's alarm, which the backup domain holds"

    uint32_t vtor;
    uint32_t fp_control;        // FPCCR, where there is an FPU
    uint32_t cache_control;     // CCR: bit 16 data cache, bit 17 instruction cache
    uint32_t plain[0x1000 / 4]; // registers of 0xE000E000 that only keep what is written

    // Written since the last reset, for the report.
    bool nvic_written, systick_written, protection_written;
    bool settings_written; // CCR or SCR
    unsigned taken;        // exceptions entered since the last reset
    unsigned taken_by_rom; // ... that the ROM's table was in force for
};

// What stands between a store and RAM.
struct store_path {
    struct data_cache cache;
    struct write_buffer buffers[MEMORY_REGIONS]; // one a region of memory
};

enum { DWT_REGISTERS = 0x60 / 4 };

// The trace unit, as far as it counts cycles.
struct dwt {
    uint32_t registers[DWT_REGISTERS];
    uint64_t since; // CYCCNT is in `registers` as it was then, in cycles that the core was awake
    bool locked;
};

struct cortex {
    const struct device *device;
    struct memory *memory;
    struct cpu *cpu; // NULL until the first reset
    struct exceptions exceptions;
    struct mpu mpu;
    struct store_path store_path;
    bool event;                 // the event register, which WFE looks at
    unsigned instruction_bytes; // of the instruction that is about to be executed: 2 or 4
    bool isb_missing;           // CONTROL was written and no ISB came
    // AIRCR.VECTRESET was written and ignored, first by the instruction at `vectreset_pc`.
    bool vectreset_ignored;
    uint32_t vectreset_pc;

    uint64_t instructions; // executed since power-on
    uint64_t slept;        // so many of them were none: the core slept
    struct dwt dwt;
    struct event_queue events;
    struct event systick;
    uint64_t systick_divider; // cycles of the core that one of SysTick's other clock takes

    const char *lockup; // why the core cannot go on, beyond what cpu_fault() says; NULL: it can
    // AIRCR.SYSRESETREQ was written.
    void (*request_reset)(void *context);
    void *context;
};

#endif
