// bootleap.c: the mark, the reset, the hand-over to the ROM and the way back.
// SPDX-License-Identifier: MIT
//
// bootleap.h says what these functions promise, docs/how-it-works.md why they are this way.
// Register names are ARM's (Armv7-M ARM, B3) and ST's; addresses that differ between chips
// come from bootleap_devices.h, where each has its source.
#include "bootleap.h"
#include "bootleap_compiler.h"
#include "bootleap_depart.h"
#include "bootleap_devices.h"

#include <stdint.h>

#if BOOTLEAP_ENTRY

#include "bootleap_empty_flag.h"
#include "bootleap_erase_first.h"
#include "bootleap_held_outputs.h"
#include "bootleap_mark.h"
#include "bootleap_mark_in_backup.h"
#include "bootleap_mark_in_ram.h"
#include "bootleap_pool.h"
#include "bootleap_registers.h"

// SETTLE, where it is a stage, and BACK say that the journey is over.
#define FIRST_SETTLED (BOOTLEAP_ROM_FIRST || BOOTLEAP_BACKUP ? SETTLE : BACK)

// Which byte of an address tells that it is in system memory: the highest, which nothing else has
// but options and one-time bytes. A machine that is no STM32 has its own.
#ifdef BOOTLEAP_TRACE_SHIFT
#define TRACE_SHIFT BOOTLEAP_TRACE_SHIFT
#else
#define TRACE_SHIFT 24
#endif

#if BOOTLEAP_GNU_ASSEMBLY

// The steps of bootleap_depart(). r0 holds the stage, r7 walks through POOL.

// What writes memory by itself could write over the mark before the reset stops it. The flag
// that has every reset start the ROM, because flash was empty once, is cleared alike.
#define CLEAR_BITS                                                                                 \
    ".if %c[cleared] > 1\n"                                                                        \
    "movs r5, %[cleared]\n"                                                                        \
    "1: ldmia r7!, {r1, r2}\n" /* register, bits */                                                \
    "ldr r4, [r1]\n"                                                                               \
    "bics r4, r2\n"                                                                                \
    "str r4, [r1]\n"                                                                               \
    "subs r5, #1\n"                                                                                \
    "bne 1b\n"                                                                                     \
    ".else\n"                                                                                      \
    ".rept %c[cleared]\n"                                                                          \
    "ldmia r7!, {r1, r2}\n"                                                                        \
    "ldr r4, [r1]\n"                                                                               \
    "bics r4, r2\n"                                                                                \
    "str r4, [r1]\n"                                                                               \
    ".endr\n"                                                                                      \
    ".endif\n"

#define CLEAR_FLAGS                                                                                \
    "ldmia r7!, {r1-r3}\n" /* reset flags, RMVF, MARK */                                           \
    "ldr r4, [r1]\n"                                                                               \
    "orrs r4, r2\n"                                                                                \
    "str r4, [r1]\n"                                                                               \
    ".if %c[clear_stays]\n" /* else no reset would set a flag */                                   \
    "bics r4, r2\n"                                                                                \
    "str r4, [r1]\n"                                                                               \
    ".endif\n"

#define MAKE_MARK                                                                                  \
    "adds r2, r0, r3\n"                                                                            \
    "mvns r3, r2\n"                                                                                \
    "ldmia r7!, {r1, r5, r6}\n" /* the mark's place, MPU_CTRL, reset request */

#define MPU_OFF                                                                                    \
    "movs r4, #0\n"                                                                                \
    ".if %c[mpu]\n"                                                                                \
    "str r4, [r5]\n"                                                                               \
    ".endif\n"                                                                                     \
    "msr control, r4\n" /* for the ROM: the main stack, privileged, no FPU state */                \
    ".if %c[limits]\n"  /* start-up code of ST's sets MSPLIM, above the ROM's stack */             \
    "msr msplim, r4\n"                                                                             \
    ".endif\n"                                                                                     \
    "dsb\n"                                                                                        \
    "isb\n"

// The reset would throw away a mark that is only in the data cache: DCCMVAC cleans its line.
#define CLEAN_MARK                                                                                 \
    "dsb\n"                                                                                        \
    ".if %c[dcache]\n"                                                                             \
    "str r1, [r5, #0x1D4]\n"                                                                       \
    "dsb\n"                                                                                        \
    ".endif\n"

#define RESET_UNLESS_AWAY                                                                          \
    "subs r5, #0x8C\n" /* VTOR */                                                                  \
    "cmp r0, %[away]\n"                                                                            \
    "bge 2f\n"                                                                                     \
    "str r6, [r5, #4]\n"                                                                           \
    "1: b 1b\n"                                                                                    \
    "2:\n"

#define FEED_WATCHDOG                                                                              \
    "ldmia r7!, {r1-r3}\n" /* IWDG_KR, its key, the ROM's table */                                 \
    "str r2, [r1]\n"

