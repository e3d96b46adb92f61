// connection_wait.c: paces the looks for a board, tells of them, and ends them.
// SPDX-License-Identifier: MIT
#include "connection_wait.h"

#include "monotonic.h"

#include <stdio.h>
#include <string.h>

enum {
    LOOK_MS = 50, // from one look to the next at least
    TELL_MS = 1000,
    SETTLE_MS = 2000, // udev has given a new port to its group by then
};

static void tell(struct connection *connection, uint64_t now)
{
    const struct connection_settings *settings = &connection->settings;
    const struct bootloader_wait *wait = &settings->wait;
    char what[96];

    if (wait->tell && now >= connection->board.told + TELL_MS) {
        const char *port = settings->rom_port ? settings->rom_port : settings->port;
        snprintf(what, sizeof what, "the board at %s", port);
        wait->tell(wait->context, what, (unsigned)(now - connection->board.since),
                   settings->board_ms);
        connection->board.told = now;
    }
}

void connection_wait_start(struct connection *connection)
{
    uint64_t now = monotonic_ms();

    if (connection->settings.board_ms) {
        // What would free a ROM could be the first that one hears which starts in between.
        connection->settings.recovery = RECOVERY_NONE;
        connection->board.since = connection->board.looked = now;
        connection->board.told = now - TELL_MS;
    }
}

unsigned connection_wait_left(const struct connection *connection, unsigned least_ms)
{
    uint64_t waited = monotonic_ms() - connection->board.since;
    unsigned most = connection->settings.board_ms;

    return most && waited + least_ms < most ? most - (unsigned)waited : least_ms;
}

static bool is_over(const struct connection *connection, uint64_t now)
{
    return now - connection->board.since >= connection->settings.board_ms;
}

// What fails for longer than a new port takes to settle will go on to fail.
static bool may_come(struct connection *connection, int error, uint64_t now)
{
    if (error != EXIT_FAILED) {
        connection->board.fails = false;
        return error == EXIT_NO_DEVICE;
    }
    if (!connection->board.fails) {
        connection->board.fails = true;
        connection->board.failed = now;
    }
    return now - connection->board.failed < SETTLE_MS;
}

int connection_wait_again(struct connection *connection, int error, struct problem *problem)
{
    const struct bootloader_wait *wait = &connection->settings.wait;
    const uint64_t now = monotonic_ms();
    const size_t used = strlen(problem->what);

    if (connection->settings.board_ms == 0 || !may_come(connection, error, now)) {
        return error;
    }
    if (wait->interrupted && wait->interrupted(wait->context)) {
        return problem_set(problem, EXIT_FAILED, NULL,
                           "interrupted: no board came, nothing was changed");
    }
    if (is_over(connection, now)) {
        snprintf(problem->what + used, sizeof problem->what - used, " (waited for %u s)",
                 connection->settings.board_ms / 1000);
        return error;
    }
    tell(connection, now);
    if (now < connection->board.looked + LOOK_MS) {
        monotonic_sleep_ms((unsigned)(connection->board.looked + LOOK_MS - now));
    }
    connection->board.looked = monotonic_ms();
    return 0;
}
