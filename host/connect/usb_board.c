// usb_board.c: looks at a board's place on USB until what is awaited is there.
// SPDX-License-Identifier: MIT
#include "usb_board.h"

#include "devices.h"
#include "dfu.h"
#include "monotonic.h"
#include "port_list.h"
#include "usb_ids.h"
#include "usb_list.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
    LOOK_MS = 50,
    TELL_MS = 1000,
    DETACH_MS = 1000, // wTimeout: within this time a host would reset the bus
    ANSWER_MS = 1000, // an application answers at once
    SUM_DIGITS = 8,
    UNIQUE_ID_DIGITS = 12, // of a serial number that ST's ROMs and examples make of the unique id
};

static bool will_detach(const struct usb_found *found)
{
    struct dfu_functional functional;

    return dfu_functional_read(&functional, found->class_bytes, found->class_size) &&
           functional.attributes & DFU_WILL_DETACH;
}

// What is looked for at a place, and what is there.
struct place {
    const char *path;
    unsigned bus, address; // instead of `path`, where that is NULL
    bool there;
    struct usb_found found;
};

static void look(const struct usb_found *found, void *context)
{
    struct place *place = context;

    if (place->path ? strcmp(place->path, found->path) == 0
                    : place->bus == found->bus && place->address == found->address) {
        place->there = true;
        place->found = *found;
    }
}

void usb_board_set(struct usb_board *board, const struct usb_found *found)
{
    memcpy(board->path, found->path, sizeof board->path);
    memcpy(board->serial, found->serial, sizeof board->serial);
    board->address = found->address;
}

int usb_board_of_port(struct usb_board *board, const char *port, struct problem *problem)
{
    struct place place = {.path = NULL};

    *board = (struct usb_board){.path = ""};
    if (!port_list_usb_address(port, &place.bus, &place.address)) {
        return 0;
    }
    int error = usb_list_each(look, &place, problem);
    if (error || !place.there) {
        return error;
    }
    const struct usb_id *id = usb_id_find(place.found.vendor, place.found.product);
    if (id == NULL || id->kind != USB_ID_ADAPTER) {
        usb_board_set(board, &place.found);
    }
    return 0;
}

int usb_board_detach(const struct usb_found *found, const struct monitor *monitor,
                     struct problem *problem)
{
    struct usb *usb;

    int error = usb_open(&usb, found, problem);
    if (error) {
        return error;
    }
    usb_monitor(usb, monitor, found->path);
    // Whoever leaves at once may not get to its answer.
    bool refused = usb_send(usb, DFU_DETACH, DETACH_MS, NULL, 0, ANSWER_MS) == USB_STALLED;
    if (!refused && !will_detach(found)) {
        usb_reset(usb);
    }
    usb_close(usb);
    return refused
               ? problem_set(problem, EXIT_REFUSED,
                             "--ask text or --ask 1200 with its serial port, or BOOT0 and a "
                             "reset",
                             "ask the application at usb:%s: it refuses DFU_DETACH", found->path)
               : 0;
}

bool usb_board_leaves(const struct usb_board *board, unsigned window_ms)
{
    const uint64_t end = monotonic_ms() + window_ms;
    struct problem ignored;

    for (;;) {
        struct place place = {.path = board->path};
        if (usb_list_each(look, &place, &ignored) == 0 &&
            (!place.there || place.found.roles & USB_ROLE_DFU)) {
            return true;
        }
        if (monotonic_ms() >= end) {
            return false;
        }
        monotonic_sleep_ms(LOOK_MS);
    }
}

static bool is_of_unique_id(const char *serial)
{
    size_t digits = 0;

    while (isxdigit((unsigned char)serial[digits])) {
        digits++;
    }
    return digits == UNIQUE_ID_DIGITS && serial[digits] == '\0';
}

// Some ROMs give all chips of theirs the same one.
static bool is_of_no_chip(const char *serial)
{
    for (size_t i = 0; i < device_count; i++) {
        const struct rom_dfu *dfu = &devices[i].dfu;
        if (dfu->serial == DFU_SERIAL_FIXED && dfu->serial_text &&
            strcasecmp(dfu->serial_text, serial) == 0) {
            return true;
        }
    }
    return false;
}

// The first eight digits are the same sum in ST's ROMs and in its library for applications; where
// the last four are from differs.
static int check(const struct usb_board *board, const struct usb_found *rom,
                 struct problem *problem)
{
    if (!is_of_unique_id(board->serial) || !is_of_unique_id(rom->serial) ||
        is_of_no_chip(rom->serial) || strncasecmp(board->serial, rom->serial, SUM_DIGITS) == 0) {
        return 0;
    }
    char advice[96];
    snprintf(advice, sizeof advice, "usb:%s as PORT, if it is the right one all the same",
             rom->path);
    return problem_set(problem, EXIT_FAILED, advice,
                       "wait for the ROM at usb:%s: the application there had serial number %s, "
                       "the ROM has %s: that may be another chip",
                       board->path, board->serial, rom->serial);
}

static int not_there(const struct usb_board *board, const struct place *place, unsigned window_ms,
                     struct problem *problem)
{
    if (place->there && place->found.address == board->address) {
        return problem_set(problem, EXIT_NO_DEVICE,
                           "another way to ask, as the application wants it (--ask; --text and "
                           "--app-baud over a serial port); or BOOT0 and a reset",
                           "wait for the ROM at usb:%s: the application is still there after "
                           "%u ms",
                           board->path, window_ms);
    }
    return problem_set(problem, EXIT_NO_DEVICE,
                       "bootleap-sim with the same firmware says whether the ROM serves USB after "
                       "it; a crystal that the ROM needs; BOOT0 and a reset",
                       place->there ? "wait for the ROM at usb:%s: the application has left, and "
                                      "is back there after %u ms"
                                    : "wait for the ROM at usb:%s: the application is gone, and "
                                      "nothing came there within %u ms",
                       board->path, window_ms);
}

int usb_board_await(const struct usb_board *board, unsigned window_ms,
                    const struct bootloader_wait *wait, struct problem *problem)
{
    const uint64_t start = monotonic_ms();
    uint64_t told = start;

    for (;;) {
        struct place place = {.path = board->path};
        int error = usb_list_each(look, &place, problem);
        uint64_t now = monotonic_ms();
        if (error) {
            return error;
        }
        if (place.there && place.found.roles & USB_ROLE_DFU) {
            return check(board, &place.found, problem);
        }
        if (now - start >= window_ms || (wait->interrupted && wait->interrupted(wait->context))) {
            return not_there(board, &place, window_ms, problem);
        }
        if (wait->tell && now - told >= TELL_MS) {
            told = now;
            wait->tell(wait->context, "ROM on USB", (unsigned)(now - start), window_ms);
        }
        monotonic_sleep_ms(LOOK_MS);
    }
}
