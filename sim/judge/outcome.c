// outcome.c: makes the outcome of a handoff from what was left, what is around, and what was seen.
// SPDX-License-Identifier: MIT
#include "outcome.h"

#include "leftover_rule.h"
#include "wires.h"

#include <string.h>

// One handoff over one wire, while it is judged.
struct trial {
    const struct present *present;
    const struct device *device;
    const struct surroundings *found;
    const struct evidence_view *view;
    struct outcome *outcome;
};

static struct statement *add(struct trial *trial)
{
    return &trial->outcome->statements[trial->outcome->count++];
}

static struct statement *state(struct trial *trial, unsigned about, enum outcome_kind kind,
                               enum ground ground, const char *why)
{
    struct statement *statement = add(trial);

    *statement = (struct statement){.about = about, .kind = kind, .ground = ground, .why = why};
    return statement;
}

static void state_leftovers(struct trial *trial)
{
    const struct leftover_handoff handoff = {.device = trial->device,
                                             .view = trial->view,
                                             .fatal = trial->present->fatal,
                                             .harmless = trial->present->harmless,
                                             .unmasks = trial->found->unmasks,
                                             .iwdg_by_option = trial->found->iwdg_by_option};

    for (unsigned i = 0; i < LEFTOVER_COUNT; i++) {
        if (trial->present->left & present_bit((enum leftover)i)) {
            leftover_statement_find(&handoff, (enum leftover)i, add(trial));
        }
    }
}

static void state_fact(struct trial *trial, enum leftover about, enum outcome_kind how,
                       enum confidence confidence)
{
    leftover_statement_find_fact(trial->view, about, how, confidence, add(trial));
}

bool outcome_lacks_crystal(const struct device *device, const struct surroundings *found,
                           enum wire wire)
{
    return !found->crystal && strstr(device->crystal_for, wire_name(wire)) != NULL;
}

static void state_crystal(struct trial *trial)
{
    static const char missed[] = "this ROM looks for a crystal, finds none and resets the chip";
    static const char needed[] =
        "this wire needs a crystal, which the ROM does not find (AN2606 Rev 70)";
    struct sightings seen;
    struct statement *said = NULL;

    if (trial->device->self_reset && !trial->found->crystal) {
        said = state(trial, LEFTOVER_CRYSTAL, OUTCOME_RESET, GROUND_SEEN, missed);
    } else if (outcome_lacks_crystal(trial->device, trial->found, trial->view->wire)) {
        said = state(trial, LEFTOVER_CRYSTAL, OUTCOME_HUNG, GROUND_MUST, needed);
    }
    if (said) {
        leftover_ground_look(trial->view, LEFTOVER_CRYSTAL, &seen);
        said->bad = seen.bad_here;
    }
}

static void state_surroundings(struct trial *trial)
{
    const struct device *device = trial->device;
    const struct surroundings *found = trial->found;
    bool looks_at_flash =
        device->entry == ENTRY_ERASE_FIRST && device->bank_check.when == BANK_CHECK_NEVER;

    if (found->bank) {
        state_fact(trial, LEFTOVER_BANK, OUTCOME_RETURNED, found->bank_confidence);
    }
    if (looks_at_flash && !found->blank && !found->boot0) {
        state_fact(trial, LEFTOVER_FLASH_CONTENT, OUTCOME_RETURNED, CONFIDENCE_DOCUMENTED);
    }
    if (found->condition || (found->no_usb && trial->view->wire == WIRE_USB)) {
        bool crashes = found->condition && found->condition->end == JUMP_CRASHES;
        state_fact(trial, LEFTOVER_FORBIDDEN_BITS, crashes ? OUTCOME_FAULT : OUTCOME_HUNG,
                   found->condition_confidence);
    }
    if (found->level_2) {
        state(trial, LEFTOVER_OPTION_BYTES, OUTCOME_HUNG, GROUND_MUST,
              "at readout protection level 2 it answers Get, Get ID and Get Version alone (AN2606 "
              "Rev 70, section 4.1)");
    } else if (found->level_1) {
        state_fact(trial, LEFTOVER_READOUT_PROTECTION, OUTCOME_HUNG, CONFIDENCE_DOCUMENTED);
    }
    if (found->option) {
        state(trial, LEFTOVER_OPTION_BYTES, OUTCOME_HUNG, GROUND_MUST,
              leftover_rule_of(LEFTOVER_OPTION_BYTES)->fails);
    }
}

