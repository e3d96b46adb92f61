// dfu_transfer.c: sends and fetches blocks, and finds out what came of those that went wrong.
// SPDX-License-Identifier: MIT
#include "dfu_transfer.h"

#include "monotonic.h"

enum {
    TELL_MS = 1000,  // how often somebody is told what is awaited
    LEAVE_BLOCK = 2, // of no bytes: any but those of commands
};

// Waits for `ms`, and tells so once a second. `since`: when it began.
static void wait_for(const struct dfu_link *link, const struct dfu_download *download,
                     uint64_t since, uint32_t ms)
{
    uint64_t now = monotonic_ms(), end = now + ms;

    while (now < end) {
        monotonic_sleep_ms(end - now < TELL_MS ? (unsigned)(end - now) : (unsigned)TELL_MS);
        now = monotonic_ms();
        if (now < end && link->wait.tell) {
            link->wait.tell(link->wait.context, download->doing, (unsigned)(now - since),
                            download->most_ms);
        }
    }
}

// It is busy, long after the time that it needs.
static int free_it(struct dfu_link *link, const struct dfu_download *download,
                   struct problem *problem)
{
    struct dfu_status status;

    dfu_link_unstick(link);
    if (!dfu_link_status(link, &status, download->doing, problem)) {
        return EXIT_FAILED;
    }
    link->retries++;
    link->state = DFU_IDLE;
    link->lost = status.state != DFU_IDLE;
    if (!link->lost && download->again) {
        return 0;
    }
    return problem_set(problem, EXIT_FAILED, "reset the chip and run the command again",
                       "%s: the ROM is still busy after %u ms", download->doing, download->most_ms);
}

// It is in a state that it does not get to by itself.
static int forgot(struct dfu_link *link, const struct dfu_download *download,
                  struct problem *problem)
{
    int error = dfu_link_settle(link, download->doing, problem);

    return error ? error
                 : problem_set(problem, EXIT_FAILED, "run the command again",
                               "%s: the ROM has given it up", download->doing);
}

// Waits until it is done with what it has got. `status` is what it has said already, or NULL.
static int await(struct dfu_link *link, const struct dfu_download *download,
                 const struct dfu_status *said, struct problem *problem)
{
    uint64_t since = monotonic_ms();
    struct dfu_status status;

    for (unsigned turn = 0;; turn++) {
        if (turn == 0 && said) {
            status = *said;
        } else if (!dfu_link_status(link, &status, download->doing, problem)) {
            return EXIT_FAILED;
        }
        if (status.state == DFU_ERROR || status.status != DFU_OK) {
            return dfu_link_refused(link, &status, download->doing, problem);
        }
        if (status.state == DFU_DNLOAD_IDLE) {
            link->state = DFU_DNLOAD_IDLE;
            return 0;
        }
        if (status.state != DFU_DNBUSY && status.state != DFU_DNLOAD_SYNC) {
            return forgot(link, download, problem);
        }
        uint64_t waited = monotonic_ms() - since;
        if (waited >= download->most_ms) {
            return free_it(link, download, problem);
        }
        uint32_t left = download->most_ms - (uint32_t)waited;
        uint32_t poll = status.poll_ms || turn == 0 ? status.poll_ms : 1;
        wait_for(link, download, since, poll < left ? poll : left);
    }
}

// The device did not take what was sent. 0: it may be sent again.
static int why_not(struct dfu_link *link, int result, const struct dfu_download *download,
                   const struct dfu_status *status, struct problem *problem)
{
    if (status->state == DFU_ERROR) {
        int error = dfu_link_refused(link, status, download->doing, problem);
        bool out_of_step = error == EXIT_REFUSED && status->status == DFU_STALLED_PACKET;
        return out_of_step ? 0 : error;
    }
    if (status->state != DFU_IDLE && status->state != DFU_DNLOAD_IDLE) {
        return dfu_link_settle(link, download->doing, problem);
    }
    link->state = (enum dfu_state)status->state;
    if (result == USB_STALLED || status->state == DFU_IDLE || download->again) {
        return 0;
    }
    return problem_set(problem, EXIT_FAILED, "run the command again",
                       "%s: USB failed, and nobody knows what has arrived", download->doing);
}

int dfu_download(struct dfu_link *link, const struct dfu_download *download,
                 struct problem *problem)
{
    struct dfu_status status;

