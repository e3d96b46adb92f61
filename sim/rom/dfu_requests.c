// dfu_requests.c: goes through the states of DFU 1.1, Appendix A, as a ROM does (AN2662, AN3156).
// SPDX-License-Identifier: MIT
#include "dfu_requests.h"

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

static int download(struct dfu_session *session, const struct usb_setup *setup, const uint8_t *data)
{
    if ((session->state != DFU_IDLE && session->state != DFU_DNLOAD_IDLE) ||
        setup->length > dfu_transfer_size(session->rom->chip->device)) {
        return refuse(session);
    }
    session->block = setup->value;
    session->length = setup->length;
    memcpy(session->data, data, setup->length);
    session->state = setup->length ? DFU_DNLOAD_SYNC : DFU_MANIFEST_SYNC;
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
        setup->length > dfu_transfer_size(session->rom->chip->device)) {
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
    unsigned ms;

    session->done = dfu_memory_carry_out(session, &ms);
    session->state = DFU_DNBUSY;
    session->busy_until = rom_time_ms() + ms;
    return ms;
}

// Asked again before its end, it is still busy.
static unsigned go_on(struct dfu_session *session)
{
    uint64_t now = rom_time_ms();

    if (now < session->busy_until) {
        return (unsigned)(session->busy_until - now);
    }
    session->status = session->done;
    session->state = session->done ? DFU_ERROR : DFU_DNLOAD_IDLE;
    return 0;
}

static int get_status(struct dfu_session *session, const struct usb_setup *setup, uint8_t *data)
{
    unsigned ms = 0;

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

static int clear_status(struct dfu_session *session)
{
    session->state = DFU_IDLE;
    session->status = DFU_OK;
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
