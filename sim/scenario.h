// scenario.h: what the user asked to be run.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SCENARIO_H
#define BOOTLEAP_SIM_SCENARIO_H

#include "devices.h"
#include "problem.h"
#include "rom.h"

#include <stdbool.h>
#include <stdint.h>

enum { SCENARIO_LINKS = 4 };

// "USART3=/tmp/tty": a symbolic link to the terminal of one USART.
struct scenario_link {
    const char *usart;
    const char *path;
};

struct scenario {
    const char *elf; // NULL: a blank chip
    const struct device *device;
    const char *enter_at; // symbol at which the application enters the ROM, or NULL
    const char *entry;    // the function that it calls for that
    const char *on_reset; // the function whose calls are measured
    enum rom_host host;
    bool boot0;    // high while the chip powers on, released before its next reset
    bool no_trace; // the ROM puts its vector table out of force at Go
    bool crystal;  // the board has one where the ROM looks for it
    bool hardware_iwdg;
    // What somebody does when the application first waits: NULL for nothing.
    const char *send;  // text that is typed on every USART
    const char *press; // a pin and a level, "PC13=1", held until the next reset
    uint64_t limit;    // instructions; 0 is none
    uint32_t seed;     // of the noise in RAM at power-on
    struct scenario_link links[SCENARIO_LINKS];
    size_t link_count;
    const char *events; // file for events, or NULL
    const char *flash;  // file for the content of flash at the end, or NULL
    bool json;
};

// Reads the command line behind `run`. Returns 0, or the exit code that is in *problem.
int scenario_parse(struct scenario *scenario, int argc, char **argv, struct problem *problem);

// The options, for --help.
extern const char scenario_help[];

#endif
