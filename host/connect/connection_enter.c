// connection_enter.c: from a running application to its ROM, on whatever port that answers.
// SPDX-License-Identifier: MIT
#include "ask_run.h"
#include "connection.h"
#include "connection_lines.h"
#include "connection_look.h"
#include "connection_ports.h"
#include "connection_wait.h"
#include "monotonic.h"
#include "serial.h"
#include "usb_board.h"
#include "usb_choice.h"

#include <stdio.h>
#include <string.h>

enum {
    LISTEN_MS = 300,     // for a bootloader that may run
    START_MS = 2000,     // for one that the application was asked for
    USB_START_MS = 5000, // ... with the time that a host takes to enumerate it
    LEAVE_MS = 1000,     // an application that leaves USB at all is gone by then
    SILENCE_MS = 100,    // the application has said all it has to say
    CHATTER_MS = 1000,
    RETRY_MS = 100,
    TOUCH_BAUD = 1200,
};

// What it prints must not be taken for the answer of a bootloader.
static void let_it_finish(struct connection *connection)
{
    serial_await_silence(connection->application, SILENCE_MS, CHATTER_MS);
}

static int send_text(struct connection *connection, struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;

    if (serial_write(connection->application, settings->text, settings->text_length) != 0) {
        problem_set(problem, EXIT_FAILED, "check the cable",
                    "ask the application at %s: the port is gone", settings->port);
        return problem_blame(problem, FAULT_LINE);
    }
    let_it_finish(connection);
    return 0;
}

static int run_sequence(struct connection *connection, struct problem *problem)
{
    int error = ask_run(connection->settings.sequence, connection->application, problem);

    if (error == 0) {
        let_it_finish(connection);
    }
    return error;
}

static int ask(struct connection *connection, struct problem *problem)
{
    int error = connection_open_application(connection, problem);

    if (error) {
        return error;
    }
    connection->entry_requested = true;
    connection->looks = 1;
    switch (connection->settings.ask) {
    case ASK_TOUCH:
        error = serial_touch(connection->application, TOUCH_BAUD, problem);
        break;
    case ASK_SEQUENCE:
        error = run_sequence(connection, problem);
        break;
    default:
        error = send_text(connection, problem);
    }
    if (error == 0) {
        connection_close_application(connection);
    }
    return error;
}

static void suggest(const struct connection_settings *settings, struct problem *problem)
{
    if (settings->ask == ASK_SEQUENCE) {
        const struct ask_sequence *sequence = settings->sequence;
        const char *hint = ask_text(sequence, &sequence->hint);
        snprintf(problem->try_this, sizeof problem->try_this, "%s",
                 *hint ? hint : "reset the chip and start its ROM by BOOT0");
        return;
    }
    if (settings->ask == ASK_TOUCH) {
        snprintf(problem->try_this, sizeof problem->try_this,
                 "--text, if the application wants a text: its port was opened at %d baud and "
                 "closed; or reset the chip and start its ROM by BOOT0",
                 TOUCH_BAUD);
        return;
    }
    snprintf(problem->try_this, sizeof problem->try_this,
             "--text and --app-baud as the application wants them (it got %zu character%s at %u "
             "baud); or reset the chip and start its ROM by BOOT0%s",
             settings->text_length, settings->text_length == 1 ? "" : "s",
             connection_application_baud(settings),
             settings->recovery & RECOVERY_FINISHES_ANY
                 ? ""
                 : "; --recover, if a program died in the middle of a command");
}

static int identify(struct connection *connection, unsigned window_ms, unsigned recovery,
                    struct problem *problem)
{
    return connection->bootloader->ops->identify(connection->bootloader, window_ms, recovery,
                                                 problem);
}

static int open_usb_rom(struct connection *connection, const char *path, struct problem *problem)
{
    snprintf(connection->usb_port, sizeof connection->usb_port, "usb:%s", path);
    int error = connection_open_rom(connection, connection->usb_port, problem);
    return error ? error : identify(connection, START_MS, RECOVERY_NONE, problem);
}

// The ROM comes to the place where the application was, within this time.
static int follow_within(struct connection *connection, unsigned window_ms, struct problem *problem)
{
    const struct usb_board *place = &connection->place;
    int error = usb_board_await(place, window_ms, &connection->settings.wait, problem);

    if (error) {
        return error;
    }
    connection_close_all(connection);
    return open_usb_rom(connection, place->path, problem);
}

