// leftover_rule.c: what the architecture and ST's documents say of each leftover: a row each.
// SPDX-License-Identifier: MIT
//
// What is in no row here is for the observations of evidence/ to say. A rule never follows from an
// observation, and none names a chip.
#include "leftover_rule.h"

#define OVER(wire) (1u << (wire))
// AN2606 names USARTs without auto-baud too, of some products: observations say of which.
#define BY_INTERRUPTS (OVER(WIRE_USB) | OVER(WIRE_SPI))
#define NOT_OVER                                                                                   \
    "this wire does not use it; what it can do by an interrupt or by DMA is judged by itself"

static const struct leftover_rule rules[LEFTOVER_COUNT] = {
    [LEFTOVER_WRONG_TABLE] = {.always = true,
                              .how = OUTCOME_FAULT,
                              .fails = "the core executes what is not the ROM's first function "
                                       "(AN2606 Rev 70, section 4.1: the ROM starts by its vector "
                                       "table)"},
    [LEFTOVER_STACK_OUTSIDE_RAM] = {.always = true,
                                    .how = OUTCOME_FAULT,
                                    .fails = "the first push goes to no memory (Armv7-M ARM, "
                                             "B1.5.6; Armv6-M ARM, B1.5.6)"},
    [LEFTOVER_STACK_AT_END_OF_RAM] = {.how = OUTCOME_HUNG},
    [LEFTOVER_OWN_STACK] = {.how = OUTCOME_HUNG},
    [LEFTOVER_PROCESS_STACK] = {.how = OUTCOME_HUNG},
    [LEFTOVER_UNPRIVILEGED] = {.always = true,
                               .how = OUTCOME_FAULT,
                               .fails = "code without privilege may not write the NVIC, SysTick "
                                        "and VTOR (Armv7-M ARM, B3.1)"},
    [LEFTOVER_FP_CONTEXT] = {.how = OUTCOME_FAULT,
                             .harmless = "it makes the frame of an exception longer, no more "
                                         "(Armv7-M ARM, B1.5.7)"},
    [LEFTOVER_FP_STACKING] = {.how = OUTCOME_FAULT},
    [LEFTOVER_FPU] = {.how = OUTCOME_FAULT},
    [LEFTOVER_NO_ISB] = {.how = OUTCOME_HUNG},
    [LEFTOVER_HANDLER] = {.fails_over = BY_INTERRUPTS,
                          .how = OUTCOME_HUNG,
                          .fails = "no interrupt of the same priority is taken while an exception "
                                   "is active (Armv7-M ARM, B1.5.4), and a ROM with USB, SPI or a "
                                   "USART without auto-baud needs interrupts (AN2606 Rev 70, "
                                   "section 4.1)"},
    [LEFTOVER_LOW_HANDLER] = {.how = OUTCOME_HUNG},
    [LEFTOVER_MASKED_INTERRUPTS] = {.fails_over = BY_INTERRUPTS,
                                    .how = OUTCOME_HUNG,
                                    .fails = "a ROM with USB, SPI or a USART without auto-baud "
                                             "needs interrupts, and does not enable them itself "
                                             "(AN2606 Rev 70, section 4.1)",
                                    .harmless = "this version of the ROM enables them itself"},
    [LEFTOVER_MASKED_PRIORITIES] = {.how = OUTCOME_HUNG},
    [LEFTOVER_STACK_LIMIT] = {.how = OUTCOME_FAULT,
                              .fails = "the limit is not below the stack, so the first push faults "
                                       "(Armv8-M ARM, B3.21)",
                              .harmless = "the limit is where the stack's RAM begins: it is not "
                                          "met"},
    [LEFTOVER_PROCESS_STACK_LIMIT] = {.how = OUTCOME_FAULT,
                                      .fails = "the limit is not below the process stack, on which "
                                               "the ROM runs (Armv8-M ARM, B3.21)",
                                      .harmless = "the ROM does not run on the process stack"},
    [LEFTOVER_ENABLED_INTERRUPTS] = {.how = OUTCOME_HUNG,
                                     .harmless = "what could raise them is as after a reset"},
    [LEFTOVER_PENDING_INTERRUPT] = {.how = OUTCOME_HUNG},
    [LEFTOVER_FAULT_HANDLERS] = {.always = true,
                                 .how = OUTCOME_FAULT,
                                 .harmless = "they say which handler a fault takes, no more "
                                             "(Armv7-M ARM, B3.2.13)"},
    [LEFTOVER_SYSTICK_INTERRUPT] = {.how = OUTCOME_HUNG},
    [LEFTOVER_SYSTICK] = {.always = true,
                          .how = OUTCOME_HUNG,
                          .harmless = "it counts, and interrupts nobody (Armv7-M ARM, B3.3)"},
    [LEFTOVER_OWN_VECTORS] = {.how = OUTCOME_HUNG},
    [LEFTOVER_NO_REMAP] = {.how = OUTCOME_HUNG},
    [LEFTOVER_MPU] =
        {.how = OUTCOME_FAULT,
         .fails = "the MPU keeps the ROM from its code or its stack "
                  "(Armv7-M ARM, B3.5)",
         .harmless =
             "no region is where the ROM works: privileged code has the default memory map there "
             "(Armv7-M ARM, B3.5.1)"},
    [LEFTOVER_CACHES] = {.how = OUTCOME_HUNG},
    [LEFTOVER_CACHE_PERIPHERAL] = {.how = OUTCOME_HUNG},
    [LEFTOVER_DIRTY_LINES] = {.how = OUTCOME_HUNG,
                              .harmless = "no line is over the ROM's RAM, or nobody writes them "
                                          "back"},
    [LEFTOVER_CLOCKS] = {.how = OUTCOME_HUNG},
    [LEFTOVER_HSI_OFF] = {.how = OUTCOME_HUNG},
    [LEFTOVER_KERNEL_CLOCKS] = {.differs = true, // from chip to chip, which is meant
                                .how = OUTCOME_HUNG,
                                .harmless = "no wire of a ROM has its clock from there"},
    [LEFTOVER_CLOCK_ENABLES] = {.how = OUTCOME_HUNG},
    [LEFTOVER_LIVE_USB] = {.over = OVER(WIRE_USB), .how = OUTCOME_HUNG, .harmless = NOT_OVER},
    [LEFTOVER_LIVE_USART] = {.over = OVER(WIRE_USART), .how = OUTCOME_HUNG, .harmless = NOT_OVER},
    [LEFTOVER_LIVE_BUS] = {.over = OVER(WIRE_CAN) | OVER(WIRE_I2C) | OVER(WIRE_SPI),
                           .how = OUTCOME_HUNG,
                           .harmless = NOT_OVER},
    [LEFTOVER_DMA] = {.how = OUTCOME_FAULT, .fails = "it writes over RAM that the ROM uses"},
    [LEFTOVER_PORTS] = {.how = OUTCOME_HUNG},
    [LEFTOVER_BACKUP_ACCESS] = {.how = OUTCOME_HUNG},
    [LEFTOVER_SYSTEM_INIT] = {.how = OUTCOME_HUNG},
    [LEFTOVER_POWER] = {.how = OUTCOME_HUNG},
    [LEFTOVER_FLASH_SETTINGS] = {.how = OUTCOME_HUNG},
    [LEFTOVER_FLASH_CONTROL] = {.how = OUTCOME_HUNG},
    [LEFTOVER_HELD_IN_RESET] = {.how = OUTCOME_HUNG},
    [LEFTOVER_UNKNOWN_REGISTERS] = {.how = OUTCOME_HUNG},
    [LEFTOVER_PERIPHERALS] = {.always = true,
                              .how = OUTCOME_HUNG,
                              .harmless = "none is a wire of the ROM; one reaches the ROM by an "
                                          "interrupt, by DMA or by a pin alone, which are judged "
                                          "by themselves"},
    [LEFTOVER_WINDOW_WATCHDOG] = {.always = true,
                                  .how = OUTCOME_BITTEN,
                                  .fails = "nothing but a reset stops it, and AN2606 Rev 70 names "
                                           "no ROM that refreshes it"},
    [LEFTOVER_WATCHDOG] = {.how = OUTCOME_BITTEN,
                           .harmless = "this ROM refreshes one that option bytes have started "
                                       "(AN2606 Rev 70, the chip's table of configuration)"},
    [LEFTOVER_CORE_SETTINGS] = {.how = OUTCOME_HUNG},
    [LEFTOVER_NO_MARK] = {.always = true,
                          .how = OUTCOME_HUNG,
                          .harmless = "it is for the way back: the ROM does not look at it"},
    [LEFTOVER_FLASH_CONTENT] = {.how = OUTCOME_RETURNED,
                                .fails = "this ROM goes back to a flash that is not empty (AN2606 "
                                         "Rev 70, the chip's chapter)"},
    [LEFTOVER_BANK] = {.how = OUTCOME_RETURNED,
                       .fails = "this ROM starts a bank whose first word is a RAM address (AN2606 "
                                "Rev 70, the chip's figure of dual-bank boot)"},
    [LEFTOVER_CRYSTAL] = {.how = OUTCOME_RESET},
    [LEFTOVER_FORBIDDEN_BITS] = {.how = OUTCOME_HUNG,
                                 .fails = "a register holds what this version of the ROM cannot "
                                          "live with (AN2606 Rev 70; point H14)"},
    [LEFTOVER_OPTION_BYTES] = {.how = OUTCOME_HUNG,
                               .fails =
                                   "an option byte has this ROM, or the hardware, go elsewhere "
                                   "than to a host (point H14)"},
    [LEFTOVER_READOUT_PROTECTION] = {.how = OUTCOME_HUNG},
    [LEFTOVER_DEBUGGER] = {.how = OUTCOME_HUNG},
    [LEFTOVER_TRAFFIC] = {.how = OUTCOME_HUNG},
    [LEFTOVER_ROM_DEFECT] = {.how = OUTCOME_HUNG},
};

const struct leftover_rule *leftover_rule_of(enum leftover leftover)
{
    return &rules[leftover];
}

bool leftover_rule_always_fails(enum leftover leftover)
{
    return rules[leftover].always && rules[leftover].fails;
}

bool leftover_rule_never_matters(enum leftover leftover)
{
    return rules[leftover].always && rules[leftover].harmless;
}
