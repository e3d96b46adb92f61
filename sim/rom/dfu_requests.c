// dfu_requests.c: goes through the states of DFU 1.1, Appendix A, as a ROM does (AN2662, AN3156).
// SPDX-License-Identifier: MIT
#include "dfu_requests.h"

#include "behaviour.h"
#include "dfu_memory.h"
#include "rom_time.h"

#include <string.h>

enum {
    TYPE_CLASS_OUT = 0x21,
    TYPE_CLASS_IN = 0xA1,
    TYPE_INTERFACE_OUT = 0x01,
    SET_INTERFACE = 11,
    STATUS_BYTES = 6,
    FIRST_BLOCK = 2,
};

enum request {
    REQUEST_DETACH,
    REQUEST_DNLOAD,
    REQUEST_UPLOAD,
    REQUEST_GETSTATUS,
    REQUEST_CLRSTATUS,
    REQUEST_GETSTATE,
    REQUEST_ABORT,
};

static int fail(struct dfu_session *session, enum dfu_status status)
{
    session->state = DFU_ERROR;
    session->status = status;
    return USB_STALL;
}

// A request that this state does not know. An error stays the one that it was.
static int refuse(struct dfu_session *session)
{
    return session->state == DFU_ERROR ? USB_STALL : fail(session, DFU_ERR_STALLED);
}

static unsigned transfer_size(const struct dfu_session *session)
{
    return session->rom->chip->device->dfu.transfer_size;
}

static int download(struct dfu_session *session, const struct usb_setup *setup, const uint8_t *data)
{
    if ((session->state != DFU_IDLE && session->state != DFU_DNLOAD_IDLE) ||
        setup->length > transfer_size(session)) {
        return refuse(session);
    }
    session->block = setup->value;
    session->length = setup->length;
    memcpy(session->data, data, setup->length);
    session->state = setup->length ? DFU_DNLOAD_SYNC : DFU_MANIFEST_SYNC;
    if (!setup->length && behaviour_leaves_first(session->rom)) {
        session->next = DFU_LEAVES;
    }
    return 0;
}

static int give_commands(const struct usb_setup *setup, uint8_t *data)
{
    static const uint8_t commands[] = {0x00, 0x21, 0x41, 0x92};
    unsigned length = setup->length < sizeof commands ? setup->length : sizeof commands;

    memcpy(data, commands, length);
    return (int)length;
}

static int upload(struct dfu_session *session, const struct usb_setup *setup, uint8_t *data)
{
    enum dfu_status status;

    if ((session->state != DFU_IDLE && session->state != DFU_UPLOAD_IDLE) || setup->value == 1 ||
        setup->length > transfer_size(session)) {
        return refuse(session);
    }
    session->state = DFU_UPLOAD_IDLE;
    if (setup->value < FIRST_BLOCK) {
        return give_commands(setup, data);
    }
    status = dfu_memory_read(session, setup->value, data, setup->length);
    return status ? fail(session, status) : setup->length;
}

// Carries out what has come. Only the next request for the status tells what came of it.
static unsigned begin(struct dfu_session *session)
{
    struct dfu_time time;

    session->done = dfu_memory_carry_out(session, &time);
    session->state = DFU_DNBUSY;
    session->told_until = rom_time_ms() + time.told_ms;
    session->busy_until = session->told_until + time.more_ms;
    return time.told_ms;
}

// Asked again before its end, it is still busy, and tells how long.
static unsigned go_on(struct dfu_session *session)
{
    uint64_t now = rom_time_ms();

    if (now < session->busy_until || session->stuck) {
        return now < session->busy_until ? (unsigned)(session->busy_until - now) : 1;
    }
    session->status = session->done;
    session->state = session->done ? DFU_ERROR : DFU_DNLOAD_IDLE;
    return 0;
}

