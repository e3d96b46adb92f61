// connection.c: which port is open at what settings, on the way to the bootloader and back.
// SPDX-License-Identifier: MIT
#include "connection.h"

#include "bootloader_open.h"
#include "console.h"
#include "monotonic.h"
#include "serial.h"

#include <stdio.h>
#include <string.h>

enum {
    FIND_MS = 1000,   // for a bootloader that has to run already
    LISTEN_MS = 300,  // for one that may
    START_MS = 2000,  // for one that the application was asked for
    SILENCE_MS = 100, // the application has said all it has to say
    CHATTER_MS = 1000,
    RETRY_MS = 100,
};

static int open_bootloader(struct connection *connection,
                           const struct connection_settings *settings, struct problem *problem)
{
    const struct bootloader_settings rom_settings = {.baud = settings->rom_baud,
                                                     .timeout_ms = settings->timeout_ms};
    const char *rom_port = settings->rom_port ? settings->rom_port : settings->port;
    bool share_port = strcmp(rom_port, settings->port) == 0;
    struct serial *line = NULL;

    *connection = (struct connection){.settings = *settings};
    int error = bootloader_open(&connection->bootloader, rom_port, &rom_settings, &line, problem);
    if (error) {
        return error;
    }
    connection->bootloader->wait = settings->wait;
    connection->shared = share_port ? line : NULL;
    connection->has_application = !share_port || line != NULL;
    return 0;
}

static int open_application(struct connection *connection, struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    struct serial *line = connection->shared;

    int error = line ? 0 : serial_open(&line, settings->port, problem);
    if (error == 0) {
        error = serial_configure(line, settings->app_baud, PARITY_NONE, problem);
    }
    if (error == 0 && connection->shared == NULL) {
        serial_discard(line);
    }
    if (error && connection->shared == NULL) {
        serial_close(line);
        return error;
    }
    connection->application = line;
    return error;
}

// An application with a USB port of its own takes the port away when it leaves.
static void close_application(struct connection *connection)
{
    if (connection->application != connection->shared) {
        serial_close(connection->application);
    }
    connection->application = NULL;
}

// Sends the text and lets the application finish what it prints, so that none of it is taken for
// the answer of a bootloader.
static int request_entry(struct connection *connection, struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;

    int error = open_application(connection, problem);
    if (error) {
        return error;
    }
    connection->entry_requested = true;
    if (serial_write(connection->application, settings->text, settings->text_length) != 0) {
        return problem_set(problem, EXIT_FAILED, "check the cable",
                           "ask the application at %s: the port is gone", settings->port);
    }
    serial_await_silence(connection->application, SILENCE_MS, CHATTER_MS);
    close_application(connection);
    return 0;
}

static void suggest(const struct connection_settings *settings, struct problem *problem)
{
    snprintf(problem->try_this, sizeof problem->try_this,
             "--text and --app-baud as the application wants them (it got %zu character%s at %u "
             "baud); or reset the chip and start its ROM by BOOT0%s",
             settings->text_length, settings->text_length == 1 ? "" : "s", settings->app_baud,
             settings->recovery & RECOVERY_FINISHES_ANY
                 ? ""
                 : "; --recover, if a program died in the middle of a command");
}

int connection_find(struct connection *connection, const struct connection_settings *settings,
                    struct problem *problem)
{
    int error = open_bootloader(connection, settings, problem);
    if (error) {
        return error;
    }
    return connection->bootloader->ops->identify(connection->bootloader, FIND_MS,
                                                 settings->recovery, problem);
}

int connection_enter(struct connection *connection, const struct connection_settings *settings,
                     struct problem *problem)
{
    int error = open_bootloader(connection, settings, problem);
    if (error) {
        return error;
    }
    struct bootloader *bootloader = connection->bootloader;
    error = bootloader->ops->identify(bootloader, LISTEN_MS, RECOVERY_NONE, problem);
    if (error != EXIT_NO_DEVICE || !connection->has_application) {
        return error;
    }
    error = request_entry(connection, problem);
    if (error) {
        return error;
    }
    error = bootloader->ops->identify(bootloader, START_MS, RECOVERY_STARTS | settings->recovery,
                                      problem);
    if (error == EXIT_NO_DEVICE) {
        suggest(settings, problem);
    }
    return error;
}

// The port of an application that brings its own USB comes back when the application runs.
static int await_application(struct connection *connection, struct problem *problem)
{
    uint64_t end = monotonic_ms() + connection->settings.wait_ms;
    int error;

    while ((error = open_application(connection, problem)) == EXIT_NO_DEVICE &&
           monotonic_ms() < end) {
        monotonic_sleep_ms(RETRY_MS);
    }
    return error;
}

int connection_start(struct connection *connection, uint32_t address,
                     char line[CONNECTION_LINE_BYTES], struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    struct bootloader *bootloader = connection->bootloader;
    struct problem later;

    line[0] = '\0';
    // Open before it starts, where that is possible, to miss nothing of what it prints.
    if (connection->has_application && connection->shared == NULL) {
        open_application(connection, &later);
    }
    int error = bootloader->ops->go(bootloader, address, problem);
    if (error || settings->wait_ms == 0 || !connection->has_application) {
        return error;
    }
    if (connection->application == NULL) {
        error = await_application(connection, problem);
    }
    if (error) {
        return error;
    }
    return console_read_line(connection->application, settings->expect, settings->wait_ms, line,
                             problem);
}

void connection_close(struct connection *connection)
{
    close_application(connection);
    if (connection->bootloader) {
        connection->bootloader->ops->close(connection->bootloader);
    }
    *connection = (struct connection){0};
}
