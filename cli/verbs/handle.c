// handle.c: options become settings of the library, its callbacks a bar and notes.
// SPDX-License-Identifier: MIT
#include "handle.h"

#include "interrupt.h"
#include "monitor_text.h"
#include "plain_text.h"

#include <stdio.h>
#include <string.h>

static void show_step(void *context, const char *phase, size_t done, size_t total)
{
    struct handle *handle = context;

    progress_step(&handle->progress, phase, done, total);
}

static void end_phase(void *context)
{
    struct handle *handle = context;

    progress_stop(&handle->progress);
}

static void show_wait(void *context, const char *what, unsigned waited_ms, unsigned most_ms)
{
    struct handle *handle = context;

    progress_wait(&handle->progress, what, waited_ms, most_ms);
}

static void show_note(void *context, const char *text)
{
    struct handle *handle = context;

    progress_stop(&handle->progress);
    if (handle->progress.quiet) {
        return;
    }
    fprintf(stderr, "bootleap: %s: note: ", handle->verb);
    plain_text_print(stderr, text);
    fputc('\n', stderr);
}

static void show_frame(void *context, const struct libbootleap_frame *frame)
{
    struct monitor_frame shown = {
        .port = frame->port, .kind = (enum monitor_kind)frame->kind, .ms = frame->ms};

    _Static_assert((int)MONITOR_NOTE == (int)LIBBOOTLEAP_FRAME_NOTE, "the same kinds");
    shown.size = frame->size;
    memcpy(shown.bytes, frame->bytes,
           frame->size < sizeof shown.bytes ? frame->size : sizeof shown.bytes);
    snprintf(shown.note, sizeof shown.note, "%s", frame->note);
    monitor_text_print(context, &shown);
}

const char *handle_port(const struct options *options, int number)
{
    return number < options->argument_count ? options->arguments[number] : NULL;
}

int handle_problem(const struct libbootleap_problem *from, struct problem *to)
{
    _Static_assert(sizeof from->what == sizeof to->what, "one length of a message");
    _Static_assert(sizeof from->try_this == sizeof to->try_this, "and of advice");

    to->code = (enum exit_code)from->code;
    to->fault = (enum fault)from->fault;
    memcpy(to->what, from->what, sizeof to->what);
    memcpy(to->try_this, from->try_this, sizeof to->try_this);
    return from->code;
}

struct libbootleap_settings handle_settings(const struct options *options, const char *port,
                                            enum libbootleap_recovery recovery)
{
    return (struct libbootleap_settings){
        .port = port,
        .rom_port = options->rom_port,
        .device = options->device,
        .ask = options->ask_word,
        .dtr_rts = options->lines_word,
        .stay = options->no_go,
        .text = options->text,
        .text_length = options->text_length,
        .baud = options->baud,
        .app_baud = options->app_baud,
        .timeout_ms = options->timeout_ms,
        .board_ms = options->board_ms,
        .recovery = options->recover ? LIBBOOTLEAP_RECOVER_ANY : recovery,
    };
}

static int open_as(struct handle *handle, enum libbootleap_recovery recovery,
                   const struct options *options, int port, struct problem *problem)
{
    const struct libbootleap_settings settings =
        handle_settings(options, handle_port(options, port), recovery);
    const struct libbootleap_callbacks callbacks = {
        .context = handle,
        .progress = show_step,
        .progress_end = end_phase,
        .wait = show_wait,
        .log = show_note,
        .cancelled = interrupt_has_come,
        .frame = options->verbose ? show_frame : NULL,
    };
    struct libbootleap_problem own;

    interrupt_watch();
    progress_start(&handle->progress, handle->verb);
    if (options->verbose) { // a bar would stand in its lines
        handle->progress.shown = false;
    }
    if (options->quiet) {
        progress_hide(&handle->progress);
    }
    return libbootleap_open(&handle->chip, &settings, &callbacks, &own)
               ? handle_problem(&own, problem)
               : 0;
}

int handle_open(struct handle *handle, const char *verb, const struct options *options, int port,
                struct problem *problem)
{
    *handle = (struct handle){.verb = verb};
    return open_as(handle, LIBBOOTLEAP_RECOVER_NOT, options, port, problem);
}

int handle_open_to_write(struct handle *handle, const char *verb, const struct options *options,
                         int port, struct problem *problem)
{
    *handle = (struct handle){.verb = verb};
    return open_as(handle, LIBBOOTLEAP_RECOVER_BLOCK, options, port, problem);
}

typedef int connect(struct libbootleap *chip, struct libbootleap_problem *problem);

static int connect_by(connect *way, struct handle *handle, struct problem *problem)
{
    struct libbootleap_problem own;

    int error = way(handle->chip, &own);
    progress_stop(&handle->progress);
    if (error == 0 && interrupt_has_come(NULL)) {
        return problem_set(problem, EXIT_FAILED, "the same command again",
                           "interrupted: nothing was changed, and the ROM runs");
    }
    return error ? handle_problem(&own, problem) : 0;
}

int handle_find(struct handle *handle, struct problem *problem)
{
    return connect_by(libbootleap_find, handle, problem);
}

int handle_enter(struct handle *handle, struct problem *problem)
{
    return connect_by(libbootleap_enter, handle, problem);
}

int handle_give_back(struct handle *handle, const struct options *options, int error,
                     struct problem *problem)
{
    static const struct libbootleap_start_settings settings = {.wait_ms = 0};
    const struct libbootleap_chip *chip = libbootleap_chip(handle->chip);
    char line[LIBBOOTLEAP_LINE_BYTES];
    struct libbootleap_problem own;

    if (chip == NULL || !chip->entered || options->no_go || chip->go_fails ||
        libbootleap_start(handle->chip, &settings, line, &own) == 0 || error) {
        return error;
    }
    return handle_problem(&own, problem);
}

void handle_close(struct handle *handle)
{
    progress_stop(&handle->progress);
    libbootleap_close(handle->chip);
    interrupt_end_watch();
}
