// rom.c: the ROM's start, its search for a host, and its way out.
// SPDX-License-Identifier: MIT
#include "rom.h"

#include "behaviour.h"
#include "interface_selection.h"
#include "journal.h"
#include "jump_conditions.h"
#include "rom_time.h"
#include "systick.h"

#include <string.h>

enum {
    POLL_MS = 20,
    LEFT_SYSTICK = 7, // running, with interrupt, from the core clock
    LEFT_RELOAD = 16000,
    MS_IN_A_SECOND = 1000,
};

static const struct block *watchdog_of(const struct chip *chip)
{
    return block_watchdog(chip, WATCHDOG_INDEPENDENT);
}

// When the watchdog resets the chip, EVENT_NEVER where it does not.
static uint64_t watchdog_deadline(const struct chip *chip)
{
    const struct block *block = watchdog_of(chip);

    return block ? block->type->watchdog->deadline(block) : EVENT_NEVER;
}

// One that runs is fed; of one that does not a register update is left pending.
static void greet_watchdog(const struct rom *rom)
{
    struct block *block = block_watchdog(rom->chip, WATCHDOG_INDEPENDENT);

    if (!block) {
        return;
    }
    if (watchdog_deadline(rom->chip) == EVENT_NEVER) {
        block->type->watchdog->set_update_pending(block, rom->chip->device->go.pvu);
    } else if (behaviour_feeds(rom)) {
        block->type->watchdog->feed_as_rom(block);
    }
}

void rom_start(struct rom *rom)
{
    struct chip *chip = rom->chip;
    const struct device *device = chip->device;

    memory_use_by_rom(&chip->memory, device);
    if (behaviour_clears_empty(rom)) {
        chip->empty = false;
    }
    greet_watchdog(rom);
    chip->rom_fetched = false;
    rom->bytes_written = 0;
    rom->pages_erased = 0;
    rom->has_read = false; // of an earlier start
}

// A ROM that is left by Go has its clocks running and does not stop what it started (AN2606
// Rev 70, section 4.1). Which bits exactly is not published: these stand for them.
static void leave_hardware(const struct rom *rom)
{
    struct chip *chip = rom->chip;
    const struct device *device = chip->device;

    for (const struct ready_bit *bit = device->ready_bits; bit->address; bit++) {
        rcc_put(&chip->rcc, bit->address, rcc_peek(&chip->rcc, bit->address) | bit->on);
    }
    behaviour_leave(rom);
    systick_start(&chip->core, LEFT_SYSTICK, LEFT_RELOAD);
    chip->core.exceptions.enabled[EXCEPTION_IRQ0 / 32] |= 1u << EXCEPTION_IRQ0 % 32;
}

int rom_go(struct rom *rom, uint32_t table, struct problem *problem)
{
    struct chip *chip = rom->chip;

    journal_event(chip->journal, "go",
                  json_pack("{s:o, s:I, s:I}", "table", journal_address(table), "bytes_written",
                            (json_int_t)rom->bytes_written, "pages_erased",
                            (json_int_t)rom->pages_erased));
    leave_hardware(rom);
    if (watchdog_of(chip) &&
        watchdog_of(chip)->type->watchdog->update_is_pending(watchdog_of(chip))) {
        behaviour_note(rom, behaviour_confidence(chip->device, "go"),
                       "IWDG_SR.PVU stays set: no watchdog runs");
    }
    if (!rom->leaves_vectors) {
        chip->core.exceptions.vtor = chip->device->alias ? 0 : table;
        chip->alias_is_rom = false;
    }
    if (chip_renew_core(chip, problem)) {
        return (int)problem->code;
    }
    chip_start(chip, table);
    if (behaviour_keeps_stack(rom)) {
        behaviour_note(rom, behaviour_confidence(chip->device, "go"),
                       "after Go the stack pointer is the ROM's");
        cpu_set(chip->core.cpu, CPU_MSP, memory_word(&chip->memory, chip->device->rom_vector));
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
        bus_poke(chip, check->swap_register,
                 bus_peek(chip, check->swap_register) | check->swap_mask);
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
    bool bites = watchdog_deadline(rom->chip) != EVENT_NEVER && !behaviour_feeds(rom);
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

static void discard_all(const struct rom *rom)
{
    for (size_t i = 0; i < rom->line_count; i++) {
        rom->lines[i].protocol->discard(&rom->lines[i]);
    }
}

// Lets go of all lines but the one on which the host was found.
static void release_all(struct rom *rom, const struct rom_line *but)
{
    for (size_t i = 0; i < rom->line_count; i++) {
        struct rom_line *line = &rom->lines[i];
        if (line != but && line->protocol->release) {
            line->protocol->release(rom, line);
        }
    }
}

// A line on which nobody is understood: all that comes is lost, until the run or the ROM ends.
static void ignore_host(struct rom *rom)
{
    while (!is_over(rom)) {
        rom->wait(rom->wait_context, POLL_MS);
        discard_all(rom);
    }
}

// Waits until a host is found on one of the lines: that line, NULL at the end.
static struct rom_line *find_host(struct rom *rom)
{
    discard_all(rom); // what came before the ROM started went to whoever ran then
    while (!is_over(rom)) {
        rom->wait(rom->wait_context, POLL_MS);
        for (size_t i = 0; i < rom->line_count; i++) {
            struct rom_line *line = &rom->lines[i];
            bool listens = rom_time_ms() >= rom->listens_at;
            enum rom_greeting greeting = line->protocol->greet(rom, line, listens);
            if (greeting == GREETING_HOST) {
                journal_event(rom->chip->journal, "host",
                              json_pack("{s:s}", "interface", line->interface));
                return line;
            }
            if (greeting == GREETING_SPOILT) {
                release_all(rom, line);
                ignore_host(rom);
                return NULL;
            }
        }
    }
    return NULL;
}

// Serves a host at the other end of a line, as long as no watchdog bites.
static enum rom_end serve(struct rom *rom, uint32_t *table)
{
    const struct chip *chip = rom->chip;
    bool bites = watchdog_bites(rom);
    uint64_t cycles = bites ? watchdog_deadline(chip) - chip->core.instructions : 0;
    uint64_t left = cycles / (chip->clock.core_hz / MS_IN_A_SECOND);
    struct rom_line *line;
    enum rom_end end;

    rom->listens_at = rom_time_ms() + behaviour_startup(rom) / 1000;
    rom->bites_at = bites ? rom_time_ms() + left + 1 : 0;
    line = find_host(rom);
    release_all(rom, line);
    end = line ? line->protocol->serve(rom, line, table) : ROM_STOPPED;
    release_all(rom, NULL);
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
    if (host != ROM_HOST_REAL && watchdog_bites(rom)) {
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
    if (host != ROM_HOST_REAL) {
        chip_want_reset(rom->chip, reset_by(host));
        return ROM_RESET;
    }
    return serve(rom, table);
}
