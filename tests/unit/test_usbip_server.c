// test_usbip_server.c: who gets the device of a usbip server, and what becomes of its transfers.
// SPDX-License-Identifier: MIT
#include "usbip_bench.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SUBMITTED = 3, UNLINKED = 4, MANY = 40 };

static const uint8_t list[] = {0x01, 0x11, 0x80, 0x05, 0, 0, 0, 0};
static const uint8_t import[40] = {0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, '1', '-', '1'};
static const struct usb_setup read_memory = {0xC0, EXAMPLE_READ, 0, 0, 4};
static const struct usb_setup write_memory = {0x40, EXAMPLE_WRITE, 0, 0, 4};
static const struct usb_setup leave = {0xC0, EXAMPLE_LEAVE, 0, 0, 4};

static int open_bench(void **state)
{
    struct usbip_bench *bench = calloc(1, sizeof *bench);

    *state = bench;
    if (bench) {
        usbip_bench_open(bench);
    }
    return bench ? 0 : -1;
}

static int close_bench(void **state)
{
    usbip_bench_close(*state);
    free(*state);
    return 0;
}

// How many devices the list has. It is asked for in two pieces.
static unsigned listed(struct usbip_bench *bench)
{
    uint8_t answer[12 + 312 + 2 * 4];
    int client = usbip_bench_connect(bench);

    usbip_bench_send(client, list, 5);
    usbip_bench_serve(bench);
    usbip_bench_expect_nothing(client);
    usbip_bench_send(client, list + 5, sizeof list - 5);
    usbip_bench_serve(bench);
    usbip_bench_expect(client, answer, 12);
    if (answer[11]) {
        usbip_bench_expect(client, answer + 12, sizeof answer - 12);
    }
    usbip_bench_expect_end(client);
    return answer[11];
}

// The status of an import that is refused.
static unsigned refusal(struct usbip_bench *bench)
{
    uint8_t answer[8];
    int client = usbip_bench_connect(bench);

    usbip_bench_send(client, import, sizeof import);
    usbip_bench_serve(bench);
    usbip_bench_expect(client, answer, sizeof answer);
    usbip_bench_expect_end(client);
    return answer[7];
}

static void test_list_and_import(void **state)
{
    struct usbip_bench *bench = *state;
    int client;

    assert_int_equal(listed(bench), 0);
    assert_int_equal(refusal(bench), USBIP_NO_DEVICE);
    usbip_bench_plug(bench);
    assert_int_equal(listed(bench), 1);
    client = usbip_bench_import(bench);
    assert_int_equal(listed(bench), 1);
    assert_int_equal(refusal(bench), USBIP_BUSY);
    close(client);
    client = usbip_bench_import(bench); // who has gone keeps nobody out
    close(client);
}

static void test_control(void **state)
{
    struct usbip_bench *bench = *state;
    const struct usb_setup unknown = {0xC0, 0x77, 0, 0, 4};
    uint8_t data[4];
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_submit(client, 1, 0, true, 4, &read_memory);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 1, 0, 4);
    usbip_bench_expect(client, data, 4);
    assert_memory_equal(data, bench->example.memory, 4);
    usbip_bench_submit(client, 2, 0, false, 4, &write_memory);
    usbip_bench_send(client, "\x0A\x0B", 2);
    usbip_bench_serve(bench);
    usbip_bench_expect_nothing(client); // half of its data
    usbip_bench_send(client, "\x0C\x0D", 2);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 2, 0, 4);
    assert_memory_equal(bench->example.memory, "\x0A\x0B\x0C\x0D", 4);
    usbip_bench_submit(client, 3, 0, true, 4, &unknown);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 3, -EPIPE, 0);
    close(client);
}

// The setup packet says one thing, the transfer another.
static void test_control_that_disagrees(void **state)
{
    struct usbip_bench *bench = *state;
    uint8_t data[4] = {0};
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_submit(client, 1, 0, true, 2, &read_memory);  // less than wLength: refused by the
    usbip_bench_submit(client, 2, 0, false, 4, &read_memory); // device; the other direction
    usbip_bench_send(client, data, 4);
    usbip_bench_submit(client, 3, 0, true, 4, &write_memory);
    usbip_bench_submit(client, 4, 0, false, 2, &write_memory);
    usbip_bench_send(client, data, 2);
    usbip_bench_submit(client, 5, 0, true, 4, &read_memory);
    usbip_bench_serve(bench);
    for (uint32_t i = 1; i < 5; i++) {
        usbip_bench_expect_answer(client, SUBMITTED, i, -EPIPE, 0);
    }
    usbip_bench_expect_answer(client, SUBMITTED, 5, 0, 4);
    close(client);
}

