// scenarios_reset.c: the scenarios of the path through a reset, a row each.
// SPDX-License-Identifier: MIT
#include "scenarios.h"

#define ENTER    "--enter-at application --until application "
#define ENTER_GO ENTER "--host go"
#define START    "--until application "

enum {
    JOURNEY_AT_MOST = 2000, // instructions from the call to the application, the ROM's apart
    MARK_FIRST = -1,        // stages of the mark, from SETTLE
    MARK_LAST = 18,         // to the last repeated handoff
    ON_RESET_AT_MOST = 100, // instructions that bootleap_on_reset() takes, at any level
};

const struct matrix_scenario scenarios_reset[] = {
    {GROUP_STATES, "thread", NULL, ENTER_GO, .rule = expect_state, .measured = true},
    {GROUP_STATES, "process-stack", NULL, ENTER_GO, .rule = expect_state,
     .state = STATE_PROCESS_STACK},
    {GROUP_STATES, "handler", NULL, ENTER_GO, .rule = expect_state, .state = STATE_HANDLER},
    {GROUP_STATES, "primask", NULL, ENTER_GO, .rule = expect_state, .state = STATE_PRIMASK},
    {GROUP_STATES, "basepri", NULL, ENTER_GO, .rule = expect_state, .state = STATE_BASEPRI},
    {GROUP_STATES, "faultmask", NULL, ENTER_GO, .rule = expect_state, .state = STATE_FAULTMASK},
    {GROUP_STATES, "fpu", NULL, ENTER_GO, .rule = expect_state, .state = STATE_FPU},
    {GROUP_STATES, "mpu", NULL, ENTER_GO, .rule = expect_state, .state = STATE_MPU},
    {GROUP_STATES, "caches", NULL, ENTER_GO, .rule = expect_state, .state = STATE_CACHES},
    {GROUP_STATES, "clocks", NULL, ENTER_GO, .rule = expect_state, .state = STATE_CLOCKS},
    {GROUP_STATES, "pending", NULL, ENTER_GO, .rule = expect_state, .state = STATE_PENDING},
    {GROUP_STATES, "dma", NULL, ENTER_GO, .rule = expect_state, .state = STATE_DMA},
    {GROUP_STATES, "dma-over-mark", NULL, ENTER_GO, .rule = expect_state,
     .state = STATE_DMA_OVER_MARK},
    {GROUP_STATES, "stack-limits", NULL, ENTER_GO, .rule = expect_state,
     .state = STATE_STACK_LIMITS},
    {GROUP_STATES, "watchdog", NULL, ENTER_GO, .rule = expect_state, .state = STATE_WATCHDOG},
    {GROUP_STATES, "hardware-watchdog", NULL, ENTER "--host go --hardware-watchdog",
     .rule = expect_state},
    {GROUP_STATES, "hardware-watchdog-that-bites", "hardware-watchdog that bites",
     ENTER "--host go --hardware-watchdog --worst", .rule = expect_unfed_watchdog,
     .ends_before_host = true},
    {GROUP_STATES, "alarm", NULL, ENTER_GO, .rule = expect_state, .state = STATE_ALARM},
    {GROUP_STATES, "unprivileged", NULL, ENTER_GO, .rule = expect_state,
     .state = STATE_UNPRIVILEGED},
    {GROUP_STATES, "nested", NULL, ENTER_GO, .rule = expect_state, .state = STATE_NESTED},
    {GROUP_STATES, "systick-handler", NULL, ENTER_GO, .rule = expect_state,
     .state = STATE_SYSTICK_HANDLER},
    {GROUP_STATES, "fpu-handler", NULL, ENTER_GO, .rule = expect_state, .state = STATE_FPU_HANDLER},
    {GROUP_STATES, "limited-task", NULL, ENTER_GO, .rule = expect_state,
     .state = STATE_LIMITED_TASK},
    {GROUP_STATES, "faults", NULL, ENTER_GO, .rule = expect_state, .state = STATE_FAULTS},
    {GROUP_STATES, "vtor", NULL, ENTER_GO, .rule = expect_state, .state = STATE_VTOR},
    {GROUP_STATES, "pins", NULL, ENTER_GO, .rule = expect_state, .state = STATE_PINS},
    {GROUP_STATES, "peripherals", NULL, ENTER_GO, .rule = expect_state, .state = STATE_PERIPHERALS},
    {GROUP_STATES, "window-watchdog", NULL, ENTER_GO, .rule = expect_state,
     .state = STATE_WINDOW_WATCHDOG},
    {GROUP_STATES, "slow-clocks", NULL, ENTER_GO, .rule = expect_state, .state = STATE_SLOW_CLOCKS},
    {GROUP_STATES, "usb", NULL, ENTER_GO, .rule = expect_state, .state = STATE_USB},
    {GROUP_STATES, "events", NULL, ENTER_GO, .rule = expect_state, .state = STATE_EVENTS},
    {GROUP_STATES, "settings", NULL, ENTER_GO, .rule = expect_state, .state = STATE_SETTINGS},
    {GROUP_STACK, "stack-at-the-mark", "stack at the mark %+d",
     ENTER "--host go --stack-over-mark %d", .rule = expect_stack,
     .first = -SCENARIO_STACK_SWEEP_BELOW, .last = SCENARIO_STACK_SWEEP, .step = 4},
    {GROUP_BACK, "go", NULL, ENTER_GO, .rule = expect_go},
    {GROUP_BACK, "go-without-a-trace", "go without a trace", ENTER "--host go --restore-vectors",
     .rule = expect_go},
    {GROUP_BACK, "pin", NULL, ENTER "--host pin", .rule = expect_pin},
    {GROUP_BACK, "hosts-reset", "host's reset", ENTER "--host reset", .rule = expect_host_reset},
    {GROUP_BACK, "power-cycle", "power cycle", ENTER "--host power", .rule = expect_power_loss},
    {GROUP_BACK, "brown-out", NULL, ENTER "--host brown-out", .rule = expect_power_loss},
    {GROUP_BACK, "watchdog", NULL, ENTER "--host watchdog", .rule = expect_watchdog_reset},
    {GROUP_BACK, "option-bytes", "option bytes", ENTER "--host option", .rule = expect_option_load},
    {GROUP_SELF_RESET, "crystal-after-misses", "crystal after %d misses",
     ENTER "--host go --crystal-after %d", .rule = expect_self_reset, .first = 1,
     .last = SCENARIO_MOST_REPEATS + 1, .step = 1},
    {GROUP_STARTS, "boot0-then-go", "BOOT0, then Go", START "--boot0 --host go",
     .rule = expect_boot0_go},
    {GROUP_STARTS, "boot0-then-the-pin", "BOOT0, then the pin", START "--boot0 --host pin",
     .rule = expect_boot0_pin},
    {GROUP_STARTS, "an-empty-chip-then-go", "an empty chip, then Go", START "--empty --host go",
     .rule = expect_empty_go},
    {GROUP_STARTS, "a-foreign-jump-then-go", "a foreign jump, then Go",
     ENTER "--foreign-jump --host go", .rule = expect_foreign_jump},
    {GROUP_STARTS, "a-plain-jump-back-to-the-bank", "a plain jump, back to the bank",
     ENTER "--plain-jump --host go", .rule = expect_plain_jump},
    {GROUP_STARTS, "the-rom-starts-a-bank", "the ROM starts a bank", START "--bfb2 --host end",
     .rule = expect_bank_start},
    {GROUP_STARTS, "the-rom-starts-a-bank-enter", "the ROM starts a bank, enter",
     ENTER "--bfb2 --host go", .rule = expect_bank_entry},
    {GROUP_STARTS, "cold-boot-on-a-mark-by-chance-stage", "cold boot on a mark by chance, stage %d",
     START "--host end --noise-mark %d", .rule = expect_noise_mark, .first = MARK_FIRST,
     .last = MARK_LAST, .step = 1},
    {GROUP_STARTS, "cold-boot-ram-with-parity", "cold boot, RAM with parity",
     START "--host end --parity", .rule = expect_parity},
    {GROUP_STARTS, "a-loader-that-masks", "a loader that masks interrupts",
     ENTER "--host go --masked-start", .rule = expect_go},
    {GROUP_STARTS, "125-cold-boots", "125 cold boots", START "--host end --power-cycles 124",
     .rule = expect_cold_boots},
    {GROUP_INTERRUPTS, "the-roms-interrupts-at-instruction",
     "the ROM's interrupts at instruction %d", START "--boot0 --host go --rom-interrupt %d",
     .rule = expect_rom_interrupt, .first = 1, .last = ON_RESET_AT_MOST, .step = 1},
    {GROUP_RESETS, "power-on-at-instruction", "power-on at instruction %d",
     ENTER "--host go --reset power-on --reset-at %d", .rule = expect_reset_on_the_way, .first = 1,
     .last = JOURNEY_AT_MOST, .step = 1},
    {GROUP_RESETS, "pin-at-instruction", "pin at instruction %d",
     ENTER "--host go --reset pin --reset-at %d", .rule = expect_reset_on_the_way, .first = 1,
     .last = JOURNEY_AT_MOST, .step = 1},
    {GROUP_RESETS, "watchdog-at-instruction", "watchdog at instruction %d",
     ENTER "--host go --reset watchdog --reset-at %d", .rule = expect_reset_on_the_way, .first = 1,
     .last = JOURNEY_AT_MOST, .step = 1},
    {GROUP_RESETS, "software-at-instruction", "software at instruction %d",
     ENTER "--host go --reset software --reset-at %d", .rule = expect_reset_on_the_way, .first = 1,
     .last = JOURNEY_AT_MOST, .step = 1},
    {GROUP_OPTIONS, "rdp-level-2", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_RDP_LEVEL_2},
    {GROUP_OPTIONS, "rdp-level-1", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_RDP_LEVEL_1},
    {GROUP_OPTIONS, "boot-lock", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_BOOT_LOCK},
    {GROUP_OPTIONS, "trustzone", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_TRUSTZONE},
    {GROUP_OPTIONS, "product-state", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_PRODUCT_STATE},
    {GROUP_OPTIONS, "dual-bank", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_DUAL_BANK},
    {GROUP_OPTIONS, "ram-erased", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_RAM_ERASED},
    {GROUP_OPTIONS, "hardware-wwdg", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_HARDWARE_WWDG},
    {GROUP_OPTIONS, "watchdog-not-fed", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_WATCHDOG_NOT_FED},
    {GROUP_OPTIONS, "second-core", NULL, ENTER_GO, .rule = expect_option,
     .refusal = OPTION_SECOND_CORE},
    {.id = NULL},
};

static const struct {
    const char *id;
    const char *name;
} groups[GROUPS] = {
    [GROUP_STATES] = {"states", "states"},     [GROUP_STACK] = {"stack", "stack"},
    [GROUP_BACK] = {"ways-back", "ways back"}, [GROUP_SELF_RESET] = {"self-reset", "self-reset"},
    [GROUP_STARTS] = {"starts", "starts"},     [GROUP_INTERRUPTS] = {"interrupts", "interrupts"},
    [GROUP_RESETS] = {"resets", "resets"},     [GROUP_OPTIONS] = {"option-bytes", "option bytes"},
};

const char *group_id(enum scenario_group group)
{
    return groups[group].id;
}

const char *group_name(enum scenario_group group)
{
    return groups[group].name;
}
