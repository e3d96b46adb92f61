// verb_devices.c: `bootleap-sim devices`: lists the chips that it can be.
// SPDX-License-Identifier: MIT
#include "sim_verbs.h"

#include "runnable.h"

#include <stdio.h>

const struct option_table devices_options = {
    .program = "bootleap-sim",
    .verb = "devices",
    .summary = "list the chips that it can be",
    .operands = "",
    .description =
        "One line for each device: its slug, its name in AN2606, and its CMSIS macros, or why it "
        "cannot be run. The slug and each macro is a NAME for --device.\n",
};

int verb_devices(int argc, char **argv, struct problem *problem)
{
    unsigned count = 0;
    int operands;

    int error = option_table_parse(&devices_options, NULL, argc, argv, &operands, problem);
    if (error) {
        return error;
    }
    if (operands < argc) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` alone, it lists all",
                           "%s: this verb takes nothing", argv[operands]);
    }
    for (size_t i = 0; i < device_count; i++) {
        const char *why_not = runnable_why_not(&devices[i]);
        count += why_not == NULL;
        printf("%-10s %-32s", devices[i].slug, devices[i].name);
        if (why_not) {
            printf(" not run: %s\n", why_not);
            continue;
        }
        for (const char *const *part = devices[i].parts; *part; part++) {
            printf(" %s", *part);
        }
        printf("\n");
    }
    printf("%u of %zu devices can be run\n", count, device_count);
    return EXIT_DONE;
}
