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
    {"H1", contract_pc, "docs/contract.md#h1"},
    {"H2", contract_stack, "docs/contract.md#h2"},
    {"H3", contract_thread_mode, "docs/contract.md#h3"},
    {"H4", contract_masks, "docs/contract.md#h4"},
    {"H5", contract_limits, "docs/contract.md#h5"},
    {"H6", contract_interrupts, "docs/contract.md#h6"},
    {"H7", contract_systick, "docs/contract.md#h7"},
    {"H8", contract_vectors, "docs/contract.md#h8"},
    {"H9", contract_remap, "docs/contract.md#h9"},
    {"H10", contract_protection, "docs/contract.md#h10"},
    {"H11", contract_clocks, "docs/contract.md#h11"},
    {"H12", contract_peripherals, "docs/contract.md#h12"},
    {"H13", contract_watchdog, "docs/contract.md#h13"},
    {"H14", contract_options, "docs/contract.md#h14"},
    {"H15", contract_mark, "docs/contract.md#h15"},
    {"H16", contract_settings, "docs/contract.md#h16"},
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
