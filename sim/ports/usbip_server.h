// usbip_server.h: a usbip server for one USB device, which may be plugged in and unplugged.
// SPDX-License-Identifier: MIT
//
// Protocol: see usbip_message.h. The device is "1-1". Any program may ask for the list at any time;
// one at a time may import the device, and is hung up on when it is unplugged, so that its host
// sees it leave. Nothing here waits for a client, but for usb_socket's `wait`.
#ifndef BOOTLEAP_SIM_USBIP_SERVER_H
#define BOOTLEAP_SIM_USBIP_SERVER_H

#include "problem.h"
#include "usb.h"

#include <poll.h>
#include <stddef.h>

enum { USBIP_POLLS_MOST = 9 }; // that a server waits for

struct usbip_server;

// Listens on `address`, "127.0.0.1" where that is NULL, and `port`; 0 takes a free one. NULL, and
// *problem filled in, where that cannot be.
struct usbip_server *usbip_server_open(const char *address, unsigned port, struct problem *problem);
void usbip_server_close(struct usbip_server *server);

unsigned usbip_server_port(const struct usbip_server *server);

// Where devices are plugged in. Good until the server is closed.
struct usb_socket *usbip_server_socket(struct usbip_server *server);

// Answers requests for the list and for the device. Those of its transfers are answered by
// usb_socket's `serve`, which does this, too.
void usbip_server_look(struct usbip_server *server);

// What to wait for besides other things, at most USBIP_POLLS_MOST. Returns how many.
size_t usbip_server_polls(const struct usbip_server *server, struct pollfd *polls);

// Whether a transfer is there that the device that is plugged in has not answered yet.
bool usbip_server_has_request(const struct usbip_server *server);

// Takes a connected socket as if it had come over the network.
void usbip_server_connect(struct usbip_server *server, int file);

#endif
