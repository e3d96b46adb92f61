// run_setup.c: makes a chip, its wires and its files ready for a scenario.
// SPDX-License-Identifier: MIT
#include "options.h"
#include "run.h"
#include "vectors.h"
#include "words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

// Where the second bank starts, from the start of flash on; 0 where no ROM looks for one.
static uint32_t second_bank(const struct device *device)
{
    const uint32_t *bank = device->bank_check.banks;

    while (*bank && *bank == device->flash.start) {
        bank++;
    }
    return *bank ? *bank - device->flash.start : 0;
}

int run_load_flash(struct run *run, struct problem *problem)
{
    uint32_t bank = run->scenario->second_bank ? second_bank(run->chip.device) : 0;

    for (size_t i = 0; i < run->image.count; i++) {
        const struct segment *segment = &run->image.segments[i];
        uint8_t *place = memory_at(&run->chip.memory, segment->address + bank, segment->size);

        if (!place) { // vectors_check() has let nothing of the kind pass
            return problem_set(problem, EXIT_FAILED, NULL, "0x%08X is not in the flash of %s",
                               (unsigned)segment->address, run->chip.device->slug);
        }
        memcpy(place, segment->bytes, segment->size);
    }
    return 0;
}

static int load_elf(struct run *run, struct problem *problem)
{
    const char *path = run->scenario->elf;
    int error;

    if (!path) {
        return 0;
    }
    error = image_open(&run->image, path, 0, problem);
    if (error) {
        return error;
    }
    if (run->image.format != IMAGE_ELF) {
        return problem_set(problem, EXIT_USAGE, "give the ELF that the linker made",
                           "open %s: it is not an ELF", path);
    }
    error = image_check_core(&run->image, run->chip.device, problem);
    if (!error) {
        error = vectors_check(&run->image, run->chip.device, path, problem);
    }
    return error || run->scenario->empty ? error : run_load_flash(run, problem);
}

static const char *link_for(const struct scenario *scenario, const char *usart)
{
    for (size_t i = 0; i < scenario->link_count; i++) {
        if (strcmp(scenario->links[i].usart, usart) == 0) {
            return scenario->links[i].path;
        }
    }
    return NULL;
}

static bool is_usart(const struct block *block)
{
    return block->peripheral->block == BLOCK_USART_SR ||
           block->peripheral->block == BLOCK_USART_ISR;
}

// Nobody can talk to a run that no host takes part in.
static bool needs_terminals(const struct scenario *scenario)
{
    return scenario->host == ROM_HOST_TERMINAL || scenario->send || scenario->link_count;
}

static int open_terminals(struct run *run, struct problem *problem)
{
    for (size_t i = 0; needs_terminals(run->scenario) && i < run->chip.block_count; i++) {
        struct block *block = &run->chip.blocks[i];
        struct terminal *terminal = &run->terminals[run->terminal_count];
        const char *name = block->peripheral->name;

        if (!is_usart(block) || run->terminal_count == RUN_TERMINALS) {
            continue;
        }
        if (terminal_open(terminal, link_for(run->scenario, name), problem)) {
            return (int)problem->code;
        }
        block->terminal = terminal;
        run->usarts[run->terminal_count++] = name;
    }
    for (size_t i = 0; i < run->scenario->link_count; i++) {
        const struct block *block = block_find(&run->chip, run->scenario->links[i].usart);
        if (!block || !is_usart(block)) {
            return problem_set(problem, EXIT_USAGE, "ST's name of a USART, as USART1",
                               "--usart %s: %s has no USART of this name",
                               run->scenario->links[i].usart, run->chip.device->slug);
        }
    }
    return 0;
}

static void open_rom(struct run *run)
{
    uint8_t *id = memory_at(&run->chip.memory, run->chip.device->rom_id_address, 1);
    size_t count = 0;

    for (const struct rom_usart *usart = run->chip.device->rom_usarts; usart->name; usart++) {
        struct block *block = block_find(&run->chip, usart->name);
        bool again = count && strcmp(run->rom_usarts[count - 1], usart->name) == 0;

        if (block && block->terminal && !again && count < RUN_TERMINALS) {
            run->rom_terminals[count] = block->terminal;
            run->rom_usarts[count++] = usart->name;
        }
    }
    if (run->scenario->rom_version && id) {
        *id = (uint8_t)run->scenario->rom_version;
    }
    run->rom =
        (struct rom){.chip = &run->chip,
                     .terminals = run->rom_terminals,
                     .usarts = run->rom_usarts,
                     .terminal_count = count,
                     .version = run->scenario->rom_version ? run->scenario->rom_version
                                                           : device_newest_rom(run->chip.device),
                     .worst = run->scenario->worst,
                     .noise = run->scenario->noise_on,
                     .leaves_trace = !run->scenario->no_trace,
                     .stop = run->stop};
}

// "PC13=1": finds the port and the bit.
static int open_pin(struct run *run, const char *option, const char *text, struct button *button,
                    struct problem *problem)
{
    char name[] = "GPIO?";
    char *end = NULL;
    unsigned long pin = 16, level = 2;
    struct block *block = NULL;

