// usbip_server.c: listens for usbip clients, and gives one of them the device that is plugged in.
// SPDX-License-Identifier: MIT
#include "usbip_server.h"

#include "usbip_urbs.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LINKS = USBIP_POLLS_MOST - 1, NO_LISTENER = -1 };

struct usbip_server {
    int listener;
    unsigned port;
    const struct usb_device *device; // NULL: none is plugged in
    struct usbip_urbs urbs;
    struct usbip_link links[LINKS];
    struct usb_socket socket;
};

static void plug(void *context, const struct usb_device *device)
{
    struct usbip_server *server = context;

    server->device = device;
}

static void unplug(void *context)
{
    struct usbip_server *server = context;

    usbip_urbs_end(&server->urbs);
    server->device = NULL;
}

static bool serve(void *context)
{
    struct usbip_server *server = context;
    bool served;

    usbip_server_look(server);
    served = usbip_urbs_serve(&server->urbs);
    usbip_server_look(server); // the answer goes out at once
    return served;
}

static void wait(void *context, int ms)
{
    struct usbip_server *server = context;
    struct pollfd polls[USBIP_POLLS_MOST];

    if (!usbip_server_has_request(server)) {
        poll(polls, usbip_server_polls(server, polls), ms);
    }
}

static int listen_at(struct usbip_server *server, struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    int yes = 1;

    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (server->listener < 0) {
        return -1;
    }
    setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(server->listener, (struct sockaddr *)address, size) ||
        listen(server->listener, SOMAXCONN)) {
        return -1;
    }
    return getsockname(server->listener, (struct sockaddr *)address, &size);
}

struct usbip_server *usbip_server_open(const char *address, unsigned port, struct problem *problem)
{
    struct usbip_server *server = calloc(1, sizeof *server);
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};

    address = address ? address : "127.0.0.1";
    if (!server) {
        problem_set(problem, EXIT_FAILED, NULL, "out of memory");
        return NULL;
    }
    server->socket = (struct usb_socket){server, plug, unplug, serve, wait};
    server->listener = NO_LISTENER;
    if (inet_pton(AF_INET, address, &place.sin_addr) != 1) {
        problem_set(problem, EXIT_USAGE, "an IPv4 address of this machine",
                    "--usbip %s:%u: is no address", address, port);
        usbip_server_close(server);
        return NULL;
    }
    if (listen_at(server, &place)) {
        problem_set(problem, EXIT_USAGE, "another port; --usbip 0 takes a free one",
                    "cannot listen on %s:%u: %s", address, port, strerror(errno));
        usbip_server_close(server);
        return NULL;
    }
    server->port = ntohs(place.sin_port);
    return server;
}

void usbip_server_close(struct usbip_server *server)
{
    if (!server) {
        return;
    }
    unplug(server);
    for (size_t i = 0; i < LINKS; i++) {
        usbip_link_close(&server->links[i]);
    }
    if (server->listener >= 0) {
        close(server->listener);
    }
    free(server);
}

unsigned usbip_server_port(const struct usbip_server *server)
{
    return server->port;
}

struct usb_socket *usbip_server_socket(struct usbip_server *server)
{
    return &server->socket;
}

// A free link. Where there is none, the one that has been asking for longest gives way: a client
// that says nothing keeps nobody out.
static struct usbip_link *choose_link(struct usbip_server *server)
{
    struct usbip_link *chosen = server->links;

    for (size_t i = 0; i < LINKS; i++) {
        struct usbip_link *link = &server->links[i];
        if (link->state == LINK_FREE) {
            return link;
        }
        if (link->until_ms < chosen->until_ms) { // never the one that has imported the device
            chosen = link;
        }
    }
    usbip_link_close(chosen);
    return chosen;
}

void usbip_server_connect(struct usbip_server *server, int file)
{
    usbip_link_open(choose_link(server), file);
}

static void accept_all(struct usbip_server *server)
{
    int file = server->listener < 0
                   ? -1
                   : accept4(server->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

    for (size_t i = 0; file >= 0 && i < LINKS; i++) {
        usbip_server_connect(server, file);
        file = i + 1 < LINKS ? accept4(server->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)
                             : -1;
    }
}

static void import(struct usbip_server *server, struct usbip_link *link, bool known)
{
    uint8_t answer[USBIP_LIST_MOST];
    enum usbip_status status = !known || !server->device ? USBIP_NO_DEVICE
                               : server->urbs.link       ? USBIP_BUSY
                                                         : USBIP_OK;

    usbip_link_put(link, answer, usbip_pack_import(answer, status, server->device));
    if (status == USBIP_OK) {
        usbip_link_take(link, USBIP_IMPORT_REQUEST);
        usbip_urbs_start(&server->urbs, link, server->device);
    } else {
        usbip_link_leave(link);
    }
}

// Answers a client that has not imported anything, once it has said what it wants.
static void answer_request(struct usbip_server *server, struct usbip_link *link)
{
    uint8_t answer[USBIP_LIST_MOST];
    enum usbip_request request = usbip_parse_request(link->input, link->count);

    switch (request) {
    case USBIP_INCOMPLETE:
        return;
    case USBIP_LIST:
        usbip_link_put(link, answer, usbip_pack_list(answer, server->device));
        usbip_link_leave(link);
        return;
    case USBIP_IMPORT:
    case USBIP_IMPORT_UNKNOWN:
        import(server, link, request == USBIP_IMPORT);
        return;
    default:
        usbip_link_leave(link);
    }
}

void usbip_server_look(struct usbip_server *server)
{
    for (size_t i = 0; i < LINKS; i++) {
        usbip_link_look(&server->links[i]);
    }
    if (server->urbs.link && server->urbs.link->state != LINK_IMPORTED) {
        server->urbs.link = NULL; // that client has gone
    }
    accept_all(server);
    for (size_t i = 0; i < LINKS; i++) {
        if (server->links[i].state == LINK_ASKING) {
            answer_request(server, &server->links[i]);
        }
    }
}

size_t usbip_server_polls(const struct usbip_server *server, struct pollfd *polls)
{
    size_t count = 0;

    if (server->listener >= 0) {
        polls[count++] = (struct pollfd){server->listener, POLLIN, 0};
    }
    for (size_t i = 0; i < LINKS; i++) {
        if (server->links[i].state != LINK_FREE) {
            polls[count++] = usbip_link_poll(&server->links[i]);
        }
    }
    return count;
}

bool usbip_server_has_request(const struct usbip_server *server)
{
    return usbip_urbs_has_message(&server->urbs);
}