#define SET_VTOR                                                                                   \
    ".if %c[vtor]\n"                                                                               \
    "str r3, [r5]\n"                                                                               \
    ".endif\n"

// SYSCFG ignores MEM_MODE until its clock runs, and it runs when it has been read back. Where it
// is always clocked there is no such register. Other bits of MEM_MODE's register may be set after
// a reset; MEM_MODE itself is 0 then, or system memory's already.
#define SET_MEM_MODE                                                                               \
    ".if %c[remap]\n"                                                                              \
    "ldmia r7!, {r0-r2}\n" /* RCC enable register, SYSCFGEN, MEM_MODE's register */                \
    ".if %c[clock]\n"                                                                              \
    "ldr r5, [r0]\n"                                                                               \
    "orrs r5, r1\n"                                                                                \
    "str r5, [r0]\n"                                                                               \
    "ldr r5, [r0]\n"                                                                               \
    ".endif\n"                                                                                     \
    "movs r5, %[system_memory]\n"                                                                  \
    "ldr r0, [r2]\n"                                                                               \
    "orrs r5, r0\n"                                                                                \
    "str r5, [r2]\n"                                                                               \
    ".endif\n"

// The ROM does not unmask interrupts itself (AN2606 Rev 70, section 4.1).
#define START_ROM                                                                                  \
    "cpsie i\n"                                                                                    \
    "ldmia r3!, {r0, r1}\n"                                                                        \
    "msr msp, r0\n"                                                                                \
    "bx r1\n"

#define POOL                                                                                       \
    POOL_BEGINS                                                                                    \
    ".balign 4\n"                                                                                  \
    "9:\n" BOOTLEAP_CLEARED_WORDS                                                                  \
    ".word %c[flags], %c[clear], %c[mark], %c[place], %c[mpu_ctrl], %c[reset]\n" PLACE_WORDS       \
    ".word %c[iwdg], 0xAAAA, %c[rom]\n"                                                            \
    ".if %c[remap]\n"                                                                              \
    ".word %c[clock], %c[clock_mask], %c[remap_register]\n"                                        \
    ".endif\n" POOL_ENDS

#ifdef BOOTLEAP_HOLD
// The writes of the user, in their order.
static void write_held_outputs(void)
{
    for (unsigned i = 0; i < HELD_WRITES; i++) {
        *reg(held_writes[i].address) = held_writes[i].value;
    }
}
#else
static void write_held_outputs(void)
{
}
#endif

// Clears the reset flags, so that the next ones tell of the next reset only, writes the mark
// of this stage and goes where it leads.
//
// One piece of assembly, because the mark may lie under the live stack, in a region that the
// MPU guards or in a dirty line of the data cache: from its store on nothing touches the
// stack, whatever the compiler and its flags. It ends for good, so no register is saved.
DEPARTS BOOTLEAP_NOINLINE BOOTLEAP_NORETURN void bootleap_depart(uint32_t stage)
{
    if ((int32_t)stage >= (int32_t)AWAY) {
        write_held_outputs();
    }
    prepare_store();
    register uint32_t r0 __asm__("r0") = stage; // not before a call, which may use r0
    __asm__ volatile(
        ".syntax unified\n" REFUSE_PURE // nothing, or an error
            FIND_POOL CLEAR_BITS CLEAR_FLAGS MAKE_MARK MPU_OFF STORE_IN_DEPARTURE CLEAN_MARK
                RESET_UNLESS_AWAY FEED_WATCHDOG SET_VTOR SET_MEM_MODE ERASE_FIRST START_ROM
                    ERASE_END POOL
        : "+r"(r0)
        : [away] "i"(AWAY), [flags] "i"(BOOTLEAP_FLAGS), [clear] "i"(BOOTLEAP_FLAGS_CLEAR),
          [clear_stays] "i"(BOOTLEAP_FLAGS_CLEAR_STAYS), [mark] "i"(MARK),
          [place] "i"(BOOTLEAP_MARK), [dcache] "i"(BOOTLEAP_DCACHE), [mpu] "i"(BOOTLEAP_MPU),
          [limits] "i"(BOOTLEAP_STACK_LIMITS), [iwdg] "i"(BOOTLEAP_IWDG_KR),
          [rom] "i"(BOOTLEAP_ROM), [vtor] "i"(BOOTLEAP_VTOR), [cleared] "i"(BOOTLEAP_CLEARED),
          [remap] "i"(BOOTLEAP_REMAP), [clock] "i"(BOOTLEAP_REMAP_CLOCK),
          [clock_mask] "i"(BOOTLEAP_REMAP_CLOCK_MASK),
          [remap_register] "i"(BOOTLEAP_REMAP_REGISTER),
          [system_memory] "i"(BOOTLEAP_REMAP_SYSTEM_MEMORY), [place_cleared] "i"(PLACE_CLEARED),
          [mpu_ctrl] "i"(MPU_CTRL), [reset] "i"(AIRCR_SYSRESETREQ), [literal] LITERAL
        : "memory");
    BOOTLEAP_UNREACHABLE();
}

