// second_rom.c: the second ROM's side of the line: bytes, time, sync, power.
// SPDX-License-Identifier: MIT
//
// AN3155 gives no time-out: a frame that is not complete is waited for for ever. It says nothing of
// bytes that come while the ROM works or answers. A USART without a FIFO has room for one of them:
// that one is kept, the others are lost.
#include "second_rom_inside.h"

#include <stdlib.h>
#include <string.h>

enum { ACK = 0x79, NACK = 0x1F, SYNC = 0x7F };

static uint32_t end_of_flash(const struct second_rom_config *config)
{
    uint32_t end = config->pages[0].start;

    for (int i = 0; i < SECOND_ROM_RUNS && config->pages[i].count; i++) {
        end = config->pages[i].start + config->pages[i].count * config->pages[i].size;
    }
    return end;
}

struct second_rom *second_rom_new(const struct second_rom_config *config)
{
    struct second_rom *rom = calloc(1, sizeof *rom);

    if (rom == NULL) {
        return NULL;
    }
    rom->config = *config;
    rom->flash_start = config->pages[0].start;
    rom->flash_size = end_of_flash(config) - rom->flash_start;
    rom->flash = malloc(rom->flash_size);
    rom->unit_taken = calloc(rom->flash_size / config->program_bytes + 1, sizeof(bool));
    rom->ram = malloc(config->ram.size + 1);
    if (rom->flash == NULL || rom->unit_taken == NULL || rom->ram == NULL) {
        second_rom_free(rom);
        return NULL;
    }
    memset(rom->flash, config->erased, rom->flash_size);
    rom->changed_first = rom->flash_size;
    second_rom_renew(rom);
    return rom;
}

void second_rom_free(struct second_rom *rom)
{
    if (rom) {
        free(rom->flash);
        free(rom->unit_taken);
        free(rom->ram);
        free(rom);
    }
}

void second_rom_renew(struct second_rom *rom)
{
    if (rom->changed_first < rom->changed_last) {
        uint32_t unit = rom->config.program_bytes;
        uint32_t first = rom->changed_first / unit;
        memset(rom->flash + rom->changed_first, rom->config.erased,
               rom->changed_last - rom->changed_first);
        memset(rom->unit_taken + first, 0, (rom->changed_last / unit + 1 - first) * sizeof(bool));
    }
    rom->changed_first = rom->flash_size;
    rom->changed_last = 0;
    memset(rom->ram, 0, rom->config.ram.size);
    memcpy(rom->options, rom->config.options, sizeof rom->options);
    rom->readout_protection = 0;
    rom->protected_count = 0;
    second_rom_power_on(rom);
    rom->log = (struct second_rom_log){0};
}

void second_rom_preset(struct second_rom *rom, uint32_t address, const uint8_t *bytes, size_t size)
{
    struct second_rom_log log = rom->log;
    uint64_t now_us = rom->now_us;

    second_rom_write(rom, address, bytes, size);
    rom->log = log;
    rom->now_us = now_us;
}

void second_rom_allow(struct second_rom *rom, unsigned index, uint32_t start, uint32_t size)
{
    rom->config.allowed[index] = (struct second_rom_range){start, size};
}

void second_rom_power_on(struct second_rom *rom)
{
    rom->has_power = true;
    rom->cut_after = 0;
    rom->answer_count = 0;
    rom->now_us = 0; // what it was busy with is over
    rom->flash_free_us = 0;
    rom->has_read = false;
    second_rom_reset(rom);
}

void second_rom_reset(struct second_rom *rom)
{
    rom->log.resets++;
    rom->holds = false;
    second_rom_expect(rom, STAGE_SYNC, 1);
}

void second_rom_cut_power_after(struct second_rom *rom, unsigned count)
{
    rom->cut_after = count;
}

void second_rom_set_readout_protection(struct second_rom *rom, unsigned level)
{
    rom->readout_protection = level;
}

void second_rom_set_write_protection(struct second_rom *rom, unsigned first_page, unsigned count)
{
    rom->protected_first = first_page;
    rom->protected_count = count;
}

