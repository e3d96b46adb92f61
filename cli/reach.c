// reach.c: which port is open at what settings, on the way to the ROM and back.
// SPDX-License-Identifier: MIT
#include "reach.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    LISTEN_MS = 300,  // for a ROM that runs already
    START_MS = 2000,  // for one that the application was asked for
    SILENCE_MS = 100, // the application has said all it has to say
    CHATTER_MS = 1000,
    RETRY_MS = 100,
};

static bool share_port(const struct reach *reach)
{
    return reach->options->rom_port == NULL || strcmp(reach->options->rom_port, reach->port) == 0;
}

static int open_application(struct reach *reach, struct problem *problem)
{
    unsigned baud = reach->options->app_baud;

    if (!share_port(reach)) {
        return link_open(&reach->application, reach->port, baud, PARITY_NONE, problem);
    }
    reach->application = reach->rom;
    return link_set(reach->rom, baud, PARITY_NONE, problem);
}

// An application with a USB port of its own takes the port away when it leaves.
static int close_application(struct reach *reach, struct problem *problem)
{
    if (!share_port(reach)) {
        link_close(reach->application);
    }
    reach->application = NULL;
    return share_port(reach) ? link_set(reach->rom, reach->options->baud, PARITY_EVEN, problem) : 0;
}

// Sends the text and lets the application finish what it prints, so that none of it is taken for
// the answer of a ROM.
static int ask(struct reach *reach, struct problem *problem)
{
    const struct options *options = reach->options;

    int error = open_application(reach, problem);
    if (error) {
        return error;
    }
    reach->asked = true;
    if (link_write(reach->application, options->text, options->text_length) != 0) {
        return problem_set(problem, EXIT_FAILED, "check the cable",
                           "ask the application at %s: the port is gone", reach->port);
    }
    link_quiet(reach->application, SILENCE_MS, CHATTER_MS);
    return close_application(reach, problem);
}

static void suggest(const struct reach *reach, bool writes, struct problem *problem)
{
    const struct options *options = reach->options;

    snprintf(problem->try_this, sizeof problem->try_this,
             "--text and --app-baud as the application wants them (it was asked with %zu "
             "character%s at %u baud), or reset the chip and start its ROM by BOOT0%s",
             options->text_length, options->text_length == 1 ? "" : "s", options->app_baud,
             writes ? "" : "; bootleap flash frees one that hangs");
}

int reach_rom(struct reach *reach, const struct options *options, const char *port, bool writes,
              struct problem *problem)
{
    *reach = (struct reach){.options = options, .port = port};
    int error = link_open(&reach->rom, share_port(reach) ? port : options->rom_port, options->baud,
                          PARITY_EVEN, problem);
    if (error == 0) {
        error = rom_find(reach->rom, LISTEN_MS, problem);
    }
    if (error != EXIT_NO_DEVICE || reach->rom == NULL) {
        return error;
    }
    error = ask(reach, problem);
    if (error) {
        return error;
    }
    error = writes ? rom_find_or_free(reach->rom, START_MS, problem)
                   : rom_find(reach->rom, START_MS, problem);
    if (error == EXIT_NO_DEVICE) {
        suggest(reach, writes, problem);
    }
    return error;
}

// The port of an application that brings its own USB comes back when the application runs.
static int await_application(struct reach *reach, struct problem *problem)
{
    const struct timespec pause = {.tv_nsec = RETRY_MS * 1000000L};
    uint64_t end = link_now_ms() + reach->options->wait_ms;
    int error;

    while ((error = open_application(reach, problem)) == EXIT_NO_DEVICE && link_now_ms() < end) {
        nanosleep(&pause, NULL);
    }
    return error;
}

int reach_application(struct reach *reach, struct rom *rom, uint32_t address, struct answer *answer,
                      struct problem *problem)
{
    const struct options *options = reach->options;
    struct problem later;

    // Open before it starts, where that is possible, to miss nothing of what it prints.
    if (!share_port(reach)) {
        open_application(reach, &later);
    }
    int error = an3155_go(&rom->protocol, address, problem);
    if (error || options->wait_ms == 0) {
        return error;
    }
    if (reach->application == NULL) {
        error = await_application(reach, problem);
    }
    if (error) {
        return error;
    }
    return answer_wait(answer, reach->application, options->expect, options->wait_ms, problem);
}

void reach_close(struct reach *reach)
{
    if (reach->application != reach->rom) {
        link_close(reach->application);
    }
    link_close(reach->rom);
    *reach = (struct reach){0};
}
