// usbip_link.c: moves the bytes of one connection of a usbip server.
// SPDX-License-Identifier: MIT
#include "usbip_link.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    ASKING_MS = 5000, // in which a client says what it wants
    LEAVING_MS = 1000,
};

uint64_t usbip_link_now(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void usbip_link_open(struct usbip_link *link, int file)
{
    int yes = 1;

    setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); // a test's socket has none
    link->state = LINK_ASKING;
    link->file = file;
    link->until_ms = usbip_link_now() + ASKING_MS;
    link->skip = 0;
    link->count = link->sent = link->ready = 0;
    link->shut = false;
}

void usbip_link_close(struct usbip_link *link)
{
    if (link->state != LINK_FREE) {
        close(link->file);
    }
    link->state = LINK_FREE;
}

static bool would_wait(ssize_t moved)
{
    return moved < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
}

static void drop_skipped(struct usbip_link *link)
{
    size_t count = link->skip < link->count ? link->skip : link->count;

    if (link->state == LINK_LEAVING) { // nobody reads it any more
        link->count = 0;
        return;
    }
    link->skip -= (uint32_t)count;
    usbip_link_take(link, count);
}

static void receive(struct usbip_link *link)
{
    ssize_t got;

    drop_skipped(link);
    if (link->count == sizeof link->input) {
        return;
    }
    got =
        recv(link->file, link->input + link->count, sizeof link->input - link->count, MSG_DONTWAIT);
    if (got > 0) {
        link->count += (size_t)got;
        drop_skipped(link);
    } else if (!would_wait(got)) {
        usbip_link_close(link);
    }
}

static void transmit(struct usbip_link *link)
{
    ssize_t sent;

    if (usbip_link_is_empty(link)) {
        return;
    }
    sent = send(link->file, link->output + link->sent, link->ready - link->sent,
                MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) {
        link->sent += (size_t)sent;
    } else if (!would_wait(sent)) {
        usbip_link_close(link);
    }
}

void usbip_link_look(struct usbip_link *link)
{
    if (link->state != LINK_FREE) {
        transmit(link);
    }
    if (link->state == LINK_LEAVING && usbip_link_is_empty(link) && !link->shut) {
        shutdown(link->file, SHUT_WR);
        link->shut = true;
    }
    if (link->state != LINK_FREE) {
        receive(link);
    }
    if (link->state != LINK_FREE && usbip_link_now() >= link->until_ms) {
        usbip_link_close(link);
    }
}

void usbip_link_take(struct usbip_link *link, size_t count)
{
    link->count -= count;
    memmove(link->input, link->input + count, link->count);
}

void usbip_link_skip(struct usbip_link *link, uint32_t count)
{
    link->skip = count;
    drop_skipped(link);
}

bool usbip_link_is_empty(const struct usbip_link *link)
{
    return link->sent == link->ready;
}

void usbip_link_put(struct usbip_link *link, const uint8_t *bytes, size_t count)
{
    if (usbip_link_is_empty(link)) {
        link->sent = link->ready = 0;
    }
    if (count > sizeof link->output - link->ready) {
        usbip_link_close(link);
        return;
    }
    memcpy(link->output + link->ready, bytes, count);
    link->ready += count;
}

void usbip_link_leave(struct usbip_link *link)
{
    if (link->state != LINK_FREE && link->state != LINK_LEAVING) {
        link->state = LINK_LEAVING;
        link->until_ms = usbip_link_now() + LEAVING_MS;
        usbip_link_look(link);
    }
}

struct pollfd usbip_link_poll(const struct usbip_link *link)
{
    bool full = link->count == sizeof link->input;
    int events = (full ? 0 : POLLIN) | (usbip_link_is_empty(link) ? 0 : POLLOUT);

    return (struct pollfd){link->file, (short)events, 0};
}