static int follow_board(struct connection *connection, struct problem *problem)
{
    int error = follow_within(connection, connection_wait_left(connection, USB_START_MS), problem);

    if (error == EXIT_NO_DEVICE && connection->settings.ask == ASK_SEQUENCE) {
        suggest(&connection->settings, problem);
    }
    return error;
}

// The ROM is on the serial line of the application, or another one; or the application brings its
// own USB, and so does the ROM.
static int enter_from_serial(struct connection *connection, const char *rom_port,
                             struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    struct usb_board *place = &connection->place;
    int error = settings->rom_port ? 0 : usb_board_of_port(place, settings->port, problem);

    if (error == 0) {
        error = connection_open_rom(connection, rom_port, problem);
    }
    if (error == 0) {
        error = identify(connection, LISTEN_MS, RECOVERY_NONE, problem);
    }
    if (error != EXIT_NO_DEVICE || !connection->bootloader) {
        return error;
    }
    error = ask(connection, problem);
    if (error) {
        return error;
    }
    if (place->path[0] && usb_board_leaves(place, LEAVE_MS)) {
        return follow_board(connection, problem);
    }
    error = identify(connection, START_MS, RECOVERY_STARTS | settings->recovery, problem);
    if (error == EXIT_NO_DEVICE) {
        suggest(settings, problem);
    }
    return error;
}

// Any ROM that `rom_port` means may come: nothing tells which board the serial line is on.
static int await_choice(struct connection *connection, const char *rom_port,
                        struct problem *problem)
{
    const uint64_t end = monotonic_ms() + USB_START_MS;
    struct usb_found rom;
    int error;

    while ((error = usb_choice_find(&rom, rom_port, USB_ROLE_DFU, problem)) == EXIT_NO_DEVICE &&
           monotonic_ms() < end) {
        monotonic_sleep_ms(RETRY_MS);
    }
    if (error == EXIT_NO_DEVICE) {
        suggest(&connection->settings, problem);
    }
    return error ? error : open_usb_rom(connection, rom.path, problem);
}

// A ROM that runs already.
static int open_running(struct connection *connection, const char *rom_port,
                        struct problem *problem)
{
    struct usb_found rom;
    int error = usb_choice_find(&rom, rom_port, USB_ROLE_DFU, problem);

    return error ? error : open_usb_rom(connection, rom.path, problem);
}

// The application is asked over a serial line, its ROM answers on USB. Where the line is that of
// its own USB, it runs: a ROM that is there beside it is another board's.
static int enter_from_serial_to_usb(struct connection *connection, const char *rom_port,
                                    struct problem *problem)
{
    struct usb_board *place = &connection->place;
    struct usb_choice choice;

    connection->has_application = true;
    int error = usb_choice_parse(&choice, rom_port, problem);
    if (error == 0) {
        error = usb_board_of_port(place, connection->settings.port, problem);
    }
    if (error) {
        return error;
    }
    bool follows =
        place->path[0] && choice.kind != USB_CHOICE_PATH && choice.kind != USB_CHOICE_SERIAL;
    error = follows ? EXIT_NO_DEVICE : open_running(connection, rom_port, problem);
    if (error != EXIT_NO_DEVICE) { // one that is about to leave does not count
        return error;
    }
    connection_close_rom(connection);
    error = ask(connection, problem);
    if (error) {
        return error;
    }
    return follows ? follow_board(connection, problem)
                   : await_choice(connection, rom_port, problem);
}

// What is at `port` on USB. While a board is awaited, what cannot be asked does not count.
static int find_on_usb(const struct connection *connection, const char *port,
                       struct usb_found *found, struct problem *problem)
{
    const unsigned all = USB_ROLE_DFU | USB_ROLE_RUNTIME | USB_ROLE_SERIAL;

    if (connection->settings.board_ms == 0) {
        return usb_choice_find(found, port, all, problem);
    }
    int error = usb_choice_find(found, port, USB_ROLE_DFU, problem);
    return error == EXIT_NO_DEVICE ? usb_choice_find(found, port, USB_ROLE_RUNTIME, problem)
                                   : error;
}

