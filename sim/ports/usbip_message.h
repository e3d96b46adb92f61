// usbip_message.h: the messages of the usbip protocol, from and into bytes.
// SPDX-License-Identifier: MIT
//
// Protocol: Linux, Documentation/usb/usbip_protocol.rst, version 1.1.1; what the document leaves
// open is done as in drivers/usb/usbip/stub_rx.c and tools/usb/usbip. All numbers are big-endian,
// but for the eight bytes of a setup packet.
#ifndef BOOTLEAP_SIM_USBIP_MESSAGE_H
#define BOOTLEAP_SIM_USBIP_MESSAGE_H

#include "usb.h"

#include <stddef.h>

enum {
    USBIP_REQUEST = 8,          // bytes of a request for the list
    USBIP_IMPORT_REQUEST = 40,  // ... with a bus id behind it
    USBIP_HEADER = 48,          // of each message once a device is imported
    USBIP_LIST_MOST = 512,      // bytes of an answer to either request
    USBIP_NUMBER = 1 << 16 | 2, // of the device: bus 1, device 2
};

// The bus id of the one device that a server has.
#define USBIP_BUS_ID "1-1"

// What a client asks for that has not imported anything.
enum usbip_request {
    USBIP_INCOMPLETE, // more bytes are to come
    USBIP_LIST,
    USBIP_IMPORT,         // of USBIP_BUS_ID
    USBIP_IMPORT_UNKNOWN, // of another one
    USBIP_NONSENSE,
};

// Of an answer: tools/usb/usbip/libsrc/usbip_common.h.
enum usbip_status { USBIP_OK = 0, USBIP_BUSY = 2, USBIP_NO_DEVICE = 4 };

enum usbip_command { USBIP_SUBMIT = 1, USBIP_UNLINK = 2 };

// What a client sends that has imported the device.
struct usbip_urb {
    enum usbip_command command;
    uint32_t sequence;
    uint32_t unlinked; // UNLINK: the sequence number of the other one
    uint32_t endpoint; // without its direction; any number
    bool in;           // the host reads
    bool whole;        // a transfer that is short is an error
    uint32_t length;   // of the transfer; any number
    struct usb_setup setup;
};

enum usbip_request usbip_parse_request(const uint8_t *bytes, size_t count);

// False where these are no message about our device, or about an isochronous transfer, which no
// endpoint here makes.
bool usbip_parse_urb(const uint8_t bytes[USBIP_HEADER], struct usbip_urb *urb);

// The answer to a request for the list; `device` is NULL where none is plugged in. Returns its
// length.
size_t usbip_pack_list(uint8_t bytes[USBIP_LIST_MOST], const struct usb_device *device);

// The answer to the request to import `device`; the status alone where that is not USBIP_OK.
// Returns its length.
size_t usbip_pack_import(uint8_t bytes[USBIP_LIST_MOST], enum usbip_status status,
                         const struct usb_device *device);

// The answer to a SUBMIT: 0 or a negative errno, and how many bytes were moved.
void usbip_pack_submitted(uint8_t bytes[USBIP_HEADER], uint32_t sequence, int status,
                          uint32_t length);

// The answer to an UNLINK: -ECONNRESET, or 0 where the other one was answered before.
void usbip_pack_unlinked(uint8_t bytes[USBIP_HEADER], uint32_t sequence, int status);

#endif
