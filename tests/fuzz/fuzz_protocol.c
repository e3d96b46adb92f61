// fuzz_protocol.c: feeds any bytes to the ROM's stand-in, in place of a host at a terminal.
// SPDX-License-Identifier: MIT
//
// The first byte chooses the row of the table; the rest is what the host sends. The input is a port
// of its own: no terminal is there.
#include "fuzz.h"

#include "an3155.h"
#include "blocks.h"
#include "journal.h"
#include "port.h"
#include "rom.h"
#include "runnable.h"

#include <stdlib.h>

enum { MOST_BYTES = 65536, MOST_SESSIONS = 4 };

// What is left of the input. libFuzzer hands nothing through, so it has to lie here.
static struct {
    const uint8_t *next, *end;
    volatile sig_atomic_t stop;
} wire;

static bool is_waiting(void *context)
{
    (void)context;
    return wire.next < wire.end;
}

static uint8_t take(void *context)
{
    return is_waiting(context) ? *wire.next++ : 0;
}

static void drop(void *context, uint8_t byte)
{
    (void)context;
    (void)byte;
}

static void wait_for_host(void *context, int ms)
{
    (void)context;
    (void)ms;
    wire.stop |= wire.next == wire.end; // the host has hung up
}

// As the main loop does it: a ROM that resets the chip listens again, one that was told to go
// starts what it was told to start.
static void serve(struct chip *chip, struct rom *rom)
{
    struct problem problem = {0};
    uint32_t table = 0;

    for (int session = 0; session < MOST_SESSIONS; session++) {
        enum rom_end end = rom_run(rom, ROM_HOST_REAL, &table);
        int error = 0;
        if (end == ROM_STOPPED) {
            return;
        }
        if (end == ROM_GO) {
            error = rom_go(rom, table, &problem);
        }
        if (!error) {
            error = chip_reset(chip, RESET_PIN, &problem);
        }
        if (error) {
            fuzz_check_refusal(error, &problem);
            return;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct port port = {NULL, is_waiting, is_waiting, take, drop, wait_for_host};
    struct rom_line line = {"the wire", &an3155_protocol, &port};
    struct problem problem = {0};
    struct journal journal;
    struct chip chip;

    if (size == 0 || size > MOST_BYTES || runnable_why_not(&devices[bytes[0] % device_count])) {
        return 0;
    }
    wire.next = bytes + 1;
    wire.end = bytes + size;
    wire.stop = 0;
    journal_open(&journal, NULL, &chip.core.instructions);
    if (chip_open(&chip, &devices[bytes[0] % device_count], blocks_type, &journal, 1, &problem) ||
        chip_reset(&chip, RESET_POWER_ON, &problem)) {
        abort();
    }
    struct rom rom = {.chip = &chip,
                      .lines = &line,
                      .line_count = 1,
                      .wait = wait_for_host,
                      .leaves_vectors = true,
                      .stop = &wire.stop};
    serve(&chip, &rom);
    chip_close(&chip);
    journal_close(&journal);
    return 0;
}
