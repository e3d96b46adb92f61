// rom.c: the ROM's start, its search for a host, and its way out.
// SPDX-License-Identifier: MIT
#include "rom.h"

#include "an3155.h"
#include "behaviour.h"
#include "interface_selection.h"
#include "journal.h"
#include "jump_conditions.h"

#include <string.h>
#include <time.h>

enum {
    POLL_MS = 20,
    SYNC = 0x7F,
    LEFT_SYSTICK = 7, // running, with interrupt, from the core clock
    LEFT_RELOAD = 16000,
    INSTRUCTIONS_PER_MS = 16000,
};

static uint64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool rom_is_over(const struct rom *rom)
{
    return *rom->stop || (rom->bites_at && now_ms() >= rom->bites_at);
}

void rom_start(struct rom *rom)
{
    struct chip *chip = rom->chip;
    const struct device *device = chip->device;

    memory_use_by_rom(&chip->memory, device);
    if (behaviour_clears_empty(rom)) {
        chip->empty = false;
    }
    if (!chip->iwdg_deadline) {
        chip->iwdg_pvu = device->go.pvu;
    } else if (behaviour_feeds(rom)) {
        iwdg_feed_by_rom(chip);
    }
    chip->rom_fetched = false;
    rom->bytes_written = 0;
    rom->pages_erased = 0;
}

// A ROM that is left by Go has its clocks running and does not stop what it started (AN2606
// Rev 70, section 4.1). Which bits exactly is not published: these stand for them.
static void leave_traces(const struct rom *rom)
{
    struct chip *chip = rom->chip;
    const struct device *device = chip->device;
    struct exceptions *exceptions = &chip->exceptions;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        rcc_put(&chip->rcc, bit->address, rcc_peek(&chip->rcc, bit->address) | bit->on);
    }
    behaviour_leave(rom);
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
    leave_traces(rom);
    if (chip->iwdg_pvu) {
        behaviour_note(rom, behaviour_confidence(chip->device, "go"),
                       "IWDG_SR.PVU stays set: no watchdog runs");
    }
    if (!rom->leaves_trace) {
        chip->exceptions.vtor = chip->device->alias ? 0 : table;
        chip->alias_is_rom = false;
    }
    if (chip_renew_core(chip, problem)) {
        return (int)problem->code;
    }
    chip_start(chip, table);
    if (behaviour_keeps_stack(rom)) {
        behaviour_note(rom, behaviour_confidence(chip->device, "go"),
                       "after Go the stack pointer is the ROM's");
        cpu_set(chip->cpu, CPU_MSP, memory_word(&chip->memory, chip->device->rom_vector));
    }
    return 0;
}

int rom_start_bank(struct rom *rom, uint32_t bank, struct problem *problem)
{
    struct chip *chip = rom->chip;
    const struct bank_check *check = &chip->device->bank_check;

    rom_start(rom);
    if (behaviour_swaps(rom, bank)) {
        chip_swap_banks(chip, bank);
        chip_poke(chip, check->swap_register,
                  chip_peek(chip, check->swap_register) | check->swap_mask);
        bank = chip->device->flash.start;
    }
    if (chip_renew_core(chip, problem)) {
        return (int)problem->code;
    }
    chip_start(chip, bank);
    return 0;
}

// A host takes longer than a watchdog that nobody feeds.
static bool watchdog_bites(const struct rom *rom)
{
    bool bites = rom->chip->iwdg_deadline && !behaviour_feeds(rom);
    bool known = rom->chip->device->feeds_iwdg != WHETHER_UNKNOWN;

    if (bites) {
        behaviour_note(rom, known ? CONFIDENCE_DOCUMENTED : CONFIDENCE_INFERRED,
                       known ? "it does not feed a watchdog that runs"
                             : "nobody says that it feeds a watchdog that runs, so it does not");
    }
    return bites;
}

