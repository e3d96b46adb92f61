// handoff.c: judges one handoff: the contract, and the outcome over each wire that is asked about.
// SPDX-License-Identifier: MIT
#include "handoff.h"

#include "behaviour.h"
#include "contract_points.h"
#include "crystal.h"
#include "jump_conditions.h"
#include "run_usb.h"
#include "statements.h"
#include "wires.h"

#include <string.h>

static const char nothing_wrong[] = "the ROM finds what a reset would have left";

static json_t *pack_contract(const struct contract *contract)
{
    json_t *points = json_array();

    for (int i = 0; i < CONTRACT_POINTS; i++) {
        const struct point *point = &contract->points[i];
        json_array_append_new(points, json_pack("{s:s, s:b, s:s, s:s}", "id", point->id, "ok",
                                                point->ok, "observed", point->observed, "evidence",
                                                evidence_name(point->evidence)));
    }
    return points;
}

// Options that have the ROM look for a bank are told by the bank, if it finds one.
static bool has_stopping_option(const struct chip *chip, bool finds_bank)
{
    const struct option_check *checks = chip->device->options;

    for (size_t i = 0; i < OPTION_BITS_MOST && checks[i].name; i++) {
        bool by_bank = finds_bank && checks[i].refusal == OPTION_DUAL_BANK;
        if (chip->option_bits.refuses[i] && !by_bank &&
            contract_option_stops_rom(checks[i].refusal)) {
            return true;
        }
    }
    return false;
}

static struct surroundings look_around(struct run *run)
{
    const struct chip *chip = &run->chip;
    struct surroundings found = {
        .crystal = crystal_is_found(run),
        .blank = chip_is_blank(chip),
        .unmasks = behaviour_unmasks(&run->rom),
        .iwdg_by_option = chip->option_starts_watchdog[WATCHDOG_INDEPENDENT],
        .level_1 = behaviour_protection(&run->rom) == 1,
        .level_2 = behaviour_protection(&run->rom) == 2,
        .condition = jump_conditions_broken(&run->rom),
        .no_usb = jump_conditions_without_usb(&run->rom),
        .condition_confidence = behaviour_confidence(chip->device, "jump_conditions"),
    };

    found.bank = behaviour_goes_back(&run->rom, &found.bank_confidence);
    found.option = has_stopping_option(chip, found.bank != 0);
    found.boot0 = behaviour_boot0(&run->rom);
    jump_conditions_note(&run->rom);
    return found;
}

// All wires that are asked about, while one handoff is judged.
struct verdicts {
    json_t *interfaces;
    enum outcome_kind kind, acts; // the worst; what the ROM does
    enum ground ground;
    bool any;          // one was judged
    char not_over[32]; // wires that lack their crystal, "usb, can"
};

static bool is_worse(enum outcome_kind kind, enum ground ground, const struct verdicts *verdicts)
{
    int rank = kind > OUTCOME_AT_RISK ? OUTCOME_AT_RISK + 1 : (int)kind;
    int other = verdicts->kind > OUTCOME_AT_RISK ? OUTCOME_AT_RISK + 1 : (int)verdicts->kind;

    return !verdicts->any || rank > other || (rank == other && ground > verdicts->ground);
}

static void note_wire(struct run *run, const struct outcome *outcome, bool lacks_crystal,
                      struct verdicts *verdicts)
{
    char text[STATEMENT_TEXT] = "";

