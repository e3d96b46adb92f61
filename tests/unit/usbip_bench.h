// usbip_bench.h: a usbip server without a network, and clients at the other end of its sockets.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_USBIP_BENCH_H
#define BOOTLEAP_TESTS_USBIP_BENCH_H

#include "usb_example.h"
#include "usbip_message.h"
#include "usbip_server.h"

struct usbip_bench {
    struct usbip_server *server;
    const struct usb_socket *socket;
    struct usb_example example;
};

// Nothing is plugged in.
void usbip_bench_open(struct usbip_bench *bench);
void usbip_bench_close(struct usbip_bench *bench);

void usbip_bench_plug(struct usbip_bench *bench);
// Has the server answer until there is nothing left to answer.
void usbip_bench_serve(struct usbip_bench *bench);

// A client that has said nothing yet: its socket.
int usbip_bench_connect(struct usbip_bench *bench);
// One that has imported the device, and has the answer to that.
int usbip_bench_import(struct usbip_bench *bench);

void usbip_bench_send(int client, const void *bytes, size_t count);
// So many bytes come within a second, or the test fails.
void usbip_bench_expect(int client, void *bytes, size_t count);
// Nothing has come, and it is still connected.
void usbip_bench_expect_nothing(int client);
// It was hung up on, and nothing came before. Closes it.
void usbip_bench_expect_end(int client);

// Sends the header of a transfer. Behind it come its data, where they go to the device.
void usbip_bench_submit(int client, uint32_t sequence, unsigned endpoint, bool in, uint32_t length,
                        const struct usb_setup *setup);
void usbip_bench_unlink(int client, uint32_t sequence, uint32_t other);
// The next answer is this; `length` is the one that it names.
void usbip_bench_expect_answer(int client, uint32_t kind, uint32_t sequence, int status,
                               uint32_t length);

#endif
