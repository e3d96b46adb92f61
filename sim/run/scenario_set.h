// scenario_set.h: the parsers of those options of `bootleap-sim run` that need one of their own.
// SPDX-License-Identifier: MIT
//
// `request` is a struct scenario.
#ifndef BOOTLEAP_SIM_SCENARIO_SET_H
#define BOOTLEAP_SIM_SCENARIO_SET_H

#include "option_table.h"

// What --host takes. Their order is that of enum rom_host; the last one has no name.
struct host_word {
    const char *name;
    const char *help;
};

const struct host_word *scenario_host(unsigned host);

option_parser scenario_set_device;
option_parser scenario_set_accept;    // words of --accept, with commas between them
option_parser scenario_add_interface; // "usb", or several with commas between them
option_parser scenario_add_project;   // whose observations do not count
option_parser scenario_set_host;
option_parser scenario_set_state;
option_parser scenario_set_path;
option_parser scenario_set_reset;
option_parser scenario_set_on_reset;
option_parser scenario_set_no_crystal;
option_parser scenario_set_crystal_chance;
option_parser scenario_set_gdb;
option_parser scenario_set_stack;       // the distance from the mark, a multiple of 4
option_parser scenario_set_noise_mark;  // a stage of the mark, -1 to 18
option_parser scenario_set_rom_version; // "0x91" or "V9.1"
option_parser scenario_add_option;      // one that speaks against entering
option_parser scenario_add_tie;         // "PB15=0"
option_parser scenario_add_poke;        // "0x58024500=0x1"
option_parser scenario_set_size_register;
option_parser scenario_set_unique_id;
option_parser scenario_add_option_word; // "0x1FFF7800=0xFFBFF8AA"
option_parser scenario_add_link;        // "USART3=/tmp/board"

#endif
