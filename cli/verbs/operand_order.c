// operand_order.c: finds swapped operands by what ports look like.
// SPDX-License-Identifier: MIT
#include "operand_order.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool looks_like_port(const char *text)
{
    static const char *const starts[] = {"usb:",         "serial:",     "/dev/tty",  "/dev/cu.",
                                         "/dev/serial/", "/dev/rfcomm", "\\\\.\\COM"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (begins(text, starts[i])) {
            return true;
        }
    }
    return begins(text, "COM") && isdigit((unsigned char)text[3]);
}

static int swapped(const char *const *operands, const struct option_table *table,
                   struct problem *problem)
{
    char command[sizeof problem->try_this];

    snprintf(command, sizeof command, "%s %s %s %s", table->program, table->verb, operands[1],
             operands[0]);
    return problem_set(problem, EXIT_USAGE, command,
                       "arguments: %s and %s are swapped; the usage is %s %s %s", operands[0],
                       operands[1], table->program, table->verb, table->operands);
}

int operand_order_check(const char *const *operands, int count, const struct option_table *table,
                        struct problem *problem)
{
    bool port_first = table->values[0] == OPTION_PORT;
    char usage[sizeof problem->try_this];

    if (!port_first && table->values[1] != OPTION_PORT) {
        return 0;
    }
    if (count == 2 && looks_like_port(operands[port_first]) &&
        !looks_like_port(operands[!port_first])) {
        return swapped(operands, table, problem);
    }
    if (count == 1 && !port_first && looks_like_port(operands[0])) {
        snprintf(usage, sizeof usage, "%s %s FILE %s", table->program, table->verb, operands[0]);
        return problem_set(problem, EXIT_USAGE, usage,
                           "arguments: %s is a port, and the file is missing", operands[0]);
    }
    return 0;
}
