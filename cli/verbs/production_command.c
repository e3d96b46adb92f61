// production_command.c: flashes many boards at once, or one with data of its own.
// SPDX-License-Identifier: MIT
#include "production_command.h"

#include "file_notes.h"
#include "flash_command.h"
#include "interrupt.h"
#include "monotonic.h"
#include "plain_text.h"

#include <stdio.h>
#include <string.h>

bool production_command_is_asked(const struct options *options)
{
    return options->all || options->loop || options->argument_count > 2 || options->unit_count ||
           options->record || options->then_protect;
}

static int check_all(const struct options *options, struct problem *problem)
{
    if (options->argument_count > 1) {
        return problem_set(problem, EXIT_USAGE, "one of them", "--all and the port %s",
                           options->arguments[1]);
    }
    if (options->ask != ASK_USUAL && options->ask != ASK_DETACH) {
        return problem_set(problem, EXIT_USAGE, "their PORTs instead of --all",
                           "--all and --ask %s: only dfu asks over USB", options->ask_word);
    }
    if (options->loop && options->board_ms) {
        return problem_set(problem, EXIT_USAGE, "--loop alone", "--wait and --loop, which waits");
    }
    return 0;
}

static int check_options(const struct options *options, struct problem *problem)
{
    bool many = options->all || options->argument_count > 2;

    if (options->loop && !options->all) {
        return problem_set(problem, EXIT_USAGE, "--all --loop", "--loop: only with --all");
    }
    if (many && options->rom_port) {
        return problem_set(problem, EXIT_USAGE, "one board at a time",
                           "--rom-port %s: several boards have no ROM in one place",
                           options->rom_port);
    }
    if (options->then_protect && (options->expect || options->no_go)) {
        return problem_set(problem, EXIT_USAGE, "--then-protect alone",
                           "--then-protect and %s: the chip resets itself, and starts what BOOT0 "
                           "says",
                           options->expect ? "--expect" : "--no-go");
    }
    int error = options->all ? check_all(options, problem) : 0;
    for (int i = 1; error == 0 && i < options->argument_count; i++) {
        error = flash_command_check(options, options->arguments[i], problem);
    }
    return error || options->argument_count > 1 ? error
                                                : flash_command_check(options, NULL, problem);
}

// What is recorded is the digest of what is flashed: the file stays the same while it is read.
static int open_file(struct production_command *command, struct problem *problem)
{
    const char *path = command->options->arguments[0];
    char after[SHA256_TEXT_BYTES];

    bool hashed = sha256_of_file(path, command->sha256);
    int error = flash_command_file(&command->file, command->options, problem);
    if (error || !hashed) {
        return error;
    }
    if (!sha256_of_file(path, after) || strcmp(command->sha256, after) != 0) {
        problem_set(problem, EXIT_USAGE, "the same again, when it is complete",
                    "%s: it changes while it is read", path);
        return problem_blame(problem, FAULT_FILE);
    }
    return 0;
}

static void note(void *context, const char *port, const char *text)
{
    (void)context;
    fputs("bootleap: flash: ", stderr);
    plain_text_print(stderr, port);
    fputs(": note: ", stderr);
    plain_text_print(stderr, text);
    fputc('\n', stderr);
}

static int prepare(struct production_command *command, struct problem *problem)
{
    const struct options *options = command->options;

    int error = check_options(options, problem);
    if (error == 0) {
        error = open_file(command, problem);
    }
    if (error == 0) {
        error = production_units_open(command, problem);
    }
    if (error == 0 && options->record) {
        error = line_log_open(&command->record, "--record", options->record, problem);
    }
    if (error) {
        return error;
    }
    struct production *production = &command->production;
    production->chip = handle_settings(options, NULL, LIBBOOTLEAP_RECOVER_BLOCK);
    production->file = command->file;
    production->flash = flash_command_settings(options, command->keep);
    production->start =
        (struct libbootleap_start_settings){.wait_ms = options->wait_ms, .expect = options->expect};
    production->no_go = options->no_go;
    production->protect = options->then_protect;
    production->context = command;
    production->cancelled = interrupt_has_come;
    production->log = note;
    production->done = production_report_board;
    if (options->all) {
        production->chip.board_ms = 0; // --wait is for the first of them
    }
    return 0;
}

static int work(struct production_command *command, struct problem *problem)
{
    const struct options *options = command->options;

    int error = production_boards_find(command, problem);
    if (error) {
        return error;
    }
    file_notes_print(command->file, "flash");
    return options->loop
               ? production_loop(&command->production, options->ask == ASK_DETACH, problem)
               : production_run(&command->production, command->ports, command->port_count, problem);
}

// The worst of all, with the boards that it is about.
static int result(const struct production_command *command, struct problem *problem)
{
    if (command->failed && command->done == 1) {
        return handle_problem(&command->last, problem);
    }
    if (command->failed) {
        return problem_set(problem, (enum exit_code)command->worst,
                           "what the line of each says, then the same command for these boards",
                           "%zu of %zu board%s failed:%s", command->failed, command->done,
                           command->done == 1 ? "" : "s", command->failed_ports);
    }
    if (command->lost.code) {
        *problem = command->lost;
        return (int)problem->code;
    }
    return 0;
}

int production_command_run(const struct options *options, struct problem *problem)
{
    struct production_command command = {.options = options, .began_ms = monotonic_ms()};

    interrupt_watch();
    int error = prepare(&command, problem);
    if (error == 0) {
        error = work(&command, problem);
    }
    interrupt_end_watch();
    if (error == 0 || command.done) {
        production_report_all(&command);
    }
    error = error ? error : result(&command, problem);
    line_log_close(command.record);
    production_units_close(&command);
    libbootleap_file_close(command.file);
    return error;
}
