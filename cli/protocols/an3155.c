// an3155.c: frames, checksums and answers of ST's USART protocol.
// SPDX-License-Identifier: MIT
#include "an3155.h"

#include <stdio.h>
#include <string.h>

enum { ANSWER_MS = 1000, WRITE_MS = 3500, DOING_BYTES = 48 };

static const char read_protected[] =
    "bootleap info; a chip with readout protection refuses this command";
static const char out_of_step[] = "reset the chip and run the command again";

static unsigned limit(const struct an3155 *rom, unsigned usual_ms)
{
    return rom->timeout_ms && rom->timeout_ms < usual_ms ? rom->timeout_ms : usual_ms;
}

static int line_gone(const struct an3155 *rom, const char *doing, struct problem *problem)
{
    return problem_set(problem, EXIT_FAILED, "check the cable, then run the command again",
                       "%s: %s is gone", doing, serial_port(rom->line));
}

// Reads exactly `size` bytes of the answer called `part`.
static int receive(struct an3155 *rom, void *bytes, size_t size, const char *doing,
                   const char *part, struct problem *problem)
{
    unsigned wait_ms = limit(rom, ANSWER_MS);
    int got = serial_read(rom->line, bytes, size, wait_ms);

    if (got < 0) {
        return line_gone(rom, doing, problem);
    }
    if ((size_t)got < size) {
        return problem_set(problem, EXIT_FAILED, out_of_step,
                           "%s: no answer within %u ms, %d of %zu bytes of the %s came", doing,
                           wait_ms, got, size, part);
    }
    return 0;
}

// Waits for the ACK of `part` of the command.
static int await_ack(struct an3155 *rom, unsigned usual_ms, const char *doing, const char *part,
                     const char *try_on_nack, struct problem *problem)
{
    unsigned wait_ms = limit(rom, usual_ms);
    uint8_t answer;
    int got = serial_read(rom->line, &answer, 1, wait_ms);

    if (got < 0) {
        return line_gone(rom, doing, problem);
    }
    if (got == 0) {
        return problem_set(problem, EXIT_FAILED, out_of_step,
                           "%s: no answer to the %s within %u ms", doing, part, wait_ms);
    }
    if (answer == AN3155_NACK) {
        return problem_set(problem, EXIT_REFUSED, try_on_nack, "%s: NACK, the ROM refuses the %s",
                           doing, part);
    }
    if (answer != AN3155_ACK) {
        return problem_set(problem, EXIT_FAILED, out_of_step,
                           "%s: 0x%02X as answer to the %s, which is neither ACK nor NACK", doing,
                           answer, part);
    }
    return 0;
}

static int send(struct an3155 *rom, const void *bytes, size_t size, const char *doing,
                struct problem *problem)
{
    if (serial_write(rom->line, bytes, size) != 0) {
        return line_gone(rom, doing, problem);
    }
    return 0;
}

static int command(struct an3155 *rom, enum an3155_code code, const char *doing,
                   struct problem *problem)
{
    uint8_t frame[2] = {(uint8_t)code, (uint8_t)~code};

    serial_discard(rom->line); // some ROMs say NACK twice
    int error = send(rom, frame, sizeof frame, doing, problem);
    if (error) {
        return error;
    }
    return await_ack(rom, ANSWER_MS, doing, "command", read_protected, problem);
}

// XOR of all bytes: what follows a frame, so that the sum over both is 0.
static uint8_t checksum(const uint8_t *bytes, size_t size)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < size; i++) {
        sum ^= bytes[i];
    }
    return sum;
}

static int command_with_address(struct an3155 *rom, enum an3155_code code, uint32_t address,
                                const char *doing, struct problem *problem)
{
    uint8_t frame[5] = {(uint8_t)(address >> 24), (uint8_t)(address >> 16), (uint8_t)(address >> 8),
                        (uint8_t)address};

    int error = command(rom, code, doing, problem);
    if (error) {
        return error;
    }
    frame[4] = checksum(frame, 4);
    error = send(rom, frame, sizeof frame, doing, problem);
    if (error) {
        return error;
    }
    return await_ack(rom, ANSWER_MS, doing, "address",
                     "bootleap info, for what the flash of this chip covers", problem);
}

int an3155_get(struct an3155 *rom, struct problem *problem)
{
    static const char doing[] = "Get";
    uint8_t count;

    int error = command(rom, AN3155_GET, doing, problem);
    if (error == 0) {
        error = receive(rom, &count, 1, doing, "answer", problem);
    }
    if (error) {
        return error;
    }
    if (count == 0 || count > sizeof rom->commands) {
        return problem_set(problem, EXIT_FAILED, out_of_step,
                           "%s: %s announces %u commands, so it is not an AN3155 ROM", doing,
                           serial_port(rom->line), count);
    }
    rom->command_count = count;
    error = receive(rom, &rom->version, 1, doing, "answer", problem);
    if (error == 0) {
        error = receive(rom, rom->commands, count, doing, "answer", problem);
    }
    if (error == 0) {
        error = await_ack(rom, ANSWER_MS, doing, "command", NULL, problem);
    }
    return error;
}

