// rom.c: the ROM's start, its search for a host, and its way out.
// SPDX-License-Identifier: MIT
#include "rom.h"

#include "an3155.h"
#include "journal.h"

#include <string.h>

enum {
    POLL_MS = 20,
    SYNC = 0x7F,
    LEFT_SYSTICK = 7, // running, with interrupt, from the core clock
    LEFT_RELOAD = 16000,
};

void rom_start(struct rom *rom)
{
    struct chip *chip = rom->chip;
    const struct device *device = chip->device;

    for (const struct region *ram = device->rom_ram; ram->size; ram++) {
        uint8_t *bytes = memory_ram_at(&chip->memory, ram->start, ram->size);
        if (bytes) {
            memset(bytes, 0xB5, ram->size);
        }
    }
    if (device->rom_clears_empty) {
        chip->empty = false;
    }
    chip->rom_fetched = false;
    rom->bytes_written = 0;
    rom->pages_erased = 0;
}

// A ROM that is left by Go has its clocks running and does not stop what it started (AN2606
// Rev 70, section 4.1). Which bits exactly is not published: these stand for them.
static void leave_traces(struct chip *chip)
{
    const struct device *device = chip->device;
    struct exceptions *exceptions = &chip->exceptions;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        rcc_write(&chip->rcc, bit->address, rcc_peek(&chip->rcc, bit->address) | bit->on);
    }
    exceptions->systick_reload = LEFT_RELOAD;
    exceptions->systick_control = LEFT_SYSTICK;
    exceptions->systick_next = chip->instructions + LEFT_RELOAD;
    exceptions->enabled[EXCEPTION_IRQ0 / 32] |= 1u << EXCEPTION_IRQ0 % 32;
}

int rom_go(struct rom *rom, uint32_t table, struct problem *problem)
{
    struct chip *chip = rom->chip;

    journal_event(chip->journal, "go",
                  json_pack("{s:o, s:I, s:I}", "table", journal_address(table), "bytes_written",
                            (json_int_t)rom->bytes_written, "pages_erased",
                            (json_int_t)rom->pages_erased));
    leave_traces(chip);
    if (!rom->leaves_trace) {
        chip->exceptions.vtor = chip->device->alias ? 0 : table;
        chip->alias_is_rom = false;
    }
    if (chip_renew_core(chip, problem)) {
        return (int)problem->code;
    }
    chip_start(chip, table);
    return 0;
}

int rom_start_bank(struct rom *rom, struct problem *problem)
{
    rom_start(rom);
    if (chip_renew_core(rom->chip, problem)) {
        return (int)problem->code;
    }
    chip_start(rom->chip, rom->chip->device->flash.start);
    return 0;
}

// Waits until a host sends the byte that starts AN3155, on whichever line.
static bool find_host(struct rom *rom)
{
    while (!*rom->stop) {
        terminal_wait(rom->terminals, rom->terminal_count, POLL_MS);
        if (rom->waiting && rom->waiting(rom->waiting_context)) {
            return false;
        }
        for (size_t i = 0; i < rom->terminal_count; i++) {
            while (terminal_waiting(rom->terminals[i])) {
                if (terminal_take(rom->terminals[i]) == SYNC) {
                    rom->line = rom->terminals[i];
                    journal_event(rom->chip->journal, "host",
                                  json_pack("{s:s}", "usart", rom->usarts[i]));
                    return true;
                }
            }
        }
    }
    return false;
}

static enum reset_kind reset_by(enum rom_host host)
{
    switch (host) {
    case ROM_HOST_POWER:
        return RESET_POWER_ON;
    case ROM_HOST_BROWN_OUT:
        return RESET_BROWN_OUT;
    case ROM_HOST_WATCHDOG:
        return RESET_WATCHDOG;
    case ROM_HOST_OPTION:
        return RESET_OPTION;
    case ROM_HOST_RESET:
        return RESET_SOFTWARE;
    default:
        return RESET_PIN;
    }
}

enum rom_end rom_run(struct rom *rom, enum rom_host host, uint32_t *table)
{
    rom_start(rom);
    if (host == ROM_HOST_GO) {
        *table = rom->chip->device->flash.start;
        return ROM_GO;
    }
    if (host == ROM_HOST_END) {
        return ROM_STOPPED;
    }
    if (host != ROM_HOST_TERMINAL) {
        chip_want_reset(rom->chip, reset_by(host));
        return ROM_RESET;
    }
    return find_host(rom) ? an3155_serve(rom, table) : ROM_STOPPED;
}
