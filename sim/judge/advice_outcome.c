// advice_outcome.c: what to change for what the ROM makes of a handoff.
// SPDX-License-Identifier: MIT
#include "advice_outcome.h"

#include "chip.h"
#include "evidence.h"
#include "journal.h"
#include "register_names.h"
#include "text_draft.h"

#include <string.h>

enum { TEXT = 1400 };

// A text, while it is written.
struct draft {
    const struct advice_run *run;
    char text[TEXT];
    struct text_draft out; // where it is written: in `text`
};

// The worst that is said of this point over any wire.
static int rank_in(const json_t *handoff, const char *point)
{
    const json_t *wire, *one;
    int rank = 2;
    size_t i, j;

    json_array_foreach (json_object_get(handoff, "interfaces"), i, wire) {
        json_array_foreach (json_object_get(wire, "statements"), j, one) {
            int found = journal_is(one, "effect", "fails")     ? 0
                        : journal_is(one, "effect", "at risk") ? 1
                                                               : 2;
            rank = journal_is(one, "point", point) && found < rank ? found : rank;
        }
    }
    return rank;
}

int advice_outcome_rank(const json_t *handoffs, const char *point)
{
    const json_t *handoff;
    int rank = 2;
    size_t i;

    json_array_foreach (handoffs, i, handoff) {
        int found = rank_in(handoff, point);
        rank = found < rank ? found : rank;
    }
    return rank;
}

// What the handoff fails by: the first statement of a wire that has this outcome. NULL: nothing.
static const json_t *decides(const json_t *handoff, const char *how)
{
    const json_t *wire;
    size_t i;

    json_array_foreach (json_object_get(handoff, "interfaces"), i, wire) {
        if (journal_is(wire, "how", how)) {
            return json_array_get(json_object_get(wire, "statements"), 0);
        }
    }
    return NULL;
}

// "5 of 12 times (adafruit/circuitpython#11270)": how often the ROM of this row found its crystal.
static void say_crystal_seen(struct draft *draft)
{
    const struct device *device = draft->run->watcher->chip->device;
    unsigned reports = 0;

    for (const struct observation *one = observations; one->id; one++) {
        if (strcmp(one->row, device->slug) != 0 ||
            !(one->cause & UINT64_C(1) << LEFTOVER_CRYSTAL)) {
            continue;
        }
        reports++;
        if (one->of) {
            text_say(&draft->out, ", on a %s in %u of %u tries (%s)", one->part,
                     one->of - one->served, one->of, one->citation);
        }
    }
    if (reports == 0) {
        text_say(&draft->out, ", of this chip nobody reports how often");
    }
}

// All that looks to its user as if the application had never left, and what tells which it was.
static void say_restarts(struct draft *draft)
{
    const struct chip *chip = draft->run->watcher->chip;
    const struct device *device = chip->device;
    char flags[REGISTER_NAME_ROOM];

    register_name(chip, device->flags_register, flags);
    text_say(
        &draft->out,
        ". On a board all that one sees is that the application starts again. For that this chip "
        "has these reasons; the reset flags (%s, read first thing) tell them apart: ",
        flags);
    if (device->bank_check.when != BANK_CHECK_NEVER) {
        text_say(&draft->out,
                 "a bank that the ROM takes for an application: at once, no new flag; ");
    } else if (device->entry == ENTRY_ERASE_FIRST) {
        text_say(&draft->out, "a flash that is not empty: at once, no new flag; ");
    }
    if (device->self_reset) {
        text_say(&draft->out, "a crystal that the ROM does not find: the flag of a software reset");
        say_crystal_seen(draft);
        text_say(&draft->out, "; ");
    }
    text_say(&draft->out,
             "a watchdog that runs: its own flag, after its period; a fault whose handler resets: "
             "the flag of a software reset, and H8 does not hold; a fault whose handler does not: "
             "no flag, and it hangs");
}

// The cure is that of this row: the ROM looks at the first page, or at a bank.
static void say_returned(struct draft *draft)
{
    bool first_page = draft->run->watcher->chip->device->entry == ENTRY_ERASE_FIRST;

    text_say(&draft->out,
             first_page ? "this ROM goes back to a flash that is not empty: see docs/devices.md "
                          "for what it accepts, and BOOTLEAP_ERASE_FIRST_PAGE in bootleap.h"
                        : "this ROM starts what it takes for an application in flash: see "
                          "docs/devices.md for when it looks, and which option bytes keep it "
                          "from that");
    say_restarts(draft);
}

