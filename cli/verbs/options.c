// options.c: reads the command line of a verb by its table.
// SPDX-License-Identifier: MIT
#include "options.h"

#include "interrupt.h"
#include "operand_order.h"

#include <stdio.h>
#include <string.h>

static int take_arguments(struct options *options, int argc, char **argv, int operands, int least,
                          int most, struct problem *problem)
{
    char help[64];

    snprintf(help, sizeof help, "bootleap %s --help", argv[0]);
    options->argument_count = argc - operands;
    if (options->argument_count < least) {
        return problem_set(problem, EXIT_USAGE, help, "it needs %d argument%s, there %s %d", least,
                           least == 1 ? "" : "s", options->argument_count == 1 ? "is" : "are",
                           options->argument_count);
    }
    if (options->argument_count > most) {
        return problem_set(problem, EXIT_USAGE, help, "\"%s\" is one argument too many",
                           argv[operands + most]);
    }
    for (int i = 0; i < options->argument_count; i++) {
        options->arguments[i] = argv[operands + i];
    }
    return 0;
}

// "--wait 30" would wait for a port that is called 30.
static int check_seconds(const struct options *options, int count, char *const *operands, int least,
                         struct problem *problem)
{
    const char *last = count > least ? operands[count - 1] : "none";

    if (options->board_ms == 0 || last[strspn(last, "0123456789")] != '\0') {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE,
                       "--wait=SECONDS, with a \"=\"; --start-wait MS is for the first line of the "
                       "application",
                       "PORT %s: no port is called that", last);
}

int options_parse(struct options *options, int argc, char **argv, const struct option_table *table,
                  int least, int most, struct problem *problem)
{
    int operands;

    *options = (struct options){.baud = 115200, .wait_ms = 5000, .text = "b", .text_length = 1};
    int error = option_table_parse(table, options, argc, argv, &operands, problem);
    if (error == 0) {
        error = check_seconds(options, argc - operands, argv + operands, least, problem);
    }
    if (error == 0) {
        error = take_arguments(options, argc, argv, operands, least, most, problem);
    }
    return error ? error
                 : operand_order_check(options->arguments, options->argument_count, table, problem);
}

struct connection_settings options_connection(const struct options *options, const char *port,
                                              struct progress *progress)
{
    struct connection_settings settings = {
        .port = port,
        .rom_port = options->rom_port,
        .ask = options->ask,
        .sequence = &options->sequence,
        .lines = options->has_lines ? &options->lines : NULL,
        .stays = options->no_go,
        .monitor = options->verbose ? &options->monitor : NULL,
        .rom_baud = options->baud,
        .app_baud = options->app_baud,
        .text_length = options->text_length,
        .timeout_ms = options->timeout_ms,
        .board_ms = options->board_ms,
        .wait_ms = options->wait_ms,
        .expect = options->expect,
        .wait = {progress_wait, progress, interrupt_has_come},
        .recovery = options->recover ? RECOVERY_FINISHES_ANY : RECOVERY_NONE,
    };

    if (options->verbose) { // a bar would stand in its lines
        progress->shown = false;
    }
    memcpy(settings.text, options->text, options->text_length);
    return settings;
}
