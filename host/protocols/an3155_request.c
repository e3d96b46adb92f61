// an3155_request.c: sends a command, looks at each answer, and tries again.
// SPDX-License-Identifier: MIT
#include "an3155_request.h"

#include "an3155_finish.h"
#include "monotonic.h"

#include <string.h>

enum {
    ANSWER_MS = 1000,
    WRITE_MS = 3500,
    START_MS = 30,   // for an answer that need not come
    TRIES = 4,       // of one command
    LATE_BYTES = 32, // that finish a command or an address, and a short frame after it
};

// How far one attempt came.
enum step { STEP_COMMAND, STEP_ADDRESS, STEP_FRAME, STEP_ANSWER, STEP_DONE };

struct attempt {
    enum step step;
    enum an3155_answer answer;
    uint8_t sent[5]; // command or address; the request has the frame
    size_t sent_size;
};

static int line_gone(const struct an3155 *rom, const struct an3155_request *request,
                     struct problem *problem)
{
    problem_set(problem, EXIT_FAILED, "check the cable, then run the command again",
                "%s: %s is gone", request->doing, serial_port(rom->link.line));
    return problem_blame(problem, FAULT_LINE);
}

int an3155_take(struct an3155 *rom, const struct an3155_request *request, void *bytes, size_t size,
                struct problem *problem)
{
    unsigned wait_ms = an3155_limit(&rom->link, ANSWER_MS);
    int got = an3155_receive(&rom->link, bytes, size, wait_ms);

    if (got < 0) {
        return line_gone(rom, request, problem);
    }
    if ((size_t)got < size) {
        return problem_set(problem, EXIT_FAILED, AN3155_OUT_OF_STEP,
                           "%s: no answer within %u ms, %d of %zu bytes of the %s came",
                           request->doing, wait_ms, got, size,
                           request->has_address ? "data" : "answer");
    }
    return 0;
}

// What an answer to `part` means that is no ACK.
static int explain(const struct an3155 *rom, const struct an3155_request *request,
                   enum an3155_answer answer, uint8_t other, const char *part, unsigned wait_ms,
                   struct problem *problem)
{
    switch (answer) {
    case ANSWER_ACK:
        return 0;
    case ANSWER_NACK:
        return problem_set(problem, EXIT_REFUSED,
                           request->refused
                               ? request->refused
                               : "bootleap doctor, which says why: readout protection, for one",
                           "%s: NACK, the ROM refuses the %s", request->doing, part);
    case ANSWER_NONE:
        return problem_set(problem, EXIT_FAILED, AN3155_OUT_OF_STEP,
                           "%s: no answer to the %s within %u ms", request->doing, part, wait_ms);
    case ANSWER_OTHER:
        return problem_set(problem, EXIT_FAILED, AN3155_OUT_OF_STEP,
                           "%s: 0x%02X as answer to the %s, which is neither ACK nor NACK",
                           request->doing, other, part);
    default:
        return line_gone(rom, request, problem);
    }
}

static int await(struct an3155 *rom, const struct an3155_request *request, struct attempt *attempt,
                 const char *part, unsigned usual_ms, struct problem *problem)
{
    unsigned wait_ms = an3155_limit(&rom->link, usual_ms);
    uint8_t other = 0;

    attempt->answer = an3155_await(&rom->link, wait_ms, request->doing, &other);
    return explain(rom, request, attempt->answer, other, part, wait_ms, problem);
}

int an3155_take_end(struct an3155 *rom, const struct an3155_request *request,
                    struct problem *problem)
{
    struct attempt attempt = {0};
    unsigned most_ms = request->most_ms ? request->most_ms : (unsigned)ANSWER_MS;

    return await(rom, request, &attempt, "command", most_ms, problem);
}

static int send_command(struct an3155 *rom, const struct an3155_request *request,
                        struct attempt *attempt, struct problem *problem)
{
    uint8_t other = 0;

    *attempt = (struct attempt){.step = STEP_COMMAND,
                                .sent = {(uint8_t)request->code, (uint8_t)~request->code},
                                .sent_size = 2};
    serial_discard(rom->link.line); // some ROMs say NACK twice
    an3155_send(&rom->link, attempt->sent, attempt->sent_size);
    if (request->silent_start) {
        attempt->answer = an3155_await(&rom->link, START_MS, request->doing, &other);
        return attempt->answer == ANSWER_NONE
                   ? 0
                   : explain(rom, request, attempt->answer, other, "command", START_MS, problem);
    }
    return await(rom, request, attempt, "command", ANSWER_MS, problem);
}

static int send_address(struct an3155 *rom, const struct an3155_request *request,
                        struct attempt *attempt, struct problem *problem)
{
    uint32_t address = request->address;

    *attempt = (struct attempt){.step = STEP_ADDRESS,
                                .sent = {(uint8_t)(address >> 24), (uint8_t)(address >> 16),
                                         (uint8_t)(address >> 8), (uint8_t)address},
                                .sent_size = 5};
    attempt->sent[4] = an3155_checksum(attempt->sent, 4);
    an3155_send(&rom->link, attempt->sent, attempt->sent_size);
    int error = await(rom, request, attempt, "address", ANSWER_MS, problem);
    if (attempt->answer == ANSWER_NONE && rom->no_nack_for_address && !request->leaves) {
        attempt->answer = ANSWER_NACK; // as good as: it is asked twice
        problem->code = EXIT_REFUSED;
    }
    return error ? (int)problem->code : 0;
}

