// test_many_boards.c: boards of one USB id come and go: each is entered, none is mixed up.
// SPDX-License-Identifier: MIT
//
// The boards, the bus and the clock are this file's. While one board is entered, others are asked
// by somebody else, leave, come back as ROM or as application, and get new addresses each time.
#include "bootloader_open.h"
#include "connection.h"
#include "memory_bootloader.h"
#include "monotonic.h"
#include "port_list.h"
#include "usb_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    BOARDS = 16,
    ROUNDS = 100,
    ATTEMPTS = 200,      // of one board in one round: it may be away when it is looked for
    OTHERS_PERCENT = 30, // of the looks at the bus: another board is asked then
    AWAY_MS = 1500,      // at most
    STAYS_MS = 4000,     // a ROM that somebody else has asked for, at most
};

enum stage { STAGE_APPLICATION, STAGE_TO_ROM, STAGE_ROM, STAGE_TO_APPLICATION };

struct board {
    enum stage stage;
    uint64_t until; // the next one comes; 0: it stays
    unsigned address;
    char path[8], serial[16];
};

struct usb {
    struct board *board;
};

static struct {
    struct board boards[BOARDS];
    struct usb usb;
    struct memory_bootloader memory;
    struct board *asked, *opened;
    uint64_t now;
    unsigned address, moves;
} bus;

static unsigned chance(unsigned most)
{
    return (unsigned)rand() % most;
}

static void go_on(struct board *board, enum stage stage, unsigned most_ms)
{
    board->stage = stage;
    board->until = most_ms ? bus.now + 1 + chance(most_ms) : 0;
    bus.moves++;
}

static void settle(struct board *board)
{
    if (board->until == 0 || bus.now < board->until) {
        return;
    }
    board->address = ++bus.address;
    if (board->stage == STAGE_TO_ROM) {
        go_on(board, STAGE_ROM, board == bus.asked ? 0 : STAYS_MS);
    } else if (board->stage == STAGE_ROM) {
        go_on(board, STAGE_TO_APPLICATION, AWAY_MS);
    } else {
        go_on(board, STAGE_APPLICATION, 0);
    }
}

// What happens by itself, and because others ask their boards.
static void tick(unsigned ms)
{
    bus.now += ms;
    for (unsigned i = 0; i < BOARDS; i++) {
        settle(&bus.boards[i]);
    }
    struct board *other = &bus.boards[chance(BOARDS)];
    if (other != bus.asked && other->stage == STAGE_APPLICATION && chance(100) < OTHERS_PERCENT) {
        go_on(other, STAGE_TO_ROM, AWAY_MS);
    }
}

uint64_t monotonic_ms(void)
{
    return bus.now;
}

void monotonic_sleep_ms(unsigned ms)
{
    tick(ms);
}

bool port_list_usb_address(const char *port, unsigned *on_bus, unsigned *address)
{
    (void)port;
    (void)on_bus;
    (void)address;
    return false;
}

// In an order that says nothing.
int usb_list_each(void (*visit)(const struct usb_found *found, void *context), void *context,
                  struct problem *problem)
{
    unsigned first = chance(BOARDS);
    (void)problem;

    tick(1);
    for (unsigned i = 0; i < BOARDS; i++) {
        const struct board *board = &bus.boards[(first + i) % BOARDS];
        struct usb_found found = {.vendor = 0x0483, .product = 0xDF11, .bus = 1};
        found.roles = board->stage == STAGE_ROM           ? USB_ROLE_DFU
                      : board->stage == STAGE_APPLICATION ? USB_ROLE_RUNTIME
                                                          : 0;
        found.address = board->address;
        memcpy(found.path, board->path, sizeof board->path);
        memcpy(found.serial, board->serial, sizeof board->serial);
        if (found.roles) {
            visit(&found, context);
        }
    }
    return 0;
}