void second_rom_expect(struct second_rom *rom, enum stage stage, size_t need)
{
    rom->stage = stage;
    rom->got = 0;
    rom->need = need;
    rom->exclusive_or = 0;
}

// It waits until the line has taken each byte: it does nothing else meanwhile.
void second_rom_answer(struct second_rom *rom, uint8_t byte)
{
    if (!rom->has_power || rom->answer_count == SECOND_ROM_ANSWERS) {
        return;
    }
    rom->now_us += rom->config.byte_us;
    size_t end = (rom->first_answer + rom->answer_count++) % SECOND_ROM_ANSWERS;
    rom->answers[end] = (struct second_rom_answer){.byte = byte, .at_us = rom->now_us};
    rom->log.sent++;
}

bool second_rom_next(struct second_rom *rom, struct second_rom_answer *answer)
{
    if (rom->answer_count == 0) {
        return false;
    }
    *answer = rom->answers[rom->first_answer];
    return true;
}

void second_rom_take(struct second_rom *rom)
{
    rom->first_answer = (rom->first_answer + 1) % SECOND_ROM_ANSWERS;
    rom->answer_count--;
}

// A byte that is no sync byte has another length of low bits, from which the ROM measures another
// baud rate; it is deaf until the next reset (AN2606 Rev 70, Figure 128, note 1).
static void synchronise(struct second_rom *rom, uint8_t byte)
{
    second_rom_expect(rom, STAGE_SYNC, 1);
    if (byte != SYNC) {
        rom->stage = rom->config.wrong_sync_ends ? STAGE_DEAF : STAGE_SYNC;
        return;
    }
    second_rom_expect(rom, STAGE_COMMAND, 2);
    second_rom_answer(rom, ACK);
    if (rom->config.defects & SECOND_ROM_DOUBLE_ACK) {
        second_rom_answer(rom, ACK);
    }
}

static void work(struct second_rom *rom, uint8_t byte)
{
    if (rom->stage == STAGE_SYNC) {
        synchronise(rom, byte);
        return;
    }
    if (rom->got < sizeof rom->frame) {
        rom->frame[rom->got] = byte;
    }
    rom->got++;
    rom->exclusive_or ^= byte;
    if (rom->got < rom->need) {
        return;
    }
    if (rom->stage == STAGE_COMMAND) {
        second_rom_command(rom);
    } else {
        second_rom_frame(rom);
    }
}

// The byte that waited is taken as soon as the ROM listens again, and may keep it busy in turn.
static void take_held(struct second_rom *rom, uint64_t until_us)
{
    while (rom->holds && rom->now_us <= until_us && rom->stage != STAGE_AWAY) {
        rom->holds = false;
        work(rom, rom->held);
    }
}

uint64_t second_rom_wakes_at(const struct second_rom *rom)
{
    return rom->holds && rom->stage != STAGE_AWAY ? rom->now_us : UINT64_MAX;
}

void second_rom_idle(struct second_rom *rom, uint64_t now_us)
{
    take_held(rom, now_us);
}

void second_rom_byte(struct second_rom *rom, uint8_t byte, uint64_t now_us)
{
    if (!rom->has_power || rom->stage == STAGE_AWAY || rom->stage == STAGE_DEAF) {
        return;
    }
    rom->log.taken++;
    take_held(rom, now_us);
    if (rom->now_us > now_us) {
        rom->log.lost += rom->holds;
        rom->held = rom->holds ? rom->held : byte;
        rom->holds = true;
        return;
    }
    rom->now_us = now_us;
    work(rom, byte);
}

const struct second_rom_log *second_rom_log(const struct second_rom *rom)
{
    return &rom->log;
}

bool second_rom_has_power(const struct second_rom *rom)
{
    return rom->has_power;
}

unsigned second_rom_readout_protection(const struct second_rom *rom)
{
    return rom->readout_protection;
}

bool second_rom_is_deaf(const struct second_rom *rom)
{
    return rom->stage == STAGE_DEAF;
}

bool second_rom_runs_application(const struct second_rom *rom)
{
    return rom->stage == STAGE_AWAY && rom->has_power;
}
