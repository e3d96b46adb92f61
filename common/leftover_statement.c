// leftover_statement.c: decides of one leftover by its rule and by what was seen of it.
// SPDX-License-Identifier: MIT
#include "leftover_statement.h"

#include "leftover_rule.h"

#include <stddef.h>

static uint64_t bit_of(enum leftover leftover)
{
    return UINT64_C(1) << leftover;
}

// `why` may be NULL: the witnesses say it.
static void put(struct statement *statement, enum outcome_kind kind, enum ground ground,
                const char *why)
{
    statement->kind = kind;
    statement->ground = ground;
    statement->why = why ? why : "";
}

// Whether a ruling that it does no harm holds over this wire.
static bool cannot_matter(const struct leftover_handoff *handoff, enum leftover leftover)
{
    const struct leftover_rule *rule = leftover_rule_of(leftover);
    enum wire wire = handoff->view->wire;
    bool other_wire = rule->over && wire != WIRE_NOT_SAID && !(rule->over & 1u << wire);

    return other_wire || handoff->harmless & bit_of(leftover) ||
           (leftover == LEFTOVER_MASKED_INTERRUPTS && handoff->unmasks) ||
           (leftover == LEFTOVER_WATCHDOG && handoff->iwdg_by_option &&
            handoff->device->feeds_iwdg == WHETHER_YES);
}

// What a row says of its ROM is more than a rule: who was served all the same contradicts it.
static bool is_fact(enum leftover about)
{
    return about == LEFTOVER_BANK || about == LEFTOVER_FLASH_CONTENT ||
           about == LEFTOVER_FORBIDDEN_BITS;
}

// What was seen of this chip decides; where that contradicts itself, or a document, nobody knows.
// Elsewhere a leftover that ever did harm may do so here. `must` is what a document says; NULL:
// none says that it fails.
static void find_as_seen(const struct evidence_view *view, enum outcome_kind how, const char *must,
                         struct statement *said)
{
    enum leftover about = (enum leftover)said->about;
    struct sightings seen;

    leftover_ground_look(view, about, &seen);
    if (leftover_rule_of(about)->differs) {
        seen.good_elsewhere = seen.bad_elsewhere = (struct witnesses){.count = 0};
    }
    bool outvoted = must && (is_fact(about) || !seen.good_here.firm); // by a document
    if (seen.good_here.count && !seen.bad_here.count && !outvoted) {
        put(said, OUTCOME_SERVED, GROUND_SEEN, NULL);
    } else if (seen.good_here.count) {
        put(said, OUTCOME_AT_RISK, GROUND_SEEN, must);
    } else if (must) {
        put(said, how, GROUND_MUST, must);
    } else if (seen.bad_here.count) {
        put(said, how, GROUND_SEEN, NULL);
    } else if (seen.bad_elsewhere.count) {
        put(said, OUTCOME_AT_RISK, GROUND_ALIKE, NULL);
    } else if (seen.good_elsewhere.count) {
        put(said, OUTCOME_SERVED, GROUND_ALIKE, NULL);
    } else {
        put(said, OUTCOME_AT_RISK, GROUND_NONE, NULL);
    }
    bool here = seen.good_here.count || seen.bad_here.count;
    said->good = here ? seen.good_here : seen.good_elsewhere;
    said->bad = here ? seen.bad_here : seen.bad_elsewhere;
}

// What is inferred needs somebody who saw it, and nobody who saw otherwise.
static void find_inferred(const struct evidence_view *view, enum outcome_kind how,
                          struct statement *said)
{
    enum leftover about = (enum leftover)said->about;
    struct sightings seen;

    leftover_ground_look(view, about, &seen);
    bool here = seen.bad_here.count, both = here && seen.good_here.count;
    put(said, here && !both ? how : OUTCOME_AT_RISK,
        here                       ? GROUND_SEEN
        : seen.bad_elsewhere.count ? GROUND_ALIKE
                                   : GROUND_NONE,
        leftover_rule_of(about)->fails);
    said->bad = here ? seen.bad_here : seen.bad_elsewhere;
    said->good = seen.good_here;
}

void leftover_statement_find(const struct leftover_handoff *handoff, enum leftover leftover,
                             struct statement *statement)
{
    const struct leftover_rule *rule = leftover_rule_of(leftover);
    bool must_fail = rule->fails_over & 1u << handoff->view->wire;

    *statement = (struct statement){.about = leftover};
    if (handoff->fatal & bit_of(leftover)) {
        put(statement, rule->how, GROUND_MUST, rule->fails);
    } else if (cannot_matter(handoff, leftover)) {
        put(statement, OUTCOME_SERVED, GROUND_MUST, rule->harmless);
    } else {
        find_as_seen(handoff->view, rule->how, must_fail ? rule->fails : NULL, statement);
    }
}

// A row's fact about what a ROM does is a document's, was measured, or follows from others.
void leftover_statement_find_fact(const struct evidence_view *view, enum leftover about,
                                  enum outcome_kind how, enum confidence confidence,
                                  struct statement *statement)
{
    const char *why = leftover_rule_of(about)->fails;

    *statement = (struct statement){.about = about};
    if (confidence == CONFIDENCE_DOCUMENTED) {
        find_as_seen(view, how, why, statement);
    } else if (confidence == CONFIDENCE_MEASURED) {
        put(statement, how, GROUND_SEEN, why);
    } else {
        find_inferred(view, how, statement);
    }
}
