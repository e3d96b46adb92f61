// contract_check.c: the points of the contract, one row each, and what comes of them together.
// SPDX-License-Identifier: MIT
#include "contract_points.h"

enum {
    MARK_ENTER_OFFSET = 1,
    MARK_AWAY_OFFSET = 2,
    MARK_LAST_OFFSET = 2 + 16,
};
#define NO_MARK 0x80000000u // far from every stage

const struct contract_row contract_rows[CONTRACT_POINTS] = {
    {"H1", contract_pc,
     "jump to the address that is stored in word 1 of the ROM's vector table, not to the place of "
     "that word: load it, then BX to it with bit 0 set",
     "docs/contract.md#h1"},
    {"H2", contract_stack,
     "right before the jump load MSP with word 0 of the ROM's vector table and set CONTROL to 0, "
     "followed by an ISB: RTOS tasks run on PSP, and code that used the FPU sets FPCA",
     "docs/contract.md#h2"},
    {"H3", contract_thread_mode,
     "do not jump from an interrupt handler: call bootleap_enter() there, which resets first, or "
     "set a flag and jump from the main loop",
     "docs/contract.md#h3"},
    {"H4", contract_masks,
     "interrupts are masked when the ROM starts: call __enable_irq(), and set FAULTMASK and "
     "BASEPRI to 0, right before the jump; the ROM does not",
     "docs/contract.md#h4"},
    {"H5", contract_limits,
     "set MSPLIM and PSPLIM to 0 before the jump: the ROM's stack is not where yours is",
     "docs/contract.md#h5"},
    {"H6", contract_interrupts,
     "before the jump write ones to all of NVIC->ICER and NVIC->ICPR, and PENDSVCLR and PENDSTCLR "
     "to SCB->ICSR",
     "docs/contract.md#h6"},
    {"H7", contract_systick,
     "write 0 to SysTick->CTRL before the jump: HAL_Init() and every RTOS have started it",
     "docs/contract.md#h7"},
    {"H8", contract_vectors,
     "set SCB->VTOR to the ROM's vector table, or to 0 with system memory mapped there, which is "
     "the only way on a core without VTOR",
     "docs/contract.md#h8"},
    {"H9", contract_remap,
     "enable SYSCFG's clock first, then select system memory in MEM_MODE, then a DSB: without the "
     "clock the write is lost",
     "docs/contract.md#h9"},
    {"H10", contract_protection,
     "before the jump clean and disable the data cache, disable the instruction cache, and write 0 "
     "to MPU->CTRL",
     "docs/contract.md#h10"},
    {"H11", contract_clocks,
     "the clocks are not those of a reset, as the ROM expects them: call bootleap_on_reset() "
     "before SystemInit(), or bring every register of RCC back",
     "docs/contract.md#h11"},
    {"H12", contract_peripherals,
     "a peripheral or DMA is in use: enter through a reset and touch none before "
     "bootleap_on_reset(), or reset each through RCC before the jump",
     "docs/contract.md#h12"},
    {"H13", contract_watchdog,
     "write 0xAAAA to IWDG->KR right before the jump; a WWDG is stopped by a reset only",
     "docs/contract.md#h13"},
    {"H14", contract_options,
     "change the option byte that is named above so that the ROM may run: docs/devices.md has each "
     "one of this device",
     "docs/contract.md#h14"},
    {"H15", contract_mark,
     "there is no mark of bootleap: enter by bootleap_enter(), or the application will not know "
     "that it comes from the ROM",
     "docs/contract.md#h15"},
};

static uint32_t mark_offset(const struct chip *chip)
{
    uint32_t word = chip_mark_word(chip, 0), complement = chip_mark_word(chip, 1);

    return word == ~complement ? word - CHIP_MARK_BASE : NO_MARK;
}

int contract_mark_away(const struct chip *chip)
{
    uint32_t offset = mark_offset(chip);

    return offset >= MARK_AWAY_OFFSET && offset <= MARK_LAST_OFFSET
               ? (int)(offset - MARK_AWAY_OFFSET)
               : -1;
}

bool contract_mark_asks(const struct chip *chip)
{
    return mark_offset(chip) == MARK_ENTER_OFFSET;
}

bool contract_mark_valid(const struct chip *chip)
{
    return mark_offset(chip) + 1 <= MARK_LAST_OFFSET + 1; // from SETTLE on, one below BACK
}

void contract_check(const struct judge *judge, struct contract *contract)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        contract->points[i].id = contract_rows[i].id;
        contract_rows[i].check(judge, &contract->points[i]);
    }
}

uint32_t contract_broken_mask(const struct contract *contract)
{
    uint32_t mask = 0;

    for (int i = 0; i < CONTRACT_POINTS; i++) {
        mask |= (uint32_t)!contract->points[i].ok << i;
    }
    return mask;
}

void contract_earn(struct contract *contract, uint32_t broken_before)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (broken_before >> i & 1u && contract->points[i].ok) {
            contract->points[i].evidence = EVIDENCE_EARNED;
        }
    }
}

const struct point *contract_broken(const struct contract *contract)
{
    for (int i = 0; i < CONTRACT_POINTS; i++) {
        if (!contract->points[i].ok) {
            return &contract->points[i];
        }
    }
    return NULL;
}

const char *evidence_name(enum evidence evidence)
{
    return evidence == EVIDENCE_RESET    ? "reset"
           : evidence == EVIDENCE_EARNED ? "earned"
                                         : "not asked";
}
