// board_trial.c: asks for the ROM, sees whether it answers, and whether the program comes back.
// SPDX-License-Identifier: MIT
#include "board_trial.h"

#include "connection_ports.h"
#include "console.h"
#include "rom_version_text.h"
#include "serial.h"
#include "target.h"
#include "target_quirks.h"

#include <stdio.h>
#include <string.h>

enum { REFUSAL_WAIT_MS = 500 };

#define REFUSED "refused -"

// One way: the key that asks for it, and its steps.
struct trial_way {
    const char *key;
    const char *what;
    enum trial_step in, back;
};

static const struct trial_way ways[] = {
    {"b", "through a reset", TRIAL_RESET, TRIAL_BACK},
    {"j", "without a reset", TRIAL_JUMP, TRIAL_JUMP_BACK},
};

static void set_result(struct board_trial *trial, enum trial_step step, const char *word)
{
    snprintf(trial->report.results[step], TRIAL_RESULT_BYTES, "%s", word);
}

// The step failed for what is in *problem; `word` says it in the report.
static int failed(struct board_trial *trial, enum trial_step step, const char *word,
                  struct problem *problem)
{
    char result[TRIAL_RESULT_BYTES];

    snprintf(result, sizeof result, "failed:%.24s", word);
    set_result(trial, step, result);
    problem->code = EXIT_FAILED;
    return EXIT_FAILED;
}

// Where no ROM answers the program may have refused, which it says if it is asked once more.
static int explain_silence(struct board_trial *trial, const struct trial_way *way,
                           struct connection *connection, struct problem *problem)
{
    char line[CONSOLE_LINE_BYTES], word[TRIAL_RESULT_BYTES];
    struct problem ignored;
    const char *refusal = NULL;

    if (connection_open_application(connection, &ignored) == 0 &&
        serial_write(connection->application, way->key, 1) == 0 &&
        console_read_line(connection->application, REFUSED, REFUSAL_WAIT_MS, line, &ignored) == 0) {
        refusal = strstr(line, REFUSED) + strlen(REFUSED);
    }
    if (refusal == NULL) {
        return failed(trial, way->in, "no-rom", problem);
    }
    snprintf(word, sizeof word, "refused-%.*s", (int)strcspn(refusal, ":"), refusal);
    problem_set(problem, EXIT_FAILED, "what bootleap.h says of this number",
                "enter %s: the program refuses: -%s", way->what, refusal);
    return failed(trial, way->in, word, problem);
}

static int enter(struct board_trial *trial, const struct trial_way *way,
                 struct connection *connection, struct problem *problem)
{
    struct connection_settings settings =
        options_connection(trial->options, trial->port, trial->progress);

    settings.lines = NULL; // the program is asked
    settings.text[0] = way->key[0];
    settings.text_length = 1;
    settings.expect = CHIP_LINE_BEGIN;
    int error = connection_enter(connection, &settings, problem);
    if (error == EXIT_NO_DEVICE && connection->entry_requested) {
        return explain_silence(trial, way, connection, problem);
    }
    if (error) {
        return failed(trial, way->in, "port", problem);
    }
    if (!connection->entry_requested) {
        problem_set(problem, EXIT_FAILED, "reset the board with BOOT0 low, then the same again",
                    "enter %s: a ROM answers before the program was asked", way->what);
        return failed(trial, way->in, "rom-ran-before", problem);
    }
    return 0;
}

static int identify(struct board_trial *trial, const struct trial_way *way,
                    struct connection *connection, struct target *target, struct problem *problem)
{
    const struct device *device = trial->report.device;
    char version[ROM_VERSION_TEXT_BYTES];

    int error = target_identify_as(target, connection->bootloader, device, problem);
    if (error == 0) {
        error = target_require_device(target, device, problem);
    }
    if (error) {
        return failed(trial, way->in, "not-identified", problem);
    }
    set_result(trial, way->in, "ok");
    if (!trial->options->json) {
        printf("entered %s: ROM %s of %s answers\n", way->what,
               rom_version_text(target->rom_id, version), device->slug);
        fflush(stdout);
    }
    trial->report.rom_id = target->rom_id;
    return 0;
}

// The program must start again, on the same chip, and know where it comes from.
static int judge_start(struct board_trial *trial, const struct trial_way *way, const char *text,
                       struct problem *problem)
{
    struct chip_line line;
    char word[TRIAL_RESULT_BYTES];

    if (!chip_line_parse(text, &line) ||
        memcmp(line.uid, trial->report.chip.uid, sizeof line.uid) != 0) {
        problem_set(problem, EXIT_FAILED, "build and flash the example again",
                    "come back, entered %s: the program prints \"%s\"", way->what, text);
        return failed(trial, way->back, "other-line", problem);
    }
    if (strcmp(line.origin, "rom") != 0) {
        snprintf(word, sizeof word, "origin-%s", line.origin);
        problem_set(problem, EXIT_FAILED, "docs/ways-back.md",
                    "come back, entered %s: bootleap_on_reset() finds \"%s\", not the ROM",
                    way->what, line.origin);
        return failed(trial, way->back, word, problem);
    }
    set_result(trial, way->back, "ok");
    if (!trial->options->json) {
        printf("came back: the program runs, and knows that the ROM has started it\n");
        fflush(stdout);
    }
    return 0;
}

static int come_back(struct board_trial *trial, const struct trial_way *way,
                     struct connection *connection, const struct target *target,
                     struct problem *problem)
{
    char line[CONNECTION_LINE_BYTES];

    if (target_go_fails(target)) {
        problem_set(problem, EXIT_FAILED, "reset the board",
                    "come back, entered %s: Go does not work in this version of the ROM",
                    way->what);
        return failed(trial, way->back, "go-defect", problem);
    }
    int error = connection_start(connection, trial->report.device->flash.start, line, problem);
    return error ? failed(trial, way->back, "no-line", problem)
                 : judge_start(trial, way, line, problem);
}

static int try_way(struct board_trial *trial, const struct trial_way *way, struct problem *problem)
{
    struct connection connection;
    struct target target;

    int error = enter(trial, way, &connection, problem);
    if (error == 0) {
        error = identify(trial, way, &connection, &target, problem);
    }
    if (error == 0) {
        error = come_back(trial, way, &connection, &target, problem);
    }
    connection_close(&connection);
    return error;
}

int board_trial_run(struct board_trial *trial, struct problem *problem)
{
    const bool direct = trial->report.device->jump.steps->name != NULL;
    int error = 0;

    for (unsigned i = 0; i < TRIAL_STEPS; i++) {
        set_result(trial, (enum trial_step)i, "not-tried");
    }
    if (!direct) {
        set_result(trial, TRIAL_JUMP, "none");
        set_result(trial, TRIAL_JUMP_BACK, "none");
    }
    for (unsigned i = 0; i < (direct ? 2 : 1) && error == 0; i++) {
        error = try_way(trial, &ways[i], problem);
    }
    return error;
}
