// bootleap_jump.c: the direct way into the ROM: undoes what the application did, without a reset.
// SPDX-License-Identifier: MIT
//
// The order, and why:
//   1. interrupts masked, DMA and all peripherals reset: from here on nothing writes memory but us;
//   2. MPU and stack limits off, then onto the ROM's own stack: it is in RAM that a reset leaves
//      clocked, and the ROM will overwrite it anyway;
//   3. out of the handlers, by their own returns;
//   4. clocks, supplies and SYSCFG, by the list of the row; from here on the speed is known;
//   5. the core: what could have been set pending by 1 to 4 comes last;
//   6. bootleap_depart(), which the way through a reset ends with too.
// A second core would run on, so parts that have one are refused.
// An oscillator that does not answer ends the attempt: the request then goes through a reset.
#include "bootleap_jump.h"
#include "bootleap.h"
#include "bootleap_compiler.h"
#include "bootleap_depart.h"
#include "bootleap_devices.h"

#include <stdint.h>

#if BOOTLEAP_ENTRY && BOOTLEAP_DIRECT && BOOTLEAP_GNU_ASSEMBLY &&                                  \
    !defined(BOOTLEAP_SECOND_CORE_RUNS)

#include "bootleap_held_outputs.h"
#include "bootleap_mark.h"
#include "bootleap_registers.h"
#include "bootleap_thread_mode.h"

#define IWDG_KR   BOOTLEAP_IWDG_KR
#define IWDG_PR   (BOOTLEAP_IWDG_KR + 0x4u)
#define IWDG_RLR  (BOOTLEAP_IWDG_KR + 0x8u)
#define IWDG_SR   (BOOTLEAP_IWDG_KR + 0xCu)
#define IWDG_WINR (BOOTLEAP_IWDG_KR + 0x10u)
#define IWDG_BUSY 7u // SR: PVU, RVU, WVU
#define WWDG_WDGA 0x80u

#define OUTSIDE 0x60000000u // from here on memories are outside the chip

#define PATIENCE 0x10000u // times that a bit is read: milliseconds, where microseconds are usual

enum {
    CHANGE, // the bits of mask become value
    WAIT,   // ... and are waited for
    FILL,   // so many registers in a row as mask says become value
    RESET,  // the bits of mask are set and cleared again: of SYSCFG and of what serves memories
    KINDS,
};

struct step {
    uint32_t place, mask, value; // the lowest bits of place are one of the kinds
};

// Back to the clocks of a reset.
static const struct step clock_steps[] = {BOOTLEAP_CLOCK_STEPS};

static const struct {
    uint32_t place, mask;
} resets[] = {BOOTLEAP_RESETS};

// Returns 0 if the bits did not get the value in time.
BOOTLEAP_NOINLINE static int wait_until(uint32_t address, uint32_t mask, uint32_t value)
{
    uint32_t left = PATIENCE;

    while ((*reg(address) & mask) != value) {
        if (--left == 0) {
            return 0;
        }
    }
    return 1;
}

#ifdef BOOTLEAP_HOLD
// The ports that have a pin to hold are not reset.
static uint32_t without_held_ports(uint32_t mask)
{
    for (unsigned i = 0; i < HELD_WRITES; i++) {
        uint32_t port = (held_writes[i].address - BOOTLEAP_PORT_START) / BOOTLEAP_PORT_STRIDE;
        if (port < 32 - BOOTLEAP_PORT_FIRST) {
            mask &= ~(1u << (BOOTLEAP_PORT_FIRST + port));
        }
    }
    return mask;
}
#else
static uint32_t without_held_ports(uint32_t mask)
{
    return mask;
}
#endif

BOOTLEAP_NOINLINE static void fill(uint32_t address, uint32_t words, uint32_t value)
{
    for (; words != 0; words--, address += 4) {
        *reg(address) = value;
    }
}

#if BOOTLEAP_DMA_COUNT
// DMA controllers without a reset bit: all registers of seven channels to 0, then their flags.
static void reset_dma(void)
{
    static const struct {
        uint32_t clock, mask, start;
    } controllers[] = {BOOTLEAP_DMA};

    for (unsigned i = 0; i < BOOTLEAP_DMA_COUNT; i++) {
        *reg(controllers[i].clock) |= controllers[i].mask;
        (void)*reg(controllers[i].clock);
        fill(controllers[i].start + 8, 7 * 5, 0);
        *reg(controllers[i].start + 4) = 0xFFFFFFFF;
    }
}
#else
static void reset_dma(void)
{
}
#endif

