// verdict.c: records what a run saw and sums it up.
// SPDX-License-Identifier: MIT
#include "verdict.h"

#include "journal.h"
#include "jump_site.h"
#include "outcome_kind.h"

#include <string.h>

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

// A ROM that resets the chip for want of a crystal is met again: the last handoff tells. That it
// was given up is no finding where all points hold: the application knows.
static bool failed_at_last(const struct run *run)
{
    const json_t *handoffs = run->journal.handoffs;
    size_t count = json_array_size(handoffs);
    const json_t *last = count ? json_array_get(handoffs, count - 1) : NULL;
    const char *outcome = json_string_value(json_object_get(last, "outcome"));

    return outcome && strcmp(outcome, outcome_word(OUTCOME_HUNG)) == 0;
}

// What no word accepts.
static bool is_bad(const struct run *run)
{
    return run->journal.findings || run->fails || run->ran_from_go || run->watcher.quiet_broken ||
           run->most_handoffs > RUN_MOST_HANDOFFS ||
           (run->end == RUN_FAULT && fault_is_of_entry(run)) || run->end == RUN_RESET_LOOP ||
           run->end == RUN_NOT_SERVED;
}

bool verdict_findings(const struct run *run)
{
    return is_bad(run) || run->points_broken || run->at_risk || run->returned;
}

enum verdict verdict_of(const struct run *run)
{
    return verdict_findings(run)                         ? VERDICT_FINDINGS
           : json_array_size(run->journal.handoffs) == 0 ? VERDICT_NOTHING
                                                         : VERDICT_CLEAN;
}

unsigned verdict_to_accept(const struct run *run)
{
    bool nothing = verdict_of(run) == VERDICT_NOTHING;
    bool bad = is_bad(run) || ((run->points_broken || run->at_risk) && failed_at_last(run));

    if (bad || (run->returned && !run->at_risk) || (nothing && run->end == RUN_FAULT)) {
        return 1u << ACCEPT_COUNT;
    }
    return (nothing ? 1u << ACCEPT_NOTHING : 0) | (run->points_broken ? 1u << ACCEPT_POINTS : 0) |
           (run->at_risk ? 1u << ACCEPT_AT_RISK : 0);
}

int verdict_exit_code(const struct run *run)
{
    return verdict_to_accept(run) & ~run->scenario->accepts ? EXIT_FINDINGS : EXIT_DONE;
}
