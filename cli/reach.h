// reach.h: from the application to its ROM, and back to the application.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_REACH_H
#define BOOTLEAP_CLI_REACH_H

#include "answer.h"
#include "link.h"
#include "options.h"
#include "rom.h"

// Both links are the same one where application and ROM share a port.
struct reach {
    const struct options *options;
    const char *port;         // of the application
    struct link *rom;         // NULL until reach_rom
    struct link *application; // NULL while it is closed
    bool asked;               // the application was asked: the ROM did not run before
};

// Finds the ROM: listens whether it runs already, else sends the application the text that
// makes it enter, and looks again; with `writes`, as rom_find_or_free does. reach_close afterwards,
// whatever the result. Problems: those of link_open and rom_find.
int reach_rom(struct reach *reach, const struct options *options, const char *port, bool writes,
              struct problem *problem);

// Has the ROM start what has its vector table at `address`, and waits for the first line that it
// prints (for the text of --expect; with --wait 0 for nothing). Problems: those of link_open and
// an3155_go, and EXIT_FAILED where no answer comes.
int reach_application(struct reach *reach, struct rom *rom, uint32_t address, struct answer *answer,
                      struct problem *problem);

void reach_close(struct reach *reach);

#endif
