// fuzz_usbip.c: clients of a usbip server that send any bytes, stop anywhere and hang up.
// SPDX-License-Identifier: MIT
//
// The first byte chooses the device. Each further one is an act, whose high bits choose a client;
// what it needs follows it. Whatever has happened, the next client gets the list at once.
#include "application_usb.h"
#include "fuzz.h"
#include "usb_example.h"
#include "usbip_message.h"
#include "usbip_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS = 4, SERVES = 3, NONE = -1 };

enum act {
    ACT_CONNECT,
    ACT_SEND, // a length, and so many bytes
    ACT_IMPORT,
    ACT_SUBMIT, // direction and endpoint, a sequence number, two bytes of length, a setup packet
    ACT_UNLINK, // a sequence number
    ACT_READ,
    ACT_CLOSE,
    ACT_SERVE,
    ACT_PLUG,
    ACT_UNPLUG,
    ACT_GIVE, // so many bytes for the host
    ACTS,
};

struct stage {
    struct usbip_server *server;
    const struct usb_socket *socket;
    struct usb_example example;
    struct application_usb application;
    const struct usb_device *device;
    int clients[CLIENTS];
    const uint8_t *bytes; // of the input, not used yet
    size_t size;
};

static const uint8_t import_request[40] = {0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, '1', '-', '1'};
static const uint8_t list_request[] = {0x01, 0x11, 0x80, 0x05, 0, 0, 0, 0};

// The next byte, 0 behind the end.
static uint8_t next(struct stage *stage)
{
    if (stage->size == 0) {
        return 0;
    }
    stage->size--;
    return *stage->bytes++;
}

static void close_client(int *client)
{
    if (*client != NONE) {
        close(*client);
    }
    *client = NONE;
}

static void connect_client(struct stage *stage, int *client)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends)) {
        perror("socketpair");
        abort();
    }
    close_client(client);
    usbip_server_connect(stage->server, ends[0]);
    *client = ends[1];
}

// Lost where the server does not read, or has hung up.
static void send_bytes(int client, const uint8_t *bytes, size_t count)
{
    if (client == NONE || send(client, bytes, count, MSG_NOSIGNAL) < 0) {
        return;
    }
}

static void send_input(struct stage *stage, int client, size_t count)
{
    count = count < stage->size ? count : stage->size;
    send_bytes(client, stage->bytes, count);
    stage->bytes += count;
    stage->size -= count;
}

static void submit(struct stage *stage, int client)
{
    uint8_t header[USBIP_HEADER] = {[3] = USBIP_SUBMIT, [9] = 1, [11] = 2};
    uint8_t where = next(stage);

    header[15] = where >> 7;
    header[19] = where & 0x0F;
    header[7] = next(stage);
    header[23] = where >> 6 & 1; // a short transfer is an error
    header[26] = next(stage);
    header[27] = next(stage);
    for (int i = 40; i < USBIP_HEADER; i++) {
        header[i] = next(stage);
    }
    send_bytes(client, header, sizeof header);
}

static void unlink_urb(struct stage *stage, int client)
{
    uint8_t header[USBIP_HEADER] = {[3] = USBIP_UNLINK, [9] = 1, [11] = 2};

    header[23] = next(stage);
    send_bytes(client, header, sizeof header);
}

static void read_all(int client)
{
    uint8_t bytes[4096];

    while (client != NONE && recv(client, bytes, sizeof bytes, 0) > 0) {
    }
}

static void serve(const struct stage *stage)
{
    for (int i = 0; i < SERVES; i++) {
        stage->socket->serve(stage->socket->context);
    }
}

// What the device does, and who looks after the server.
static void act_at_server(struct stage *stage, enum act act)
{
    switch (act) {
    case ACT_PLUG: // a device is unplugged before another one is plugged in
        stage->socket->unplug(stage->socket->context);
        stage->socket->plug(stage->socket->context, stage->device);
        break;
    case ACT_UNPLUG:
        stage->socket->unplug(stage->socket->context);
        break;
    case ACT_GIVE:
        stage->example.ready += next(stage);
        break;
    default:
        serve(stage);
    }
}

static void act(struct stage *stage)
{
    uint8_t chosen = next(stage);
    int *client = &stage->clients[chosen / 64];
    enum act act = (enum act)(chosen % 64 % ACTS);

    switch (act) {
    case ACT_CONNECT:
        connect_client(stage, client);
        break;
    case ACT_SEND:
        send_input(stage, *client, next(stage));
        break;
    case ACT_IMPORT:
        send_bytes(*client, import_request, sizeof import_request);
        break;
    case ACT_SUBMIT:
        submit(stage, *client);
        break;
    case ACT_UNLINK:
        unlink_urb(stage, *client);
        break;
    case ACT_READ:
        read_all(*client);
        break;
    case ACT_CLOSE:
        close_client(client);
        break;
    default:
        act_at_server(stage, act);
    }
}

// Whatever came before.
static void check_list(struct stage *stage)
{
    uint8_t answer[USBIP_LIST_MOST];
    int client = NONE;

    connect_client(stage, &client);
    send_bytes(client, list_request, sizeof list_request);
    serve(stage);
    if (recv(client, answer, sizeof answer, 0) < 12 || memcmp(answer, "\x01\x11\x00\x05", 4) != 0) {
        fprintf(stderr, "no list\n");
        abort();
    }
    close(client);
}

static void open_stage(struct stage *stage)
{
    struct problem problem;
    uint8_t kind = next(stage) % 3;

    stage->server = usbip_server_open(NULL, 0, &problem);
    if (!stage->server) {
        fprintf(stderr, "%s\n", problem.what);
        exit(EXIT_FAILED);
    }
    stage->socket = usbip_server_socket(stage->server);
    usb_example_open(&stage->example);
    stage->example.socket = stage->socket;
    application_usb_open(&stage->application,
                         kind == 1 ? APPLICATION_USB_CDC_ACM : APPLICATION_USB_DFU, "1");
    stage->device = kind ? &stage->application.device : &stage->example.device;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct stage stage = {.clients = {NONE, NONE, NONE, NONE}, .bytes = bytes, .size = size};
    struct usbip_urb urb;

    usbip_parse_request(bytes, size);
    if (size >= USBIP_HEADER) {
        usbip_parse_urb(bytes, &urb);
    }
    open_stage(&stage);
    while (stage.size) {
        act(&stage);
    }
    check_list(&stage);
    usbip_server_close(stage.server);
    for (int i = 0; i < CLIENTS; i++) {
        close_client(&stage.clients[i]);
    }
    return 0;
}