// While nobody talks to the ROM, whoever looks on may end it too.
static bool is_over(struct rom *rom)
{
    rom->ended |= rom->waiting && rom->waiting(rom->waiting_context);
    return rom->ended || rom_is_over(rom);
}

// The first byte on whichever line chooses that line: its number, or -1 at the end.
static int first_byte(struct rom *rom, uint8_t *byte)
{
    while (!is_over(rom)) {
        terminal_wait(rom->terminals, rom->terminal_count, POLL_MS);
        for (size_t i = 0; i < rom->terminal_count; i++) {
            while (terminal_waiting(rom->terminals[i])) {
                *byte = terminal_take(rom->terminals[i]);
                if (now_ms() >= rom->listens_at && interface_selection_finds(rom, rom->usarts[i])) {
                    return (int)i;
                }
            }
        }
    }
    return -1;
}

// What came before the ROM started went to whoever ran then.
static void lose_bytes(struct rom *rom)
{
    for (size_t i = 0; i < rom->terminal_count; i++) {
        while (terminal_waiting(rom->terminals[i])) {
            terminal_take(rom->terminals[i]);
        }
    }
}

// Waits until a host sends the byte that starts AN3155. Any other byte has the ROM measure a wrong
// baud rate, and nobody is understood until the next reset (AN2606 Rev 70, Figure 128, note 1).
static bool find_host(struct rom *rom)
{
    uint8_t byte = 0;
    int line;

    lose_bytes(rom);
    line = first_byte(rom, &byte);
    if (line < 0) {
        return false;
    }
    rom->line = rom->terminals[line];
    if (byte != SYNC) {
        behaviour_note(rom, CONFIDENCE_DOCUMENTED,
                       "a byte other than 0x7F came first: it listens at a wrong baud rate");
        while (!is_over(rom)) {
            terminal_wait(&rom->line, 1, POLL_MS);
            lose_bytes(rom);
        }
        return false;
    }
    journal_event(rom->chip->journal, "host", json_pack("{s:s}", "usart", rom->usarts[line]));
    return true;
}

// Serves a host at the other end of a terminal, as long as no watchdog bites.
static enum rom_end serve(struct rom *rom, uint32_t *table)
{
    const struct chip *chip = rom->chip;
    bool bites = watchdog_bites(rom);
    uint64_t left = bites ? (chip->iwdg_deadline - chip->instructions) / INSTRUCTIONS_PER_MS : 0;
    enum rom_end end;

    rom->listens_at = now_ms() + behaviour_startup(rom) / 1000;
    rom->bites_at = bites ? now_ms() + left + 1 : 0;
    end = find_host(rom) ? an3155_serve(rom, table) : ROM_STOPPED;
    if (end == ROM_STOPPED && !*rom->stop && !rom->ended) {
        chip_want_reset(rom->chip, RESET_WATCHDOG);
        return ROM_RESET;
    }
    return end;
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
    case ROM_HOST_RESTORE:
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
    interface_selection_note(rom);
    if (host == ROM_HOST_END) {
        return ROM_STOPPED;
    }
    if (host != ROM_HOST_TERMINAL && watchdog_bites(rom)) {
        chip_want_reset(rom->chip, RESET_WATCHDOG);
        return ROM_RESET;
    }
    if (host == ROM_HOST_GO && !interface_selection_finds_any(rom, &rom->why)) {
        return ROM_DEAF;
    }
    if (host == ROM_HOST_GO) {
        *table = rom->go_to ? rom->go_to : rom->chip->device->flash.start;
        return behaviour_goes(rom, *table, &rom->why) ? ROM_GO : ROM_REFUSED;
    }
    if (host == ROM_HOST_RESTORE) {
        option_bytes_restore(rom->chip);
    }
    if (host != ROM_HOST_TERMINAL) {
        chip_want_reset(rom->chip, reset_by(host));
        return ROM_RESET;
    }
    return serve(rom, table);
}
