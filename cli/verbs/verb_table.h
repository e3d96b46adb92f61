// verb_table.h: the verbs by their names, and one run of one of them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_VERB_TABLE_H
#define BOOTLEAP_CLI_VERB_TABLE_H

#include "verb.h"

#include <stddef.h>

// The verb at this place of the help, from 0 on; NULL behind the last one.
const struct verb *verb_table_at(size_t index);

// Runs the verb argv[0] with the arguments behind it, or prints its help. With --json it prints the
// one object of json_report.h, also where there is a problem. Returns 0, or the exit
// code that it put into *problem: EXIT_USAGE where there is no such verb, with the one that it is
// nearest to.
int verb_table_run(int argc, char **argv, struct problem *problem);

#endif
