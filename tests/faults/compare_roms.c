// compare_roms.c: the same bytes to the simulator and to the second ROM, answer for answer.
// SPDX-License-Identifier: MIT
//
// usage: compare_roms [STREAMS [SEED]]
// More than a few streams take more rows, and replace each byte of a short session by every other.
// Streams are sessions of commands: as they should be, with one byte changed, cut off, doubled or
// made up. The host waits until both have nothing more to say before it sends the next byte.
//
// What the two once disagreed on, and what settled it. AN3155 (Rev 20) gives one sentence for each
// command's refusals; where it is silent ST's Open Bootloader (stm32-mw-openbl v6.1.3,
// Modules/USART/openbl_usart_cmd.c), which says that it is compatible with the ROMs, decides:
// - Read Memory that runs beyond the end of a memory: only the first address is checked
//   (OPENBL_USART_ReadMemory). The simulator refused it.
// - A page number that does not exist: ACK, "errors from memory erase are not managed"
//   (OPENBL_USART_EraseMemory). The simulator refused it.
// - Extended Erase with more numbers than fit into RAM: all are read, those that fit are used
//   (the same function). The simulator answered NACK before they had come.
// - A bank erase where there are two banks: 0xFFFE and 0xFFFD are carried out (AN3155, Extended
//   Erase Memory command). The simulator refused both.
// - Command 0xFF: no ROM lists it. The simulator took the end of its list of commands for it, and
//   went on as with a protection command.
// - Readout Unprotect without protection: the hardware erases on the way from level 1 to 0 only
//   (AN2606 Rev 70, Section 4.1). The simulator erased everything.
// - Write Memory that begins in a memory and runs beyond its end: what fits is written
//   (OPENBL_USART_WriteMemory). The simulator wrote nothing.
// - A first byte that is not 0x7F: nothing is understood until a reset (AN2606 Rev 70, Figure 128,
//   note 1). The second ROM waited on.
// No source says it, and the second ROM was told to do as the simulator: Write Memory at an address
// or of a length that is no multiple of 4 is refused, to find hosts that do so.
// Not compared: what Write Protect protects, what Go does in ROMs in which it does not work, and
// what option bytes and system memory hold.
#include "chip.h"

#include "an3155.h"
#include "blocks.h"
#include "journal.h"
#include "port.h"
#include "rom.h"
#include "rom_flash.h"
#include "streams.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PRINTED = 400, FEW_STREAMS = 60, FEW_SUBJECTS = 3 };

// A row and a version of its ROM, 0 for the newest.
struct subject {
    const char *slug;
    uint16_t version;
};

struct bench {
    struct chip chip;
    struct journal journal;
    struct second_rom *second;
    uint16_t version; // of the ROM, 0 for the newest
    struct streams streams;
    struct bytes answers, other_answers;
    size_t taken; // of the stream by the simulator
    volatile sig_atomic_t stop;
};

// A port that brings the stream and nothing behind it.
static bool is_waiting(void *context)
{
    const struct bench *bench = context;

    return bench->taken < bench->streams.stream.count;
}

static uint8_t take(void *context)
{
    struct bench *bench = context;

    return bench->taken < bench->streams.stream.count ? bench->streams.stream.byte[bench->taken++]
                                                      : 0;
}

// What it says once it is told to stop is no answer.
static void send(void *context, uint8_t byte)
{
    struct bench *bench = context;

    if (!bench->stop) {
        bytes_add(&bench->answers, byte);
    }
}

static void wait_in_vain(void *context, int ms)
{
    struct bench *bench = context;

    (void)ms;
    bench->stop = 1;
}

static void serve(struct bench *bench)
{
    struct port port = {bench, is_waiting, is_waiting, take, send, wait_in_vain};
    struct rom_line line = {"USART1", &an3155_protocol, &port};
    struct rom rom = {.chip = &bench->chip, .lines = &line, .line_count = 1, .stop = &bench->stop};
    uint32_t table;
    enum rom_end end = ROM_RESET;

    rom.version = bench->version ? bench->version : device_newest_rom(bench->chip.device);
    bench->stop = 0;
    bench->taken = 0;
    bench->answers.count = 0;
    while (end == ROM_RESET && !bench->stop && is_waiting(bench) && take(bench) == 0x7F) {
        end = an3155_protocol.serve(&rom, &line, &table);
    }
}

