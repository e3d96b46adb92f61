// gdb.c: holds the core for GDB and lets it run: breakpoints, steps, interrupts.
// SPDX-License-Identifier: MIT
//
// Packets: "Debugging with GDB", appendix "GDB Remote Serial Protocol", section "Packets".
#include "gdb.h"

#include "gdb_answer.h"
#include "gdb_registers.h"
#include "it_block.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WAIT_MS = 100, // how often *stop is looked at
    PC = 15,       // its number
    BY_INTERRUPT = 2,
    BY_TRAP = 5,
    BY_FAULT = 11, // SIGINT, SIGTRAP, SIGSEGV as GDB numbers them
};

struct gdb {
    struct observer observer;
    struct gdb_talk talk;
    const volatile sig_atomic_t *stop;
    bool waits;   // GDB has let the core run, and is to be told when it stops
    bool step;    // for one instruction only
    bool halt;    // hold the core at the next instruction
    bool halted;  // the last chip_run() ended because of us
    bool passing; // the instruction at `passed` is to be let through
    uint32_t passed;
    struct it_block it_block;
    bool late; // hold the core as soon as it is out of that block
    bool met;  // GDB has been there once: nobody waits for it again
    bool killed;
};

static bool is_connected(const struct gdb *gdb)
{
    return gdb->talk.link.connection >= 0;
}

static bool holds_at(const struct gdb *gdb, uint32_t pc)
{
    for (size_t i = 0; i < gdb->talk.breakpoint_count; i++) {
        if (gdb->talk.breakpoints[i] == pc) {
            return true;
        }
    }
    return gdb->step || gdb->halt;
}

static bool on_instruction(void *context, uint32_t pc)
{
    struct gdb *gdb = context;
    bool passes = gdb->passing && pc == gdb->passed;

    if (!is_connected(gdb)) {
        return false;
    }
    gdb->passing = false;
    if (passes) {
        it_block_has(&gdb->it_block, gdb->talk.chip->core.cpu, pc);
        return false;
    }
    if (it_block_has(&gdb->it_block, gdb->talk.chip->core.cpu, pc)) {
        gdb->late |= holds_at(gdb, pc);
        return false;
    }
    gdb->halted = gdb->late || holds_at(gdb, pc);
    gdb->late = false;
    return gdb->halted;
}

// Lets the core run; an address to run from may follow.
static void resume(struct gdb *gdb, const char *text, bool step)
{
    if (*text) {
        gdb_set_register(gdb->talk.chip, PC, (uint32_t)strtoul(text, NULL, 16));
    }
    gdb->step = step;
    gdb->halt = false;
    gdb->waits = true;
    gdb->passing = true;
    gdb->passed = gdb_register(gdb->talk.chip, PC);
}

static void let_go(struct gdb *gdb)
{
    gdb_link_hang_up(&gdb->talk.link);
    gdb->talk.breakpoint_count = 0;
    gdb->waits = gdb->step = gdb->halt = false;
}

// Packets that end the halt. False if it is none of these.
static bool obey_resume(struct gdb *gdb, const char *text)
{
    if (strncmp(text, "vCont;", 6) == 0) {
        resume(gdb, "", text[6] == 's' || text[6] == 'S');
        return true;
    }
    switch (*text) {
    case 'c':
    case 's':
        resume(gdb, text + 1, *text == 's');
        return true;
    case 'C':
    case 'S':
        resume(gdb, "", *text == 'S');
        return true;
    case 'D':
        gdb_link_send(&gdb->talk.link, "OK");
        let_go(gdb);
        return true;
    case 'k':
        gdb->killed = true;
        let_go(gdb);
        return true;
    default:
        return false;
    }
}

// The core is held: answers until GDB lets it run again.
static void hold(struct gdb *gdb, int signal)
{
    char stopped[8];

    snprintf(stopped, sizeof stopped, "S%02x", signal);
    if (gdb->waits) {
        gdb_link_send(&gdb->talk.link, stopped);
    }
    gdb->waits = gdb->step = false;
    while (is_connected(gdb) && !*gdb->stop) {
        switch (gdb_link_receive(&gdb->talk.link, WAIT_MS)) {
        case GDB_TEXT:
            if (obey_resume(gdb, gdb->talk.link.text)) {
                return;
            }
            gdb_answer(&gdb->talk, gdb->talk.link.text);
            break;
        case GDB_GONE:
            let_go(gdb);
            return;
        default:
            break;
        }
    }
}

// Without waiting: does GDB ask to stop, is it gone, or is there a new one?
static bool wants_to_look(struct gdb *gdb)
{
    enum gdb_event event;

    if (!is_connected(gdb)) {
        return gdb_link_accept(&gdb->talk.link, 0);
    }
    event = gdb_link_receive(&gdb->talk.link, 0);
    if (event == GDB_GONE) {
        let_go(gdb);
    }
    return event == GDB_INTERRUPT;
}

struct gdb *gdb_open(struct chip *chip, unsigned port, const volatile sig_atomic_t *stop,
                     struct problem *problem)
{
    struct gdb *gdb = calloc(1, sizeof *gdb);

    if (!gdb) {
        problem_set(problem, EXIT_FAILED, NULL, "no room for the debugger");
        return NULL;
    }
    if (gdb_link_open(&gdb->talk.link, port, problem)) {
        free(gdb);
        return NULL;
    }
    gdb->talk.chip = chip;
    gdb->stop = stop;
    gdb->halt = true;
    gdb->observer = (struct observer){.context = gdb, .instruction = on_instruction};
    observers_add(chip, &gdb->observer);
    return gdb;
}

unsigned gdb_port(const struct gdb *gdb)
{
    return gdb->talk.link.port;
}

void gdb_wait(struct gdb *gdb)
{
    while (gdb && !gdb->met && !*gdb->stop) {
        gdb->met = is_connected(gdb) || gdb_link_accept(&gdb->talk.link, WAIT_MS);
    }
}

bool gdb_look(struct gdb *gdb, bool alive)
{
    if (!gdb) {
        return false;
    }
    if (!alive && is_connected(gdb)) {
        hold(gdb, BY_FAULT);
    } else if (gdb->talk.chip->rom_fetched && is_connected(gdb) &&
               holds_at(gdb, gdb->talk.chip->rom_pc)) {
        hold(gdb, BY_TRAP);
    } else if (gdb->halted) {
        gdb->halted = false;
        hold(gdb, gdb->halt && gdb->waits ? BY_INTERRUPT : BY_TRAP);
        return !gdb->killed && !*gdb->stop;
    } else if (!gdb->halt && wants_to_look(gdb)) {
        gdb->halt = true;
    }
    return false;
}

bool gdb_has_killed(const struct gdb *gdb)
{
    return gdb && gdb->killed;
}

bool gdb_look_at_rom(void *context)
{
    struct gdb *gdb = context;

    if (gdb && ((gdb->halt && is_connected(gdb)) || wants_to_look(gdb))) {
        hold(gdb, BY_INTERRUPT);
    }
    return gdb_has_killed(gdb);
}

void gdb_close(struct gdb *gdb, int exit_code)
{
    char ended[8];

    if (!gdb) {
        return;
    }
    snprintf(ended, sizeof ended, "W%02x", (unsigned)exit_code & 0xFF);
    if (is_connected(gdb)) {
        gdb_link_send(&gdb->talk.link, ended);
    }
    gdb_link_close(&gdb->talk.link);
    free(gdb);
}
