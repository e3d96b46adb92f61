// lookout.c: looks now and then whether the application still gets anywhere, and where it stands.
// SPDX-License-Identifier: MIT
#include "lookout.h"

#include "settled.h"

#include <stdio.h>

// In instructions. Looking costs about as much as running 100 times as many, so that the intervals
// grow with the time that the application has run since its start.
enum { FIRST_LOOK = 20000, LONGEST_INTERVAL = 4000000 };

static uint64_t now(const struct run *run)
{
    return run->chip.core.instructions;
}

// The next look, after one that found nothing, or after a start.
static void plan(struct run *run)
{
    struct lookout *lookout = &run->lookout;
    uint64_t since = now(run) - lookout->started;
    uint64_t interval = since < FIRST_LOOK         ? FIRST_LOOK
                        : since < LONGEST_INTERVAL ? since
                                                   : LONGEST_INTERVAL;

    lookout->next = now(run) + interval;
}

// Whether the end is so near that what comes now is the last that is seen.
static bool end_is_near(const struct run *run)
{
    uint64_t end = settled_or_limit(run);

    return end != EVENT_NEVER && now(run) + WINDOW_STEPS >= end;
}

// Whether somebody outside may still do something, or the scenario.
static bool something_is_planned(const struct run *run)
{
    const struct scenario *scenario = run->scenario;

    return scenario->host == ROM_HOST_REAL || scenario->link_count ||
           watcher_has_plans(&run->watcher);
}

// GDB holds the chip at instructions itself.
static bool nobody_looks(const struct run *run)
{
    return run->scenario->sees_no_standstill || run->scenario->has_gdb;
}

static size_t typed_bytes(const struct run *run)
{
    size_t bytes = 0;

    for (size_t i = 0; i < run->terminal_count; i++) {
        bytes += run->terminals[i].count;
    }
    return bytes;
}

static const struct image *image_of(const struct run *run)
{
    return run->scenario->elf ? &run->image : NULL;
}

// Whether the window shows what comes last, however long that takes.
static bool is_endless(const struct run *run)
{
    const struct window *window = &run->lookout.window;

    return window->open && window->most == WINDOW_ENDLESS;
}

static void open_window(struct run *run, unsigned most)
{
    struct lookout *lookout = &run->lookout;

    if (!lookout->window.ring && !window_init(&lookout->window, &run->chip)) {
        return; // without memory nobody looks, and the limit ends the run
    }
    lookout->typed = typed_bytes(run);
    window_open(&lookout->window, most);
}

// Opens a window where it is time for one, or where something is polled for long.
static void look_if_due(struct run *run)
{
    struct lookout *lookout = &run->lookout;
    bool asks = polls_asks(&lookout->polls);

    if (!lookout->window.open && (asks || now(run) >= lookout->next) &&
        !something_is_planned(run)) {
        lookout->for_poll = asks;
        open_window(run, asks ? POLL_STEPS : WINDOW_STEPS);
    }
}

void lookout_before(struct run *run)
{
    struct lookout *lookout = &run->lookout;

    if (!nobody_looks(run) && !lookout->polls.chip) {
        polls_open(&lookout->polls, &run->chip); // without room nobody remembers polls
    }
    if (run->chip.since_reset < lookout->since_reset || lookout->next == 0) {
        lookout->started = now(run);
        plan(run);
    }
    lookout->since_reset = run->chip.since_reset;
    if (nobody_looks(run) || (is_endless(run) && end_is_near(run))) {
        return;
    }
    if (is_endless(run) || end_is_near(run)) { // the end may go away again
        window_close(&lookout->window);
    }
    if (end_is_near(run)) {
        open_window(run, WINDOW_ENDLESS);
    } else {
        look_if_due(run);
    }
}

uint64_t lookout_next(const struct run *run)
{
    uint64_t last = settled_or_limit(run);
    uint64_t end = last == EVENT_NEVER ? last : last > WINDOW_STEPS ? last - WINDOW_STEPS : 0;
    uint64_t next = something_is_planned(run) ? EVENT_NEVER : run->lookout.next;

    if (nobody_looks(run) || is_endless(run)) {
        return EVENT_NEVER;
    }
    return next < end ? next : end;
}

// WFI, and nothing in the chip that wakes the core. WFE may have an event that is not modelled.
static bool sleeps_for_ever(const struct run *run)
{
    return run->chip.asleep && !run->chip.sleeps_for_event;
}

// It has seen something that will change.
static void close_window(struct run *run)
{
    struct lookout *lookout = &run->lookout;

    window_close(&lookout->window);
    if (lookout->for_poll) {
        polls_look(&lookout->polls, &lookout->window, image_of(run));
    } else {
        plan(run);
    }
    lookout->for_poll = false;
}

bool lookout_after(struct run *run)
{
    struct lookout *lookout = &run->lookout;
    bool still;

    if (nobody_looks(run) || something_is_planned(run)) {
        return false;
    }
    if (sleeps_for_ever(run)) {
        return true;
    }
    if (!lookout->window.open || !window_is_done(&lookout->window)) {
        return false;
    }
    still = window_stands_still(&lookout->window) && typed_bytes(run) == lookout->typed;
    if (!still) {
        close_window(run);
    }
    return still;
}

void lookout_start_again(struct run *run)
{
    if (run->lookout.window.open && !is_endless(run)) {
        window_close(&run->lookout.window);
        plan(run);
    }
}

// Runs on until a window has seen enough, or something ends it.
static void look_again(struct run *run)
{
    struct window *window = &run->lookout.window;
    struct chip *chip = &run->chip;

    window_close(window);
    open_window(run, WINDOW_STEPS);
    while (window->open && !window_is_done(window) && chip_run(chip) && !chip->reset_wanted &&
           !chip->rom_fetched && !chip->sleeping) {
    }
    window_close(window);
}

void lookout_end(struct run *run)
{
    const struct image *image = image_of(run);
    struct window *window = &run->lookout.window;
    struct where *where = &run->where;

    *where = (struct where){.kind = NULL};
    if (run->end == RUN_FAULT && !run->chip.core.cpu) {
        return;
    }
    if (run->end == RUN_FAULT) {
        where_fault(&run->chip, image, where);
    } else if (run->end == RUN_LIMIT || run->end == RUN_STOPPED || run->end == RUN_STANDSTILL ||
               run->end == RUN_DONE) {
        if (run->end == RUN_STOPPED && run->in_application && !nobody_looks(run)) {
            look_again(run);
        }
        if (run->chip.sleeping) {
            where_asleep(&run->chip, image, where);
        } else if (window->ring) {
            where_look(window, image, where);
        }
    }
    if (run->end == RUN_STANDSTILL && where->lacks_source) {
        snprintf(run->detail, sizeof run->detail, "nothing that is modelled can happen any more");
    }
    polls_tell(&run->lookout.polls, where);
    window_close(window);
}