// Long after each byte it has nothing more to do.
static void serve_second(struct bench *bench)
{
    const uint64_t pause_us = 36000000000; // more than the longest list of pages takes
    uint64_t now_us = 0;
    struct second_rom_answer answer;

    bench->other_answers.count = 0;
    for (size_t i = 0; i < bench->streams.stream.count; i++) {
        now_us += pause_us;
        second_rom_byte(bench->second, bench->streams.stream.byte[i], now_us);
        while (second_rom_next(bench->second, &answer)) {
            bytes_add(&bench->other_answers, answer.byte);
            second_rom_take(bench->second);
        }
    }
}

static void clear(struct bench *bench)
{
    const struct memory *memory = &bench->chip.memory;
    const struct device *device = bench->chip.device;

    rom_flash_erase_all(&bench->chip);
    memset(memory_ram_at(memory, device->rams[0].region.start, device->rams[0].region.size), 0,
           device->rams[0].region.size);
    second_rom_renew(bench->second);
}

static void print(const char *name, const struct bytes *bytes)
{
    printf("  %s:", name);
    for (size_t i = 0; i < bytes->count && i < PRINTED; i++) {
        printf(" %02X", bytes->byte[i]);
    }
    printf("\n");
}

// Whether both gave the same answers and left the same flash.
static bool compare(struct bench *bench)
{
    const struct region *flash = &bench->chip.device->flash;

    clear(bench);
    serve(bench);
    serve_second(bench);
    bool same = bench->answers.count == bench->other_answers.count &&
                memcmp(bench->answers.byte, bench->other_answers.byte, bench->answers.count) == 0;
    bool same_flash =
        memcmp(memory_at(&bench->chip.memory, flash->start, flash->size),
               second_rom_flash(bench->second, flash->start, flash->size), flash->size) == 0;
    if (!same || !same_flash) {
        printf("%s: the ROMs differ%s\n", bench->chip.device->slug, same ? " in flash" : "");
        print("bytes", &bench->streams.stream);
        print("simulator", &bench->answers);
        print("second ROM", &bench->other_answers);
    }
    return same && same_flash;
}

// A short session, with each byte in turn replaced by each other value.
static unsigned compare_mutations(struct bench *bench)
{
    unsigned different = 0;
    struct bytes session;

    streams_short(&bench->streams);
    session = bench->streams.stream;
    for (size_t at = 1; at < session.count && different < 3; at++) {
        for (unsigned flip = 1; flip < 256; flip++) {
            bench->streams.stream = session;
            bench->streams.stream.byte[at] ^= (uint8_t)flip;
            different += !compare(bench);
        }
    }
    return different;
}

static unsigned compare_row(const struct subject *subject, unsigned streams, uint32_t seed)
{
    static struct bench bench;
    const struct device *device = device_find(subject->slug);
    const struct chip_kind kind = {
        .device = device, .version = subject->version, .errors = CHIP_ANSWERS_NACK};
    struct problem problem;
    unsigned different = 0;

    bench = (struct bench){.streams = {.device = device, .seed = seed},
                           .version = subject->version,
                           .second = chip_new(&kind)};
    journal_open(&bench.journal, NULL, &bench.chip.core.instructions);
    if (bench.second == NULL ||
        chip_open(&bench.chip, device, blocks_type, &bench.journal, 1, &problem) ||
        chip_reset(&bench.chip, RESET_POWER_ON, &problem)) {
        return 1;
    }
    for (unsigned i = 0; i < streams && different < 3; i++) {
        streams_next(&bench.streams);
        different += !compare(&bench);
    }
    different += streams > FEW_STREAMS ? compare_mutations(&bench) : 0;
    second_rom_free(bench.second);
    chip_close(&bench.chip);
    journal_close(&bench.journal);
    return different;
}

int main(int argc, char **argv)
{
    static const struct subject subjects[] = {
        {"f10medium", 0}, {"g0b1", 0},    {"h723", 0},    {"l1xb", 0}, {"f405", 0},
        {"f10xl", 0},     {"u375", 0xE1}, {"l47", 0x90},  {"l49", 0},  {"l07", 0},
        {"h743", 0x90},   {"l41", 0},     {"f405", 0x31}, {"f2", 0},   {"f105", 0x20},
    };
    unsigned streams = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : FEW_STREAMS;
    uint32_t seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 1;
    size_t count = streams > FEW_STREAMS ? sizeof subjects / sizeof *subjects : FEW_SUBJECTS;
    unsigned different = 0;

    for (size_t i = 0; i < count; i++) {
        different += compare_row(&subjects[i], streams, seed);
    }
    printf("%zu rows, %u streams each, %u differ\n", count, streams, different);
    return different > 0;
}
