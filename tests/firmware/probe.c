// probe.c: bootleap_probe() with option bits that this file invents, refused and not.
// SPDX-License-Identifier: MIT
//
// Prints "probe, passed", or "probe, failed at" and the first check that failed as a letter. The
// invented registers are words of RAM; the rows of the part itself are left out here, runs of
// the application have them.
#include "bootleap.h"
#include "bootleap_devices.h"
#include "say.h"

#include <stdint.h>

#define RDP  0x20006000u
#define BOOT 0x20006004u

#undef BOOTLEAP_OPTIONS
#define BOOTLEAP_OPTIONS                                                                           \
    {RDP, 8, 0xFF, 0xCC, WHEN(BOOTLEAP_RDP_LEVEL_2)},                                              \
        BOOTLEAP_UNLESS_RDP1({RDP, 8, 0xFF, 0xAA, UNLESS(BOOTLEAP_RDP_LEVEL_1)}){                  \
            BOOT, 31, 0x01, 0x01, WHEN(BOOTLEAP_TRUSTZONE)},
#include "bootleap_probe.c"

#define STACK_TABLE 0x20006400u

#ifdef BOOTLEAP_ALLOW_RDP1
#define LEVEL_1 0
#else
#define LEVEL_1 BOOTLEAP_RDP_LEVEL_1
#endif

extern uint32_t stack_top[];

void reset_handler(void);
void svc_handler(void);

typedef void (*vector)(void);

__attribute__((section(".vectors"), used, aligned(512))) static const struct {
    uint32_t *stack;
    vector handlers[15];
} vectors = {stack_top, {[0] = reset_handler, [10] = svc_handler}};

static int answer_of_handler;

void svc_handler(void)
{
    answer_of_handler = bootleap_probe();
}

static char check, failed;

static void expect(int answer, int expected)
{
    check++;
    if (answer != expected && !failed) {
        failed = check;
    }
}

static int probe_with(uint32_t rdp, uint32_t boot)
{
    *reg(RDP) = rdp;
    *reg(BOOT) = boot;
    return bootleap_probe();
}

static int probe_with_stack(uint32_t stack)
{
    *reg(STACK_TABLE) = stack;
    *reg(SCB_VTOR) = STACK_TABLE;
    int answer = bootleap_probe();
    *reg(SCB_VTOR) = (uint32_t)&vectors;
    return answer;
}

// The thread stays unprivileged; a handler never is.
static int probe_unprivileged(void)
{
    __asm__ volatile("msr psp, %0\nmsr control, %1\nisb" : : "l"(0x20005F00u), "l"(3) : "memory");
    int answer = bootleap_probe();
    __asm__ volatile("svc 0" : : : "memory");
    return answer;
}

#ifdef ROM_IN_RAM
static int probe_with_table(uint32_t stack, uint32_t start)
{
    *reg(BOOTLEAP_ROM) = stack;
    *reg(BOOTLEAP_ROM + 4) = start;
    return bootleap_probe();
}

static void check_table(void)
{
    expect(probe_with(0xAA00, 0), BOOTLEAP_NO_ROM); // memory as it is after power-on
    expect(probe_with_table(0x08000000, BOOTLEAP_ROM + 0x101), BOOTLEAP_NO_ROM);
    expect(probe_with_table(0x20001000, BOOTLEAP_ROM + 0x100), BOOTLEAP_NO_ROM);
    expect(probe_with_table(0x20001000, BOOTLEAP_ROM + 0x80101), BOOTLEAP_NO_ROM);
    expect(probe_with_table(0x20001000, BOOTLEAP_ROM ^ 0x80000001), BOOTLEAP_NO_ROM);
    expect(probe_with_table(0x20001000, BOOTLEAP_ROM + 0x101), 0);
}
#else
static void check_table(void)
{
}
#endif

static void check_all(void)
{
    check_table();
    expect(probe_with(0xAA00, 0), 0);
    expect(probe_with(0xAABBAA, 0x7FFFFFFF), LEVEL_1);
    expect(probe_with(0xCC00, 0), BOOTLEAP_RDP_LEVEL_2);
    expect(probe_with(0xAA00, 0x80000000), BOOTLEAP_TRUSTZONE);
    expect(probe_with(0xFF55AA00, 0x7FFFFFFF), 0);
    expect(probe_with_stack(BOOTLEAP_MARK), 0);
    expect(probe_with_stack(BOOTLEAP_MARK + 4), BOOTLEAP_MARK_UNDER_STACK);
    expect(probe_with_stack(BOOTLEAP_MARK + 8), BOOTLEAP_MARK_UNDER_STACK);
    expect(probe_with_stack(BOOTLEAP_MARK + 256), BOOTLEAP_MARK_UNDER_STACK);
    expect(probe_with_stack(BOOTLEAP_MARK + 264), 0);
}

// Nothing here copies .data or clears .bss.
void reset_handler(void)
{
    char letter[2] = {0, 0};

    say("");
    *reg(SCB_VTOR) = (uint32_t)&vectors;
    check = '@';
    failed = 0;
    check_all();
    if (UNPRIVILEGED) {
        expect(probe_unprivileged(), BOOTLEAP_UNPRIVILEGED);
        expect(answer_of_handler, 0);
    }
    letter[0] = failed;
    say("probe, ");
    say(failed ? "failed at " : "passed");
    say(letter);
    say("\r\n");
    for (;;) {
    }
}
