// dfu_link.c: asks a DFU device for its state, and gets it out of the ones where it takes nothing.
// SPDX-License-Identifier: MIT
#include "dfu_link.h"

#include "monotonic.h"

#include <stdio.h>

enum {
    TURNS = 8,       // more than it takes from any state to dfuIDLE
    BUSY_MS = 6000,  // what another program began may take so long
    STALL_MS = 1000, // most between two tries
    CLEAR_COUNT = 2, // H743 in dfuDNBUSY needs two
};

unsigned dfu_link_limit(const struct dfu_link *link)
{
    return link->timeout_ms && link->timeout_ms < DFU_ANSWER_MS ? link->timeout_ms
                                                                : (unsigned)DFU_ANSWER_MS;
}

bool dfu_link_ends(int result)
{
    return result == USB_GONE || result == USB_TIMEOUT;
}

int dfu_link_lose(struct dfu_link *link, int result, const char *doing, struct problem *problem)
{
    link->lost = true;
    if (result == USB_GONE) {
        problem_set(problem, EXIT_FAILED,
                    "check cable and supply, start the ROM again and run the same command",
                    "%s: the device is gone", doing);
        return problem_blame(problem, FAULT_LINE);
    }
    if (result == USB_TIMEOUT) {
        return problem_set(problem, EXIT_FAILED, "reset the chip and run the command again",
                           "%s: no answer within %u ms", doing, dfu_link_limit(link));
    }
    return problem_set(problem, EXIT_FAILED,
                       "another cable or a hub in between; then reset the chip and run the command "
                       "again",
                       "%s: the device does not answer as it should", doing);
}

bool dfu_link_status(struct dfu_link *link, struct dfu_status *status, const char *doing,
                     struct problem *problem)
{
    uint8_t bytes[DFU_STATUS_BYTES];
    int result = USB_FAILED;

    for (unsigned tries = 0; tries <= DFU_TRIES; tries++) {
        if (tries) { // dfu-util: the time that it told last is what it needs
            link->retries++;
            monotonic_sleep_ms(link->poll_ms < STALL_MS ? link->poll_ms : (uint32_t)STALL_MS);
        }
        result = usb_fetch(link->usb, DFU_GETSTATUS, 0, bytes, sizeof bytes, dfu_link_limit(link));
        if (dfu_link_ends(result)) {
            break;
        }
        if (result >= 0 && dfu_status_read(status, bytes, (size_t)result) &&
            status->state < DFU_STATES) {
            link->poll_ms = status->poll_ms;
            return true;
        }
    }
    dfu_link_lose(link, result, doing, problem);
    return false;
}

static void request(struct dfu_link *link, enum dfu_request code)
{
    usb_send(link->usb, (uint8_t)code, 0, NULL, 0, dfu_link_limit(link));
}

void dfu_link_unstick(struct dfu_link *link)
{
    for (int i = 0; i < CLEAR_COUNT; i++) {
        request(link, DFU_CLRSTATUS);
    }
}

static int not_idle(struct dfu_link *link, uint8_t state, const char *doing,
                    struct problem *problem)
{
    link->lost = true;
    if (state <= DFU_APP_DETACH) {
        return problem_set(problem, EXIT_FAILED, "bootleap enter, if the application can",
                           "%s: the device runs its application", doing);
    }
    return problem_set(problem, EXIT_FAILED, "reset the chip and run the command again",
                       "%s: the ROM does not get ready (state %u of DFU)", doing, state);
}

// One step towards dfuIDLE. False where there is none.
static bool step(struct dfu_link *link, const struct dfu_status *status, uint64_t busy_until)
{
    bool is_busy = status->state == DFU_DNBUSY || status->state == DFU_DNLOAD_SYNC;
    uint64_t now = monotonic_ms();

    if (is_busy && now < busy_until) {
        uint64_t left = busy_until - now;
        uint32_t poll = status->poll_ms ? status->poll_ms : 1;
        monotonic_sleep_ms(poll < left ? poll : (unsigned)left);
    } else if (is_busy) {
        dfu_link_unstick(link);
    } else if (status->state == DFU_ERROR) {
        request(link, DFU_CLRSTATUS);
    } else if (status->state == DFU_DNLOAD_IDLE || status->state == DFU_UPLOAD_IDLE) {
        request(link, DFU_ABORT);
    } else {
        return false;
    }
    return true;
}

int dfu_link_settle(struct dfu_link *link, const char *doing, struct problem *problem)
{
    uint64_t busy_until = monotonic_ms() + BUSY_MS;
    struct dfu_status status = {0, 0, 0};

    for (unsigned turns = 0; turns < TURNS;) {
        if (!dfu_link_status(link, &status, doing, problem)) {
            return EXIT_FAILED;
        }
        if (status.state == DFU_IDLE) {
            link->state = DFU_IDLE;
            return 0;
        }
        bool waits = status.state == DFU_DNBUSY && monotonic_ms() < busy_until;
        turns += !waits;
        if (!step(link, &status, busy_until)) {
            break;
        }
    }
    return not_idle(link, status.state, doing, problem);
}

int dfu_link_refused(struct dfu_link *link, const struct dfu_status *status, const char *doing,
                     struct problem *problem)
{
    int result = USB_STALLED;

    if (status->state == DFU_ERROR) {
        result = usb_send(link->usb, DFU_CLRSTATUS, 0, NULL, 0, dfu_link_limit(link));
        link->state = DFU_IDLE;
    }
    if (dfu_link_ends(result)) {
        return dfu_link_lose(link, result, doing, problem);
    }
    int error = result < 0 ? dfu_link_settle(link, doing, problem) : 0;
    return error ? error
                 : problem_set(problem, EXIT_REFUSED,
                               "bootleap info, for what the chip has and protects",
                               "%s: the ROM refuses, %s", doing, dfu_status_text(status->status));
}

int dfu_link_prepare(struct dfu_link *link, enum dfu_state state, const char *doing,
                     struct problem *problem)
{
    if (link->state == DFU_IDLE || link->state == state) {
        return 0;
    }
    int result = usb_send(link->usb, DFU_ABORT, 0, NULL, 0, dfu_link_limit(link));
    if (dfu_link_ends(result)) {
        return dfu_link_lose(link, result, doing, problem);
    }
    link->state = DFU_IDLE;
    return result < 0 ? dfu_link_settle(link, doing, problem) : 0;
}
