// outcome.c: makes the outcome of a handoff from what was left, what is around, and what was seen.
// SPDX-License-Identifier: MIT
#include "outcome.h"

#include "rules.h"
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

static struct statement *state(struct trial *trial, unsigned about, enum outcome_kind kind,
                               enum ground ground, const char *why)
{
    struct statement *statement = &trial->outcome->statements[trial->outcome->count++];

    *statement = (struct statement){.about = about, .kind = kind, .ground = ground, .why = why};
    return statement;
}

// Whether a ruling that it does no harm holds over this wire.
static bool cannot_matter(const struct trial *trial, enum leftover leftover)
{
    const struct rule *rule = rule_of(leftover);
    bool other_wire = rule->over && !(rule->over & 1u << trial->view->wire);

    return other_wire || trial->present->harmless & present_bit(leftover) ||
           (leftover == LEFTOVER_MASKED_INTERRUPTS && trial->found->unmasks) ||
           (leftover == LEFTOVER_WATCHDOG && trial->found->iwdg_by_option &&
            trial->device->feeds_iwdg == WHETHER_YES);
}

static bool must_fail(const struct trial *trial, enum leftover leftover)
{
    return rule_of(leftover)->fails_over & 1u << trial->view->wire;
}

// What a row says of its ROM is more than a rule: who was served all the same contradicts it.
static bool is_fact(unsigned about)
{
    return about == LEFTOVER_BANK || about == LEFTOVER_FLASH_CONTENT ||
           about == LEFTOVER_FORBIDDEN_BITS;
}

// What was seen of this chip decides; where that contradicts itself, or a document, nobody knows.
// Elsewhere a leftover that ever did harm may do so here.
static void state_as_seen(struct trial *trial, unsigned about, enum outcome_kind how,
                          const char *must)
{
    struct sightings seen;
    struct statement *said;

    ground_look(trial->view, (enum leftover)about, &seen);
    if (rule_of((enum leftover)about)->differs) {
        seen.good_elsewhere = seen.bad_elsewhere = (struct witnesses){.count = 0};
    }
    bool outvoted = must && (is_fact(about) || !seen.good_here.firm); // by a document
    if (seen.good_here.count && !seen.bad_here.count && !outvoted) {
        said = state(trial, about, OUTCOME_SERVED, GROUND_SEEN, "");
    } else if (seen.good_here.count) {
        said = state(trial, about, OUTCOME_AT_RISK, GROUND_SEEN, must ? must : "");
    } else if (must) {
        said = state(trial, about, how, GROUND_MUST, must);
    } else if (seen.bad_here.count) {
        said = state(trial, about, how, GROUND_SEEN, "");
    } else if (seen.bad_elsewhere.count) {
        said = state(trial, about, OUTCOME_AT_RISK, GROUND_ALIKE, "");
    } else if (seen.good_elsewhere.count) {
        said = state(trial, about, OUTCOME_SERVED, GROUND_ALIKE, "");
    } else {
        said = state(trial, about, OUTCOME_AT_RISK, GROUND_NONE, "");
    }
    bool here = seen.good_here.count || seen.bad_here.count;
    said->good = here ? seen.good_here : seen.good_elsewhere;
    said->bad = here ? seen.bad_here : seen.bad_elsewhere;
}

static void state_leftovers(struct trial *trial)
{
    for (unsigned i = 0; i < LEFTOVER_COUNT; i++) {
        enum leftover leftover = (enum leftover)i;
        const struct rule *rule = rule_of(leftover);
        if (!(trial->present->left & present_bit(leftover))) {
            continue;
        }
        if (trial->present->fatal & present_bit(leftover)) {
            state(trial, leftover, rule->how, GROUND_MUST, rule->fails);
        } else if (cannot_matter(trial, leftover)) {
            state(trial, leftover, OUTCOME_SERVED, GROUND_MUST, rule->harmless);
        } else {
            state_as_seen(trial, leftover, rule->how,
                          must_fail(trial, leftover) ? rule->fails : NULL);
        }
    }
}

// What is inferred needs somebody who saw it, and nobody who saw otherwise.
static void state_inferred(struct trial *trial, enum leftover about, enum outcome_kind how)
{
    struct sightings seen;
    struct statement *said;

    ground_look(trial->view, about, &seen);
    bool here = seen.bad_here.count, both = here && seen.good_here.count;
    said = state(trial, about, here && !both ? how : OUTCOME_AT_RISK,
                 here                       ? GROUND_SEEN
                 : seen.bad_elsewhere.count ? GROUND_ALIKE
                                            : GROUND_NONE,
                 rule_of(about)->fails);
    said->bad = here ? seen.bad_here : seen.bad_elsewhere;
    said->good = seen.good_here;
}

// A row's fact about what a ROM does is a document's, was measured, or follows from others.
static void state_fact(struct trial *trial, enum leftover about, enum outcome_kind how,
                       enum confidence confidence)
{
    const char *why = rule_of(about)->fails;

    if (confidence == CONFIDENCE_DOCUMENTED) {
        state_as_seen(trial, about, how, why);
    } else if (confidence == CONFIDENCE_MEASURED) {
        state(trial, about, how, GROUND_SEEN, why);
    } else {
        state_inferred(trial, about, how);
    }
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
        ground_look(trial->view, LEFTOVER_CRYSTAL, &seen);
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
        state_as_seen(trial, LEFTOVER_READOUT_PROTECTION, OUTCOME_HUNG, NULL);
    }
    if (found->option) {
        state(trial, LEFTOVER_OPTION_BYTES, OUTCOME_HUNG, GROUND_MUST,
              rule_of(LEFTOVER_OPTION_BYTES)->fails);
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
    ground_unexplained(trial->view, &bad);
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