bool an3155_has(const struct an3155 *rom, enum an3155_code code)
{
    return memchr(rom->commands, (int)code, rom->command_count) != NULL;
}

int an3155_get_id(struct an3155 *rom, uint16_t *product, struct problem *problem)
{
    static const char doing[] = "Get ID";
    uint8_t answer[3];

    int error = command(rom, AN3155_GET_ID, doing, problem);
    if (error == 0) {
        error = receive(rom, answer, 1, doing, "answer", problem);
    }
    if (error) {
        return error;
    }
    if (answer[0] != 1) {
        return problem_set(problem, EXIT_FAILED, out_of_step,
                           "%s: an id of %u bytes, where an STM32 has 2", doing, answer[0] + 1u);
    }
    error = receive(rom, answer + 1, 2, doing, "answer", problem);
    if (error == 0) {
        error = await_ack(rom, ANSWER_MS, doing, "command", NULL, problem);
    }
    *product = (uint16_t)(answer[1] << 8 | answer[2]);
    return error;
}

int an3155_read(struct an3155 *rom, uint32_t address, uint32_t size, uint8_t *bytes,
                struct problem *problem)
{
    uint8_t length[2] = {(uint8_t)(size - 1), (uint8_t) ~(size - 1)};
    char doing[DOING_BYTES];

    snprintf(doing, sizeof doing, "read at 0x%08X", address);
    int error = command_with_address(rom, AN3155_READ, address, doing, problem);
    if (error == 0) {
        error = send(rom, length, sizeof length, doing, problem);
    }
    if (error == 0) {
        error = await_ack(rom, ANSWER_MS, doing, "length", out_of_step, problem);
    }
    if (error == 0) {
        error = receive(rom, bytes, size, doing, "data", problem);
    }
    return error;
}

int an3155_write(struct an3155 *rom, uint32_t address, uint32_t size, const uint8_t *bytes,
                 struct problem *problem)
{
    uint8_t frame[1 + AN3155_BLOCK_BYTES + 1];
    char doing[DOING_BYTES];

    snprintf(doing, sizeof doing, "write at 0x%08X", address);
    int error = command_with_address(rom, AN3155_WRITE, address, doing, problem);
    if (error) {
        return error;
    }
    frame[0] = (uint8_t)(size - 1);
    memcpy(frame + 1, bytes, size);
    frame[1 + size] = checksum(frame, 1 + size);
    error = send(rom, frame, 2 + size, doing, problem);
    if (error) {
        return error;
    }
    return await_ack(rom, WRITE_MS, doing, "data",
                     "look for write protection of this page in the option bytes", problem);
}

// Erase has one byte for a page: a higher number would erase another page.
static int check_pages(const uint16_t *pages, unsigned count, const char *doing,
                       struct problem *problem)
{
    for (unsigned i = 0; i < count; i++) {
        if (pages[i] > UINT8_MAX) {
            return problem_set(problem, EXIT_REFUSED, "a smaller file, or another address",
                               "%s: this ROM erases pages up to %u only, not page %u", doing,
                               UINT8_MAX, pages[i]);
        }
    }
    return 0;
}

int an3155_erase(struct an3155 *rom, const uint16_t *pages, unsigned count, struct problem *problem)
{
    bool wide = an3155_has(rom, AN3155_EXTENDED_ERASE);
    uint8_t frame[2 + 2 * AN3155_ERASE_PAGES + 1];
    size_t size = 0;
    char doing[DOING_BYTES];

    snprintf(doing, sizeof doing, count == 1 ? "erase of page %u" : "erase of page %u and %u more",
             pages[0], count - 1);
    int error = wide ? 0 : check_pages(pages, count, doing, problem);
    if (error == 0) {
        error = command(rom, wide ? AN3155_EXTENDED_ERASE : AN3155_ERASE, doing, problem);
    }
    if (error) {
        return error;
    }
    if (wide) {
        frame[size++] = (uint8_t)((count - 1) >> 8);
    }
    frame[size++] = (uint8_t)(count - 1);
    for (unsigned i = 0; i < count; i++) {
        if (wide) {
            frame[size++] = (uint8_t)(pages[i] >> 8);
        }
        frame[size++] = (uint8_t)pages[i];
    }
    frame[size] = checksum(frame, size);
    error = send(rom, frame, size + 1, doing, problem);
    if (error) {
        return error;
    }
    return await_ack(rom, count * AN3155_PAGE_ERASE_MS, doing, "list of pages",
                     "look for write protection of this page in the option bytes", problem);
}

int an3155_go(struct an3155 *rom, uint32_t address, struct problem *problem)
{
    char doing[DOING_BYTES];

    snprintf(doing, sizeof doing, "go at 0x%08X", address);
    return command_with_address(rom, AN3155_GO, address, doing, problem);
}
