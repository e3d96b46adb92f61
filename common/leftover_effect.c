// leftover_effect.c: asks about one leftover over each interface of a row, and keeps the worst.
// SPDX-License-Identifier: MIT
#include "leftover_effect.h"

#include "leftover_rule.h"
#include "leftover_statement.h"
#include "wires.h"

// It does no harm, nobody can say, it fails: the ways to fail are one.
static int rank_of(enum outcome_kind kind)
{
    return kind > OUTCOME_AT_RISK ? OUTCOME_AT_RISK + 1 : (int)kind;
}

static bool is_worse(const struct statement *statement, const struct leftover_effect *effect)
{
    int rank = rank_of(statement->kind), other = rank_of(effect->kind);

    if (rank != other) {
        return rank > other;
    }
    return statement->kind == OUTCOME_SERVED ? statement->ground > effect->ground
                                             : statement->ground < effect->ground;
}

static void take(const struct statement *statement, enum wire wire, struct leftover_effect *effect)
{
    int rank = rank_of(statement->kind);

    effect->fails_over |= rank > OUTCOME_AT_RISK ? 1u << wire : 0;
    effect->risk_over |= rank == OUTCOME_AT_RISK ? 1u << wire : 0;
    if (!effect->why || is_worse(statement, effect)) {
        effect->kind = statement->kind;
        effect->ground = statement->ground;
        effect->why = statement->why;
        effect->good = statement->good;
        effect->bad = statement->bad;
    }
}

static bool unmasks(const struct device *device, uint16_t version)
{
    return *device->rom_unmasks && device_version_in(device->rom_unmasks, version);
}

// Of one version; 0: over the interfaces of the newest, by observations of any.
static void find_of_version(const struct device *device, const struct leftover_question *question,
                            uint16_t version, struct leftover_effect *effect)
{
    uint64_t bit = UINT64_C(1) << question->leftover;
    const struct leftover_rule *rule = leftover_rule_of(question->leftover);
    bool fatal = rule->fails && (question->fatal || rule->always);
    bool harmless = rule->harmless && (question->harmless || rule->always);
    unsigned wires = wires_of(device, version);
    struct evidence_view view = {.observations = observations,
                                 .row = device->slug,
                                 .rom_version = version,
                                 .facts_by_version = *device->bank_check.versions,
                                 .left = question->left | bit};
    const struct leftover_handoff handoff = {.device = device,
                                             .view = &view,
                                             .fatal = fatal ? bit : 0,
                                             .harmless = harmless ? bit : 0,
                                             .unmasks = unmasks(device, version)};

    *effect = (struct leftover_effect){.why = NULL};
    for (unsigned i = WIRE_NOT_SAID; i < WIRE_COUNT; i++) {
        struct statement statement;
        view.wire = (enum wire)i;
        if (wires & 1u << i || (!wires && view.wire == WIRE_NOT_SAID)) {
            leftover_statement_find(&handoff, question->leftover, &statement);
            take(&statement, view.wire, effect);
        }
    }
}

void leftover_effect_find(const struct device *device, const struct leftover_question *question,
                          struct leftover_effect *effect)
{
    find_of_version(device, question, question->rom_version, effect);
    if (question->rom_version) {
        return;
    }
    for (const uint16_t *version = device->rom_ids; *version; version++) {
        struct leftover_effect other;
        find_of_version(device, question, *version, &other);
        if (rank_of(other.kind) < rank_of(effect->kind)) {
            *effect = other;
        }
    }
}
