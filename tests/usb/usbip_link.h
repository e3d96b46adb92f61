// usbip_link.h: the client's side of usbip, as the kernel speaks it (usbip_protocol.rst).
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_USBIP_LINK_H
#define BOOTLEAP_TESTS_USBIP_LINK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    USBIP_BUS_ID = 32,
    USBIP_SETUP = 8,
    USBIP_LOW_SPEED = 1,
    USBIP_FULL_SPEED = 2,
};

// Where a server listens: a name or an address, and a port in digits.
struct usbip_address {
    char host[64];
    char port[8];
};

// What is said of a device before it is imported.
struct usbip_device {
    char bus_id[USBIP_BUS_ID];
    uint32_t id; // of each of its transfers
    uint32_t speed;
    uint16_t vendor, product;
};

// One transfer as it goes out.
struct usbip_submit {
    uint32_t number;  // of this transfer, on this connection
    uint8_t endpoint; // bit 7 where the host reads
    uint8_t setup[USBIP_SETUP];
    const uint8_t *data; // what the host sends
    uint32_t length;
};

// What came back: of a transfer, or of an unlink.
struct usbip_reply {
    uint32_t number;
    bool unlinked;
    int32_t status;  // 0 or a negative errno of Linux
    uint32_t length; // how much was transferred; where the host reads, so much follows
};

// "HOST:PORT". False where it is none.
bool usbip_parse(const char *text, struct usbip_address *address);

// Asks which devices there are, over a connection of its own. True if there is one: the first.
bool usbip_list(const struct usbip_address *address, struct usbip_device *device);

// Takes the device. Its connection, or -1: nobody listens, or the server refuses.
int usbip_import(const struct usbip_address *address, struct usbip_device *device);

// The number of the next transfer, which tells of a reply whether data follow it, when nobody knows
// the transfer any more. *last is that of the one before, 0 at first.
uint32_t usbip_number(uint32_t *last, bool reads);
bool usbip_number_reads(uint32_t number);

// False where the connection has ended.
bool usbip_send(int connection, const struct usbip_device *device,
                const struct usbip_submit *submit);
bool usbip_unlink(int connection, const struct usbip_device *device, uint32_t number,
                  uint32_t unlinked);

// Waits for the head of a reply, and for its data. False where the connection has ended.
bool usbip_receive(int connection, struct usbip_reply *reply);
bool usbip_receive_data(int connection, void *data, uint32_t length);

#endif