static int send_frame(struct an3155 *rom, const struct an3155_request *request,
                      struct attempt *attempt, struct problem *problem)
{
    unsigned most_ms = request->most_ms ? request->most_ms : (unsigned)ANSWER_MS;

    *attempt = (struct attempt){.step = STEP_FRAME};
    an3155_send(&rom->link, request->frame, request->frame_size);
    rom->link.busy_until = monotonic_ms() + most_ms;
    return await(rom, request, attempt, request->part, most_ms, problem);
}

static int once(struct an3155 *rom, const struct an3155_request *request, struct attempt *attempt,
                struct problem *problem)
{
    int error = send_command(rom, request, attempt, problem);

    if (error == 0 && request->has_address) {
        error = send_address(rom, request, attempt, problem);
    }
    if (error == 0 && request->frame) {
        error = send_frame(rom, request, attempt, problem);
    }
    if (error == 0 && request->take) {
        attempt->step = STEP_ANSWER;
        attempt->answer = ANSWER_NONE;
        error = request->take(rom, request, problem);
    }
    return error;
}

// What the ROM may be in the middle of after this attempt.
static struct an3155_unfinished unfinished_of(const struct an3155_request *request,
                                              const struct attempt *attempt)
{
    if (attempt->step == STEP_FRAME) {
        // Where its length has changed on the way.
        unsigned data = request->code == AN3155_EXTENDED_ERASE ? 2 * 65536 : 256;
        return (struct an3155_unfinished){
            .frame = request->frame,
            .size = request->frame_size,
            .answered_before = true,
            .most_bytes = data + 3,
        };
    }
    bool leaves = request->leaves && attempt->step == STEP_ADDRESS;
    return (struct an3155_unfinished){.frame = attempt->sent_size ? attempt->sent : NULL,
                                      .size = attempt->sent_size,
                                      .counts_pages = attempt->step == STEP_COMMAND &&
                                                      request->code == AN3155_EXTENDED_ERASE,
                                      .answered_before = !leaves,
                                      .leaves = leaves,
                                      .most_bytes = LATE_BYTES};
}

// It is not the ROM that says something else than ACK or NACK after the address of a Go.
static bool has_said_something(const struct an3155_request *request, const struct attempt *attempt)
{
    return request->leaves && attempt->step == STEP_ADDRESS && attempt->answer == ANSWER_OTHER;
}

// The ROM said nothing to the address of a Go, and says nothing to what would finish it.
static bool has_left(const struct an3155_request *request, const struct attempt *attempt)
{
    return request->leaves && attempt->step == STEP_ADDRESS && attempt->answer == ANSWER_NONE;
}

// The ROM has got all of what resets its chip, and has not said no. Nothing is sent to the chip
// that starts anew.
static bool has_reset(const struct an3155_request *request, const struct attempt *attempt,
                      int error)
{
    enum step last = request->frame ? STEP_FRAME : STEP_ANSWER;

    return request->resets && attempt->step >= last && error != EXIT_REFUSED;
}

// A NACK to an address or a frame leaves the ROM waiting for a command. So does one to a command,
// but for what was doubled before: a byte that it took for half of this one.
static bool bring_back(struct an3155 *rom, const struct an3155_request *request,
                       const struct attempt *attempt)
{
    const struct an3155_unfinished unfinished = unfinished_of(request, attempt);

    return (attempt->answer == ANSWER_NACK && attempt->step != STEP_COMMAND) ||
           an3155_finish(&rom->link, &unfinished);
}

int an3155_request(struct an3155 *rom, const struct an3155_request *request,
                   struct problem *problem)
{
    enum step refused_at = STEP_DONE;
    struct attempt attempt = {0};

    for (unsigned tries = 1;; tries++) {
        int error = once(rom, request, &attempt, problem);
        if (error == 0 || has_said_something(request, &attempt) ||
            has_reset(request, &attempt, error)) {
            rom->retries += tries - 1;
            return 0;
        }
        bool again = attempt.answer != ANSWER_NACK || attempt.step != refused_at;
        if (rom->link.lost || !again) {
            return error;
        }
        if (!bring_back(rom, request, &attempt)) {
            return has_left(request, &attempt) ? 0 : error;
        }
        if (tries == TRIES || (request->once && attempt.step == STEP_FRAME)) {
            return error;
        }
        refused_at = attempt.answer == ANSWER_NACK ? attempt.step : STEP_DONE;
    }
}

int an3155_request_write(struct an3155 *rom, const struct an3155_request *how, uint32_t address,
                         uint32_t size, const uint8_t *bytes, struct problem *problem)
{
    uint8_t frame[1 + AN3155_BLOCK_BYTES + 1];
    struct an3155_request request = *how;

    request.code = AN3155_WRITE;
    request.has_address = true;
    request.address = address;
    request.frame = frame;
    request.frame_size = 2 + size;
    request.most_ms = WRITE_MS;
    request.once = true;
    frame[0] = (uint8_t)(size - 1);
    memcpy(frame + 1, bytes, size);
    frame[1 + size] = an3155_checksum(frame, 1 + size);
    return an3155_request(rom, &request, problem);
}
