// verdict.c: records what a run saw and sums it up.
// SPDX-License-Identifier: MIT
#include "verdict.h"

#include "advice.h"
#include "behaviour.h"
#include "crystal.h"
#include "image_symbols.h"
#include "journal.h"
#include "jump_conditions.h"
#include "not_entered.h"
#include "not_modelled.h"
#include "remarks.h"
#include "run_time.h"
#include "system_memory.h"
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

static json_t *pack_modelled(const struct run *run, bool lacks)
{
    json_t *list = json_array();
    const struct block_type *last = NULL;

    for (size_t i = 0; i < run->chip.block_count; i++) {
        const struct block *block = &run->chip.blocks[i];
        if (!lacks) {
            json_array_append_new(list, json_string(block->peripheral->name));
        } else if (block->type != last && block->type->not_modelled) {
            json_array_append_new(
                list, json_sprintf("%s: %s", block->peripheral->name, block->type->not_modelled));
        }
        last = block->type;
    }
    return list;
}

// What this application has met: bytes that nobody knows, a request that is ignored.
static void append_met(const struct chip *chip, json_t *list)
{
    const struct unknown_reads *reads = &chip->unknown_reads;

    for (size_t i = 0; i < reads->count; i++) {
        bool rom = memory_is_system(chip->device, reads->list[i].address);
        json_array_append_new(
            list, json_sprintf("read of %s at 0x%08X by PC 0x%08X, whose content is "
                               "not known to the simulator",
                               rom ? "system memory" : "the part's own data",
                               (unsigned)reads->list[i].address, (unsigned)reads->list[i].pc));
    }
    if (chip->core.vectreset_ignored) {
        json_array_append_new(
            list,
            json_sprintf("AIRCR.VECTRESET, written by PC 0x%08X: ignored, a reset of the core "
                         "alone is not modelled",
                         (unsigned)chip->core.vectreset_pc));
    }
}

static json_t *pack_not_modelled(const struct run *run)
{
    const char *hides;
    json_t *list = pack_modelled(run, true);

    cpu_model(run->chip.device->core, &hides);
    if (*hides) {
        json_array_append_new(list, json_sprintf("the core: %s", hides));
    }
    for (const char *const *lack = not_modelled_always; *lack; lack++) {
        json_array_append_new(list, json_string(*lack));
    }
    for (size_t i = 0; i < run->chip.unmodelled.count; i++) {
        const struct unmodelled_word *touch = &run->chip.unmodelled.list[i];
        if (touch->has_bits) {
            continue;
        }
        json_array_append_new(list, json_sprintf("register 0x%08X, first touched by PC 0x%08X: "
                                                 "behaves as memory",
                                                 (unsigned)touch->address, (unsigned)touch->pc));
    }
    append_met(&run->chip, list);
    return list;
}

json_t *verdict_checks(const struct run *run)
{
    bool bounded = run->most_hand_overs <= RUN_MOST_HAND_OVERS && run->end != RUN_RESET_LOOP;

    return json_pack(
        "[{s:s, s:b, s:s}, {s:s, s:b, s:s}, {s:s, s:b, s:s}]", "id", "R1", "ok", !run->ran_from_go,
        "asks", "the application runs from a reset, never straight from the ROM's Go", "id", "R2",
        "ok", bounded, "asks", "at most 17 hand-overs for one request, and no reset loop", "id",
        "R3", "ok", !run->watcher.quiet_broken, "asks",
        "when nothing is pending no RAM is written and no reset flag cleared");
}

bool verdict_findings(const struct run *run)
{
    return run->journal.findings || run->ran_from_go || run->watcher.quiet_broken ||
           run->returned || run->most_hand_overs > RUN_MOST_HAND_OVERS || run->end == RUN_FAULT ||
           run->end == RUN_RESET_LOOP || run->end == RUN_NOT_SERVED;
}

// 0x91 is "V9.1".
static json_t *pack_version(unsigned version)
{
    return version ? json_sprintf("V%u.%u", version >> 4, version & 0xF) : json_string("not known");
}

// Whether the application has taken all that was typed, on some USART.
static bool typed_was_read(const struct run *run)
{
    for (size_t i = 0; run->typed && i < run->terminal_count; i++) {
        if (run->terminals[i].count == 0) {
            return true;
        }
    }
    return false;
}

static struct advice_run tell(const struct run *run)
{
    const struct scenario *scenario = run->scenario;

    return (struct advice_run){
        .journal = &run->journal,
        .watcher = &run->watcher,
        .blame = run->blame,
        .places = run->places,
        .image = scenario->elf ? &run->image : NULL,
        .entry = scenario->entry,
        .on_reset = scenario->on_reset,
        .enter_at = scenario->enter_at,
        .enter_after = scenario->enter_after,
        .typed = scenario->send,
        .presses = scenario->press != NULL,
        .acted = run->typed || run->pressed,
        .typed_was_read = typed_was_read(run),
        .reset_itself = run->reset_itself,
        .ran_from_go = run->ran_from_go,
        .too_many_hand_overs =
            run->most_hand_overs > RUN_MOST_HAND_OVERS || run->end == RUN_RESET_LOOP,
        .got_nowhere = run->end == RUN_FAULT || run->end == RUN_RESET_LOOP,
        .end = verdict_end_name(run->end),
        .resets = run->resets,
    };
}

