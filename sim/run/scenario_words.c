// scenario_words.c: the words that options of `bootleap-sim run` take, and what they say.
// SPDX-License-Identifier: MIT
#include "scenario_words.h"

#include "scenario.h"
#include "scenario_set.h"
#include "wires.h"
#include "words.h"

const char *scenario_host_word(unsigned host)
{
    return scenario_host(host)->name;
}

const char *scenario_host_help(unsigned host)
{
    return scenario_host(host)->help;
}

const char *scenario_state_word(unsigned state)
{
    return state_name((enum application_state)state);
}

const char *scenario_reset_word(unsigned kind)
{
    if (kind == RESET_OPTION) {
        return "option"; // its name for people has a blank
    }
    return kind < RESET_OPTION ? chip_reset_name((enum reset_kind)kind) : NULL;
}

const char *scenario_refusal_word(unsigned refusal)
{
    return words_option_refusal((enum option_refusal)refusal);
}

const char *scenario_path_word(unsigned path)
{
    return entry_path_name((enum entry_path)path);
}

const char *scenario_accept_word(unsigned number)
{
    return number < ACCEPT_COUNT ? accept_name((enum accept)number) : NULL;
}

const char *scenario_accept_help(unsigned number)
{
    static const char *const texts[] = {
        [ACCEPT_NOTHING] = "nothing entered the ROM, so that nothing was judged",
        [ACCEPT_POINTS] = "a point of the contract does not hold, and the ROM serves",
        [ACCEPT_AT_RISK] = "nobody can say whether the ROM serves",
    };

    return texts[number];
}

const char *scenario_interface_word(unsigned number)
{
    return number + WIRE_USB < WIRE_COUNT ? wire_name((enum wire)(number + WIRE_USB)) : NULL;
}
