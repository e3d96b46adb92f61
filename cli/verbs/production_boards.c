// production_boards.c: which boards a run is for: those that were named, or all on USB.
// SPDX-License-Identifier: MIT
#include "production_command.h"

#include "interrupt.h"
#include "monotonic.h"
#include "port_name.h"
#include "usb_places.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 100 };

_Static_assert((int)USB_PLACES_PORT_BYTES <= (int)PRODUCTION_PORT_BYTES, "a place has room");

static bool is_same(const char *one, const char *other)
{
    char *a = port_name_real(one), *b = port_name_real(other);
    bool same = strcmp(a ? a : one, b ? b : other) == 0;

    free(a);
    free(b);
    return same;
}

static int take_named(struct production_command *command, struct problem *problem)
{
    const struct options *options = command->options;

    command->port_count = (size_t)options->argument_count - 1;
    for (size_t i = 0; i < command->port_count; i++) {
        command->ports[i] = options->arguments[i + 1];
        for (size_t j = 0; j < i; j++) {
            if (is_same(command->ports[i], command->ports[j])) {
                return problem_set(problem, EXIT_USAGE, "each of them once",
                                   "arguments: %s and %s are one port", command->ports[j],
                                   command->ports[i]);
            }
        }
    }
    if (command->port_count == 0) { // the only ROM on USB
        command->ports[command->port_count++] = NULL;
    }
    return 0;
}

static int look(struct production_command *command, struct problem *problem)
{
    struct usb_places places = {.count = 0};
    struct usb_place *place;

    int error = usb_places_look(&places, command->options->ask == ASK_DETACH, problem);
    while (error == 0 && command->port_count < PRODUCTION_COMMAND_BOARDS &&
           (place = usb_places_take(&places)) != NULL) {
        char *port = command->found[command->port_count];
        memcpy(port, place->port, sizeof place->port);
        command->ports[command->port_count++] = port;
    }
    return error;
}

// With --wait, until the first one is there.
static int take_all(struct production_command *command, struct problem *problem)
{
    uint64_t began = monotonic_ms();
    int error;

    while ((error = look(command, problem)) == 0 && command->port_count == 0 &&
           monotonic_ms() - began < command->options->board_ms && !interrupt_has_come(NULL)) {
        monotonic_sleep_ms(LOOK_MS);
    }
    if (error || command->port_count) {
        return error;
    }
    return problem_set(problem, EXIT_NO_DEVICE,
                       "bootleap list; start the ROMs by BOOT0 and a reset, with USB plugged in; "
                       "or --wait",
                       "--all: no STM32's ROM is on USB");
}

int production_boards_find(struct production_command *command, struct problem *problem)
{
    if (command->options->loop) {
        return 0;
    }
    return command->options->all ? take_all(command, problem) : take_named(command, problem);
}