BOOTLEAP_NOINLINE static void reset_by(uint32_t address, uint32_t mask)
{
    *reg(address) |= mask;
    *reg(address) &= ~mask;
}

// With the peripherals their requests end, so that what was pending can be cleared for good.
static void reset_peripherals(void)
{
    reset_dma();
    for (unsigned i = 0; i < sizeof resets / sizeof resets[0]; i++) {
        reset_by(resets[i].place, resets[i].mask);
    }
    reset_by(BOOTLEAP_PORT_RSTR, without_held_ports(BOOTLEAP_PORT_MASK));
}

static void reset_interrupts(void)
{
    fill(NVIC_ICER, BOOTLEAP_NVIC_WORDS, 0xFFFFFFFF);
    fill(NVIC_ICPR, BOOTLEAP_NVIC_WORDS, 0xFFFFFFFF);
}

// Was USB clocked when the ROM was asked for? Then a host may see a pull-up.
#define CLOCKED(address, mask) | (*reg(address) & (mask))
static uint32_t usb_is_used(void)
{
    return 0 BOOTLEAP_USB_CLOCKS;
}

// At least 10 ms without the pull-up, or the host takes the ROM for what was there before. No
// core is faster than a cycle each time around.
static void wait_for_usb_host(void)
{
    uint32_t left = BOOTLEAP_RESET_HZ / 100;

    __asm__ volatile(".syntax unified\n"
                     "1: subs %0, #1\n"
                     "bne 1b"
                     : "+l"(left)
                     :
                     : "cc");
}

// The oscillator of the IWDG cannot be stopped while the IWDG runs, and is off otherwise unless
// somebody else uses it. Without it a new period would stay pending for ever.
static void stretch_watchdog(void)
{
    if (*reg(BOOTLEAP_LSI) & BOOTLEAP_LSI_READY) {
        *reg(IWDG_KR) = 0x5555;
        *reg(IWDG_PR) = BOOTLEAP_IWDG_PR_MOST;
        *reg(IWDG_RLR) = 0xFFF;
        if (BOOTLEAP_IWDG_WINDOW) {
            *reg(IWDG_WINR) = 0xFFF; // no window: feeding too early would reset the chip
        }
        wait_until(IWDG_SR, IWDG_BUSY, 0);
    }
}

#if __ARM_ARCH >= 8
#define CLEAR_LIMITS                                                                               \
    "msr msplim, %0\n"                                                                             \
    "msr psplim, %0\n"
#else
#define CLEAR_LIMITS ""
#endif

#if __ARM_ARCH >= 7
#define CLEAR_MASKS                                                                                \
    "msr basepri, %0\n"                                                                            \
    "cpsie f\n"
#else
#define CLEAR_MASKS ""
#endif

#if BOOTLEAP_DCACHE
// A cache that is off may hold noise, which cleaning would write to memory. From CCR on nothing is
// stored until all is clean: a line of the stack would be overwritten by what it was before.
static void clean_data_cache(void)
{
    *reg(SCB_CSSELR) = 0;
    __asm__ volatile("dsb\n"
                     "ldr r0, [%0]\n"
                     "lsls r1, r0, #15\n" // DC
                     "bpl 3f\n"
                     "bic r0, #0x10000\n"
                     "str r0, [%0]\n"
                     "dsb\n"
                     "ldr r0, [%0, #0x6C]\n"     // CCSIDR
                     "ubfx r1, r0, #13, #15\n"   // sets
                     "1: ubfx r2, r0, #3, #10\n" // ways
                     "2: lsl r3, r1, #5\n"
                     "orr r3, r3, r2, lsl #30\n"
                     "str r3, [%0, #0x260]\n" // DCCISW
                     "subs r2, #1\n"
                     "bpl 2b\n"
                     "subs r1, #1\n"
                     "bpl 1b\n"
                     "dsb\n"
                     "3:\n"
                     :
                     : "l"(SCB_CCR)
                     : "r0", "r1", "r2", "r3", "cc", "memory");
}
#else
static void clean_data_cache(void)
{
}
#endif

