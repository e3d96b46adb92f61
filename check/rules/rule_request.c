// rule_request.c: E6: whether the request survives from its store over the reset to its check.
// SPDX-License-Identifier: MIT
#include "cache.h"
#include "findings.h"
#include "request.h"
#include "request_place.h"
#include "request_unchecked.h"
#include "rule.h"
#include "start_up.h"

#include <stdio.h>

enum { UNDER_STACK = 256 }; // what start-up code may push, as bootleap_probe() has it

// What the steps below look at. Each answers if it can, and returns whether it did.
struct asked {
    const struct rule_view *view;
    struct request request;
    enum place place;
    const struct ram *ram; // of PLACE_RAM
    char name[128];        // of the word
    struct finding finding;
};

static void answer(struct asked *asked, enum verdict verdict, enum severity severity,
                   const char *ground)
{
    asked->finding.verdict = verdict;
    asked->finding.severity = severity;
    asked->finding.ground = ground;
}

static void unknown(struct asked *asked)
{
    answer(asked, VERDICT_UNKNOWN, SEVERITY_UNKNOWN, "");
}

static void broken(struct asked *asked, enum severity severity, const char *ground, uint32_t pc)
{
    answer(asked, VERDICT_BROKEN, severity, ground);
    asked->finding.pc = pc;
}

static bool has_no_place(struct asked *asked)
{
    const struct device *device = asked->view->device;

    if (asked->place == PLACE_UNKNOWN) {
        unknown(asked);
        finding_say(&asked->finding,
                    "the request is in %s, and nobody has written down the RAM of "
                    "%s",
                    asked->name, device->name);
        finding_advise(&asked->finding, "the memory map of this part decides it");
        return true;
    }
    if (asked->place != PLACE_NOWHERE) {
        return false;
    }
    broken(asked, SEVERITY_ERROR, "must", asked->request.check ? asked->request.check->pc : 0);
    finding_say(&asked->finding, "the request is in %s, where %s has %s", asked->name, device->name,
                asked->request.in_backup ? "no backup register" : "no RAM");
    finding_advise(&asked->finding, "use %s",
                   device->backup ? "RAM that start-up code leaves alone, or a backup register"
                                  : "RAM that start-up code leaves alone");
    return true;
}

// Whether the word is in the stack that is in use when start-up code reads it.
static bool is_in_stack(const struct asked *asked, const struct start_up_word *word)
{
    return asked->view->firmware->has_vectors && word->address >= word->sp &&
           word->address < asked->view->firmware->initial_sp;
}

// A store that start-up code makes, on all ways to the check or on some.
static void say_written(struct asked *asked, const struct start_up_word *word)
{
    bool always = word->kept + word->unsure == 0;
    const char *some = always ? "" : ", on some ways from the reset";
    char place[IMAGE_NAME_ROOM], what[32] = "stores over";

    firmware_place(asked->view->firmware, word->pc, place);
    broken(asked, always ? SEVERITY_ERROR : SEVERITY_WARNING, "must", word->pc);
    if (is_in_stack(asked, word)) {
        snprintf(what, sizeof what, "pushes registers over");
    } else if (value_is_number(&word->value) && word->value.bits == 0) {
        snprintf(what, sizeof what, "clears");
    } else if (value_is_number(&word->value)) {
        snprintf(what, sizeof what, "stores 0x%X over", (unsigned)word->value.bits);
    }
    finding_say(&asked->finding, "%s %s the request in %s before it is checked%s", place, what,
                asked->name, some);
    finding_advise(&asked->finding,
                   "put the word into a section that start-up code neither copies nor clears "
                   "(.noinit, NOLOAD) and out of the initial stack, or check it earlier");
}

// Whether the last store leaves the request there after all.
static bool keeps_value(const struct request *request, const struct value *value)
{
    return (value->known & request->mask) == request->mask &&
           (value->bits & request->mask) == request->value;
}

static bool is_written_by_start_up(struct asked *asked)
{
    const struct start_up_word *word = start_up_word(asked->view->start_up, asked->request.address);

    if (asked->place != PLACE_RAM || !word || !word->written ||
        keeps_value(&asked->request, &word->value)) {
        return false;
    }
    say_written(asked, word);
    return true;
}

static bool is_register_written(struct asked *asked)
{
    char place[IMAGE_NAME_ROOM];
    const struct event *check = asked->request.check;

    if (asked->place != PLACE_BACKUP || !check) {
        return false;
    }
    for (const struct event *event = check->before; event; event = event->before) {
        if (event->kind == EVENT_STORE && event->address == asked->request.address) {
            firmware_place(asked->view->firmware, event->pc, place);
            broken(asked, SEVERITY_ERROR, "must", event->pc);
            finding_say(&asked->finding, "%s writes the request in %s before it is checked", place,
                        asked->name);
            finding_advise(&asked->finding, "check the register before it is written");
            return true;
        }
    }
    return false;
}