static void test_endpoints(void **state)
{
    struct usbip_bench *bench = *state;
    uint8_t data[100] = {0};
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_submit(client, 1, EXAMPLE_BULK_IN, true, 64, NULL);
    usbip_bench_submit(client, 2, EXAMPLE_BULK_IN, true, 64, NULL);
    usbip_bench_submit(client, 3, EXAMPLE_BULK_OUT, false, 100, NULL);
    usbip_bench_send(client, data, sizeof data);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 3, 0, 100); // the others wait
    usbip_bench_expect_nothing(client);
    assert_int_equal(bench->example.taken, 100);
    bench->example.ready = 10;
    bench->example.naks = 1;
    bench->socket->serve(bench->socket->context);
    usbip_bench_expect_nothing(client); // who comes later must not overtake
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 1, 0, 10); // the oldest gets them
    usbip_bench_expect(client, data, 10);
    assert_int_equal(data[9], 0xA5);
    usbip_bench_expect_nothing(client);
    usbip_bench_submit(client, 4, 5, true, 64, NULL);
    usbip_bench_submit(client, 5, 0xFFFFFFFF, true, 64, NULL);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 4, -EPIPE, 0);
    usbip_bench_expect_answer(client, SUBMITTED, 5, -EPIPE, 0);
    close(client);
}

static void test_unlink(void **state)
{
    struct usbip_bench *bench = *state;
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_submit(client, 1, EXAMPLE_BULK_IN, true, 64, NULL);
    usbip_bench_submit(client, 2, EXAMPLE_BULK_IN, true, 64, NULL);
    usbip_bench_unlink(client, 3, 1);
    usbip_bench_unlink(client, 4, 1);
    usbip_bench_unlink(client, 5, 77);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, UNLINKED, 3, -ECONNRESET, 0);
    usbip_bench_expect_answer(client, UNLINKED, 4, 0, 0); // it was unlinked before
    usbip_bench_expect_answer(client, UNLINKED, 5, 0, 0);
    bench->example.ready = 1;
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 2, 0, 1); // never the first one
    close(client);
}

// Its host sees it leave: all that waits fails, and the connection ends.
static void test_unplug(void **state)
{
    struct usbip_bench *bench = *state;
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_submit(client, 1, EXAMPLE_BULK_IN, true, 64, NULL);
    usbip_bench_submit(client, 2, EXAMPLE_BULK_IN, true, 64, NULL);
    usbip_bench_serve(bench);
    bench->socket->unplug(bench->socket->context);
    usbip_bench_expect_answer(client, SUBMITTED, 1, -ESHUTDOWN, 0);
    usbip_bench_expect_answer(client, SUBMITTED, 2, -ESHUTDOWN, 0);
    usbip_bench_expect_end(client);
    assert_int_equal(listed(bench), 0);
    bench->socket->unplug(bench->socket->context); // again: nothing is there
    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_submit(client, 1, 0, true, 4, &leave); // in the midst of its own answer
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 1, -ESHUTDOWN, 0);
    usbip_bench_expect_end(client);
    assert_int_equal(refusal(bench), USBIP_NO_DEVICE);
}

// What waits has an end, and more fails at once.
static void test_many_wait(void **state)
{
    struct usbip_bench *bench = *state;
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    for (uint32_t i = 0; i < 65; i++) {
        usbip_bench_submit(client, i, EXAMPLE_BULK_IN, true, 64, NULL);
    }
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 64, -ENOMEM, 0);
    bench->socket->unplug(bench->socket->context);
    for (uint32_t i = 0; i < 64; i++) {
        usbip_bench_expect_answer(client, SUBMITTED, i, -ESHUTDOWN, 0);
    }
    usbip_bench_expect_end(client);
}

