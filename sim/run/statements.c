// statements.c: puts into words, and into JSON, what an outcome rests on.
// SPDX-License-Identifier: MIT
#include "statements.h"

#include "text_draft.h"
#include "wires.h"

#include <string.h>

static const char *observed_name(enum observed observed)
{
    static const char *const names[] = {
        [OBSERVED_SERVED] = "served",
        [OBSERVED_SOMETIMES] = "served sometimes",
        [OBSERVED_PARTIAL] = "answered, then failed",
        [OBSERVED_NOENUM] = "USB not enumerated",
        [OBSERVED_SILENT] = "no answer",
        [OBSERVED_APP] = "the application started again",
        [OBSERVED_RESET] = "reset",
        [OBSERVED_FAULT] = "fault",
        [OBSERVED_HUNG] = "hung",
        [OBSERVED_FAILED] = "failed",
    };

    return names[observed];
}

// "STM32H743 over usb, served 5 of 12 times (quartiq/stabilizer#820, 2023-11-30)".
static void say_witness(const struct text_draft *draft, const struct observation *one)
{
    text_say(draft, "%s", one->part);
    if (one->wire != WIRE_NOT_SAID) {
        text_say(draft, " over %s", wire_name(one->wire));
    }
    text_say(draft, ", %s", observed_name(one->observed));
    if (one->of) {
        text_say(draft, " %u of %u times", one->served, one->of);
    }
    text_say(draft, " (%s)", one->citation);
}

// The first of them, and how many projects more there are.
static void say_witnesses(const struct text_draft *draft, const struct witnesses *witnesses)
{
    unsigned more = witnesses->projects - 1;

    if (witnesses->count == 0) {
        return;
    }
    say_witness(draft, witnesses->shown[0]);
    if (more) {
        text_say(draft, " and %u more project%s", more, more > 1 ? "s" : "");
    }
}

static void say_contradiction(const struct text_draft *draft, const struct statement *statement)
{
    if (statement->bad.count) {
        text_say(draft, "it kept a ROM from serving: ");
        say_witnesses(draft, &statement->bad);
    } else {
        text_say(draft, "%s", statement->why);
    }
    if (statement->good.count) {
        text_say(draft, statement->bad.count ? "; it did no harm: " : ", and yet it did no harm: ");
        say_witnesses(draft, &statement->good);
    }
}

static void say_risk(const struct text_draft *draft, const struct statement *statement)
{
    if (statement->about == ABOUT_UNEXPLAINED) {
        text_say(draft,
                 "this chip was seen to fail with no more than this left, and nobody knows why: ");
        say_witnesses(draft, &statement->bad);
    } else if (statement->ground == GROUND_SEEN) {
        text_say(draft, "reports of this chip contradict %s: ",
                 statement->bad.count ? "each other" : "the documents");
        say_contradiction(draft, statement);
    } else if (statement->why[0]) {
        text_say(draft, "%s; that it does so here is inferred", statement->why);
        text_say(draft, statement->bad.count ? ", it was seen elsewhere: " : "%s", "");
        say_witnesses(draft, &statement->bad);
    } else if (statement->ground == GROUND_ALIKE && statement->bad.count) {
        text_say(draft, "nobody reports it of this chip over this wire. Elsewhere ");
        say_contradiction(draft, statement);
    } else {
        text_say(draft, "nobody has reported what comes of it");
    }
}

// What a document says, and who saw it happen.
static void say_why(const struct text_draft *draft, const struct statement *statement,
                    const struct device *device)
{
    text_say(draft, "%s", statement->why);
    if (statement->bad.count) {
        bool here = strcmp(statement->bad.shown[0]->row, device->slug) == 0;
        text_say(draft, here ? "; seen on this chip: " : "; seen on another chip: ");
        say_witnesses(draft, &statement->bad);
    }
}

void statement_text(const struct statement *statement, const struct device *device,
                    char text[STATEMENT_TEXT])
{
    const struct text_draft draft = {text, STATEMENT_TEXT};

    text[0] = '\0';
    if (statement->kind == OUTCOME_AT_RISK) {
        say_risk(&draft, statement);
    } else if (statement->why[0]) {
        say_why(&draft, statement, device);
    } else if (statement->kind == OUTCOME_SERVED) {
        text_say(&draft, statement->ground == GROUND_SEEN ? "it did no harm on this chip: "
                                                          : "it did no harm elsewhere: ");
        say_witnesses(&draft, &statement->good);
    } else {
        text_say(&draft, "this chip was seen to fail by it: ");
        say_witnesses(&draft, &statement->bad);
    }
}

static void pack_witnesses(json_t *list, const struct witnesses *witnesses)
{
    for (unsigned i = 0; i < witnesses->projects && i < WITNESSES_SHOWN; i++) {
        const struct observation *one = witnesses->shown[i];
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", one->id, "part",
                                        one->part, "interface", wire_name(one->wire), "outcome",
                                        observed_name(one->observed), "citation", one->citation));
    }
}

// What would settle it, where nobody knows: "" elsewhere.
static const char *settles(const struct statement *statement, const struct device *device)
{
    bool of_state =
        statement->about == ABOUT_UNEXPLAINED || leftover_names[statement->about].point[0];

    if (statement->kind != OUTCOME_AT_RISK) {
        return "";
    }
    return of_state && device->entry != ENTRY_NONE
               ? "a reset before the jump takes the risk away (bootleap_enter()); or try it on "
                 "this chip, and add what you see (docs/evidence.md)"
               : "try it on this chip, and add what you see (docs/evidence.md)";
}

static json_t *pack_statement(const struct statement *statement, const struct device *device)
{
    bool named = statement->about < LEFTOVER_COUNT;
    char text[STATEMENT_TEXT];
    json_t *list = json_array();

    statement_text(statement, device, text);
    pack_witnesses(list, &statement->bad);
    pack_witnesses(list, &statement->good);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s}", "about",
        named ? leftover_names[statement->about].id : "unexplained", "what",
        named ? leftover_names[statement->about].what : "a failure that nobody has explained",
        "point", named ? leftover_names[statement->about].point : "", "effect",
        statement->kind == OUTCOME_SERVED ? "harmless" : outcome_word(statement->kind), "how",
        outcome_how(statement->kind), "ground", leftover_ground_name(statement->ground), "text",
        text, "observations", list, "settle", settles(statement, device));
}

json_t *statements_pack(const struct outcome *outcome, const struct device *device)
{
    json_t *list = json_array();

    for (size_t i = 0; i < outcome->count; i++) {
        json_array_append_new(list, pack_statement(&outcome->statements[i], device));
    }
    return list;
}