static bool is_asked_early(const struct dfu_session *session)
{
    return session->state == DFU_DNBUSY && rom_time_ms() < session->told_until &&
           behaviour_quirk(session->rom, QUIRK_DFU_EARLY_POLL_STALLS);
}

static int get_status(struct dfu_session *session, const struct usb_setup *setup, uint8_t *data)
{
    unsigned ms = 0;

    if (is_asked_early(session)) {
        return USB_STALL;
    }
    if (session->state == DFU_DNLOAD_SYNC) {
        ms = begin(session);
    } else if (session->state == DFU_DNBUSY) {
        ms = go_on(session);
    } else if (session->state == DFU_MANIFEST_SYNC) {
        session->state = DFU_MANIFEST;
        session->next = DFU_LEAVES;
    }
    const uint8_t answer[STATUS_BYTES] = {(uint8_t)session->status, (uint8_t)ms,
                                          (uint8_t)(ms >> 8),       (uint8_t)(ms >> 16),
                                          (uint8_t)session->state,  0};
    unsigned length = setup->length < sizeof answer ? setup->length : sizeof answer;
    memcpy(data, answer, length);
    return (int)length;
}

// Outside dfuERROR it is an error itself (measured with dfuDNBUSY: betaflight-configurator pull
// request 1861; with dfuIDLE: dfu-libusb issue 4), as in the DFU class of ST's HAL.
static int clear_status(struct dfu_session *session)
{
    bool clears = session->state == DFU_ERROR;

    if (!clears && behaviour_quirk(session->rom, QUIRK_DFU_CLRSTATUS_STALLS)) {
        return USB_STALL;
    }
    session->stuck = false;
    session->state = clears ? DFU_IDLE : DFU_ERROR;
    session->status = clears ? DFU_OK : DFU_ERR_UNKNOWN;
    return 0;
}

static int give_state(const struct dfu_session *session, const struct usb_setup *setup,
                      uint8_t *data)
{
    if (setup->length == 0) {
        return 0;
    }
    data[0] = (uint8_t)session->state;
    return 1;
}

static int abort_transfer(struct dfu_session *session)
{
    if (session->state == DFU_ERROR || session->state == DFU_DNBUSY) {
        return refuse(session);
    }
    session->state = DFU_IDLE;
    return 0;
}

static int choose_memory(struct dfu_session *session, const struct usb_setup *setup)
{
    if (setup->value >= session->descriptors.alternates) {
        return USB_STALL;
    }
    session->alternate = setup->value;
    return 0;
}

static int answer_write(struct dfu_session *session, const struct usb_setup *setup,
                        const uint8_t *data)
{
    switch (setup->request) {
    case REQUEST_DETACH:
        return abort_transfer(session);
    case REQUEST_DNLOAD:
        return download(session, setup, data);
    case REQUEST_CLRSTATUS:
        return clear_status(session);
    case REQUEST_ABORT:
        return abort_transfer(session);
    default:
        return refuse(session);
    }
}

static int answer_read(struct dfu_session *session, const struct usb_setup *setup, uint8_t *data)
{
    switch (setup->request) {
    case REQUEST_UPLOAD:
        return upload(session, setup, data);
    case REQUEST_GETSTATUS:
        return get_status(session, setup, data);
    case REQUEST_GETSTATE:
        return give_state(session, setup, data);
    default:
        return refuse(session);
    }
}

int dfu_requests_answer(void *context, const struct usb_setup *setup, uint8_t *data)
{
    struct dfu_session *session = context;

    if (session->next != DFU_STAYS || setup->index != 0) {
        return USB_STALL;
    }
    switch (setup->type) {
    case TYPE_INTERFACE_OUT:
        return setup->request == SET_INTERFACE ? choose_memory(session, setup) : USB_STALL;
    case TYPE_CLASS_OUT:
        return answer_write(session, setup, data);
    case TYPE_CLASS_IN:
        return answer_read(session, setup, data);
    default:
        return USB_STALL;
    }
}
