// session.c: from settings to a chip that answers.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "ask_find.h"
#include "device_name.h"
#include "monotonic.h"

#include <stdlib.h>
#include <string.h>

enum { USUAL_BAUD = 115200 };

// Other devices in DFU mode may be anything: those are never chosen.
static const char rom_on_usb[] = "usb:0483:df11";

static void step(void *context, const char *phase, size_t done, size_t total)
{
    const struct libbootleap *chip = context;

    if (chip->callbacks.progress) {
        chip->callbacks.progress(chip->callbacks.context, phase, done, total);
    }
}

static void stop(void *context)
{
    const struct libbootleap *chip = context;

    if (chip->callbacks.progress_end) {
        chip->callbacks.progress_end(chip->callbacks.context);
    }
}

static bool interrupted(void *context)
{
    const struct libbootleap *chip = context;

    return chip->callbacks.cancelled && chip->callbacks.cancelled(chip->callbacks.context);
}

static void wait(void *context, const char *what, unsigned waited_ms, unsigned most_ms)
{
    const struct libbootleap *chip = context;

    if (chip->callbacks.wait) {
        chip->callbacks.wait(chip->callbacks.context, what, waited_ms, most_ms);
    }
}

static void tell_frame(void *context, const struct monitor_frame *frame)
{
    static const enum libbootleap_frame_kind kinds[] = {
        [MONITOR_SENT] = LIBBOOTLEAP_FRAME_SENT,
        [MONITOR_RECEIVED] = LIBBOOTLEAP_FRAME_RECEIVED,
        [MONITOR_NOTE] = LIBBOOTLEAP_FRAME_NOTE,
    };
    const struct libbootleap *chip = context;
    const struct libbootleap_frame told = {.port = frame->port,
                                           .kind = kinds[frame->kind],
                                           .ms = frame->ms,
                                           .size = frame->size,
                                           .bytes = frame->bytes,
                                           .note = frame->note};

    chip->callbacks.frame(chip->callbacks.context, &told);
}

int session_open(struct libbootleap **chip, const struct libbootleap_settings *settings,
                 const struct libbootleap_callbacks *callbacks, struct problem *problem)
{
    struct libbootleap *made = calloc(1, sizeof *made);

    *chip = NULL;
    if (made == NULL) {
        return problem_no_memory(problem, "open");
    }
    made->settings = *settings;
    if (callbacks) {
        made->callbacks = *callbacks;
    }
    made->watch = (struct watch){made, step, stop, interrupted};
    made->monitor = (struct monitor){tell_frame, made, monotonic_ms()};
    int error = settings->device ? device_name_find_option(settings->device, "bootleap devices",
                                                           &made->wanted, problem)
                                 : 0;
    if (error) {
        free(made);
        return error;
    }
    *chip = made;
    return 0;
}

void session_close(struct libbootleap *chip)
{
    if (chip) {
        connection_close(&chip->connection);
    }
    free(chip);
}

// The words of `bootleap enter --help`, or a file.
static int find_ask(struct libbootleap *chip, struct connection_settings *result,
                    struct problem *problem)
{
    static const char *const words[] = {
        [ASK_TEXT] = "text", [ASK_TOUCH] = "1200", [ASK_DETACH] = "dfu"};
    const char *word = chip->settings.ask;

    result->ask = word ? ASK_SEQUENCE : ASK_USUAL;
    for (size_t i = ASK_TEXT; word && i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) {
            result->ask = (enum connection_ask)i;
        }
    }
    result->sequence = &chip->sequence;
    return result->ask == ASK_SEQUENCE ? ask_find(&chip->sequence, word, problem) : 0;
}

