// line_without.c: what the simulated line does not have: DTR and RTS, a monitor.
// SPDX-License-Identifier: MIT
#include "serial.h"

int serial_set_lines(struct serial *line, unsigned lines, unsigned asserted,
                     struct problem *problem)
{
    (void)line;
    (void)lines;
    (void)asserted;
    return problem_set(problem, EXIT_FAILED, NULL, "the simulated line has no DTR and RTS");
}

void serial_monitor(struct serial *line, const struct monitor *monitor)
{
    (void)line;
    (void)monitor;
}

void serial_keep_lines(struct serial *line)
{
    (void)line;
}
