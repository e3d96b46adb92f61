// run_state.h: all that one run of a scenario remembers.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_RUN_STATE_H
#define BOOTLEAP_SIM_RUN_STATE_H

#include "application_usb.h"
#include "blame.h"
#include "chip.h"
#include "image.h"
#include "journal.h"
#include "places.h"
#include "polls.h"
#include "rom.h"
#include "scenario.h"
#include "terminal.h"
#include "watcher.h"
#include "where.h"

#include <time.h>

enum {
    RUN_TERMINALS = 16,
    RUN_MOST_RESETS = 19,   // of one journey: those, ours at each end, and one from outside
    RUN_MOST_HANDOFFS = 17, // one request, and 16 times a ROM that reset itself
    RUN_REASON = 1024,      // room for why a run ended, or a ROM does what it does
    ENTRY_SCRATCH = 7,      // registers that a call may change
};

// Why a run ended.
enum run_end {
    RUN_STOPPED, // from outside
    RUN_SERVED,  // the ROM waits for a host, and there is none
    RUN_LIMIT,
    RUN_FAULT,
    RUN_RESET_LOOP,
    RUN_NOT_SERVED, // the handoff left a ROM that does not serve
    RUN_REFUSED,    // the entry function came back
    RUN_ARRIVED,    // the application got to the symbol of --until
    RUN_STANDSTILL, // nothing can happen any more
    RUN_DONE,       // what it was made for has happened
};

// A pin that the scenario presses.
struct button {
    struct block *port; // NULL: there is none
    uint32_t mask, level;
    bool comes_back; // it is released a while after it was pressed
};

// What a user may have beside a run: see attachments.h.
struct attachments {
    struct gdb *gdb;                             // NULL: not wanted
    struct instruction_trace *instruction_trace; // NULL: not wanted
    struct register_trace *register_trace;       // NULL: not wanted
    bool progress;                               // shown on stderr
    time_t started, shown;
};

// Who looks whether the application still gets anywhere: see lookout.h.
struct lookout {
    struct window window;
    struct polls polls;   // no chip: nobody remembers them
    bool for_poll;        // the window is open because of one
    uint64_t started;     // instructions when the application last started
    uint64_t since_reset; // ... when it last ran on
    uint64_t next;        // when it is looked at; 0: nobody has planned it
    size_t typed;         // bytes that were typed and not read, when the window was opened
};

// The chip as a USB host sees it: see run_usb.h.
struct run_usb {
    struct usbip_server *server;        // NULL: not wanted
    struct beside beside;               // ... looked at while terminals are waited for
    struct application_usb application; // stands in for the application's device
    char serial[16];                    // its serial number
    bool plugged;                       // it is plugged in
    uint64_t looked_ms;                 // when the server was last looked at
    bool rom_started;                   // and what follows is of its last start
    char silent[RUN_REASON];            // why it does not serve over USB; "": it does
};

struct run {
    const struct scenario *scenario;
    const volatile sig_atomic_t *stop;
    struct device row; // the device's, with the mark where the firmware has it, and with this
                       // chip's flash
    struct flash_state option_area; // what the chip's ROM will read
    struct chip chip;
    struct journal journal;
    struct image image;
    uint32_t vectors;     // its vector table, in flash
    FILE *flash;          // gets the content of flash at the end, or NULL
    FILE *trace;          // that of --trace, or NULL
    FILE *register_trace; // that of --register-trace, or NULL
    struct judge judge;
    struct blame *blame;   // NULL: nobody asks who is at fault
    struct places *places; // of the image; NULL: nobody asks for advice
    struct watcher watcher;
    struct rom rom;
    struct attachments attachments;
    struct terminal terminals[RUN_TERMINALS]; // one a USART block
    const char *usarts[RUN_TERMINALS];
    size_t terminal_count;
    struct rom_line rom_lines[RUN_TERMINALS + 1]; // those that the ROM listens on
    struct terminal *rom_terminals[RUN_TERMINALS];
    size_t rom_terminal_count;
    struct run_usb usb;
    bool asked_outside;              // the application is to call the scenario's callback
    uint32_t scratch[ENTRY_SCRATCH]; // ... and has these registers then

    struct lookout lookout;

    const char *settled; // what has happened that the run was made for; NULL: not yet
    uint64_t settled_at;

    enum run_end end;
    char detail[RUN_REASON];
    uint32_t crystal_that_fits; // what the firmware takes its clock for; 0: the one that it has
    bool in_application;        // it ran last, and not the ROM
    bool rom_ran;               // with its host, at some time
    size_t calls_before;        // of the measured function, when the ROM last ended
    struct where where;         // it stands at the end
    bool points_broken;         // some point of a contract did not hold
    bool at_risk, fails;        // some outcome was that
    char outcome_reason[RUN_REASON]; // of the last handoff
    char broken[POINT_ROOM + 8];     // the first point of a contract that did not hold, "" if none
    unsigned resets;                 // without power-on
    unsigned power_cycles;           // since the first
    unsigned short_runs;             // in a row: resets or handoffs before the application had run
    unsigned handoffs;               // since the application last ran
    unsigned most_handoffs;
    unsigned handoffs_after;     // the scenario's reset
    bool went_directly;          // no reset came between the call and the first handoff
    uint64_t entry_instructions; // from the call to it, 0 while there was none
    bool starts_bank;            // the ROM starts a bank instead of serving
    uint32_t bank;               // ... this one
    unsigned returned;           // how often it did so after a jump
    uint32_t chance;             // state of the chance by which it finds its crystal
    bool left_by_go;             // the ROM started the application, and no reset came since
    uint64_t left_at;
    uint32_t left_vtor; // what the ROM left there
    struct button button;
    struct button ties[SCENARIO_TIES];
    size_t tie_count;
    bool typed, pressed; // the scenario's text is sent, its button pressed
    bool released;       // ... and let go
    bool no_edge;        // its pin had the level already
    uint64_t pressed_ns; // the chip's time
    bool reset_itself;   // a software reset came after that
    bool ran_from_go;    // it ran on without a reset
};

#endif
