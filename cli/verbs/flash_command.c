// flash_command.c: puts a firmware file into a chip and starts it.
// SPDX-License-Identifier: MIT
#include "flash_command.h"

#include "connection_ports.h"
#include "file_notes.h"
#include "interrupt.h"
#include "monotonic.h"

int flash_command_check(const struct options *options, const char *port, struct problem *problem)
{
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

int flash_command_file(struct libbootleap_file **file, const struct options *options,
                       struct problem *problem)
{
    const struct libbootleap_file_settings settings = {.has_address = options->has_address,
                                                       .address = options->address,
                                                       .only_flash = options->only_flash,
                                                       .force = options->force};
    struct libbootleap_problem own;

    return libbootleap_file_open(file, options->arguments[0], &settings, &own)
               ? handle_problem(&own, problem)
               : 0;
}

struct libbootleap_flash_settings flash_command_settings(const struct options *options,
                                                         struct libbootleap_range *keep)
{
    for (size_t i = 0; i < options->keep_count; i++) {
        const struct address_range *range = &options->keep[i];
        keep[i] = (struct libbootleap_range){range->start, range->size, ""};
    }
    return (struct libbootleap_flash_settings){
        .full = options->full, .keep = keep, .keep_count = options->keep_count};
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
    const struct libbootleap_flash_settings settings =
        flash_command_settings(command->options, keep);
    struct libbootleap_problem own;

    int error = handle_enter(&command->handle, problem);
    if (error) {
        return error;
    }
    error = libbootleap_flash(chip, command->file, &settings, &command->result, &own);
    interrupt_end_watch(); // from here on the application is awaited
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
    int error = flash_command_file(&command->file, options, problem);
    if (error == 0) {
        error = flash_command_check(options, handle_port(options, 1), problem);
    }
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
    if (!options->quiet) {
        file_notes_print(command->file, "flash");
    }
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
    } else if (error == 0 && !options->quiet) {
        flash_report_text(&command);
    }
    flash_command_close(&command);
    return error;
}
