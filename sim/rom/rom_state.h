// rom_state.h: what a stand-in for ST's ROM remembers, and how it talks on a line.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ROM_STATE_H
#define BOOTLEAP_SIM_ROM_STATE_H

#include "chip.h"

#include <signal.h>

// The host at the other end.
enum rom_host {
    ROM_HOST_REAL,      // at the other end of one of the lines
    ROM_HOST_GO,        // none; a Go to the start of flash comes at once
    ROM_HOST_PIN,       // none; somebody presses the reset button
    ROM_HOST_RESET,     // none; a software reset, as hosts make it by a piece of code in RAM
    ROM_HOST_POWER,     // none; power goes, and RAM with it
    ROM_HOST_BROWN_OUT, // none; power sags, RAM keeps
    ROM_HOST_WATCHDOG,  // none; the watchdog bites
    ROM_HOST_OPTION,    // none; option bytes are loaded anew
    ROM_HOST_RESTORE,   // programs the option bytes that start flash, and has them loaded
    ROM_HOST_END,       // none; the run ends where the ROM would wait for one
};

enum rom_end {
    ROM_GO,      // the host wants the application started
    ROM_RESET,   // a reset is wanted: chip->reset_kind
    ROM_REFUSED, // the host's Go is refused: rom->why
    ROM_DEAF,    // the host is not heard: rom->why
    ROM_STOPPED, // *stop was set
};

struct rom;
struct rom_line;
struct dfu_session;

// What a host's first sign of life comes to.
enum rom_greeting {
    GREETING_NONE,   // nothing came
    GREETING_LOST,   // it came before the ROM listened, or on an interface that it does not use
    GREETING_HOST,   // the ROM has found its host
    GREETING_SPOILT, // the ROM listens to this line and understands nothing until the next reset
};

// How a ROM talks on one kind of line. A new wire is a file with one of these.
struct rom_protocol {
    // Looks for the first sign of a host. `listens`: the ROM has come so far.
    enum rom_greeting (*greet)(struct rom *rom, struct rom_line *line, bool listens);
    // Throws away what has come.
    void (*discard)(struct rom_line *line);
    // Serves the host that was found, until the ROM ends; *table is the vector table of a Go.
    enum rom_end (*serve)(struct rom *rom, struct rom_line *line, uint32_t *table);
    // The ROM has ended, or has found its host on another line. NULL: nothing is to do.
    void (*release)(struct rom *rom, struct rom_line *line);
};

// A line on which a ROM may find its host.
struct rom_line {
    const char *interface; // "USART1"
    const struct rom_protocol *protocol;
    void *port; // where it ends, of the kind that the protocol works on
};

struct rom {
    struct chip *chip;
    struct rom_line *lines;
    size_t line_count;
    // Waits until something comes on one of the lines, at most `ms` milliseconds.
    void (*wait)(void *context, int ms);
    void *wait_context;
    const volatile sig_atomic_t *stop;
    uint16_t version;    // of the ROM, as in rom_ids
    uint32_t go_to;      // vector table that a Go which comes at once names; 0: the flash's first
    bool worst;          // what nobody knows of this ROM is the worst that it can be
    const char *why;     // it refuses a Go, or does not hear the host
    const char *noise;   // an interface that shows traffic before the host does; NULL: none
    bool leaves_vectors; // its vector table stays in force when it starts the application
    bool protected;      // readout protection level 1
    bool usb_serves;     // the handoff and the board allow USB: the ROM's device is plugged in
    struct dfu_session *dfu; // the device that is plugged in; NULL: none
    uint64_t listens_at;     // in milliseconds of the host's clock; what comes before is lost
    uint64_t bites_at;       // when a watchdog that is not fed resets the chip; 0: never
    // Called now and then while no host is there; true ends the run. May be NULL.
    bool (*waiting)(void *context);
    void *waiting_context;
    bool ended; // it has asked for the end
    uint32_t bytes_written;
    unsigned pages_erased;
    bool has_read;          // flash, since the last write to it
    uint64_t erase_ends_at; // in milliseconds of the host's clock, where the ROM does not wait
};

#endif
