// usbip_bench.c: plays the clients of a usbip server over pairs of sockets.
// SPDX-License-Identifier: MIT
#include "usbip_bench.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE_MS = 1000, ROUNDS = 1000 };

void usbip_bench_open(struct usbip_bench *bench)
{
    struct problem problem;

    bench->server = usbip_server_open(NULL, 0, &problem);
    assert_non_null(bench->server);
    bench->socket = usbip_server_socket(bench->server);
    usb_example_open(&bench->example);
    bench->example.socket = bench->socket;
}

void usbip_bench_close(struct usbip_bench *bench)
{
    usbip_server_close(bench->server);
}

void usbip_bench_plug(struct usbip_bench *bench)
{
    bench->socket->plug(bench->socket->context, &bench->example.device);
}

void usbip_bench_serve(struct usbip_bench *bench)
{
    int left = ROUNDS;

    usbip_server_look(bench->server);
    while (bench->socket->serve(bench->socket->context)) {
        assert_true(left-- > 0);
    }
    bench->socket->serve(bench->socket->context); // what has waited
}

int usbip_bench_connect(struct usbip_bench *bench)
{
    int ends[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
    usbip_server_connect(bench->server, ends[0]);
    return ends[1];
}

int usbip_bench_import(struct usbip_bench *bench)
{
    static const uint8_t request[40] = {0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, '1', '-', '1'};
    uint8_t answer[8 + 312];
    int client = usbip_bench_connect(bench);

    usbip_bench_send(client, request, sizeof request);
    usbip_bench_serve(bench);
    usbip_bench_expect(client, answer, sizeof answer);
    assert_int_equal(answer[7], 0);
    return client;
}

void usbip_bench_send(int client, const void *bytes, size_t count)
{
    assert_int_equal(send(client, bytes, count, MSG_NOSIGNAL), count);
}

void usbip_bench_expect(int client, void *bytes, size_t count)
{
    struct pollfd wait = {client, POLLIN, 0};
    size_t got = 0;

    while (got < count) {
        assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
        ssize_t more = recv(client, (uint8_t *)bytes + got, count - got, 0);
        assert_true(more > 0);
        got += (size_t)more;
    }
}

void usbip_bench_expect_nothing(int client)
{
    uint8_t byte;

    assert_int_equal(recv(client, &byte, 1, 0), -1);
    assert_int_equal(errno, EAGAIN);
}

void usbip_bench_expect_end(int client)
{
    uint8_t byte;

    assert_int_equal(recv(client, &byte, 1, 0), 0);
    close(client);
}

static void put32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(value >> (24 - 8 * i));
    }
}

static uint32_t get32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

void usbip_bench_submit(int client, uint32_t sequence, unsigned endpoint, bool in, uint32_t length,
                        const struct usb_setup *setup)
{
    uint8_t header[USBIP_HEADER] = {[3] = 1, [9] = 1, [11] = 2, [15] = in};

    put32(header + 4, sequence);
    put32(header + 16, endpoint);
    put32(header + 24, length);
    if (setup) {
        const uint8_t bytes[8] = {setup->type,
                                  setup->request,
                                  (uint8_t)setup->value,
                                  (uint8_t)(setup->value >> 8),
                                  (uint8_t)setup->index,
                                  (uint8_t)(setup->index >> 8),
                                  (uint8_t)setup->length,
                                  (uint8_t)(setup->length >> 8)};
        memcpy(header + 40, bytes, sizeof bytes);
    }
    usbip_bench_send(client, header, sizeof header);
}

void usbip_bench_unlink(int client, uint32_t sequence, uint32_t other)
{
    uint8_t header[USBIP_HEADER] = {[3] = 2, [9] = 1, [11] = 2};

    put32(header + 4, sequence);
    put32(header + 20, other);
    usbip_bench_send(client, header, sizeof header);
}

void usbip_bench_expect_answer(int client, uint32_t kind, uint32_t sequence, int status,
                               uint32_t length)
{
    uint8_t header[USBIP_HEADER];

    usbip_bench_expect(client, header, sizeof header);
    assert_int_equal(get32(header), kind);
    assert_int_equal(get32(header + 4), sequence);
    assert_int_equal((int)get32(header + 20), status);
    assert_int_equal(get32(header + 24), length);
}
