// usb_bench.c: is the socket of a virtual ROM's USB device, and its host.
// SPDX-License-Identifier: MIT
#include "usb_bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { CLASS_OUT = 0x21, CLASS_IN = 0xA1, STATUS_BYTES = 6 };

static void wait_ms(unsigned ms)
{
    const struct timespec time = {ms / 1000, (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
}

static void plug(void *context, const struct usb_device *device)
{
    struct usb_bench *ub = context;

    assert_null(ub->plugged);
    ub->plugged = device;
    ub->plugs++;
}

static void unplug(void *context)
{
    struct usb_bench *ub = context;

    assert_non_null(ub->plugged);
    ub->plugged = NULL;
    ub->unplugs++;
    ub->sent_before = ub->wire.sent;
}

// How long the device says that it is busy.
static void wait_as_told(const struct usb_bench *ub)
{
    wait_ms((unsigned)(ub->data[1] | ub->data[2] << 8 | ub->data[3] << 16));
}

static bool serve(void *context)
{
    struct usb_bench *ub = context;
    struct usb_request *request = &ub->requests[ub->asked];

    if (!ub->plugged || ub->asked == ub->count) {
        return false;
    }
    ub->asked++;
    memcpy(ub->data, request->data, sizeof request->data);
    request->answer = ub->plugged->control(ub->plugged->context, &request->setup, ub->data);
    if (request->setup.request == GETSTATUS) {
        wait_as_told(ub);
    }
    return true;
}

// All time that nobody needs to wait for is left out.
static void wait(void *context, int ms)
{
    struct usb_bench *ub = context;

    assert_true(ms > 0);
    if (ub->waits++ == 0 && ub->meanwhile) {
        ub->meanwhile(ub);
    }
    ub->stop = ub->waits > USB_BENCH_REQUESTS && !ub->goes_on;
    wait_ms(1);
}

void usb_bench_open(struct usb_bench *ub, const char *slug, uint16_t version)
{
    static const struct startup at_once[] = {{0}};

    memset(ub, 0, sizeof *ub);
    ub->device = bench_device(slug);
    ub->device.startup = at_once;
    bench_open(&ub->bench, &ub->device);
    ub->socket = (struct usb_socket){ub, plug, unplug, serve, wait};
    ub->lines[0] = (struct rom_line){"USB", &dfu_protocol, &ub->socket};
    ub->rom = (struct rom){.chip = &ub->bench.chip,
                           .lines = ub->lines,
                           .line_count = 1,
                           .wait = wait,
                           .wait_context = ub,
                           .usb_serves = true,
                           .version = version ? version : device_newest_rom(&ub->device),
                           .stop = &ub->stop};
}

void usb_bench_close(struct usb_bench *ub)
{
    if (ub->rom.dfu) {
        dfu_protocol.release(&ub->rom, &ub->lines[0]);
    }
    bench_close(&ub->bench);
}

void usb_bench_plug(struct usb_bench *ub)
{
    assert_int_equal(dfu_protocol.greet(&ub->rom, &ub->lines[0], true), GREETING_NONE);
    assert_non_null(ub->plugged);
}

int usb_bench_send(struct usb_bench *ub, unsigned request, unsigned value, const void *data,
                   unsigned length)
{
    const struct usb_setup setup = {CLASS_OUT, (uint8_t)request, (uint16_t)value, 0,
                                    (uint16_t)length};

    if (length) {
        memcpy(ub->data, data, length);
    }
    return ub->plugged->control(ub->plugged->context, &setup, ub->data);
}

int usb_bench_get(struct usb_bench *ub, unsigned request, unsigned value, unsigned length)
{
    const struct usb_setup setup = {CLASS_IN, (uint8_t)request, (uint16_t)value, 0,
                                    (uint16_t)length};

    return ub->plugged->control(ub->plugged->context, &setup, ub->data);
}

unsigned usb_bench_status(struct usb_bench *ub, unsigned *status)
{
    assert_int_equal(usb_bench_get(ub, GETSTATUS, 0, STATUS_BYTES), STATUS_BYTES);
    if (status) {
        *status = ub->data[0];
    }
    return ub->data[4];
}

unsigned usb_bench_wait(struct usb_bench *ub, unsigned *status)
{
    unsigned state = usb_bench_status(ub, status);

    while (state == dfuDNBUSY) {
        wait_as_told(ub);
        state = usb_bench_status(ub, status);
    }
    return state;
}

// Sends, has it carried out, and tells what came of it; each error has its state.
static unsigned carry_out(struct usb_bench *ub, unsigned block, const void *data, unsigned length)
{
    unsigned status = 0, end;

    assert_int_equal(usb_bench_send(ub, DNLOAD, block, data, length), 0);
    assert_int_equal(usb_bench_status(ub, NULL), dfuDNBUSY);
    end = usb_bench_wait(ub, &status);
    assert_int_equal(end, status ? dfuERROR : dfuDNLOAD_IDLE);
    return status;
}

unsigned usb_bench_command(struct usb_bench *ub, unsigned command, uint32_t address)
{
    const uint8_t bytes[] = {(uint8_t)command, (uint8_t)address, (uint8_t)(address >> 8),
                             (uint8_t)(address >> 16), (uint8_t)(address >> 24)};

    return carry_out(ub, 0, bytes, sizeof bytes);
}

unsigned usb_bench_command_alone(struct usb_bench *ub, unsigned command)
{
    return carry_out(ub, 0, &(uint8_t){(uint8_t)command}, 1);
}

unsigned usb_bench_write(struct usb_bench *ub, unsigned block, const void *data, unsigned length)
{
    return carry_out(ub, block, data, length);
}

static void add(struct usb_bench *ub, struct usb_setup setup, const void *data)
{
    struct usb_request *request = &ub->requests[ub->count++];

    assert_true(ub->count <= USB_BENCH_REQUESTS && setup.length <= sizeof request->data);
    *request = (struct usb_request){.setup = setup};
    if (data) {
        memcpy(request->data, data, setup.length);
    }
}

void usb_bench_will_send(struct usb_bench *ub, unsigned request, unsigned value, const void *data,
                         unsigned length)
{
    add(ub, (struct usb_setup){CLASS_OUT, (uint8_t)request, (uint16_t)value, 0, (uint16_t)length},
        data);
}

void usb_bench_will_get(struct usb_bench *ub, unsigned request, unsigned length)
{
    add(ub, (struct usb_setup){CLASS_IN, (uint8_t)request, 0, 0, (uint16_t)length}, NULL);
}
