// scenario_set.h: puts the value of one option into a scenario.
// SPDX-License-Identifier: MIT
//
// `text` is what the user wrote. Each returns 0, or the exit code that is in *problem.
#ifndef BOOTLEAP_SIM_SCENARIO_SET_H
#define BOOTLEAP_SIM_SCENARIO_SET_H

#include "problem.h"
#include "scenario.h"

int scenario_set_device(struct scenario *scenario, const char *text, struct problem *problem);
int scenario_set_host(struct scenario *scenario, const char *text, struct problem *problem);
int scenario_set_state(struct scenario *scenario, const char *text, struct problem *problem);
// "reset" or "direct".
int scenario_set_way(struct scenario *scenario, const char *text, struct problem *problem);
int scenario_set_reset(struct scenario *scenario, const char *text, struct problem *problem);
int scenario_set_chip_option(struct scenario *scenario, const char *text, struct problem *problem);
// The distance from the mark, a multiple of 4.
int scenario_set_stack(struct scenario *scenario, const char *text, struct problem *problem);
// A stage of the mark, -1 to 18.
int scenario_set_noise_mark(struct scenario *scenario, const char *text, struct problem *problem);
// The address of a mark, whatever the chip has there.
int scenario_set_mark(struct scenario *scenario, const char *text, struct problem *problem);
// "0x91" or "V9.1".
int scenario_set_rom_version(struct scenario *scenario, const char *text, struct problem *problem);
int scenario_set_port(struct scenario *scenario, const char *text, struct problem *problem);
int scenario_set_tie(struct scenario *scenario, const char *text, struct problem *problem);
int scenario_set_poke(struct scenario *scenario, const char *text, struct problem *problem);
// "USART3=/tmp/tty", which it cuts in two.
int scenario_set_link(struct scenario *scenario, char *text, struct problem *problem);

#endif
