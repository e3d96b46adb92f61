// verb.h: what `bootleap VERB` needs to know about a verb.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_VERB_H
#define BOOTLEAP_CLI_VERB_H

#include "options.h"

struct verb {
    const char *name;
    const char *summary; // one line, for the list of verbs
    const char *usage;   // the arguments
    const char *help;
    const char *allowed; // options, as options_parse wants them
    int least, most;     // arguments that are no options
    // Returns 0, or the exit code that it put into *problem.
    int (*run)(const struct options *options, struct problem *problem);
};

extern const struct verb cmd_list;
extern const struct verb cmd_info;
extern const struct verb cmd_enter;
extern const struct verb cmd_flash;
extern const struct verb cmd_go;
extern const struct verb cmd_devices;
extern const struct verb cmd_pins;
extern const struct verb cmd_doctor;

#endif
