// scenario_words.h: the words that options of `bootleap-sim run` take, and what they say.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SCENARIO_WORDS_H
#define BOOTLEAP_SIM_SCENARIO_WORDS_H

#include "option_table.h"

option_words scenario_host_word;
option_words scenario_host_help;
option_words scenario_state_word;
option_words scenario_reset_word;
option_words scenario_refusal_word;
option_words scenario_path_word;
option_words scenario_accept_word;
option_words scenario_accept_help;
option_words scenario_interface_word;

#endif
