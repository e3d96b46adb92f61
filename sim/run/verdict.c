// verdict.c: records what a run saw and sums it up.
// SPDX-License-Identifier: MIT
#include "verdict.h"

#include "behaviour.h"
#include "crystal.h"
#include "journal.h"
#include "jump_conditions.h"
#include "jump_site.h"
#include "words.h"

const char *verdict_end_name(enum run_end end)
{
    static const char *const names[] = {
        [RUN_STOPPED] = "stopped", [RUN_SERVED] = "served",         [RUN_LIMIT] = "limit",
        [RUN_FAULT] = "fault",     [RUN_RESET_LOOP] = "reset loop", [RUN_NOT_SERVED] = "not served",
        [RUN_REFUSED] = "refused", [RUN_ARRIVED] = "arrived",       [RUN_STANDSTILL] = "standstill",
        [RUN_DONE] = "done",
    };

    return names[end];
}

static const char *boot_name(enum boot boot)
{
    static const char *const names[] = {[BOOT_APPLICATION] = "application",
                                        [BOOT_ROM_BY_PIN] = "ROM, by BOOT0",
                                        [BOOT_ROM_BY_EMPTY_FLASH] = "ROM, flash is empty",
                                        [BOOT_ROM_BY_BFB2] = "ROM, to choose a bank",
                                        [BOOT_ROM_BY_OPTION_BYTES] = "ROM, by option bytes"};

    return names[boot];
}

static void record_return(struct run *run, bool ok)
{
    json_t *record = json_pack("{s:s, s:b, s:o, s:I}", "id", "R1", "ok", ok, "vtor_at_go",
                               journal_address(run->left_vtor), "instructions",
                               (json_int_t)(run->chip.core.instructions - run->left_at));

    run->journal.findings |= !ok;
    json_array_append_new(run->journal.returns, record);
}

void verdict_start(struct run *run, enum reset_kind kind, enum boot boot)
{
    const struct device *device = run->chip.device;
    uint32_t flags = rcc_peek(&run->chip.rcc, device->flags_register) & device->flags_any;
    json_t *record = json_pack("{s:s, s:s, s:o}", "reset", chip_reset_name(kind), "starts",
                               boot_name(boot), "reset_flags", journal_address(flags));

    if (run->left_by_go) {
        record_return(run, true);
    }
    if (json_array_size(run->journal.starts) < 200) {
        json_array_append(run->journal.starts, record);
    }
    journal_event(&run->journal, "start", record);
}

void verdict_ran_from_go(struct run *run)
{
    record_return(run, false);
}

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

struct outcome verdict_handoff(struct run *run)
{
    struct chip *chip = &run->chip;
    struct contract contract;
    const struct point *broken;
    struct surroundings found = {.crystal = crystal_is_found(run),
                                 .blank = chip_is_blank(chip),
                                 .unmasks = behaviour_unmasks(&run->rom),
                                 .masked = cpu_get(chip->core.cpu, CPU_PRIMASK) & 1u,
                                 .level_2 = behaviour_protection(&run->rom) == 2};
    struct outcome outcome;
    json_t *record;

    found.bank = behaviour_goes_back(&run->rom, &found.bank_confidence);
    found.boot0 = behaviour_boot0(&run->rom);
    found.condition = jump_conditions_broken(&run->rom);
    found.condition_confidence = behaviour_confidence(chip->device, "jump_conditions");
    jump_conditions_note(&run->rom);
    run->judge.jump_condition = found.condition;
    contract_check(&run->judge, &contract);
    contract_earn(&contract, run->watcher.broken);
    blame_note(run->blame, &contract);
    broken = contract_broken(&contract);
    if (broken && !run->broken[0]) {
        snprintf(run->broken, sizeof run->broken, "%s: %s", broken->id, broken->observed);
    }
    outcome = outcome_of(&contract, chip->device, found);
    run->bank = found.bank ? found.bank : chip->device->flash.start;
    run->journal.findings |= broken != NULL;
    record = json_pack("{s:o, s:s, s:s, s:s, s:s, s:I, s:o}", "contract", pack_contract(&contract),
                       "outcome", outcome_name(outcome.kind), "confidence",
                       words_confidence(outcome.confidence), "reason", outcome.reason, "not_over",
                       outcome.not_over, "instructions", (json_int_t)chip->since_reset, "pc",
                       journal_address(chip->rom_pc));
    json_array_append(run->journal.handoffs, record);
    journal_event(&run->journal, "handoff", record);
    return outcome;
}

json_t *verdict_checks(const struct run *run)
{
    bool bounded = run->most_handoffs <= RUN_MOST_HANDOFFS && run->end != RUN_RESET_LOOP;

    return json_pack(
        "[{s:s, s:b, s:s}, {s:s, s:b, s:s}, {s:s, s:b, s:s}]", "id", "R1", "ok", !run->ran_from_go,
        "asks", "the application runs from a reset, never straight from the ROM's Go", "id", "R2",
        "ok", bounded, "asks", "at most 17 handoffs for one request, and no reset loop", "id", "R3",
        "ok", !run->watcher.quiet_broken, "asks",
        "when nothing is pending no RAM is written and no reset flag cleared");
}

// Whether a fault tells of an entry: it came in one, or behind one. One anywhere else ends the run
// before anything was judged.
static bool fault_is_of_entry(const struct run *run)
{
    const struct watcher *watcher = &run->watcher;
    uint32_t place;

    return run->rom_ran || watcher->entered || watcher->own.called ||
           json_array_size(run->journal.handoffs) > 0 ||
           (run->scenario->elf && run->chip.core.cpu &&
            jump_site_used_new_stack(&run->image, cpu_get(run->chip.core.cpu, CPU_LR), &place));
}

bool verdict_findings(const struct run *run)
{
    return run->journal.findings || run->ran_from_go || run->watcher.quiet_broken ||
           run->returned || run->most_handoffs > RUN_MOST_HANDOFFS ||
           (run->end == RUN_FAULT && fault_is_of_entry(run)) || run->end == RUN_RESET_LOOP ||
           run->end == RUN_NOT_SERVED;
}

enum verdict verdict_of(const struct run *run)
{
    return verdict_findings(run)                         ? VERDICT_FINDINGS
           : json_array_size(run->journal.handoffs) == 0 ? VERDICT_NOTHING
                                                         : VERDICT_CLEAN;
}

int verdict_exit_code(const struct run *run)
{
    enum verdict verdict = verdict_of(run);
    bool accepted =
        verdict == VERDICT_NOTHING && run->scenario->accepts_nothing && run->end != RUN_FAULT;

    return verdict == VERDICT_CLEAN || accepted ? EXIT_DONE : EXIT_FINDINGS;
}
