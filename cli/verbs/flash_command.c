// flash_command.c: puts a firmware file into a chip and starts it.
// SPDX-License-Identifier: MIT
#include "flash_command.h"

#include "connection_ports.h"
#include "file_notes.h"
#include "interrupt.h"
#include "monotonic.h"

static int check_options(const struct options *options, struct problem *problem)
{
    const char *port = handle_port(options, 1);

    if (options->expect && (options->no_go || options->wait_ms == 0)) {
        return problem_set(problem, EXIT_USAGE, "one of them",
                           "--expect and %s: then nobody waits for a text",
                           options->no_go ? "--no-go" : "--start-wait 0");
    }
    if (options->expect && (port == NULL || connection_is_usb(port))) {
        return problem_set(
            problem, EXIT_USAGE, "the serial port on which it prints as PORT, with --rom-port usb:",
            "--expect: nobody listens to the application at %s", port ? port : "the ROM on USB");
    }
    return 0;
}

static int open_file(struct flash_command *command, struct problem *problem)
{
    const struct options *options = command->options;
    const struct libbootleap_file_settings settings = {.has_address = options->has_address,
                                                       .address = options->address,
                                                       .only_flash = options->only_flash,
                                                       .force = options->force};
    struct libbootleap_problem own;

    if (libbootleap_file_open(&command->file, options->arguments[0], &settings, &own)) {
        return handle_problem(&own, problem);
    }
    return check_options(options, problem);
}

// With --device, a file that does not fit is refused without disturbing the application.
static int check_file(struct flash_command *command, struct problem *problem)
{
    struct libbootleap_problem own;

    return libbootleap_file_check(command->handle.chip, command->file, &own)
               ? handle_problem(&own, problem)
               : 0;
}

static int bring_in(struct flash_command *command, struct problem *problem)
{
    struct libbootleap *chip = command->handle.chip;
    struct libbootleap_range keep[OPTIONS_KEEP];
    const struct libbootleap_flash_settings settings = {
        .full = command->options->full, .keep = keep, .keep_count = command->options->keep_count};
    struct libbootleap_problem own;

    for (size_t i = 0; i < settings.keep_count; i++) {
        const struct address_range *range = &command->options->keep[i];
        keep[i] = (struct libbootleap_range){range->start, range->size, ""};
    }
    int error = handle_enter(&command->handle, command->options, problem);
    if (error) {
        return error;
    }
    // A program that ends in the middle of a frame leaves a ROM that waits for the rest of it.
    interrupt_watch();
    error = libbootleap_flash(chip, command->file, &settings, &command->result, &own);
    interrupt_end_watch();
    return error ? handle_problem(&own, problem) : 0;
}

// Some ROMs cannot: then the chip is left as it is, unless somebody waits for a text.
static int start(struct flash_command *command, struct problem *problem)
{
    const struct options *options = command->options;
    const struct libbootleap_start_settings settings = {.wait_ms = options->wait_ms,
                                                        .expect = options->expect};
    struct libbootleap_problem own;

    if (options->no_go ||
        (libbootleap_chip(command->handle.chip)->go_fails && options->expect == NULL)) {
        return 0;
    }
    if (libbootleap_start(command->handle.chip, &settings, command->line, &own)) {
        return handle_problem(&own, problem);
    }
    command->started = true;
    return 0;
}

int flash_command_run(struct flash_command *command, const struct options *options,
                      struct problem *problem)
{
    *command = (struct flash_command){.options = options, .started_ms = monotonic_ms()};
    int error = open_file(command, problem);
    if (error == 0) {
        error = handle_open_to_write(&command->handle, "flash", options, 1, problem);
    }
    if (error == 0) {
        error = check_file(command, problem);
    }
    if (error == 0) {
        error = bring_in(command, problem);
    }
    progress_stop(&command->handle.progress);
    file_notes_print(command->file, "flash");
    return error ? error : start(command, problem);
}

void flash_command_close(struct flash_command *command)
{
    libbootleap_file_close(command->file);
    handle_close(&command->handle);
}

int flash_run(const struct options *options, struct problem *problem)
{
    struct flash_command command;

    int error = flash_command_run(&command, options, problem);
    if (options->json) {
        flash_report_json(options->report, &command);
    } else if (error == 0) {
        flash_report_text(&command);
    }
    flash_command_close(&command);
    return error;
}
