// production_report.c: what was done with each board: a line, a record, an object.
// SPDX-License-Identifier: MIT
#include "production_command.h"

#include "chip_report.h"
#include "file_notes.h"
#include "flash_command.h"
#include "json_value.h"
#include "monotonic.h"
#include "plain_text.h"
#include "utc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *port_of(const struct production_board *board)
{
    const struct libbootleap_chip *chip = board->chip ? libbootleap_chip(board->chip) : NULL;

    return board->port ? board->port : chip ? chip->port : "usb:";
}

static json_t *row_json(const struct production_board *board)
{
    if (!board->has_row) {
        return json_null();
    }
    return json_pack("{s:i, s:s}", "line", (int)board->production->table->rows[board->row].line,
                     "state", row_journal_word(board->row_state));
}

static json_t *error_json(const struct libbootleap_problem *problem)
{
    json_t *error = json_object();

    if (problem->code == 0) {
        json_decref(error);
        return json_null();
    }
    json_object_set_new(error, "what", json_value_string(problem->what));
    json_object_set_new(error, "try", json_value_text(problem->try_this));
    json_object_set_new(error, "fault", json_string(libbootleap_fault_word(problem->fault)));
    return error;
}

static json_t *board_json(const struct production_board *board)
{
    const struct libbootleap_chip *chip = board->chip ? libbootleap_chip(board->chip) : NULL;
    json_t *object = json_object();

    if (chip) {
        chip_report_identity(object, chip);
    } else {
        json_object_set_new(object, "device", json_null());
    }
    json_object_set_new(object, "port", json_value_string(port_of(board)));
    json_object_set_new(object, "uid", json_value_text(board->unique_id));
    json_object_set_new(object, "row", row_json(board));
    flash_report_work(object, &board->flash, board->started);
    if (board->production->protect) {
        json_object_set_new(object, "readout_protection",
                            board->protected_seen ? json_string("seen")
                            : board->protected    ? json_string("acknowledged")
                                                  : json_null());
    }
    json_object_set_new(object, "application_output", json_value_text(board->line));
    json_object_set_new(object, "seconds", json_real(board->ms / 1000.0));
    json_object_set_new(object, "exit_code", json_integer(board->problem.code));
    json_object_set_new(object, "error", error_json(&board->problem));
    return object;
}

// One line, in one write, with what does not stand in the report.
static void record(struct production_command *command, json_t *of_board)
{
    char time[UTC_TEXT_BYTES];
    json_t *object = json_object();

    json_object_set_new(object, "time", json_string(utc_text(time)));
    json_object_set_new(object, "version", json_string(libbootleap_version()));
    json_object_set_new(object, "file", json_value_string(command->options->arguments[0]));
    json_object_set_new(object, "sha256", json_value_text(command->sha256));
    json_object_update(object, of_board);
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(object);
    size_t length = text ? strlen(text) : 0;
    char *line = text ? malloc(length + 2) : NULL;
    int error = line ? 0 : problem_no_memory(&command->lost, "--record");
    if (line) {
        snprintf(line, length + 2, "%s\n", text);
        error = line_log_add(command->record, line, &command->lost);
    }
    if (error) {
        problem_print(&command->lost, "bootleap", "flash");
    }
    free(line);
    free(text);
}

static int port_width(const struct production_command *command)
{
    size_t width = 0;

    for (size_t i = 0; i < command->port_count; i++) {
        size_t length = command->ports[i] ? strlen(command->ports[i]) : 0;
        width = length > width ? length : width;
    }
    return (int)width;
}

// Flushed at once: whoever reads it sees whole lines.
static void print(const struct production_command *command, const struct production_board *board)
{
    const char *port = port_of(board);
    const struct libbootleap_flash_result *flash = &board->flash;

    plain_text_print(stdout, port);
    printf("%*s", port_width(command) - (int)strlen(port), "");
    if (board->problem.code) {
        fputs("  FAILED  ", stdout);
        plain_text_print(stdout, board->problem.what);
        fputc('.', stdout);
        if (board->problem.try_this[0]) {
            fputs(" Try: ", stdout);
            plain_text_print(stdout, board->problem.try_this);
            fputs(board->has_row ? "." : "", stdout);
        }
    } else {
        printf("  ok      %-6s  ", board->device);
        if (flash->changed) {
            printf("%zu page%s", flash->pages_erased, flash->pages_erased == 1 ? "" : "s");
        } else {
            printf("all there already");
        }
        fputs(board->protected ? ", protected" : "", stdout);
        printf(", %u.%u s", board->ms / 1000, board->ms % 1000 / 100);
    }
    if (board->has_row) {
        printf("%sCSV line %u %s", board->problem.code ? " " : ", ",
               board->production->table->rows[board->row].line, row_journal_word(board->row_state));
    }
    putchar('\n');
    fflush(stdout);
}

static void count(struct production_command *command, const struct production_board *board)
{
    size_t used = strlen(command->failed_ports);

    command->done++;
    command->worst = production_worse(command->worst, board->problem.code);
    if (board->problem.code) {
        command->failed++;
        command->last = board->problem;
        snprintf(command->failed_ports + used, sizeof command->failed_ports - used, " %s",
                 port_of(board));
    }
}

void production_report_board(void *context, const struct production_board *board)
{
    struct production_command *command = context;
    json_t *object = board_json(board);

    count(command, board);
    if (command->record) {
        record(command, object);
    }
    if (command->options->json) {
        json_t *boards = json_object_get(command->options->report, "boards");
        if (boards == NULL) {
            boards = json_array();
            json_object_set(command->options->report, "boards", boards);
            json_decref(boards);
        }
        json_array_append(boards, object);
    } else if (!command->options->quiet) {
        print(command, board);
    }
    json_decref(object);
}

static void report_json(struct production_command *command)
{
    json_t *report = command->options->report;
    const struct libbootleap_file *file = command->file;

    json_object_set_new(report, "file", json_value_string(command->options->arguments[0]));
    json_object_set_new(report, "format", json_string(libbootleap_file_format(file)));
    json_object_set_new(report, "bytes", json_integer(libbootleap_file_bytes(file)));
    json_object_set_new(report, "sha256", json_value_text(command->sha256));
    json_object_set_new(report, "notes", file_notes_json(file));
    if (json_object_get(report, "boards") == NULL) {
        json_object_set_new(report, "boards", json_array());
    }
    json_object_set_new(report, "failed", json_integer((json_int_t)command->failed));
    if (command->production.rows) {
        size_t left = row_journal_count(command->production.rows, ROW_FREE);
        json_object_set_new(report, "rows_left", json_integer((json_int_t)left));
    }
    json_object_set_new(report, "seconds",
                        json_real((double)(monotonic_ms() - command->began_ms) / 1000));
}

void production_report_all(struct production_command *command)
{
    unsigned ms = (unsigned)(monotonic_ms() - command->began_ms);

    if (command->options->json) {
        report_json(command);
        return;
    }
    if (command->options->quiet) {
        return;
    }
    printf("%zu of %zu board%s ok, %zu failed, %u.%u s", command->done - command->failed,
           command->done, command->done == 1 ? "" : "s", command->failed, ms / 1000,
           ms % 1000 / 100);
    if (command->production.rows) {
        size_t left = row_journal_count(command->production.rows, ROW_FREE);
        printf("; %zu row%s left", left, left == 1 ? " is" : "s are");
    }
    putchar('\n');
}
