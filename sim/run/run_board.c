// run_board.c: makes what a scenario says of the chip and of the board around it.
// SPDX-License-Identifier: MIT
#include "run_board.h"

#include "jump_conditions.h"
#include "option_bits.h"
#include "words.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where the second bank starts, from the start of flash on; 0 where no ROM looks for one.
uint32_t run_second_bank(const struct device *device)
{
    const uint32_t *bank = device->bank_check.banks;

    while (*bank && *bank == device->flash.start) {
        bank++;
    }
    return *bank ? *bank - device->flash.start : 0;
}

// The level in "=1": 0 or 1, and 2 for anything else. "=1,0" comes back to the other level.
static unsigned read_level(const char *text, bool may_come_back, bool *comes_back)
{
    unsigned level = text[0] == '=' && (text[1] == '0' || text[1] == '1') ? text[1] == '1' : 2;

    *comes_back =
        level < 2 && may_come_back && text[2] == ',' && text[3] == (level ? '0' : '1') && !text[4];
    return level < 2 && (!text[2] || *comes_back) ? level : 2;
}

// "PC13=1": finds the port and the bit.
static int open_pin(struct run *run, const char *option, const char *text, struct button *button,
                    struct problem *problem)
{
    bool presses = strcmp(option, "--press") == 0, comes_back = false;
    char name[] = "GPIO?";
    char *end = NULL;
    unsigned long pin = 16;
    unsigned level = 2;
    struct block *block = NULL;

    if (text[0] == 'P' && text[1] && isdigit((unsigned char)text[2])) {
        name[4] = text[1];
        block = block_find(&run->chip, name);
        pin = strtoul(text + 2, &end, 10);
        level = read_level(end, presses, &comes_back);
    }
    if (!block || pin > 15 || level > 1) {
        return problem_set(
            problem, EXIT_USAGE,
            presses ? "a pin and its level, as PC13=1; PC13=1,0 releases it after 0.1 s"
                    : "a pin and its level, as PC13=1",
            "%s %s: is not a pin of %s and a level", option, text, run->chip.device->slug);
    }
    *button = (struct button){
        .port = block, .mask = 1u << pin, .level = level << pin, .comes_back = comes_back};
    return 0;
}

// A port that must not change on the way into the ROM.
static int open_hold(struct run *run, const char *name, struct problem *problem)
{
    struct block *block = name ? block_find(&run->chip, name) : NULL;
    bool port = block && block->type->role == ROLE_PORT;

    if (name && !port) {
        return problem_set(problem, EXIT_USAGE, "ST's name of a port, as GPIOB",
                           "--hold %s: %s has no port of this name", name, run->chip.device->slug);
    }
    run->judge.held_port.port = block;
    return 0;
}

// The button, which is pressed later, and the pins that the board holds.
static int open_pins(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;
    int error = 0;

    if (scenario->press) {
        error = open_pin(run, "--press", scenario->press, &run->button, problem);
    }
    while (!error && run->tie_count < scenario->tie_count) {
        const char *text = scenario->ties[run->tie_count];
        error = open_pin(run, "--tie", text, &run->ties[run->tie_count], problem);
        run->tie_count += !error;
    }
    return error;
}

// "high", or the pin that drives BOOT0.
static int open_boot0(struct run *run, struct problem *problem)
{
    const char *text = run->scenario->boot0_pin;
    char level[32];
    struct button pin = {0};
    int error;

    if (!text || strcmp(text, "high") == 0) {
        return 0;
    }
    snprintf(level, sizeof level, "%s=1", text);
    error = open_pin(run, "--boot0-pin", level, &pin, problem);
    if (error) {
        return problem_set(problem, EXIT_USAGE, "high, or a pin, as PB8",
                           "--boot0-pin %s: is not a pin of %s", text, run->chip.device->slug);
    }
    run->chip.boot0_port = pin.port;
    run->chip.boot0_mask = pin.mask;
    return 0;
}

static int check_bank(const struct run *run, struct problem *problem)
{
    const struct device *device = run->chip.device;

    return !run->scenario->second_bank || run_second_bank(device)
               ? 0
               : problem_set(problem, EXIT_USAGE, "a device whose ROM looks for a bank",
                             "--second-bank: the ROM of %s looks for none", device->slug);
}

static int check_noise(const struct run *run, struct problem *problem)
{
    const char *name = run->scenario->noise_on;

    for (const struct rom_interface *one = run->chip.device->interfaces; name && one->name; one++) {
        if (strcmp(one->name, name) == 0) {
            return 0;
        }
    }
    return !name ? 0
                 : problem_set(problem, EXIT_USAGE, "`bootleap pins` lists them",
                               "--noise-on %s: the ROM of %s has no such interface", name,
                               run->chip.device->slug);
}

static int set_option(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;

    for (int i = 0; scenario->options >> i; i++) {
        enum option_refusal option = (enum option_refusal)i;
        if ((scenario->options >> i & 1) && !option_bits_set(&run->chip, option)) {
            return problem_set(problem, EXIT_USAGE, "`bootleap devices` shows what a chip has",
                               "--option %s: %s has no such option bits",
                               words_option_refusal(option), scenario->device->slug);
        }
    }
    return 0;
}

// Before the run: a register that the chip does not have would be a silent mistake.
static int check_pokes(struct run *run, struct problem *problem)
{
    for (size_t i = 0; i < run->scenario->poke_count; i++) {
        const uint32_t address = run->scenario->pokes[i].address;
        const struct device *device = run->chip.device;
        if (!bus_has(&run->chip, address)) {
            return problem_set(problem, EXIT_USAGE, "a register of a block that the run lists",
                               "--register 0x%08X: %s has no such register that is modelled",
                               (unsigned)address, device->slug);
        }
    }
    return 0;
}

// What the scenario says of the chip and its board.
int run_open_board(struct run *run, struct problem *problem)
{
    int error = set_option(run, problem);

    if (!error) {
        error = check_bank(run, problem);
    }
    if (!error) {
        error = check_pokes(run, problem);
    }
    if (!error) {
        error = open_pins(run, problem);
    }
    if (!error) {
        error = check_noise(run, problem);
    }
    if (!error) {
        error = open_boot0(run, problem);
    }
    if (!error) {
        error = open_hold(run, run->scenario->hold, problem);
    }
    return error;
}

static bool is_ram(const struct device *device, uint32_t address, uint32_t size)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        if (address - ram->region.start <= ram->region.size - size) {
            return true;
        }
    }
    return false;
}

static bool is_backup(const struct device *device, uint32_t address)
{
    return address - device->backup < device->backup_size;
}

// The row with the mark where the firmware has it: the judge must look there.
int run_place_mark(struct run *run, struct problem *problem)
{
    const struct device *device = run->scenario->device;
    uint32_t mark = run->scenario->mark;

    run->row = *device;
    if (!mark) {
        return 0;
    }
    run->row.mark = mark;
    run->row.mark_in_backup = device->backup_bytes == 4 && mark % 4 == 0 &&
                              is_backup(device, mark) && is_backup(device, mark + 4);
    if (!run->row.mark_in_backup && (mark % 8 || !is_ram(device, mark, 8))) {
        return problem_set(
            problem, EXIT_USAGE, "8 bytes of RAM, 8-byte aligned, or two backup registers",
            "--mark 0x%08X: %s can have no mark there", (unsigned)mark, device->slug);
    }
    return 0;
}
