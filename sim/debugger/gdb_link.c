// gdb_link.c: takes GDB's packets from a socket and puts answers into it.
// SPDX-License-Identifier: MIT
#include "gdb_link.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INTERRUPT = 0x03, END_OF_INPUT = -1, NO_BYTE = -2, REST_MS = 1000 };

static int listen_at(struct gdb_link *link, struct sockaddr_in *address)
{
    socklen_t size = sizeof *address;
    int yes = 1;

    link->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (link->listener < 0) {
        return -1;
    }
    setsockopt(link->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(link->listener, (struct sockaddr *)address, size) || listen(link->listener, 1)) {
        return -1;
    }
    return getsockname(link->listener, (struct sockaddr *)address, &size);
}

int gdb_link_open(struct gdb_link *link, unsigned port, struct problem *problem)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};

    *link = (struct gdb_link){.listener = -1, .connection = -1};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listen_at(link, &address)) {
        int error = problem_set(problem, EXIT_USAGE, "another port; --gdb 0 takes a free one",
                                "cannot listen on 127.0.0.1:%u: %s", port, strerror(errno));
        gdb_link_close(link);
        return error;
    }
    link->port = ntohs(address.sin_port);
    return 0;
}

void gdb_link_hang_up(struct gdb_link *link)
{
    if (link->connection >= 0) {
        close(link->connection);
    }
    link->connection = -1;
    link->no_ack = false;
    link->first = link->count = 0;
}

void gdb_link_close(struct gdb_link *link)
{
    gdb_link_hang_up(link);
    if (link->listener >= 0) {
        close(link->listener);
    }
    link->listener = -1;
}

static bool ready(int file, int ms)
{
    struct pollfd wait = {file, POLLIN, 0};

    return poll(&wait, 1, ms) > 0;
}

bool gdb_link_accept(struct gdb_link *link, int ms)
{
    int yes = 1;

    if (!ready(link->listener, ms)) {
        return false;
    }
    link->connection = accept4(link->listener, NULL, NULL, SOCK_CLOEXEC);
    if (link->connection < 0) {
        return false;
    }
    setsockopt(link->connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return true;
}

// The next byte, NO_BYTE if none comes in time, END_OF_INPUT when none will come any more.
static int next_byte(struct gdb_link *link, int ms)
{
    ssize_t got;

    if (link->count == 0) {
        if (!ready(link->connection, ms)) {
            return NO_BYTE;
        }
        got = read(link->connection, link->input, sizeof link->input);
        if (got <= 0) {
            return END_OF_INPUT;
        }
        link->first = 0;
        link->count = (size_t)got;
    }
    link->count--;
    return link->input[link->first++];
}

static void send_all(struct gdb_link *link, const char *bytes, size_t size)
{
    while (size && link->connection >= 0) {
        ssize_t sent = send(link->connection, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return; // the next read notices
        }
        bytes += sent > 0 ? sent : 0;
        size -= sent > 0 ? (size_t)sent : 0;
    }
}

static int hex_digit(int byte)
{
    const char *digits = "0123456789abcdef";
    const char *found = byte > 0 ? strchr(digits, byte) : NULL;

    return found ? (int)(found - digits) : -1;
}

// The rest of a packet whose '$' was taken. A packet that is too long, or damaged, is refused
// and comes again.
static enum gdb_event take_packet(struct gdb_link *link)
{
    unsigned sum = 0;
    int byte, high, low;

    link->length = 0;
    while ((byte = next_byte(link, REST_MS)) >= 0 && byte != '#') {
        sum = (sum + (unsigned)byte) & 0xFF;
        if (link->length + 1 < sizeof link->text) {
            link->text[link->length++] = (char)byte;
        }
    }
    link->text[link->length] = '\0';
    high = next_byte(link, REST_MS);
    low = next_byte(link, REST_MS);
    if (byte < 0 || high < 0 || low < 0) {
        return GDB_GONE;
    }
    if (link->no_ack) {
        return GDB_TEXT;
    }
    if (hex_digit(high) * 16 + hex_digit(low) != (int)sum) {
        send_all(link, "-", 1);
        return GDB_NOTHING;
    }
    send_all(link, "+", 1);
    return GDB_TEXT;
}

enum gdb_event gdb_link_receive(struct gdb_link *link, int ms)
{
    for (;;) {
        int byte = next_byte(link, ms);
        switch (byte) {
        case '$':
            return take_packet(link);
        case INTERRUPT:
            return GDB_INTERRUPT;
        case END_OF_INPUT:
            return GDB_GONE;
        case NO_BYTE:
            return GDB_NOTHING;
        default: // acknowledgements: nothing gets lost in TCP
            break;
        }
    }
}

void gdb_link_send(struct gdb_link *link, const char *text)
{
    unsigned sum = 0;
    char frame[4];

    for (const char *byte = text; *byte; byte++) {
        sum = (sum + (unsigned char)*byte) & 0xFF;
    }
    snprintf(frame, sizeof frame, "#%02x", sum);
    send_all(link, "$", 1);
    send_all(link, text, strlen(text));
    send_all(link, frame, 3);
}