    if (outcome->decides) {
        statement_text(outcome->decides, run->chip.device, text);
    }
    if (outcome->wire == WIRE_USB) {
        run_usb_note_rom(run, outcome->acts == OUTCOME_SERVED, text);
    }
    json_array_append_new(verdicts->interfaces,
                          json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "interface",
                                    wire_name(outcome->wire), "outcome",
                                    outcome_word(outcome->kind), "how", outcome_how(outcome->kind),
                                    "ground", leftover_ground_name(outcome->ground), "reason",
                                    text[0] ? text : nothing_wrong, "statements",
                                    statements_pack(outcome, run->chip.device)));
    if (lacks_crystal && !run->scenario->wires) { // said beside, unless somebody asks for it
        size_t used = strlen(verdicts->not_over);
        snprintf(verdicts->not_over + used, sizeof verdicts->not_over - used, "%s%s",
                 used ? ", " : "", wire_name(outcome->wire));
        return;
    }
    if (is_worse(outcome->kind, outcome->ground, verdicts)) {
        verdicts->kind = outcome->kind;
        verdicts->ground = outcome->ground;
        snprintf(run->outcome_reason, sizeof run->outcome_reason, "%s",
                 text[0] ? text : nothing_wrong);
    }
    // One wire that serves is enough for the run to go on.
    verdicts->acts =
        !verdicts->any || outcome->acts < verdicts->acts ? outcome->acts : verdicts->acts;
    verdicts->any = true;
}

static void judge_wires(struct run *run, const struct present *present,
                        const struct surroundings *found, struct verdicts *verdicts)
{
    const struct device *device = run->chip.device;
    unsigned wires =
        run->scenario->wires ? run->scenario->wires : wires_of(device, run->rom.version);

    for (unsigned wire = WIRE_USB; wire < WIRE_COUNT; wire++) {
        const struct evidence_view view = {
            .observations = observations,
            .without = run->scenario->without_projects,
            .row = device->slug,
            .rom_version = run->scenario->rom_version_named ? run->rom.version : 0,
            .facts_by_version = *device->bank_check.versions,
            .wire = (enum wire)wire,
            .left = present->left};
        if (wires & 1u << wire) {
            bool lacks = !device->self_reset && outcome_lacks_crystal(device, found, view.wire);
            struct outcome outcome;
            outcome_find(present, device, found, &view, &outcome);
            note_wire(run, &outcome, lacks, verdicts);
        }
    }
}

// What is said of it in the summary and the events.
static void record(struct run *run, const struct contract *contract,
                   const struct verdicts *verdicts)
{
    json_t *handoff = json_pack(
        "{s:o, s:s, s:s, s:s, s:s, s:o, s:s, s:I, s:o}", "contract", pack_contract(contract),
        "outcome", outcome_word(verdicts->kind), "how", outcome_how(verdicts->kind), "ground",
        leftover_ground_name(verdicts->ground), "reason", run->outcome_reason, "interfaces",
        verdicts->interfaces, "not_over", verdicts->not_over, "instructions",
        (json_int_t)run->chip.since_reset, "pc", journal_address(run->chip.rom_pc));

    json_object_set_new(handoff, "acts",
                        json_string(verdicts->acts == OUTCOME_SERVED
                                        ? outcome_word(OUTCOME_SERVED)
                                        : outcome_how(verdicts->acts)));
    json_array_append(run->journal.handoffs, handoff);
    journal_event(&run->journal, "handoff", handoff);
}

enum outcome_kind handoff_judge(struct run *run, const char **why)
{
    struct verdicts verdicts = {.interfaces = json_array()};
    struct surroundings found = look_around(run);
    struct contract contract;
    struct present present;

    run->judge.jump_condition = found.condition;
    contract_check(&run->judge, &contract);
    contract_earn(&contract, run->watcher.broken);
    blame_note(run->blame, &contract);
    const struct point *broken = contract_broken(&contract);
    if (broken && !run->broken[0]) {
        snprintf(run->broken, sizeof run->broken, "%s: %s", broken->id, broken->observed);
    }
    present_find(&run->judge, &contract, &present);
    judge_wires(run, &present, &found, &verdicts);
    run->bank = found.bank ? found.bank : run->chip.device->flash.start;
    run->points_broken |= broken != NULL;
    run->at_risk |= verdicts.kind == OUTCOME_AT_RISK;
    // A ROM that resets itself for want of a crystal is met again: verdict.c asks the last handoff.
    run->fails |= verdicts.kind > OUTCOME_AT_RISK && verdicts.acts != OUTCOME_RESET;
    record(run, &contract, &verdicts);
    *why = run->outcome_reason;
    return verdicts.acts;
}