static void say_reset(struct draft *draft)
{
    text_say(&draft->out, "give the board the crystal that this ROM looks for (docs/devices.md); "
                          "bootleap_on_reset() hands over again at most 16 times");
    say_restarts(draft);
}

static void say_bitten(struct draft *draft)
{
    bool enters = draft->run->watcher->chip->device->entry != ENTRY_NONE;

    text_say(&draft->out,
             "a watchdog resets the chip while the ROM serves: do not start it before the jump%s",
             enters ? ", or enter through a reset (bootleap_enter()), which stops it" : "");
    say_restarts(draft);
}

static void say_stuck(struct draft *draft, const json_t *decides, bool fault)
{
    const char *point = json_string_value(json_object_get(decides, "point"));

    text_say(&draft->out, fault ? "the ROM does not get anywhere: "
                                : "the ROM runs and no host gets an answer: ");
    if (journal_is(decides, "about", "crystal")) {
        text_say(&draft->out,
                 "give the board the crystal that the ROM needs for this wire (docs/devices.md), "
                 "or take another wire");
    } else if (point && *point) {
        text_say(&draft->out, "%s decides, change it first", point);
    } else {
        text_say(&draft->out, "change the first point of this list first");
    }
}

static void say_risk(struct draft *draft)
{
    bool enters = draft->run->watcher->chip->device->entry != ENTRY_NONE;

    text_say(
        &draft->out,
        "nobody can say whether this ROM serves with what is left: %stry it on this chip, and add "
        "what you see (docs/evidence.md)",
        enters ? "enter through a reset, which leaves nothing (bootleap_enter()), or " : "");
}

// "hung", "returned to flash", or where it does not fail "served", "at risk".
static const char *name_of(const json_t *handoff)
{
    const char *how = json_string_value(json_object_get(handoff, "how"));

    return how && *how ? how : json_string_value(json_object_get(handoff, "outcome"));
}

static void say_outcome(struct draft *draft, const json_t *handoff, const char *name)
{
    if (strcmp(name, "returned to flash") == 0) {
        say_returned(draft);
    } else if (strcmp(name, "reset by the ROM") == 0) {
        say_reset(draft);
    } else if (strcmp(name, "reset by the watchdog") == 0) {
        say_bitten(draft);
    } else if (strcmp(name, "at risk") == 0) {
        say_risk(draft);
    } else if (strcmp(name, "served") == 0) {
        text_say(&draft->out,
                 "the ROM serves all the same, on the ground that is named with the outcome: "
                 "change it before you rely on another wire, chip or version of the ROM");
    } else {
        say_stuck(draft, decides(handoff, name), strcmp(name, "fault") == 0);
    }
}

bool advice_has(const json_t *list, const char *about)
{
    const json_t *item;
    size_t i;

    json_array_foreach (list, i, item) {
        if (journal_is(item, "about", about)) {
            return true;
        }
    }
    return false;
}

// Behind the points, of which one decides; where none does, it is the cause itself, and comes
// first.
static void put(json_t *list, const json_t *decides, json_t *advice)
{
    bool first =
        decides && journal_is(decides, "effect", "fails") && journal_is(decides, "point", "");

    json_array_insert_new(list, first ? 0 : json_array_size(list), advice);
}

// A ROM that goes away because of an option byte is told about by H14.
void advice_of_outcomes(json_t *list, const struct advice_run *run)
{
    bool broken = json_array_size(list) > 0;
    const json_t *handoff;
    size_t i;

    json_array_foreach (run->journal->handoffs, i, handoff) {
        const char *name = name_of(handoff);
        struct draft draft = {.run = run};
        bool served = strcmp(name, "served") == 0;
        bool by_option = strcmp(name, "returned to flash") == 0 && advice_has(list, "H14");
        if (!by_option && (!served || broken) && !advice_has(list, name)) {
            draft.out = (struct text_draft){draft.text, sizeof draft.text};
            say_outcome(&draft, handoff, name);
            put(list, decides(handoff, name),
                json_pack("{s:s, s:s}", "about", name, "text", draft.text));
        }
    }
}
