// summary.c: everything about a run, as one JSON object.
// SPDX-License-Identifier: MIT
#include "summary.h"

#include "advice.h"
#include "behaviour.h"
#include "image_symbols.h"
#include "journal.h"
#include "modelled.h"
#include "not_entered.h"
#include "remarks.h"
#include "run_time.h"
#include "run_usb.h"
#include "verdict.h"

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
        .no_edge = run->no_edge,
        .typed_was_read = typed_was_read(run),
        .reset_itself = run->reset_itself,
        .ran_from_go = run->ran_from_go,
        .too_many_handoffs = run->most_handoffs > RUN_MOST_HANDOFFS || run->end == RUN_RESET_LOOP,
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

// What was polled in vain before it stood there.
static json_t *pack_before(const struct polled *before)
{
    if (!before->name[0]) {
        return json_null();
    }
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:I, s:s}", "register", before->name,
                     "bit", text_or_null(before->bit), "address", journal_address(before->address),
                     "mask", before->mask ? journal_address(before->mask) : json_null(), "function",
                     text_or_null(before->function), "pc", journal_address(before->pc), "reads",
                     (json_int_t)before->reads, "us", (json_int_t)before->us, "text", before->text);
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
    json_object_set_new(record, "before", pack_before(&where->before));
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

static const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {[VERDICT_CLEAN] = "clean",
                                        [VERDICT_FINDINGS] = "findings",
                                        [VERDICT_NOTHING] = "nothing judged"};

    return names[verdict];
}

// What makes the exit code 7 although nothing is wrong that nobody may accept: the word of
// --accept, and why.
static json_t *pack_accept(const struct run *run)
{
    static const char *const whys[] = {
        [ACCEPT_NOTHING] = "nothing entered the ROM",
        [ACCEPT_POINTS] = "a point of the contract does not hold",
        [ACCEPT_AT_RISK] = "nobody can say whether the ROM serves",
    };
    unsigned needed = verdict_to_accept(run) & ~run->scenario->accepts;
    json_t *list = json_array();

    for (unsigned i = 0; i < ACCEPT_COUNT && needed < 1u << ACCEPT_COUNT; i++) {
        if (needed & 1u << i) {
            json_array_append_new(
                list, json_pack("{s:s, s:s}", "word", accept_name((enum accept)i), "why", whys[i]));
        }
    }
    return list;
}

json_t *summary_pack(struct run *run)
{
    const struct device *device = run->chip.device;
    const char *hides;
    const char *model = cpu_model(device->core, &hides);
    json_t *summary =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:O, s:O, s:O, s:O, s:o}", "device", device->slug,
                  "name", device->name, "core", model, "modelled", modelled_pack(run),
                  "not_modelled", modelled_pack_lacks(run), "starts", run->journal.starts,
                  "handoffs", run->journal.handoffs, "returns", run->journal.returns, "on_reset",
                  run->journal.calls, "checks", verdict_checks(run));

    json_object_set_new(summary, "rom_version", pack_version(run->rom.version));
    json_object_set_new(summary, "startup_us", json_integer(behaviour_startup(&run->rom)));
    json_object_set(summary, "behaviour", run->journal.behaviour);
    json_object_set_new(summary, "usb", run_usb_pack(run));
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
    json_object_set_new(summary, "accept", pack_accept(run));
    json_object_set_new(summary, "reason", pack_reason(run));
    json_object_set_new(summary, "came_back", pack_came_back(run));
    json_object_set_new(summary, "where", pack_where(run));
    json_object_set_new(summary, "findings", json_boolean(verdict_findings(run)));
    json_object_set_new(
        summary, "end",
        json_pack("{s:s, s:s}", "why", verdict_end_name(run->end), "detail", run->detail));
    return summary;
}
