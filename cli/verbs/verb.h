// verb.h: what `bootleap VERB` needs to know about a verb.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_VERB_H
#define BOOTLEAP_CLI_VERB_H

#include "options.h"

struct verb {
    struct option_table table; // its name, its help, its options
    int least, most;           // arguments that are no options, at most OPTIONS_ARGUMENTS
    // Returns 0, or the exit code that it put into *problem.
    int (*run)(const struct options *options, struct problem *problem);
};

extern const struct verb cmd_list;
extern const struct verb cmd_info;
extern const struct verb cmd_enter;
extern const struct verb cmd_wait;
extern const struct verb cmd_flash;
extern const struct verb cmd_read;
extern const struct verb cmd_verify;
extern const struct verb cmd_erase;
extern const struct verb cmd_reset;
extern const struct verb cmd_go;
extern const struct verb cmd_option;
extern const struct verb cmd_protect;
extern const struct verb cmd_unprotect;
extern const struct verb cmd_devices;
extern const struct verb cmd_pins;
extern const struct verb cmd_doctor;
extern const struct verb cmd_example;
extern const struct verb cmd_try_board;

#endif
