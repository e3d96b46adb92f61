// production_board.c: flashes one board of many, with data of its own.
// SPDX-License-Identifier: MIT
#include "production.h"

#include "crew.h"
#include "monotonic.h"
#include "production_protect.h"

#include <stdio.h>
#include <string.h>

static void log_note(void *context, const char *text)
{
    const struct production_board *board = context;
    const struct production *production = board->production;

    if (production->log) {
        crew_lock_hold(production->turn);
        production->log(production->context, board->port ? board->port : "usb:", text);
        crew_lock_release(production->turn);
    }
}

static bool cancelled(void *context)
{
    const struct production_board *board = context;
    const struct production *production = board->production;

    return production->cancelled && production->cancelled(production->context);
}

static int take_problem(struct production_board *board, const struct problem *from)
{
    struct libbootleap_problem *to = &board->problem;

    *to = (struct libbootleap_problem){.code = (int)from->code,
                                       .fault = (enum libbootleap_fault)from->fault};
    snprintf(to->what, sizeof to->what, "%s", from->what);
    snprintf(to->try_this, sizeof to->try_this, "%s", from->try_this);
    return to->code;
}

static int open_board(struct production_board *board, struct libbootleap_file **file)
{
    const struct production *production = board->production;
    struct libbootleap_settings settings = production->chip;
    const struct libbootleap_callbacks callbacks = {
        .context = board, .log = log_note, .cancelled = cancelled};

    settings.port = board->port;
    int error = libbootleap_file_copy(file, production->file, &board->problem);
    if (error == 0) {
        error = libbootleap_open(&board->chip, &settings, &callbacks, &board->problem);
    }
    if (error == 0) {
        error = libbootleap_file_check(board->chip, *file, &board->problem);
    }
    return error;
}

// A copy of what is to be kept is known by the number of its chip: those of several boards are in
// one folder.
static int require_number(struct production_board *board)
{
    struct problem problem;

    if (board->production->flash.keep_count == 0 || board->unique_id[0]) {
        return 0;
    }
    problem_set(&problem, EXIT_REFUSED, "bootleap flash with this board alone",
                "--keep: this chip does not show its unique id, by which copies of several boards "
                "are told apart");
    return take_problem(board, &problem);
}

// Whether the data would lie in the flash of this chip, before a row is taken for it.
static int check_units(struct production_board *board)
{
    const struct production *production = board->production;
    const struct libbootleap_range *flash = &libbootleap_chip(board->chip)->flash;
    struct problem problem;

    for (size_t i = 0; i < production->unit_count; i++) {
        const struct production_unit *unit = &production->units[i];
        uint64_t end = (uint64_t)unit->address + unit->column->size;
        if (unit->address < flash->start || end > (uint64_t)flash->start + flash->size) {
            problem_set(&problem, EXIT_USAGE, "an address within it",
                        "--set 0x%08X, %u bytes: not in the flash of this chip, 0x%08X to 0x%08X",
                        unit->address, unit->column->size, flash->start,
                        flash->start + flash->size - 1);
            return take_problem(board, &problem);
        }
    }
    return 0;
}

// From here on the row is this board's, whatever happens to this program.
static int take_row(struct production_board *board, struct libbootleap_file *file)
{
    const struct production *production = board->production;
    struct problem problem;
    int error = 0;

    crew_lock_hold(production->turn);
    int taken = row_journal_take(production->rows, board->port ? board->port : "usb:", &board->row,
                                 &problem);
    crew_lock_release(production->turn);
    if (taken) {
        return take_problem(board, &problem);
    }
    board->has_row = true;
    board->row_state = ROW_TAKEN;
    for (size_t i = 0; error == 0 && i < production->unit_count; i++) {
        const struct production_unit *unit = &production->units[i];
        error = libbootleap_file_put(board->chip, file, unit->address, unit->column->size,
                                     unit_table_cell(production->table, board->row, unit->column),
                                     &board->problem);
    }
    return error;
}