// Why nothing entered; null where something did.
static json_t *pack_reason(const struct run *run)
{
    const struct advice_run told = tell(run);
    struct not_entered why;

    not_entered_why(&told, &why);
    return why.kind ? json_pack("{s:s, s:s}", "kind", why.kind, "text", why.what) : json_null();
}

// NULL as JSON has it where there is none.
static json_t *text_or_null(const char *text)
{
    return text[0] ? json_string(text) : json_null();
}

// Where it stood and the calls that led there, with the lines that are known.
static json_t *pack_places(const struct run *run)
{
    const struct where *where = &run->where;
    json_t *all = json_array();

    for (size_t i = 0; run->places && where->kind && i <= where->caller_count; i++) {
        json_t *list = places_list(run->places, i ? where->callers[i - 1] : where->pc);
        json_array_extend(all, list);
        json_decref(list);
    }
    return all;
}

static json_t *pack_advice(const struct run *run)
{
    const struct advice_run told = tell(run);

    json_decref(advice_list(&told)); // for the places that it names
    json_decref(pack_places(run));
    places_find_lines(run->places);
    return advice_list(&told);
}

static json_t *pack_where(const struct run *run)
{
    const struct where *where = &run->where;
    json_t *record, *callers = json_array();
    char place[IMAGE_NAME_ROOM];

    for (size_t i = 0; i < where->caller_count; i++) {
        image_place(&run->image, where->callers[i], place);
        json_array_append_new(callers, json_string(place));
    }
    if (!where->kind) {
        json_decref(callers);
        return json_null();
    }
    record = json_pack("{s:s, s:o, s:o, s:o, s:o}", "kind", where->kind, "function",
                       text_or_null(where->function), "pc", journal_address(where->pc), "register",
                       text_or_null(where->name), "bit", text_or_null(where->bit));
    json_object_set_new(record, "address",
                        where->name[0] ? journal_address(where->address) : json_null());
    json_object_set_new(record, "mask", where->mask ? journal_address(where->mask) : json_null());
    json_object_set_new(record, "callers", callers);
    json_object_set_new(record, "places", pack_places(run));
    json_object_set_new(record, "for_ever", json_boolean(where->still));
    json_object_set_new(record, "text", json_string(where->text));
    return record;
}

// Where the application says that it comes from, once a ROM has run and it runs again.
static json_t *pack_came_back(const struct run *run)
{
    static const char *const origins[] = {
        "from reset", "from the ROM", "from a reset that ended the ROM", "from a ROM that gave up"};
    size_t calls = json_array_size(run->journal.calls);
    const json_t *last = json_array_get(run->journal.calls, calls ? calls - 1 : 0);
    json_int_t returned = json_integer_value(json_object_get(last, "returned"));

    if (!run->rom_ran || !run->in_application) {
        return json_null();
    }
    if (run->ran_from_go) {
        return json_string("by the ROM's Go, without a reset");
    }
    if (calls == run->calls_before) {
        return json_string("after a reset");
    }
    return json_string((size_t)returned < sizeof origins / sizeof origins[0] ? origins[returned]
                                                                             : "of unknown origin");
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
    bool accepted = verdict == VERDICT_NOTHING && run->scenario->accepts_nothing;

    return verdict == VERDICT_CLEAN || accepted ? EXIT_DONE : EXIT_FINDINGS;
}

static const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {[VERDICT_CLEAN] = "clean",
                                        [VERDICT_FINDINGS] = "findings",
                                        [VERDICT_NOTHING] = "nothing judged"};

    return names[verdict];
}

json_t *verdict_summary(struct run *run)
{
    const struct device *device = run->chip.device;
    const char *hides;
    const char *model = cpu_model(device->core, &hides);
    json_t *summary =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:O, s:O, s:O, s:O, s:o}", "device", device->slug,
                  "name", device->name, "core", model, "modelled", pack_modelled(run, false),
                  "not_modelled", pack_not_modelled(run), "starts", run->journal.starts, "handoffs",
                  run->journal.handoffs, "returns", run->journal.returns, "on_reset",
                  run->journal.calls, "checks", verdict_checks(run));

    json_object_set_new(summary, "rom_version", pack_version(run->rom.version));
    json_object_set_new(summary, "startup_us", json_integer(behaviour_startup(&run->rom)));
    json_object_set(summary, "behaviour", run->journal.behaviour);
    json_object_set_new(summary, "resets", json_integer(run->resets));
    json_object_set_new(summary, "instructions",
                        json_integer((json_int_t)run->chip.core.instructions));
    if (run->in_application) {
        run_time_look(run);
    }
    run_time_pack(run, summary);
    json_object_set_new(summary, "remarks", remarks_pack(run));
    json_object_set_new(summary, "advice", pack_advice(run));
    json_object_set_new(summary, "verdict", json_string(verdict_name(verdict_of(run))));
    json_object_set_new(summary, "reason", pack_reason(run));
    json_object_set_new(summary, "came_back", pack_came_back(run));
    json_object_set_new(summary, "where", pack_where(run));
    json_object_set_new(summary, "findings", json_boolean(verdict_findings(run)));
    json_object_set_new(
        summary, "end",
        json_pack("{s:s, s:s}", "why", verdict_end_name(run->end), "detail", run->detail));
    return summary;
}
