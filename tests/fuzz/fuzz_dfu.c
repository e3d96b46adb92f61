// fuzz_dfu.c: sends any requests to the ROM's USB device, in place of a host.
// SPDX-License-Identifier: MIT
//
// The first byte chooses the row of the table, the second its version, whether it is protected, and
// the worst case. Then come requests: a byte of what it is, its wValue, its wLength, and as many
// bytes as the ROM takes. No time passes: the device is never busy for long.
#include "fuzz.h"

#include "blocks.h"
#include "dfu.h"
#include "dfu_session.h"
#include "journal.h"
#include "rom.h"
#include "runnable.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_BYTES = 65536,
    MOST_SESSIONS = 4,
    MOST_IDLE = 64,
    LEAST = 5,
    PROTECTED = 0x40,
    WORST = 0x80
};

// What is left of the input, and the device. libFuzzer hands nothing through, so it lies here.
static struct {
    const uint8_t *next, *end;
    const struct usb_device *device;
    struct rom *rom;
    volatile sig_atomic_t stop;
    unsigned idle; // waits since the last request: where no device comes, nobody asks
} host;

static void plug(void *context, const struct usb_device *device)
{
    (void)context;
    host.device = device;
}

static void unplug(void *context)
{
    (void)context;
    host.device = NULL;
}

// The next request; false at the end of the input.
static bool read_setup(struct usb_setup *setup)
{
    const uint8_t *bytes = host.next;

    if (host.end - bytes < LEAST) {
        host.next = host.end;
        return false;
    }
    host.next += LEAST;
    *setup = (struct usb_setup){.type = bytes[0] & 0x80 ? 0xA1 : 0x21,
                                .request = bytes[0] & 0x0F,
                                .value = (uint16_t)(bytes[1] << 8 | bytes[2]),
                                .index = bytes[0] >> 4 & 1,
                                .length = (uint16_t)(bytes[3] << 8 | bytes[4])};
    if (setup->request == 11) { // SET_INTERFACE
        setup->type = 0x01;
    }
    return true;
}

// What the interface promises: no more bytes than were asked for, or a refusal; and a state of DFU.
static void check(const struct usb_setup *setup, int answer)
{
    const struct dfu_session *session = host.rom->dfu;

    if (answer < USB_STALL || answer > setup->length || session->state < DFU_IDLE ||
        session->state > DFU_ERROR ||
        (session->state == DFU_ERROR) != (session->status != DFU_OK)) {
        abort();
    }
}

static bool serve(void *context)
{
    static uint8_t data[USB_DATA_MOST];
    struct usb_setup setup;
    size_t size;

    (void)context;
    if (!host.device || !read_setup(&setup)) {
        return false;
    }
    size = setup.length < sizeof data ? setup.length : sizeof data;
    setup.length = (uint16_t)size;
    memset(data, 0, sizeof data);
    if (!(setup.type & 0x80)) {
        size_t left = (size_t)(host.end - host.next);
        memcpy(data, host.next, size < left ? size : left);
        host.next += size < left ? size : left;
    }
    host.idle = 0;
    check(&setup, host.device->control(host.device->context, &setup, data));
    host.rom->dfu->told_until = host.rom->dfu->busy_until = 0;
    return true;
}

static void wait_for_host(void *context, int ms)
{
    (void)context;
    (void)ms;
    host.idle++;
    host.stop |= host.next == host.end || host.idle > MOST_IDLE; // the host is gone
}

// A ROM that resets the chip, or that was left, starts again.
static void run(struct rom *rom)
{
    uint32_t table;

    host.idle = 0;
    for (int session = 0; session < MOST_SESSIONS; session++) {
        struct problem problem = {0};
        enum rom_end end = rom_run(rom, ROM_HOST_REAL, &table);
        int error;

        if (host.device || rom->dfu) {
            abort(); // it was not unplugged
        }
        if (end == ROM_STOPPED) {
            return;
        }
        error = chip_reset(rom->chip, RESET_PIN, &problem);
        if (error) {
            fuzz_check_refusal(error, &problem);
            return;
        }
    }
}

static uint16_t version_of(const struct device *device, unsigned number)
{
    unsigned count = 0;

    while (device->rom_ids[count]) {
        count++;
    }
    return count ? device->rom_ids[number % count] : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct usb_socket socket = {NULL, plug, unplug, serve, wait_for_host};
    struct rom_line line = {"USB", &dfu_protocol, &socket};
    struct problem problem = {0};
    struct device device;
    struct journal journal;
    struct chip chip;

    if (size < 2 || size > MOST_BYTES) {
        return 0;
    }
    device = devices[bytes[0] % device_count];
    if (runnable_why_not(&device) || !device.dfu.transfer_size) {
        return 0;
    }
    device.startup = &(struct startup){0};
    host.next = bytes + 2;
    host.end = bytes + size;
    host.stop = 0;
    journal_open(&journal, NULL, &chip.core.instructions);
    if (chip_open(&chip, &device, blocks_type, &journal, 1, &problem) ||
        chip_reset(&chip, RESET_POWER_ON, &problem)) {
        abort();
    }
    struct rom rom = {.chip = &chip,
                      .lines = &line,
                      .line_count = 1,
                      .wait = wait_for_host,
                      .usb_serves = true,
                      .version = version_of(&device, bytes[1] & 0x0F),
                      .protected = bytes[1] & PROTECTED,
                      .worst = bytes[1] & WORST,
                      .stop = &host.stop};
    host.rom = &rom;
    run(&rom);
    chip_close(&chip);
    journal_close(&journal);
    return 0;
}