    if (text[0] == 'P' && text[1] && isdigit((unsigned char)text[2])) {
        name[4] = text[1];
        block = block_find(&run->chip, name);
        pin = strtoul(text + 2, &end, 10);
        level = *end == '=' && (end[1] == '0' || end[1] == '1') && !end[2] ? end[1] == '1' : 2;
    }
    if (!block || pin > 15 || level > 1) {
        return problem_set(problem, EXIT_USAGE, "a pin and its level, as PC13=1",
                           "%s %s: is not a pin of %s and a level", option, text,
                           run->chip.device->slug);
    }
    *button = (struct button){block, 1u << pin, (uint32_t)level << pin};
    return 0;
}

// A port that must not change on the way into the ROM.
static int open_hold(struct run *run, const char *name, struct problem *problem)
{
    struct block *block = name ? block_find(&run->chip, name) : NULL;
    bool port = block && (block->peripheral->block == BLOCK_GPIO ||
                          block->peripheral->block == BLOCK_GPIO_CRL);

    if (name && !port) {
        return problem_set(problem, EXIT_USAGE, "ST's name of a port, as GPIOB",
                           "--hold %s: %s has no port of this name", name, run->chip.device->slug);
    }
    run->chip.hold.port = block;
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
    while (!error && run->hold_count < scenario->hold_count) {
        const char *text = scenario->holds[run->hold_count];
        error = open_pin(run, "--tie", text, &run->holds[run->hold_count], problem);
        run->hold_count += !error;
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
    if (!error) {
        run->chip.boot0_port = pin.port;
        run->chip.boot0_mask = pin.mask;
    }
    return error;
}

static int check_bank(const struct run *run, struct problem *problem)
{
    const struct device *device = run->chip.device;

    return !run->scenario->second_bank || second_bank(device)
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

// Before the run, which would be in vain.
static FILE *open_file(const char *path, const char *option, struct problem *problem)
{
    FILE *file = fopen(path, "wb");

    if (!file) {
        problem_set(problem, EXIT_USAGE, "the name of a file in a folder that can be written to",
                    "%s %s: cannot write it: %s", option, path, strerror(errno));
    }
    return file;
}

static int open_files(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;

    if (scenario->events) {
        run->journal.events = open_file(scenario->events, "--events", problem);
        if (!run->journal.events) {
            return (int)problem->code;
        }
    }
    if (scenario->flash) {
        run->flash = open_file(scenario->flash, "--flash", problem);
        if (!run->flash) {
            return (int)problem->code;
        }
    }
    return 0;
}

static int set_option(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;

    for (int i = 0; scenario->options >> i; i++) {
        enum option_refusal option = (enum option_refusal)i;
        if ((scenario->options >> i & 1) && !options_set(&run->chip, option)) {
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
        if (!block_at(&run->chip, address) && address - device->rcc >= device->rcc_size) {
            return problem_set(problem, EXIT_USAGE, "a register of a block that the run lists",
                               "--register 0x%08X: %s has no such register that is modelled",
                               (unsigned)address, device->slug);
        }
    }
    return 0;
}

// What the scenario says of the chip and its board.
static int open_board(struct run *run, struct problem *problem)
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

static int open_parts(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;
    int error;

    journal_open(&run->journal, NULL, &run->chip.instructions);
    error = load_elf(run, problem);
    if (!error) {
        error = open_terminals(run, problem);
    }
    if (!error) {
        error = open_board(run, problem);
    }
    if (!error) {
        error = watcher_open(&run->watcher, &run->chip, scenario,
                             scenario->elf ? &run->image : NULL, problem);
    }
    if (!error) {
        error = open_files(run, problem); // last: what it opens it empties
    }
    open_rom(run);
    return error;
}

int run_open(struct run *run, const struct scenario *scenario, const volatile sig_atomic_t *stop,
             struct problem *problem)
{
    int error;

    *run = (struct run){.scenario = scenario, .stop = stop};
    error = chip_open(&run->chip, scenario->device, &run->journal, scenario->seed, problem);
    if (error) {
        return error;
    }
    run->chip.hardware_iwdg = scenario->hardware_iwdg;
    run->chip.boot0 = scenario->boot0;
    run->chip.bfb2 = scenario->bfb2;
    run->chip.parity = scenario->parity;
    run->chip.has_noise_mark = scenario->has_noise_mark;
    run->chip.noise_mark = scenario->noise_mark;
    run->chance = scenario->seed ? scenario->seed : 1;
    if (scenario->bfb2) { // the option bytes show it, where it speaks against entering
        options_set(&run->chip, OPTION_DUAL_BANK);
    }
    error = open_parts(run, problem);
    if (error) {
        run_close(run);
    }
    return error;
}

void run_close(struct run *run)
{
    for (size_t i = 0; i < run->terminal_count; i++) {
        terminal_close(&run->terminals[i]);
    }
    image_close(&run->image);
    journal_close(&run->journal);
    if (run->flash) {
        fclose(run->flash);
    }
    chip_close(&run->chip);
}