// A row of which nothing has reached the chip is another board's. Returns `error`, or what went
// wrong here.
static int end_row(struct production_board *board, int error)
{
    const struct production *production = board->production;
    const char *who = board->unique_id[0] ? board->unique_id : board->port ? board->port : "usb:";
    struct problem problem;

    if (!board->has_row) {
        return error;
    }
    enum row_state state = error == 0 ? ROW_USED : board->flash.changed ? ROW_FAILED : ROW_FREE;
    crew_lock_hold(production->turn);
    int lost = row_journal_end(production->rows, board->row, state, who, &problem);
    crew_lock_release(production->turn);
    board->row_state = lost ? ROW_TAKEN : state;
    return error || lost == 0 ? error : take_problem(board, &problem);
}

static int bring_in(struct production_board *board, struct libbootleap_file *file)
{
    const struct production *production = board->production;

    // A file that does not fit costs no row.
    int error = libbootleap_file_put(board->chip, file, 0, 0, NULL, &board->problem);
    if (error == 0 && production->rows) {
        error = take_row(board, file);
    }
    if (error == 0) {
        error = libbootleap_flash(board->chip, file, &production->flash, &board->flash,
                                  &board->problem);
    }
    return end_row(board, error);
}

static int start(struct production_board *board)
{
    const struct production *production = board->production;

    if (production->no_go ||
        (libbootleap_chip(board->chip)->go_fails && production->start.expect == NULL)) {
        return 0;
    }
    int error = libbootleap_start(board->chip, &production->start, board->line, &board->problem);
    board->started = error == 0;
    return error;
}

// An application that was asked for nothing is started again.
static void give_back(struct production_board *board)
{
    static const struct libbootleap_start_settings at_once = {.wait_ms = 0};
    const struct libbootleap_chip *chip = libbootleap_chip(board->chip);
    char line[LIBBOOTLEAP_LINE_BYTES];
    struct libbootleap_problem ignored;

    if (chip && chip->entered && !chip->go_fails) {
        libbootleap_start(board->chip, &at_once, line, &ignored);
    }
}

static int look_at_chip(struct production_board *board)
{
    struct problem problem;
    int error = libbootleap_ask(board->chip, &board->problem);

    if (error == 0) {
        error = libbootleap_unique_id(board->chip, board->unique_id, &board->problem);
    }
    if (error == 0) {
        error = require_number(board);
    }
    if (error == 0 && board->production->protect &&
        production_protect_check(board->chip, &problem) != 0) {
        error = take_problem(board, &problem);
    }
    return error ? error : check_units(board);
}

// In the place of a start: the chip resets itself.
static int protect(struct production_board *board)
{
    struct problem problem;

    if (production_protect(board->chip, &board->protected_seen, &problem) != 0) {
        return take_problem(board, &problem);
    }
    board->protected = true;
    return 0;
}

static void flash_board(struct production_board *board, struct libbootleap_file **file)
{
    int error = open_board(board, file);

    if (error == 0) {
        error = libbootleap_enter(board->chip, &board->problem);
    }
    if (error) {
        return;
    }
    if (look_at_chip(board) != 0) {
        give_back(board);
        return;
    }
    error = bring_in(board, *file);
    if (error == 0) {
        (board->production->protect ? protect : start)(board);
    } else if (!board->flash.changed) {
        give_back(board);
    }
}

void production_board_do(struct production_board *board)
{
    struct libbootleap_file *file = NULL;

    board->began_ms = monotonic_ms();
    board->problem.code = LIBBOOTLEAP_OK;
    flash_board(board, &file);
    const struct libbootleap_chip *chip = board->chip ? libbootleap_chip(board->chip) : NULL;
    board->device = chip ? chip->device : NULL;
    board->ms = (unsigned)(monotonic_ms() - board->began_ms);
    libbootleap_file_close(file);
}

void production_board_close(struct production_board *board)
{
    libbootleap_close(board->chip);
    board->chip = NULL;
}