// 4 GB of data are not kept.
static void test_long_data(void **state)
{
    struct usbip_bench *bench = *state;
    static const uint8_t data[5000];
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_submit(client, 1, EXAMPLE_BULK_OUT, false, sizeof data, NULL);
    usbip_bench_send(client, data, sizeof data);
    usbip_bench_submit(client, 2, 0, true, 4, &read_memory);
    usbip_bench_submit(client, 3, EXAMPLE_BULK_OUT, false, 0xFFFFFFFF, NULL);
    usbip_bench_serve(bench);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 1, -EMSGSIZE, 0);
    usbip_bench_expect_answer(client, SUBMITTED, 2, 0, 4);
    usbip_bench_expect(client, (uint8_t[4]){0}, 4);
    usbip_bench_expect_answer(client, SUBMITTED, 3, -EMSGSIZE, 0);
    for (int i = 0; i < MANY; i++) {
        usbip_bench_send(client, data, sizeof data);
        usbip_bench_serve(bench);
    }
    usbip_bench_expect_nothing(client);
    close(client);
}

// A client that takes no answers is not asked for more; its own are all there when it does.
static void test_slow_client(void **state)
{
    struct usbip_bench *bench = *state;
    static uint8_t data[USB_DATA_MOST];
    uint32_t sent = 0;
    int client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    for (; sent < 60; sent++) { // these wait first
        usbip_bench_submit(client, sent, EXAMPLE_BULK_IN, true, sizeof data, NULL);
    }
    usbip_bench_serve(bench);
    bench->example.ready = UINT32_MAX;
    for (int i = 0; i < 60; i++) {
        usbip_bench_serve(bench);
    }
    for (; sent < 200; sent++) {
        usbip_bench_submit(client, sent, EXAMPLE_BULK_IN, true, sizeof data, NULL);
        usbip_bench_serve(bench);
    }
    for (uint32_t i = 0; i < sent; i++) {
        usbip_bench_serve(bench);
        usbip_bench_expect_answer(client, SUBMITTED, i, 0, sizeof data);
        usbip_bench_expect(client, data, sizeof data);
    }
    close(client);
}

static void test_nonsense(void **state)
{
    struct usbip_bench *bench = *state;
    uint8_t header[USBIP_HEADER] = {0};
    int client = usbip_bench_connect(bench);

    usbip_bench_send(client, "GET / HTTP/1.0\r\n\r\n", 18);
    usbip_bench_serve(bench);
    usbip_bench_expect_end(client);
    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    usbip_bench_send(client, header, sizeof header);
    usbip_bench_serve(bench);
    usbip_bench_expect_end(client);
    client = usbip_bench_import(bench);
    close(client);
}

// Who says nothing keeps nobody out, and loses nobody the device.
static void test_silent_clients(void **state)
{
    struct usbip_bench *bench = *state;
    int clients[MANY], client;

    usbip_bench_plug(bench);
    client = usbip_bench_import(bench);
    for (int i = 0; i < MANY; i++) {
        clients[i] = usbip_bench_connect(bench);
        usbip_bench_serve(bench);
    }
    assert_int_equal(listed(bench), 1);
    usbip_bench_submit(client, 1, 0, true, 4, &read_memory);
    usbip_bench_serve(bench);
    usbip_bench_expect_answer(client, SUBMITTED, 1, 0, 4);
    for (int i = 0; i < MANY; i++) {
        close(clients[i]);
    }
    close(client);
}

static void test_addresses(void **state)
{
    struct usbip_bench *bench = *state;
    unsigned port = usbip_server_port(bench->server);
    struct usbip_server *other;
    struct problem problem;

    assert_true(port > 0);
    other = usbip_server_open("127.0.0.2", port, &problem); // only 127.0.0.1 is taken
    assert_non_null(other);
    assert_int_equal(usbip_server_port(other), port);
    usbip_server_close(other);
    assert_null(usbip_server_open(NULL, port, &problem));
    assert_int_equal(problem.code, EXIT_USAGE);
    assert_non_null(strstr(problem.what, "cannot listen on 127.0.0.1:"));
    assert_null(usbip_server_open("nowhere", 0, &problem));
    assert_non_null(strstr(problem.what, "is no address"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_list_and_import, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_control, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_control_that_disagrees, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_endpoints, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_unlink, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_unplug, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_many_wait, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_long_data, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_slow_client, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_nonsense, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_silent_clients, open_bench, close_bench),
        cmocka_unit_test_setup_teardown(test_addresses, open_bench, close_bench),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