static struct board *board_at(const char *path)
{
    for (unsigned i = 0; i < BOARDS; i++) {
        if (strcmp(path, bus.boards[i].path) == 0) {
            return &bus.boards[i];
        }
    }
    fail_msg("no board is at %s", path);
    return NULL;
}

void usb_monitor(struct usb *usb, const struct monitor *monitor, const char *port)
{
    (void)usb;
    (void)monitor;
    (void)port;
}

int usb_open(struct usb **usb, const struct usb_found *found, struct problem *problem)
{
    struct board *board = board_at(found->path);

    tick(1);
    if (board->address != found->address || board->stage != STAGE_APPLICATION) {
        return problem_set(problem, EXIT_NO_DEVICE, NULL, "gone");
    }
    bus.usb.board = board;
    *usb = &bus.usb;
    return 0;
}

int usb_send(struct usb *usb, uint8_t request, uint16_t value, const uint8_t *bytes, unsigned size,
             unsigned timeout_ms)
{
    (void)request;
    (void)value;
    (void)bytes;
    (void)size;
    (void)timeout_ms;
    assert_ptr_equal(usb->board, bus.asked);
    go_on(usb->board, STAGE_TO_ROM, AWAY_MS);
    return 0;
}

void usb_reset(struct usb *usb)
{
    (void)usb;
}

void usb_close(struct usb *usb)
{
    (void)usb;
}

int bootloader_open(struct bootloader **bootloader, const char *port,
                    const struct bootloader_settings *settings, struct serial **line,
                    struct problem *problem)
{
    struct board *board = board_at(port + strlen("usb:"));
    (void)settings;

    if (board->stage != STAGE_ROM) {
        return problem_set(problem, EXIT_NO_DEVICE, NULL, "gone");
    }
    bus.opened = board;
    bus.memory.calls[CALL_IDENTIFY] = 0;
    *bootloader = &bus.memory.base;
    *line = NULL;
    return 0;
}

static void plug_in(void)
{
    memset(&bus, 0, sizeof bus);
    srand(16);
    for (unsigned i = 0; i < BOARDS; i++) {
        struct board *board = &bus.boards[i];
        board->address = ++bus.address;
        snprintf(board->path, sizeof board->path, "1-%u", i + 1);
        snprintf(board->serial, sizeof board->serial, "%08X4541", 0x4283545E + i);
    }
    memory_bootloader_open(&bus.memory, device_find("f405"), 2048, 1);
}

// Enters it once, flashes nothing, and leaves. 0, or why not.
static int visit(struct board *board, bool by_path)
{
    char port[40], line[CONNECTION_LINE_BYTES];
    struct connection connection;
    struct problem problem;

    snprintf(port, sizeof port, by_path ? "usb:%s" : "usb:serial=%s",
             by_path ? board->path : board->serial);
    const struct connection_settings settings = {.port = port};
    bus.asked = board;
    bus.opened = NULL;
    int error = connection_enter(&connection, &settings, &problem);
    if (bus.opened) {
        assert_ptr_equal(bus.opened, board);
    }
    if (error == 0) {
        assert_non_null(bus.opened);
        error = connection_start(&connection, 0x08000000, line, &problem);
        go_on(board, STAGE_TO_APPLICATION, AWAY_MS);
    }
    connection_close(&connection);
    bus.asked = NULL;
    return error;
}

static void no_board_is_taken_for_another(void **state)
{
    unsigned entered = 0;
    (void)state;

    plug_in();
    for (unsigned round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < BOARDS; i++) {
            struct board *board = &bus.boards[(i * 7 + round) % BOARDS];
            int error = 1;
            for (unsigned n = 0; error && n < ATTEMPTS; n++) {
                error = visit(board, chance(2));
                tick(chance(100));
            }
            entered += error == 0;
        }
    }
    assert_int_equal(entered, BOARDS * ROUNDS);
    assert_true(bus.moves > 8 * BOARDS * ROUNDS); // the others did not stand still
    memory_bootloader_free(&bus.memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_board_is_taken_for_another),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