// A task, a callback or a handler may check it, or a loader before this image.
static void say_unread(struct asked *asked)
{
    unknown(asked);
    finding_say(&asked->finding,
                "nothing that was walked from the reset reads the request in %s: it is checked in "
                "a task, in a handler or through a pointer, or not at all",
                asked->name);
    finding_advise(&asked->finding, "check the word at the start of Reset_Handler, before "
                                    "anything else can go wrong; bootleap-sim runs it");
}

static bool is_not_reached(struct asked *asked)
{
    const struct start_up_word *word = start_up_word(asked->view->start_up, asked->request.address);
    char place[IMAGE_NAME_ROOM];

    if (asked->place != PLACE_RAM || (word && word->kept && !word->unsure)) {
        return false;
    }
    if (word && word->unsure) {
        unknown(asked);
        firmware_place(asked->view->firmware, word->pc, place);
        finding_say(&asked->finding, "whether %s writes the request in %s was not decided", place,
                    asked->name);
        finding_advise(&asked->finding,
                       "the bounds of that loop, or what is called there, decide it; bootleap-sim "
                       "runs it");
    } else if (word && asked->view->walk->reset_finished && !word->unfinished) {
        say_unread(asked);
    } else {
        unknown(asked);
        finding_say(&asked->finding, "how start-up code treats the request in %s was not decided",
                    asked->name);
        finding_advise(&asked->finding, "bootleap-sim runs it");
    }
    return true;
}

static bool is_under_stack(struct asked *asked)
{
    uint32_t sp = asked->view->firmware->initial_sp, address = asked->request.address;

    if (asked->place != PLACE_RAM || !asked->view->firmware->has_vectors ||
        sp - address - 1 >= UNDER_STACK) {
        return false;
    }
    broken(asked, SEVERITY_WARNING, "", asked->request.check ? asked->request.check->pc : 0);
    finding_say(&asked->finding,
                "the request in %s is %u bytes below the initial stack pointer 0x%08X: what is "
                "pushed there after its store overwrites it",
                asked->name, (unsigned)(sp - address), (unsigned)sp);
    finding_advise(&asked->finding, "lower the initial stack pointer below the word, or move it "
                                    "out of the stack");
    return true;
}

// Both the walk to the entry and that through start-up code have seen all ways.
static bool is_finished(const struct asked *asked)
{
    const struct start_up_word *word = start_up_word(asked->view->start_up, asked->request.address);

    return asked->view->finished && !(word && word->unfinished);
}

static bool is_not_stored(struct asked *asked)
{
    if (asked->request.stored) {
        return false;
    }
    if (asked->request.is_mark && is_finished(asked)) { // what bootleap stores is whole
        answer(asked, VERDICT_OK, SEVERITY_OK, "");
        finding_say(&asked->finding,
                    "start-up code leaves bootleap's mark in %s alone until bootleap_on_reset() "
                    "reads it",
                    asked->name);
        return true;
    }
    unknown(asked);
    finding_say(&asked->finding,
                "start-up code leaves the request in %s alone, but nothing was found in this "
                "program that stores 0x%X there and then resets the chip",
                asked->name, (unsigned)asked->request.value);
    finding_advise(&asked->finding, "if another program stores it, check that one, too");
    return true;
}

// The data cache writes whole lines, so with it on only rule E7 has something to say.
static bool is_lost_by_ecc(struct asked *asked)
{
    const struct rule_view *view = asked->view;
    char place[IMAGE_NAME_ROOM];

    if (asked->place != PLACE_RAM || !asked->ram->ecc_bytes ||
        (cache_covers(asked->ram) && cache_is_on(view->firmware, &asked->request) != WHETHER_NO) ||
        !request_is_lost_by_ecc(asked->ram, &asked->request, view->firmware->initial_sp)) {
        return false;
    }
    firmware_place(view->firmware, asked->request.stored->pc, place);
    broken(asked, SEVERITY_ERROR, asked->ram->loses_last ? "seen" : "must",
           asked->request.stored->pc);
    finding_say(&asked->finding,
                "the store of %s at %s is the last one before the reset, and %s keeps its last "
                "%s back until %s: the reset loses it",
                asked->name, place, asked->ram->region.name,
                asked->ram->loses_last ? "unit" : "incomplete unit",
                asked->ram->loses_last ? "another store" : "it is whole");
    if (asked->ram->loses_last) {
        finding_advise(&asked->finding, "store one more word to the same RAM behind it, before the "
                                        "reset");
    } else {
        finding_advise(&asked->finding, "store %u bytes at once (a uint64_t for 8)",
                       asked->ram->ecc_bytes);
    }
    return true;
}

