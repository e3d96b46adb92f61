// usb_places.h: where boards are on USB, and which of them are new.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_USB_PLACES_H
#define BOOTLEAP_HOST_USB_PLACES_H

#include "problem.h"
#include "usb.h"

enum { USB_PLACES_MOST = 128, USB_PLACES_PORT_BYTES = USB_PATH_BYTES + 4 };

// A place with a device, or where one was.
struct usb_place {
    char port[USB_PLACES_PORT_BYTES]; // "usb:1-2.3"
    bool is_board;                    // what was there last can be flashed
    bool taken;                       // and was handed out; it has not left since
    bool busy;                        // it is being flashed: what comes there is the same board
    char rom[USB_TEXT_BYTES];         // serial number of its ROM; "" where none was seen
    bool seen;                        // in this look
    uint64_t empty_ms;                // since when looks have found nothing there; 0: there is
};

struct usb_places {
    struct usb_place places[USB_PLACES_MOST];
    size_t count;
};

// Looks once for ST's ROMs; with `asks` also for applications with DFU and ST's vendor id. Problem:
// EXIT_FAILED.
int usb_places_look(struct usb_places *places, bool asks, struct problem *problem);

// Hands out a board that is there and was not handed out since it came: NULL where there is none.
// At a place that was handed out there is another board when nothing was there for three seconds,
// which is longer than an application needs to come back; or at once when a ROM with another serial
// number is there.
struct usb_place *usb_places_take(struct usb_places *places);

#endif
