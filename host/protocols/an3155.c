// an3155.c: the commands of ST's USART protocol, each of which is one request.
// SPDX-License-Identifier: MIT
#include "an3155.h"

#include "an3155_request.h"

#include <stdio.h>
#include <string.h>

enum { DOING_BYTES = 48 };

static const char pages_protected[] =
    "bootleap info, which says what of this chip is protected as far as its ROM lets it be read";

// What follows Get's ACK: how many commands, the protocol's version, the commands, an ACK.
static int take_commands(struct an3155 *rom, const struct an3155_request *request,
                         struct problem *problem)
{
    uint8_t count;

    int error = an3155_take(rom, request, &count, 1, problem);
    if (error) {
        return error;
    }
    if (count == 0 || count > sizeof rom->commands) {
        return problem_set(problem, EXIT_FAILED, AN3155_OUT_OF_STEP,
                           "%s: %s announces %u commands, so it is not an AN3155 ROM",
                           request->doing, serial_port(rom->link.line), count);
    }
    rom->command_count = count;
    error = an3155_take(rom, request, &rom->version, 1, problem);
    if (error == 0) {
        error = an3155_take(rom, request, rom->commands, count, problem);
    }
    return error ? error : an3155_take_end(rom, request, problem);
}

// Nothing protects an answer on its way, and what these two say decides everything after them: they
// are asked until two answers agree.
int an3155_get(struct an3155 *rom, struct problem *problem)
{
    const struct an3155_request request = {
        .code = AN3155_GET, .doing = "Get", .take = take_commands};
    struct an3155 before;

    int error = an3155_request(rom, &request, problem);
    do {
        before = *rom;
        error = error ? error : an3155_request(rom, &request, problem);
    } while (error == 0 &&
             (before.version != rom->version || before.command_count != rom->command_count ||
              memcmp(before.commands, rom->commands, rom->command_count) != 0));
    return error;
}

bool an3155_has(const struct an3155 *rom, enum an3155_code code)
{
    return memchr(rom->commands, (int)code, rom->command_count) != NULL;
}

// What follows Get ID's ACK: how many bytes less one, the id, an ACK.
static int take_id(struct an3155 *rom, const struct an3155_request *request,
                   struct problem *problem)
{
    uint8_t count;

    int error = an3155_take(rom, request, &count, 1, problem);
    if (error) {
        return error;
    }
    if (count != 1) {
        return problem_set(problem, EXIT_FAILED, AN3155_OUT_OF_STEP,
                           "%s: an id of %u bytes, where an STM32 has 2", request->doing,
                           count + 1u);
    }
    error = an3155_take(rom, request, request->in, 2, problem);
    return error ? error : an3155_take_end(rom, request, problem);
}

int an3155_get_id(struct an3155 *rom, uint16_t *product, struct problem *problem)
{
    uint8_t id[2] = {0};
    const struct an3155_request request = {
        .code = AN3155_GET_ID, .doing = "Get ID", .in = id, .take = take_id};
    unsigned before;

    int error = an3155_request(rom, &request, problem);
    do {
        before = (unsigned)id[0] << 8 | id[1];
        error = error ? error : an3155_request(rom, &request, problem);
        *product = (uint16_t)(id[0] << 8 | id[1]);
    } while (error == 0 && before != *product);
    return error;
}

static int take_data(struct an3155 *rom, const struct an3155_request *request,
                     struct problem *problem)
{
    return an3155_take(rom, request, request->in, request->in_size, problem);
}

int an3155_read(struct an3155 *rom, uint32_t address, uint32_t size, uint8_t *bytes,
                struct problem *problem)
{
    const uint8_t length[2] = {(uint8_t)(size - 1), (uint8_t) ~(size - 1)};
    char doing[DOING_BYTES];
    struct an3155_request request = {
        .code = AN3155_READ,
        .doing = doing,
        .has_address = true,
        .address = address,
        .frame = length,
        .frame_size = sizeof length,
        .part = "length",
        .in_size = size,
        .take = take_data,
    };

    request.in = bytes;
    snprintf(doing, sizeof doing, "read at 0x%08X", address);
    return an3155_request(rom, &request, problem);
}

int an3155_write(struct an3155 *rom, uint32_t address, uint32_t size, const uint8_t *bytes,
                 struct problem *problem)
{
    char doing[DOING_BYTES];
    const struct an3155_request how = {.doing = doing, .part = "data", .refused = pages_protected};

    snprintf(doing, sizeof doing, "write at 0x%08X", address);
    return an3155_request_write(rom, &how, address, size, bytes, problem);
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

// How many pages less one, their numbers, a checksum; of two bytes each, or of one.
static size_t list_pages(const uint16_t *pages, unsigned count, bool wide, uint8_t *frame)
{
    size_t size = 0;

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
    frame[size] = an3155_checksum(frame, size);
    return size + 1;
}

int an3155_erase(struct an3155 *rom, const uint16_t *pages, unsigned count, unsigned most_ms,
                 struct problem *problem)
{
    bool wide = an3155_has(rom, AN3155_EXTENDED_ERASE);
    uint8_t frame[2 + 2 * AN3155_ERASE_PAGES + 1];
    char doing[DOING_BYTES];
    const struct an3155_request request = {
        .code = wide ? AN3155_EXTENDED_ERASE : AN3155_ERASE,
        .doing = doing,
        .frame = frame,
        .frame_size = list_pages(pages, count, wide, frame),
        .part = "list of pages",
        .most_ms = most_ms,
        .refused = pages_protected,
    };

    snprintf(doing, sizeof doing, count == 1 ? "erase of page %u" : "erase of page %u and %u more",
             pages[0], count - 1);
    int error = wide ? 0 : check_pages(pages, count, doing, problem);
    return error ? error : an3155_request(rom, &request, problem);
}

int an3155_go(struct an3155 *rom, uint32_t address, struct problem *problem)
{
    char doing[DOING_BYTES];
    const struct an3155_request request = {
        .code = AN3155_GO,
        .doing = doing,
        .has_address = true,
        .address = address,
        .silent_start = rom->go_without_first_ack,
        .leaves = true,
    };

    snprintf(doing, sizeof doing, "go at 0x%08X", address);
    return an3155_request(rom, &request, problem);
}