    int error = dfu_link_prepare(link, DFU_DNLOAD_IDLE, download->doing, problem);
    for (unsigned tries = 0; error == 0; tries++) {
        int result = usb_send(link->usb, DFU_DNLOAD, download->block, download->bytes,
                              download->size, dfu_link_limit(link));
        if (result == (int)download->size) {
            return await(link, download, NULL, problem);
        }
        if (dfu_link_ends(result)) {
            return dfu_link_lose(link, result, download->doing, problem);
        }
        if (!dfu_link_status(link, &status, download->doing, problem)) {
            return EXIT_FAILED;
        }
        if (status.state == DFU_DNBUSY || status.state == DFU_DNLOAD_SYNC) {
            return await(link, download, &status, problem);
        }
        error = why_not(link, result, download, &status, problem);
        if (error == 0 && tries == DFU_TRIES) {
            return problem_set(problem, EXIT_REFUSED, "reset the chip and run the command again",
                               "%s: the ROM does not take it", download->doing);
        }
        link->retries += error == 0;
    }
    return error;
}

int dfu_upload(struct dfu_link *link, const char *doing, uint16_t block, uint8_t *bytes,
               unsigned size, struct problem *problem)
{
    struct dfu_status status;
    int result = 0;

    int error = dfu_link_prepare(link, DFU_UPLOAD_IDLE, doing, problem);
    for (unsigned tries = 0; error == 0 && tries <= DFU_TRIES; tries++) {
        result = usb_fetch(link->usb, DFU_UPLOAD, block, bytes, size, dfu_link_limit(link));
        if (result == (int)size) {
            link->state = DFU_UPLOAD_IDLE;
            return 0;
        }
        if (dfu_link_ends(result)) {
            return dfu_link_lose(link, result, doing, problem);
        }
        if (!dfu_link_status(link, &status, doing, problem)) {
            return EXIT_FAILED;
        }
        if (status.state == DFU_ERROR && status.status != DFU_STALLED_PACKET) {
            return dfu_link_refused(link, &status, doing, problem);
        }
        link->retries++;
        error = status.state == DFU_IDLE ? 0 : dfu_link_settle(link, doing, problem);
        link->state = DFU_IDLE;
    }
    return error ? error
                 : problem_set(problem, EXIT_FAILED, "reset the chip and run the command again",
                               "%s: %u bytes were asked for, %d came", doing, size,
                               result < 0 ? 0 : result);
}

// After the request it may be gone, or answer no more: then it has left.
static int say_goodbye(struct dfu_link *link, const char *doing, struct problem *problem)
{
    uint8_t bytes[DFU_STATUS_BYTES];
    struct dfu_status status;
    bool answers = false;

    for (unsigned tries = 0; !answers && tries <= DFU_TRIES; tries++) {
        int got = usb_fetch(link->usb, DFU_GETSTATUS, 0, bytes, sizeof bytes, dfu_link_limit(link));
        answers = got > 0 && dfu_status_read(&status, bytes, (size_t)got);
        if (dfu_link_ends(got)) {
            break;
        }
    }
    if (answers && status.state == DFU_ERROR) {
        return dfu_link_refused(link, &status, doing, problem);
    }
    if (answers && (status.state == DFU_IDLE || status.state == DFU_DNLOAD_IDLE)) {
        link->state = (enum dfu_state)status.state;
        return problem_set(problem, EXIT_FAILED, "reset the chip with BOOT0 low",
                           "%s: the ROM stays where it is", doing);
    }
    link->lost = true;
    return 0;
}

static bool leaves(const struct dfu_status *status)
{
    return status->state >= DFU_MANIFEST_SYNC && status->state <= DFU_MANIFEST_WAIT_RESET;
}

int dfu_leave(struct dfu_link *link, const char *doing, struct problem *problem)
{
    struct dfu_status status;

    int error = dfu_link_prepare(link, DFU_DNLOAD_IDLE, doing, problem);
    for (unsigned tries = 0; error == 0 && tries <= DFU_TRIES; tries++) {
        int result = usb_send(link->usb, DFU_DNLOAD, LEAVE_BLOCK, NULL, 0, dfu_link_limit(link));
        if (result == 0) {
            return say_goodbye(link, doing, problem);
        }
        if (dfu_link_ends(result)) {
            return dfu_link_lose(link, result, doing, problem);
        }
        if (!dfu_link_status(link, &status, doing, problem)) {
            return EXIT_FAILED;
        }
        if (leaves(&status)) {
            link->lost = true;
            return 0;
        }
        if (status.state == DFU_ERROR && status.status != DFU_STALLED_PACKET) {
            return dfu_link_refused(link, &status, doing, problem);
        }
        link->retries++;
        error = dfu_link_settle(link, doing, problem);
    }
    return error ? error
                 : problem_set(problem, EXIT_REFUSED, "reset the chip with BOOT0 low",
                               "%s: the ROM does not take it", doing);
}