#endif

// The ROM is asked for, or has reset itself and is asked for again. Not called for BACK.
static int is_requested(uint32_t stage, uint32_t flags)
{
    return flags & BOOTLEAP_FLAGS_SOFTWARE && stage < AWAY + REPEATS;
}

// A ROM that started the application leaves the vector table in force on itself. Where the
// alias at 0 can be remapped VTOR may read 0, so there the table's own reset vector tells.
static int rom_started_us(void)
{
    uint32_t place = *reg(SCB_VTOR); // a core without VTOR reads 0 there

    if (BOOTLEAP_ALIAS) {
        place = *reg(place + 4);
    }
    place >>= TRACE_SHIFT;
    BOOTLEAP_OPAQUE(place); // what compilers make of both shifts is larger
    return place == BOOTLEAP_SYSTEM_MEMORY >> TRACE_SHIFT;
}

// No mark from now on. `masked` is 1 if PRIMASK is to be set afterwards; only bit 0 of it counts.
static inline enum bootleap_origin end_journey(volatile uint32_t *mark, enum bootleap_origin origin,
                                               uint32_t *masked)
{
    if (BOOTLEAP_BACKUP) { // forget() calls: one value to keep costs less than two
        *masked |= (uint32_t)origin << 1;
        BOOTLEAP_OPAQUE(*masked);
        forget(mark);
        return (enum bootleap_origin)(*masked >> 1);
    }
    forget(mark);
    return origin;
}

static enum bootleap_origin decide(uint32_t *masked)
{
    uint32_t flags = *reg(BOOTLEAP_FLAGS) & BOOTLEAP_FLAGS_ANY;
    volatile uint32_t *mark = reg(BOOTLEAP_MARK);
    enum bootleap_origin origin = BOOTLEAP_FROM_RESET;

    // These three stay in low registers: that saves 40 bytes at -Os.
    BOOTLEAP_OPAQUE(mark);
    BOOTLEAP_OPAQUE(flags);
    uint32_t stage = read_stage(mark, flags);
    BOOTLEAP_OPAQUE(stage);
    if (stage - FIRST_SETTLED <= BACK - FIRST_SETTLED) {
        origin = (enum bootleap_origin)(stage - SETTLE); // FROM_RESET or FROM_ROM
    } else if (BOOTLEAP_ROM_FIRST && is_requested(stage, flags)) {
        bootleap_depart(stage + 1);
    } else if (rom_started_us()) {
        goto back;
    } else if (stage > AWAY + REPEATS) {
        return BOOTLEAP_FROM_RESET;
    } else if (flags & BOOTLEAP_FLAGS_SOFTWARE) {
        if (!BOOTLEAP_ROM_FIRST && is_requested(stage, flags)) {
            bootleap_depart(stage + 1);
        }
        origin = BOOTLEAP_SELF_RESET ? BOOTLEAP_ROM_GAVE_UP : BOOTLEAP_FROM_ROM;
    } else if (stage != ENTER) {
        if (flags == 0) {
            goto back;
        }
        origin = BOOTLEAP_LEFT_ROM;
    }
    return end_journey(mark, origin, masked);
back:
    clear_empty_flag();
    // Where the ROM starts every boot, nobody asked for this one unless a mark says so: SETTLE
    // for NOWHERE, which alone of the stages that get here is negative, BACK for the others.
    bootleap_depart(BOOTLEAP_ROM_FIRST ? (uint32_t)((int32_t)stage >> 31) : BACK);
}

// A ROM that started us has left its interrupts on, and their handlers use RAM that may be our
// stack by now. PRIMASK is 0 after a reset, but a loader may have started us with it set, and an
// interrupt that waits would find no .data yet.
// Link-time optimisation is to leave a function that others find by its name.
BOOTLEAP_NOINLINE BOOTLEAP_USED enum bootleap_origin bootleap_on_reset(void)
{
    enum bootleap_origin origin;
    uint32_t masked;

    BOOTLEAP_SAVE_AND_MASK(masked);
    origin = decide(&masked);
    set_primask(masked);
    return origin;
}

BOOTLEAP_NOINLINE BOOTLEAP_USED int bootleap_enter(void)
{
    int refusal = bootleap_probe();

    if (refusal != 0) {
        return refusal;
    }
    mask_interrupts();
    bootleap_depart(ENTER);
}

#else // no way from the application into the ROM of this part

enum bootleap_origin bootleap_on_reset(void)
{
    return BOOTLEAP_FROM_RESET;
}

int bootleap_enter(void)
{
    return bootleap_probe();
}

#endif
