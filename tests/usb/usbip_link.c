// usbip_link.c: the client's side of usbip.
// SPDX-License-Identifier: MIT
#include "usbip_link.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    VERSION = 0x0111,
    REQUEST_LIST = 0x8005,
    REPLY_LIST = 0x0005,
    REQUEST_IMPORT = 0x8003,
    REPLY_IMPORT = 0x0003,
    SUBMIT = 1,
    UNLINK = 2,
    SUBMITTED = 3,
    UNLINKED = 4,
    PATH_BYTES = 256,
    HEAD_WORDS = 12, // of a transfer, each way
};

// Each connection begins with a request of one side, and the other's reply.
struct operation {
    uint16_t version, code;
    uint32_t status;
};

// A device in the replies: no member needs padding.
struct described {
    char path[PATH_BYTES];
    char bus_id[USBIP_BUS_ID];
    uint32_t bus, device, speed;
    uint16_t vendor, product, release;
    uint8_t class_code, subclass, protocol, configuration, configurations, interfaces;
};
_Static_assert(sizeof(struct described) == 312, "as it is on the wire");

bool usbip_parse(const char *text, struct usbip_address *address)
{
    char end;

    return sscanf(text, "%63[^:]:%7[0-9]%c", address->host, address->port, &end) == 2;
}

static bool send_all(int connection, const void *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t count = send(connection, (const char *)data + done, size - done, MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        done += (size_t)count;
    }
    return true;
}

bool usbip_receive_data(int connection, void *data, uint32_t length)
{
    return length == 0 || recv(connection, data, length, MSG_WAITALL) == (ssize_t)length;
}

static int connect_to(const struct usbip_address *address)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    int connection = -1, at_once = 1;

    if (getaddrinfo(address->host, address->port, &hints, &found)) {
        return -1;
    }
    connection = socket(found->ai_family, found->ai_socktype | SOCK_CLOEXEC, found->ai_protocol);
    if (connection >= 0 && connect(connection, found->ai_addr, found->ai_addrlen)) {
        close(connection);
        connection = -1;
    }
    freeaddrinfo(found);
    if (connection >= 0) {
        setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    }
    return connection;
}

// Sends a request with its data, and takes a reply that begins with `reply`.
static bool ask(int connection, uint16_t request, const void *data, size_t size, uint16_t reply)
{
    const struct operation sent = {htons(VERSION), htons(request), 0};
    struct operation got;

    return send_all(connection, &sent, sizeof sent) && send_all(connection, data, size) &&
           usbip_receive_data(connection, &got, sizeof got) && got.version == htons(VERSION) &&
           got.code == htons(reply) && got.status == 0;
}

static bool receive_device(int connection, struct usbip_device *device)
{
    struct described described;

    if (!usbip_receive_data(connection, &described, sizeof described)) {
        return false;
    }
    memcpy(device->bus_id, described.bus_id, USBIP_BUS_ID);
    device->id = ntohl(described.bus) << 16 | ntohl(described.device);
    device->speed = ntohl(described.speed);
    device->vendor = ntohs(described.vendor);
    device->product = ntohs(described.product);
    return true;
}

bool usbip_list(const struct usbip_address *address, struct usbip_device *device)
{
    int connection = connect_to(address);
    uint32_t count = 0;
    bool found;

    if (connection < 0) {
        return false;
    }
    found = ask(connection, REQUEST_LIST, NULL, 0, REPLY_LIST) &&
            usbip_receive_data(connection, &count, sizeof count) && count != 0 &&
            receive_device(connection, device);
    close(connection);
    return found;
}

int usbip_import(const struct usbip_address *address, struct usbip_device *device)
{
    int connection = connect_to(address);
    char bus_id[USBIP_BUS_ID];

    memcpy(bus_id, device->bus_id, sizeof bus_id);
    if (connection >= 0 && !(ask(connection, REQUEST_IMPORT, bus_id, sizeof bus_id, REPLY_IMPORT) &&
                             receive_device(connection, device))) {
        close(connection);
        return -1;
    }
    return connection;
}

uint32_t usbip_number(uint32_t *last, bool reads)
{
    *last += *last % 2 == reads ? 2 : 1;
    return *last;
}

bool usbip_number_reads(uint32_t number)
{
    return number % 2 == 1;
}

bool usbip_send(int connection, const struct usbip_device *device,
                const struct usbip_submit *submit)
{
    const bool reads = submit->endpoint & 0x80;
    uint32_t head[HEAD_WORDS] = {
        htonl(SUBMIT),         htonl(submit->number),          htonl(device->id),
        htonl(reads),          htonl(submit->endpoint & 0x0F), 0,
        htonl(submit->length),
    };

    memcpy(&head[HEAD_WORDS - 2], submit->setup, USBIP_SETUP);
    return send_all(connection, head, sizeof head) &&
           (reads || send_all(connection, submit->data, submit->length));
}

bool usbip_unlink(int connection, const struct usbip_device *device, uint32_t number,
                  uint32_t unlinked)
{
    const uint32_t head[HEAD_WORDS] = {
        htonl(UNLINK), htonl(number), htonl(device->id), 0, 0, htonl(unlinked),
    };

    return send_all(connection, head, sizeof head);
}

bool usbip_receive(int connection, struct usbip_reply *reply)
{
    uint32_t head[HEAD_WORDS];

    if (!usbip_receive_data(connection, head, sizeof head) ||
        (head[0] != htonl(SUBMITTED) && head[0] != htonl(UNLINKED))) {
        return false;
    }
    reply->number = ntohl(head[1]);
    reply->unlinked = head[0] == htonl(UNLINKED);
    reply->status = (int32_t)ntohl(head[5]);
    reply->length = reply->unlinked ? 0 : ntohl(head[6]);
    return true;
}
