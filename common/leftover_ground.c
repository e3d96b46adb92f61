// leftover_ground.c: asks the observations of evidence/ about a leftover.
// SPDX-License-Identifier: MIT
#include "leftover_ground.h"

#include <string.h>

// Which observations are meant.
struct question {
    const struct evidence_view *view;
    uint64_t leftover; // its bit
    bool good;         // it was there, and the ROM served; else: it was shown to be the cause
    bool here;         // this chip, over this wire; else: all others
};

static bool is_left_out(const struct evidence_view *view, const struct observation *one)
{
    for (const char *const *project = view->without; project && *project; project++) {
        if (strcmp(*project, one->project) == 0) {
            return true;
        }
    }
    return false;
}

// Where an observation does not say its wire or its version, it may be this one.
static bool is_here(const struct evidence_view *view, const struct observation *one)
{
    return strcmp(one->row, view->row) == 0 &&
           (one->wire == view->wire || one->wire == WIRE_NOT_SAID) &&
           (!one->rom_version || !view->rom_version || one->rom_version == view->rom_version);
}

// Every program is in a flash that is not empty, and starts a bank, unless its observation says
// otherwise: that is, of the bank, unless it is not said what was seen at address 0.
static uint64_t left_by(const struct observation *one)
{
    uint64_t flash = UINT64_C(1) << LEFTOVER_FLASH_CONTENT, bank = UINT64_C(1) << LEFTOVER_BANK;
    bool unmapped = one->left & UINT64_C(1) << LEFTOVER_NO_REMAP;

    return one->left | one->likely | ((flash | (unmapped ? bank : 0)) & ~one->not_left);
}

// What was seen with interrupts masked says nothing of what interrupts do that come.
static bool was_masked(const struct evidence_view *view, const struct observation *one)
{
    const uint64_t masks = UINT64_C(1) << LEFTOVER_MASKED_INTERRUPTS;

    return one->left & masks && !(view->left & masks);
}

static bool is_about_interrupts(uint64_t leftover)
{
    const uint64_t all = UINT64_C(1) << LEFTOVER_ENABLED_INTERRUPTS |
                         UINT64_C(1) << LEFTOVER_PENDING_INTERRUPT |
                         UINT64_C(1) << LEFTOVER_SYSTICK_INTERRUPT |
                         UINT64_C(1) << LEFTOVER_OWN_VECTORS | UINT64_C(1) << LEFTOVER_LOW_HANDLER;

    return leftover & all;
}

// What a row says that its ROM looks for in flash.
static bool is_of_flash(uint64_t leftover)
{
    return leftover & (UINT64_C(1) << LEFTOVER_BANK | UINT64_C(1) << LEFTOVER_FLASH_CONTENT);
}

// A fact of this version of the ROM is contradicted by who has this version, and says so.
static bool is_of_version(const struct question *question, const struct observation *one)
{
    return !question->view->facts_by_version || !question->view->rom_version || one->rom_version;
}

static bool answers(const struct question *question, const struct observation *one)
{
    if (one->sure == SURE_INFERRED) {
        return false; // nobody saw it
    }
    bool good = question->good && one->observed == OBSERVED_SERVED;
    uint64_t set = good ? left_by(one) : question->good ? 0 : one->cause;

    if ((is_about_interrupts(question->leftover) && was_masked(question->view, one)) ||
        (question->good && is_of_flash(question->leftover) && !is_of_version(question, one))) {
        return false;
    }
    return (set & question->leftover) && is_here(question->view, one) == question->here &&
           !is_left_out(question->view, one);
}

static bool is_first_of_project(const struct question *question, const struct observation *one)
{
    for (const struct observation *other = question->view->observations; other != one; other++) {
        if (answers(question, other) && strcmp(other->project, one->project) == 0) {
            return false;
        }
    }
    return true;
}

static void ask(const struct question *question, struct witnesses *witnesses)
{
    *witnesses = (struct witnesses){.count = 0};
    for (const struct observation *one = question->view->observations; one->id; one++) {
        if (!answers(question, one)) {
            continue;
        }
        witnesses->count++;
        witnesses->firm |= one->sure != SURE_CLAIMED;
        if (is_first_of_project(question, one)) {
            if (witnesses->projects < WITNESSES_SHOWN) {
                witnesses->shown[witnesses->projects] = one;
            }
            witnesses->projects++;
        }
    }
}

void leftover_ground_look(const struct evidence_view *view, enum leftover leftover,
                          struct sightings *sightings)
{
    uint64_t bit = UINT64_C(1) << leftover;

    ask(&(struct question){view, bit, true, true}, &sightings->good_here);
    ask(&(struct question){view, bit, false, true}, &sightings->bad_here);
    ask(&(struct question){view, bit, true, false}, &sightings->good_elsewhere);
    ask(&(struct question){view, bit, false, false}, &sightings->bad_elsewhere);
}

// Whether somebody saw it happen, and does not only ship or maintain what must do it.
static bool was_seen(const struct observation *one)
{
    return one->sure == SURE_MEASURED || one->sure == SURE_CI || one->sure == SURE_DOCUMENTED;
}

// Whether somebody was served here with all that was left at this failure, is as sure of it, and so
// shows that it was something else.
static bool is_refuted(const struct evidence_view *view, const struct observation *failure)
{
    for (const struct observation *one = view->observations; one->id; one++) {
        if (one->observed == OBSERVED_SERVED && !(failure->left & ~one->left) &&
            (was_seen(one) || !was_seen(failure)) && is_here(view, one) && !was_masked(view, one) &&
            !is_left_out(view, one)) {
            return true;
        }
    }
    return false;
}

static bool failed(const struct observation *one)
{
    return one->observed != OBSERVED_SERVED && one->observed != OBSERVED_SOMETIMES &&
           one->observed != OBSERVED_PARTIAL;
}

void leftover_ground_unexplained(const struct evidence_view *view, struct witnesses *witnesses)
{
    // Which peripheral an observation means, nobody can tell: it is like no other.
    const uint64_t catch_all =
        UINT64_C(1) << LEFTOVER_PERIPHERALS | UINT64_C(1) << LEFTOVER_UNKNOWN_REGISTERS;

    *witnesses = (struct witnesses){.count = 0};
    for (const struct observation *one = view->observations; one->id; one++) {
        bool tells = one->left || one->by_reset; // what was left; nothing is known of the others
        if (!failed(one) || one->cause || !tells || (one->left & catch_all) ||
            (one->left & ~view->left) || !is_here(view, one) || is_left_out(view, one) ||
            is_refuted(view, one)) {
            continue;
        }
        if (witnesses->count < WITNESSES_SHOWN) {
            witnesses->shown[witnesses->count] = one;
        }
        witnesses->projects = ++witnesses->count; // one by one: they are few
    }
}

const char *leftover_ground_name(enum ground ground)
{
    static const char *const names[] = {[GROUND_MUST] = "must",
                                        [GROUND_SEEN] = "seen",
                                        [GROUND_ALIKE] = "alike",
                                        [GROUND_NONE] = "none"};

    return names[ground];
}