// DBP and the clocks of the backup registers, when the request is stored.
static bool is_locked(struct asked *asked)
{
    const struct device *device = asked->view->device;
    const struct request *request = &asked->request;
    char place[IMAGE_NAME_ROOM];
    enum whether open = WHETHER_YES;
    const char *what = "DBP";

    if (asked->place != PLACE_BACKUP) {
        return false;
    }
    if (device->backup_unlock) {
        open = request_bits_set(device, request->site->events, request->stored->number,
                                request->site->origin, device->backup_unlock,
                                device->backup_unlock_mask);
    }
    for (const struct register_write *clock = device->backup_clocks;
         open == WHETHER_YES && clock && clock->name; clock++) {
        open = request_bits_set(device, request->site->events, request->stored->number,
                                request->site->origin, clock->address, clock->value);
        what = clock->name;
    }
    if (open == WHETHER_YES) {
        return false;
    }
    firmware_place(asked->view->firmware, request->stored->pc, place);
    if (open == WHETHER_NO) {
        broken(asked, SEVERITY_ERROR, "must", request->stored->pc);
        finding_say(&asked->finding, "%s stores the request to %s with %s off: the write is lost",
                    place, asked->name, what);
    } else {
        unknown(asked);
        finding_say(&asked->finding,
                    "whether %s is on when %s stores the request to %s was not decided", what,
                    place, asked->name);
    }
    finding_advise(&asked->finding, "set %s right before the store", what);
    return true;
}

// The clocks of the backup registers, when the request is compared. What a bus without a clock
// reads is documented for few chips: a warning.
static bool is_unreadable(struct asked *asked)
{
    const struct event *check = asked->request.check;
    const struct register_write *clock =
        asked->place == PLACE_BACKUP ? request_clock_off(asked->view->device, check) : NULL;
    char place[IMAGE_NAME_ROOM];

    if (!clock) {
        return false;
    }
    firmware_place(asked->view->firmware, check->pc, place);
    broken(asked, SEVERITY_WARNING, "", check->pc);
    finding_say(&asked->finding, "%s compares the request in %s with %s off: it may read 0", place,
                asked->name, clock->name);
    finding_advise(&asked->finding, "set %s before the register is read", clock->name);
    return true;
}

static bool is_erased(struct asked *asked)
{
    if (asked->place != PLACE_RAM || !asked->ram->erased_by[0]) {
        return false;
    }
    answer(asked, VERDICT_OK, SEVERITY_NOTE, "");
    finding_say(&asked->finding,
                "the request in %s survives the reset unless the option bytes say %s, with which a "
                "reset erases %s",
                asked->name, asked->ram->erased_by, asked->ram->region.name);
    return true;
}

static void survives(struct asked *asked)
{
    bool compared = asked->request.check || asked->request.is_mark;
    char place[IMAGE_NAME_ROOM];

    answer(asked, VERDICT_OK, compared ? SEVERITY_OK : SEVERITY_NOTE, "");
    firmware_place(asked->view->firmware, asked->request.stored->pc, place);
    finding_say(&asked->finding,
                "%s stores the request to %s, and start-up code leaves it alone until it is %s",
                place, asked->name,
                compared ? "checked" : "read. Which number it is compared with is not known");
}

static void did_not_finish(struct asked *asked)
{
    unknown(asked);
    finding_say(&asked->finding,
                "start-up code was not walked to its end, so whether the request in %s survives it "
                "was not decided",
                asked->name);
    finding_advise(&asked->finding, "bootleap-sim runs it");
}

static void judge(struct asked *asked)
{
    static bool (*const steps[])(struct asked *) = {
        has_no_place,  is_written_by_start_up, is_register_written, is_not_reached, is_under_stack,
        is_not_stored, is_lost_by_ecc,         is_locked,           is_unreadable,  is_erased,
    };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i](asked)) {
            return;
        }
    }
    if (is_finished(asked)) {
        survives(asked);
    } else {
        did_not_finish(asked);
    }
}

static int judge_entry(const struct rule_view *view, struct findings *findings,
                       struct problem *problem)
{
    struct asked asked = {.view = view, .finding = finding_about(RULE_E6, "request", "")};

    if (!start_up_request(view->start_up, view->entry, &asked.request)) {
        return 0;
    }
    asked.place = request_place(view->device, &asked.request, &asked.ram);
    request_name(view->firmware, asked.request.address, asked.name, sizeof asked.name);
    asked.finding.frames = view->entry->frames;
    judge(&asked);
    return findings_add(findings, &asked.finding, problem);
}

int rule_request(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    if (!view->start_up) {
        return 0;
    }
    if (view->entry) {
        return judge_entry(view, findings, problem);
    }
    return request_unchecked(view, findings, problem);
}
