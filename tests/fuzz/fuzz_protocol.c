// fuzz_protocol.c: feeds any bytes to the ROM's stand-in, in place of a host at a terminal.
// SPDX-License-Identifier: MIT
//
// The first byte chooses the row of the table; the rest is what the host sends. What terminal.c
// does with a pseudo-terminal is done here with the input: none of its functions is linked.
#include "fuzz.h"

#include "expected.h"
#include "journal.h"
#include "rom.h"
#include "terminal.h"

#include <stdlib.h>

enum { MOST_BYTES = 65536, MOST_SESSIONS = 4 };

// What is left of the input. libFuzzer hands nothing through, so it has to lie here.
static struct {
    const uint8_t *next, *end;
    volatile sig_atomic_t stop;
} wire;

int terminal_open(struct terminal *terminal, const char *link, struct problem *problem)
{
    (void)terminal;
    (void)link;
    return problem_set(problem, EXIT_FAILED, NULL, "no terminals here");
}

void terminal_close(struct terminal *terminal)
{
    (void)terminal;
}

bool terminal_waiting(struct terminal *terminal)
{
    (void)terminal;
    return wire.next < wire.end;
}

uint8_t terminal_take(struct terminal *terminal)
{
    return terminal_waiting(terminal) ? *wire.next++ : 0;
}

void terminal_type(struct terminal *terminal, const char *text)
{
    (void)terminal;
    (void)text;
}

void terminal_send(struct terminal *terminal, uint8_t byte)
{
    (void)terminal;
    (void)byte;
}

void terminal_wait(struct terminal *const *terminals, size_t count, int ms)
{
    (void)terminals;
    (void)count;
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
        enum rom_end end = rom_run(rom, ROM_HOST_TERMINAL, &table);
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
    static const char *const usarts[] = {"the wire"};
    struct terminal terminal = {0}, *terminals[] = {&terminal};
    struct problem problem = {0};
    struct journal journal;
    struct chip chip;

    if (size == 0 || size > MOST_BYTES || expected_why_not(&devices[bytes[0] % device_count])) {
        return 0;
    }
    wire.next = bytes + 1;
    wire.end = bytes + size;
    wire.stop = 0;
    journal_open(&journal, NULL, &chip.core.instructions);
    if (chip_open(&chip, &devices[bytes[0] % device_count], &journal, 1, &problem) ||
        chip_reset(&chip, RESET_POWER_ON, &problem)) {
        abort();
    }
    struct rom rom = {.chip = &chip,
                      .terminals = terminals,
                      .usarts = usarts,
                      .terminal_count = 1,
                      .leaves_trace = true,
                      .stop = &wire.stop};
    serve(&chip, &rom);
    chip_close(&chip);
    journal_close(&journal);
    return 0;
}