// It is the ROM, or an application that leaves for it.
static int enter_from_usb(struct connection *connection, const char *port, struct problem *problem)
{
    const enum connection_ask by = connection->settings.ask;
    struct usb_found found;

    int error = find_on_usb(connection, port, &found, problem);
    if (error) {
        return error;
    }
    if (found.roles & USB_ROLE_DFU) {
        return open_usb_rom(connection, found.path, problem);
    }
    if (!(found.roles & USB_ROLE_RUNTIME) || (by != ASK_USUAL && by != ASK_DETACH)) {
        return problem_set(problem, EXIT_USAGE,
                           "its serial port (bootleap list) as PORT, with --ask text or --ask 1200",
                           "ask the application at usb:%s (%s): %s", found.path, found.name,
                           found.roles & USB_ROLE_RUNTIME
                               ? "it has DFU_DETACH here, text goes over a serial port"
                               : "it does not have DFU_DETACH");
    }
    usb_board_set(&connection->place, &found);
    connection->entry_requested = true;
    error = usb_board_detach(&found, connection->settings.monitor, problem);
    return error ? error : follow_board(connection, problem);
}

// DTR and RTS start the ROM.
static int enter_by_lines(struct connection *connection, const char *rom_port,
                          struct problem *problem)
{
    const unsigned recovery = RECOVERY_STARTS | connection->settings.recovery;

    int error = connection_lines_enter(connection, rom_port, problem);
    if (error) {
        return error;
    }
    error = connection_is_usb(rom_port) ? await_choice(connection, rom_port, problem)
                                        : identify(connection, START_MS, recovery, problem);
    if (error == EXIT_NO_DEVICE) {
        snprintf(problem->try_this, sizeof problem->try_this,
                 "--dtr-rts for the circuit of this board, see --help; -v shows what is sent; the "
                 "same steps by hand: BOOT0 and a reset");
    }
    return error;
}

static int enter_once(struct connection *connection, const char *rom_port, struct problem *problem)
{
    const char *port = connection->settings.port;

    if (connection->settings.lines) {
        return enter_by_lines(connection, rom_port, problem);
    }
    if (connection_is_usb(port)) {
        return enter_from_usb(connection, port, problem);
    }
    return connection_is_usb(rom_port) ? enter_from_serial_to_usb(connection, rom_port, problem)
                                       : enter_from_serial(connection, rom_port, problem);
}

// The application was asked, and is not asked again: somebody may press a button now.
static int look_for_rom(struct connection *connection, const char *rom_port,
                        struct problem *problem)
{
    int error = EXIT_NO_DEVICE;

    if (connection->place.path[0]) {
        error = follow_within(connection, 0, problem);
    }
    if (error != EXIT_NO_DEVICE) {
        return error;
    }
    return connection_is_usb(rom_port) ? open_running(connection, rom_port, problem)
                                       : connection_look(connection, rom_port, problem);
}

static int check_ways(struct connection *connection, const char *rom_port, struct problem *problem)
{
    const struct connection_settings *settings = &connection->settings;
    bool is_sequence = settings->ask == ASK_SEQUENCE;

    if (settings->lines) { // nobody is asked
        return 0;
    }
    if (is_sequence && settings->sequence->refusal.length) {
        return ask_refuse(settings->sequence, problem);
    }
    if (is_sequence && settings->sequence->detaches) {
        connection->settings.ask = ASK_DETACH;
    }
    if (!connection_is_usb(settings->port)) {
        return settings->ask == ASK_DETACH
                   ? problem_set(problem, EXIT_USAGE, "usb: as PORT; bootleap list",
                                 "--ask dfu: %s is a serial port", settings->port)
                   : 0;
    }
    if (strcmp(rom_port, "usb:") == 0 || strcmp(rom_port, settings->port) == 0) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "the same without --rom-port",
                       "--rom-port %s: the ROM comes to the place on USB of %s", rom_port,
                       settings->port);
}

int connection_enter(struct connection *connection, const struct connection_settings *settings,
                     struct problem *problem)
{
    const char *rom_port = settings->rom_port ? settings->rom_port : settings->port;

    *connection = (struct connection){.settings = *settings};
    int error = check_ways(connection, rom_port, problem);
    if (error) {
        return error;
    }
    connection_wait_start(connection);
    for (;;) {
        error = connection->entry_requested ? look_for_rom(connection, rom_port, problem)
                                            : enter_once(connection, rom_port, problem);
        if (error == 0) {
            return 0;
        }
        error = connection_wait_again(connection, error, problem);
        if (error) {
            return error;
        }
        if (!connection->entry_requested) {
            connection_close_all(connection);
        }
    }
}