// Not while this code needs it: SYSCFG may have swapped the banks, and the code may be in a memory
// outside the chip.
static void reset_late(uint32_t address, uint32_t mask)
{
    int swapped = BOOTLEAP_SWAP_REGISTER && *reg(BOOTLEAP_SWAP_REGISTER) & BOOTLEAP_SWAP_MASK;

    if (!swapped && (uintptr_t)clock_steps < OUTSIDE) {
        reset_by(address, mask);
    }
}

// If bits that are waited for do not come in time, it enters through a reset.
static void reset_clocks(void)
{
    for (unsigned i = 0; i < sizeof clock_steps / sizeof clock_steps[0]; i++) {
        const struct step *step = &clock_steps[i];
        uint32_t address = step->place & ~(KINDS - 1u), kind = step->place & (KINDS - 1u);

        if (kind == FILL) {
            fill(address, step->mask, step->value);
        } else if (kind == RESET) {
            reset_late(address, step->mask);
        } else if (kind == CHANGE) {
            *reg(address) = (*reg(address) & ~step->mask) | step->value;
        } else if (!wait_until(address, step->mask, step->value)) {
            bootleap_depart(ENTER);
        }
    }
}

#if __ARM_ARCH >= 7
// Traps and caches off (these are clean by now), stacks aligned as after a reset; no exception can
// be active any more; no state of the FPU waits to be stored, and nobody may use it.
static void reset_system_control(void)
{
    *reg(SCB_CCR) = BOOTLEAP_CCR_RESET;
    *reg(SCB_SHCSR) = 0;
    *reg(SCB_FPCCR) = 0xC0000000;
    *reg(SCB_CPACR) = 0;
}
#else
static void reset_system_control(void)
{
}
#endif

static void reset_core(void)
{
    *reg(SYST_CSR) = 0;
    *reg(SYST_RVR) = 0;
    reset_interrupts();
    *reg(SCB_ICSR) = 1u << 27 | 1u << 25; // PENDSVCLR, PENDSTCLR
    *reg(SCB_SCR) = 0;
    reset_system_control();
}

#if BOOTLEAP_ICACHE
static void switch_icache_off(void)
{
    *reg(BOOTLEAP_ICACHE) &= ~1u;
    wait_until(BOOTLEAP_ICACHE + 4, 1, 0); // BUSYF
    *reg(BOOTLEAP_ICACHE) = BOOTLEAP_ICACHE_RESET;
}
#else
static void switch_icache_off(void)
{
}
#endif

// In a handler or a thread, on the ROM's stack.
BOOTLEAP_NOINLINE BOOTLEAP_NORETURN static void undo(void)
{
    uint32_t used = usb_is_used();

    leave_handlers();
    clean_data_cache(); // what is in it may belong to a memory outside, which can be reached up to
                        // here
    reset_clocks();
    if (used) {
        wait_for_usb_host();
    }
    switch_icache_off();
    reset_core();
    stretch_watchdog();
    bootleap_depart(AWAY);
}

// Not inlined, as bootleap_enter().
BOOTLEAP_NOINLINE BOOTLEAP_USED int bootleap_jump(void)
{
    int refusal = bootleap_probe();

    if (refusal != 0) {
        return refusal;
    }
    if (BOOTLEAP_WWDG && *reg(BOOTLEAP_WWDG) & WWDG_WDGA) {
        return BOOTLEAP_WINDOW_WATCHDOG;
    }
    mask_interrupts();
    if (BOOTLEAP_MPU) {
        *reg(MPU_CTRL) = 0;
    }
    reset_peripherals();
    __asm__ volatile(CLEAR_LIMITS CLEAR_MASKS "msr control, %0\n"
                                              "msr msp, %1\n"
                                              "dsb\n"
                                              "isb\n"
                                              "bx %2\n"
                     :
                     : "l"(0), "l"(*reg(BOOTLEAP_ROM)), "l"(undo)
                     : "memory");
    BOOTLEAP_UNREACHABLE();
}

#else

int bootleap_jump(void)
{
    return BOOTLEAP_ENTRY ? BOOTLEAP_NO_DIRECT_WAY : bootleap_probe();
}

#endif
