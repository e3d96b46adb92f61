// production.c: a thread for each board, and the loop that waits for the next one.
// SPDX-License-Identifier: MIT
#include "production.h"

#include "crew.h"
#include "monotonic.h"
#include "usb_places.h"

#include <stdlib.h>

enum { LOOK_MS = 100 };

// A board in work.
struct job {
    struct production_board board;
    struct crew_member *member;
    struct usb_place *place; // of the loop
    bool finished;
};

static void work(void *context)
{
    struct job *job = context;
    const struct production *production = job->board.production;

    production_board_do(&job->board);
    crew_lock_hold(production->turn);
    production->done(production->context, &job->board);
    crew_lock_release(production->turn);
    production_board_close(&job->board);
    crew_lock_hold(production->turn);
    job->finished = true;
    crew_lock_release(production->turn);
}

// A computer without threads does one board after the other.
static void begin(struct job *job, const struct production *production, const char *port)
{
    job->board = (struct production_board){.production = production, .port = port};
    job->member = crew_begin(work, job);
    if (job->member == NULL) {
        work(job);
    }
}

static void end(struct job *job)
{
    if (job->member) {
        crew_end(job->member);
    }
    job->member = NULL;
}

int production_run(struct production *production, const char *const *ports, size_t count,
                   struct problem *problem)
{
    struct job *jobs = calloc(count + 1, sizeof *jobs);

    production->turn = crew_lock_make();
    if (jobs == NULL || production->turn == NULL) {
        crew_lock_free(production->turn);
        free(jobs);
        return problem_no_memory(problem, "%zu boards", count);
    }
    for (size_t i = 0; i < count; i++) {
        begin(&jobs[i], production, ports[i]);
    }
    for (size_t i = 0; i < count; i++) {
        end(&jobs[i]);
    }
    crew_lock_free(production->turn);
    free(jobs);
    return 0;
}

// The loop: the boards that are in work, by their places.
struct loop {
    struct production *production;
    struct usb_places places;
    struct job jobs[USB_PLACES_MOST];
};

static void end_finished(struct loop *loop, bool all)
{
    for (size_t i = 0; i < USB_PLACES_MOST; i++) {
        struct job *job = &loop->jobs[i];
        if (job->place == NULL) {
            continue;
        }
        crew_lock_hold(loop->production->turn);
        bool finished = job->finished;
        crew_lock_release(loop->production->turn);
        if (finished || all) {
            end(job);
            job->place->busy = false;
            job->place = NULL;
        }
    }
}

static void begin_new(struct loop *loop)
{
    struct usb_place *place;

    while ((place = usb_places_take(&loop->places)) != NULL) {
        struct job *job = &loop->jobs[place - loop->places.places];
        *job = (struct job){.place = place};
        place->busy = true;
        begin(job, loop->production, place->port);
    }
}

static bool is_over(const struct production *production)
{
    return production->cancelled && production->cancelled(production->context);
}

int production_loop(struct production *production, bool asks, struct problem *problem)
{
    struct production own = *production;
    struct loop *loop = calloc(1, sizeof *loop);
    int error = 0;

    own.cancelled = NULL; // who has begun is finished
    own.turn = crew_lock_make();
    if (loop == NULL || own.turn == NULL) {
        crew_lock_free(own.turn);
        free(loop);
        return problem_no_memory(problem, "loop");
    }
    loop->production = &own;
    while (error == 0 && !is_over(production)) {
        end_finished(loop, false);
        error = usb_places_look(&loop->places, asks, problem);
        if (error == 0) {
            begin_new(loop);
            monotonic_sleep_ms(LOOK_MS);
        }
    }
    end_finished(loop, true);
    crew_lock_free(own.turn);
    free(loop);
    return error;
}

int production_worse(int code, int other)
{
    static const int best_first[] = {
        LIBBOOTLEAP_OK,      LIBBOOTLEAP_USAGE,  LIBBOOTLEAP_NO_DEVICE, LIBBOOTLEAP_SEVERAL,
        LIBBOOTLEAP_REFUSED, LIBBOOTLEAP_FAILED, LIBBOOTLEAP_VERIFY};
    int worse = code;

    for (size_t i = 0; i < sizeof best_first / sizeof *best_first; i++) {
        worse = best_first[i] == code || best_first[i] == other ? best_first[i] : worse;
    }
    return worse;
}
