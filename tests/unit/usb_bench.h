// usb_bench.h: a virtual ROM on USB, and a test as its host.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_USB_BENCH_H
#define BOOTLEAP_TESTS_USB_BENCH_H

#include "bench.h"
#include "dfu.h"
#include "rom.h"
#include "usb.h"
#include "wire.h"

enum {
    DETACH,
    DNLOAD,
    UPLOAD,
    GETSTATUS,
    CLRSTATUS,
    GETSTATE,
    ABORT,

    dfuIDLE = 2,
    dfuDNLOAD_SYNC,
    dfuDNBUSY,
    dfuDNLOAD_IDLE,
    dfuMANIFEST_SYNC,
    dfuMANIFEST,
    dfuUPLOAD_IDLE = 9,
    dfuERROR,

    errTARGET = 1,
    errWRITE = 3,
    errADDRESS = 8,
    errVENDOR = 11,
    errSTALLEDPKT = 15,

    USB_BENCH_REQUESTS = 16,
};

// A request that waits for the device.
struct usb_request {
    struct usb_setup setup;
    uint8_t data[16];
    int answer; // what the device made of it
};

struct usb_bench {
    struct bench bench;
    struct device device;
    struct usb_socket socket;
    struct rom_line lines[2];
    struct rom rom;
    volatile sig_atomic_t stop;
    const struct usb_device *plugged; // NULL: none
    unsigned plugs, unplugs, waits;
    // What the host asks by itself while the ROM runs; behind it the run is stopped.
    struct usb_request requests[USB_BENCH_REQUESTS];
    size_t count, asked;
    bool goes_on;                            // the run is not stopped then
    void (*meanwhile)(struct usb_bench *ub); // what happens while the ROM first waits, or NULL
    struct wire wire;                        // a USART's, for who uses one
    size_t sent_before;                      // over that USART, when the device was unplugged
    uint8_t data[USB_DATA_MOST];             // that came with the last answer
};

// A chip whose ROM has USB and nothing else; `version` 0 is its newest.
void usb_bench_open(struct usb_bench *ub, const char *slug, uint16_t version);
void usb_bench_close(struct usb_bench *ub);

// Has the ROM look for its host, who finds its device.
void usb_bench_plug(struct usb_bench *ub);

// One request to the device that is plugged in: how many bytes come, or USB_STALL.
int usb_bench_send(struct usb_bench *ub, unsigned request, unsigned value, const void *data,
                   unsigned length);
int usb_bench_get(struct usb_bench *ub, unsigned request, unsigned value, unsigned length);

// The state that GETSTATUS answers; its status goes to *status, which may be NULL.
unsigned usb_bench_status(struct usb_bench *ub, unsigned *status);
// The same, after as many milliseconds as the device says, as often as it is busy.
unsigned usb_bench_wait(struct usb_bench *ub, unsigned *status);

// DNLOAD with this command and address, or without one; the status in the end.
unsigned usb_bench_command(struct usb_bench *ub, unsigned command, uint32_t address);
unsigned usb_bench_command_alone(struct usb_bench *ub, unsigned command);
// The same for data.
unsigned usb_bench_write(struct usb_bench *ub, unsigned block, const void *data, unsigned length);

// The host will ask this while the ROM runs.
void usb_bench_will_send(struct usb_bench *ub, unsigned request, unsigned value, const void *data,
                         unsigned length);
void usb_bench_will_get(struct usb_bench *ub, unsigned request, unsigned length);

#endif