static bool something_fails(const struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->count; i++) {
        if (outcome->statements[i].kind > OUTCOME_AT_RISK) {
            return true;
        }
    }
    return false;
}

static void state_unexplained(struct trial *trial)
{
    struct witnesses bad;

    if (something_fails(trial->outcome)) {
        return; // that explains it
    }
    leftover_ground_unexplained(trial->view, &bad);
    if (bad.count) {
        state(trial, ABOUT_UNEXPLAINED, OUTCOME_AT_RISK, GROUND_SEEN, "")->bad = bad;
    }
}

// How early it strikes, from 0 on: at the ROM's first instructions, before it looks for a host,
// then. What nobody knows comes behind, and what does no harm comes last.
static int turn(const struct statement *statement)
{
    if (statement->kind == OUTCOME_SERVED) {
        return 9 - (int)statement->ground; // the weakest first
    }
    if (statement->kind == OUTCOME_AT_RISK) {
        return 4 + (statement->ground == GROUND_NONE);
    }
    switch (statement->about) {
    case LEFTOVER_WRONG_TABLE:
    case LEFTOVER_STACK_OUTSIDE_RAM:
    case LEFTOVER_STACK_LIMIT:
    case LEFTOVER_UNPRIVILEGED:
        return 0;
    case LEFTOVER_BANK:
    case LEFTOVER_FLASH_CONTENT:
        return 1;
    case LEFTOVER_OPTION_BYTES:
    case LEFTOVER_FORBIDDEN_BITS:
        return 2;
    default:
        return 3;
    }
}

// By turn; a stable one: they are few.
static void sort(struct outcome *outcome)
{
    for (size_t i = 1; i < outcome->count; i++) {
        for (size_t j = i; j > 0; j--) {
            struct statement *a = &outcome->statements[j - 1], *b = a + 1, swapped = *a;
            if (turn(a) <= turn(b)) {
                break;
            }
            *a = *b;
            *b = swapped;
        }
    }
}

// The first statement decides. Where none does harm, the weakest ground is that of the outcome.
static void decide(struct trial *trial)
{
    struct outcome *outcome = trial->outcome;
    const struct statement *first = outcome->statements;
    bool goes_back = false;

    sort(outcome);
    outcome->kind = OUTCOME_SERVED;
    outcome->ground = GROUND_MUST;
    outcome->decides = NULL;
    for (size_t i = 0; i < outcome->count; i++) {
        const struct statement *one = &outcome->statements[i];
        goes_back |= one->about == LEFTOVER_BANK || one->about == LEFTOVER_FLASH_CONTENT;
        if (one->kind == OUTCOME_SERVED && one->ground > outcome->ground) {
            outcome->ground = one->ground;
            outcome->decides = one;
        }
    }
    if (outcome->count && first->kind != OUTCOME_SERVED) {
        outcome->kind = first->kind;
        outcome->ground = first->ground;
        outcome->decides = first;
    }
    outcome->acts = outcome->kind > OUTCOME_AT_RISK                 ? outcome->kind
                    : goes_back && outcome->kind == OUTCOME_AT_RISK ? OUTCOME_RETURNED
                                                                    : OUTCOME_SERVED;
}

void outcome_find(const struct present *present, const struct device *device,
                  const struct surroundings *found, const struct evidence_view *view,
                  struct outcome *outcome)
{
    struct trial trial = {present, device, found, view, outcome};

    outcome->wire = view->wire;
    outcome->count = 0;
    state_leftovers(&trial);
    state_surroundings(&trial);
    if (outcome->count) { // with all points held, and nothing else, it is as after a reset
        state_unexplained(&trial);
    }
    state_crystal(&trial);
    decide(&trial);
}