static int connection_settings(struct libbootleap *chip, struct connection_settings *result,
                               struct problem *problem)
{
    static const unsigned recoveries[] = {
        [LIBBOOTLEAP_RECOVER_NOT] = RECOVERY_NONE,
        [LIBBOOTLEAP_RECOVER_BLOCK] = RECOVERY_FINISHES_BLOCK,
        [LIBBOOTLEAP_RECOVER_ANY] = RECOVERY_FINISHES_ANY,
    };
    const struct libbootleap_settings *settings = &chip->settings;
    const char *text = settings->text ? settings->text : "b";
    size_t length = settings->text ? settings->text_length : 1;

    if (length > sizeof result->text) {
        return problem_set(problem, EXIT_USAGE, NULL, "text: longer than %zu bytes",
                           sizeof result->text);
    }
    *result = (struct connection_settings){
        .port = settings->port ? settings->port : rom_on_usb,
        .rom_port = settings->rom_port,
        .rom_baud = settings->baud ? settings->baud : (unsigned)USUAL_BAUD,
        .app_baud = settings->app_baud,
        .text_length = length,
        .stays = settings->stay,
        .monitor = chip->callbacks.frame ? &chip->monitor : NULL,
        .timeout_ms = settings->timeout_ms,
        .board_ms = settings->board_ms,
        .wait = {wait, chip, interrupted},
        .recovery = recoveries[settings->recovery],
    };
    memcpy(result->text, text, length);
    if (settings->dtr_rts) {
        int error = modem_sequence_parse(&chip->lines, settings->dtr_rts, problem);
        if (error) {
            return error;
        }
        result->lines = &chip->lines;
    }
    return find_ask(chip, result, problem);
}

// Says of a problem that it comes of a port that was left out, if it does.
static int explain_port(const struct libbootleap *chip, int error, struct problem *problem)
{
    if (error == EXIT_NO_DEVICE && chip->settings.port == NULL &&
        chip->connection.bootloader == NULL) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "a PORT of bootleap list; or start the ROM by BOOT0 and a reset, with "
                           "USB plugged in",
                           "no PORT was given, and no STM32's ROM is on USB");
    }
    return error;
}

static int connect(struct libbootleap *chip, bool asks, struct problem *problem)
{
    struct connection_settings settings;

    connection_close(&chip->connection);
    chip->identified = chip->asked = chip->start_blank = false;
    int error = connection_settings(chip, &settings, problem);
    if (error) {
        return error;
    }
    error = asks ? connection_enter(&chip->connection, &settings, problem)
                 : connection_find(&chip->connection, &settings, problem);
    if (error) {
        return explain_port(chip, error, problem);
    }
    error = target_identify_as(&chip->target, chip->connection.bootloader, chip->wanted, problem);
    chip->identified = error == 0;
    return error;
}

int session_find(struct libbootleap *chip, struct problem *problem)
{
    return connect(chip, false, problem);
}

int session_enter(struct libbootleap *chip, struct problem *problem)
{
    return connect(chip, true, problem);
}

static int require_identified(const struct libbootleap *chip, struct problem *problem)
{
    return chip->identified ? 0
                            : problem_set(problem, EXIT_USAGE, "libbootleap_enter()",
                                          "the chip was neither found nor entered");
}

int session_ask(struct libbootleap *chip, struct problem *problem)
{
    int error = require_identified(chip, problem);

    if (error == 0 && (chip->wanted || chip->target.row_count > 1)) {
        error = target_require_device(&chip->target, chip->wanted, problem);
    }
    if (error == 0 && !chip->asked) {
        error = target_ask(&chip->target, chip->settings.device, problem);
        chip->asked = error == 0;
    }
    return error;
}

int session_require(struct libbootleap *chip, struct problem *problem)
{
    int error = require_identified(chip, problem);

    if (error == 0) {
        error = target_require_device(&chip->target, chip->wanted, problem);
    }
    return error ? error : session_ask(chip, problem);
}

int session_go_on(const struct libbootleap *chip, struct problem *problem)
{
    return watch_interrupted(&chip->watch)
               ? problem_set(problem, EXIT_FAILED, "the same command again",
                             "interrupted: nothing was changed")
               : 0;
}
