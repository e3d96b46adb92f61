// run_setup.c: makes a chip, its wires and its files ready for a scenario.
// SPDX-License-Identifier: MIT
#include "run_setup.h"

#include "an3155.h"
#include "blocks.h"
#include "loader.h"
#include "run_board.h"
#include "run_flash.h"
#include "run_usb.h"
#include "vectors.h"
#include "words.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// The loader is in front of the application, whose table it needs to know.
static void load_loader(struct run *run, uint32_t bank)
{
    const struct device *device = run->chip.device;
    uint8_t *place = memory_at(&run->chip.memory, device->flash.start + bank, LOADER_BYTES);

    if (place && run->vectors != device->flash.start) {
        loader_make(device, run->vectors, memory_word(&run->chip.memory, run->vectors + bank),
                    place);
    }
}

int run_load_flash(struct run *run, struct problem *problem)
{
    const struct device *device = run->chip.device;
    uint32_t bank = run->scenario->second_bank ? run_second_bank(device) : 0;

    for (size_t i = 0; i < run->image.count; i++) {
        const struct segment *segment = &run->image.segments[i];
        uint32_t address = chip_flash_place(device, segment->address);
        uint8_t *place = memory_at(&run->chip.memory, address + bank, segment->size);

        if (!place) { // vectors_find() has let nothing of the kind pass
            return problem_set(problem, EXIT_FAILED, NULL, "0x%08X is not in the flash of %s",
                               (unsigned)segment->address, device->slug);
        }
        memcpy(place, segment->bytes, segment->size);
    }
    load_loader(run, bank);
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
    if (!image_names_extension(&run->image, run->chip.device)) {
        error = image_check_core(&run->image, run->chip.device, problem);
    }
    if (!error) {
        error = vectors_find(&run->image, run->chip.device, path, run->scenario->vectors,
                             &run->vectors, problem);
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

// Nobody can talk to a run that no host takes part in.
static bool needs_terminals(const struct scenario *scenario)
{
    return scenario->host == ROM_HOST_REAL || scenario->send || scenario->link_count;
}

static int open_terminals(struct run *run, struct problem *problem)
{
    for (size_t i = 0; needs_terminals(run->scenario) && i < run->chip.block_count; i++) {
        struct block *block = &run->chip.blocks[i];
        struct terminal *terminal = &run->terminals[run->terminal_count];
        const char *name = block->peripheral->name;

        if (block->type->role != ROLE_SERIAL || run->terminal_count == RUN_TERMINALS) {
            continue;
        }
        if (terminal_open(terminal, link_for(run->scenario, name), problem)) {
            return (int)problem->code;
        }
        block->type->serial->connect(block, &terminal->port);
        run->usarts[run->terminal_count++] = name;
    }
    for (size_t i = 0; i < run->scenario->link_count; i++) {
        const struct block *block = block_find(&run->chip, run->scenario->links[i].usart);
        if (!block || block->type->role != ROLE_SERIAL) {
            return problem_set(problem, EXIT_USAGE, "ST's name of a USART, as USART1",
                               "--usart %s: %s has no USART of this name",
                               run->scenario->links[i].usart, run->chip.device->slug);
        }
    }
    return 0;
}

static struct terminal *terminal_of(struct run *run, const char *usart)
{
    for (size_t i = 0; i < run->terminal_count; i++) {
        if (strcmp(run->usarts[i], usart) == 0) {
            return &run->terminals[i];
        }
    }
    return NULL;
}

// The lines on which the ROM looks for a host: one each, though a row may list a USART twice.
static size_t open_lines(struct run *run)
{
    size_t count = 0;

    for (const struct rom_usart *usart = run->chip.device->rom_usarts; usart->name; usart++) {
        struct terminal *terminal = terminal_of(run, usart->name);
        bool again = count && strcmp(run->rom_lines[count - 1].interface, usart->name) == 0;

        if (terminal && !again && count < RUN_TERMINALS) {
            run->rom_terminals[run->rom_terminal_count++] = terminal;
            run->rom_lines[count++] =
                (struct rom_line){usart->name, &an3155_protocol, &terminal->port};
        }
    }
    return count + run_usb_line(run, &run->rom_lines[count]);
}

static void wait_for_rom_lines(void *context, int ms)
{
    struct run *run = context;

    terminal_wait(run->rom_terminals, run->rom_terminal_count, ms);
}

static void open_rom(struct run *run)
{
    const struct scenario *scenario = run->scenario;
    uint8_t *id = memory_at(&run->chip.memory, run->chip.device->rom_id_address, 1);

    if (scenario->rom_version && id) {
        *id = (uint8_t)scenario->rom_version;
    }
    run->rom = (struct rom){.chip = &run->chip,
                            .lines = run->rom_lines,
                            .line_count = open_lines(run),
                            .wait = wait_for_rom_lines,
                            .wait_context = run,
                            .version = scenario->rom_version ? scenario->rom_version
                                                             : device_newest_rom(run->chip.device),
                            .go_to = scenario->go_to,
                            .worst = scenario->worst,
                            .noise = scenario->noise_on,
                            .leaves_vectors = !scenario->restores_vectors,
                            .stop = run->stop};
}

// A file that the run writes. `path` is NULL where nobody wants it.
struct output {
    FILE **file;
    const char *path, *option;
};

enum { OUTPUTS = 4 };

static void list_outputs(struct run *run, struct output outputs[OUTPUTS])
{
    const struct scenario *scenario = run->scenario;

    outputs[0] = (struct output){&run->journal.events, scenario->events, "--events"};
    outputs[1] = (struct output){&run->flash, scenario->flash, "--flash"};
    outputs[2] = (struct output){&run->trace, scenario->trace, "--trace"};
    outputs[3] =
        (struct output){&run->register_trace, scenario->register_trace, "--register-trace"};
}

// Before the run, which would be in vain.
static int open_files(struct run *run, struct problem *problem)
{
    struct output outputs[OUTPUTS];

    list_outputs(run, outputs);
    for (size_t i = 0; i < OUTPUTS; i++) {
        const struct output *output = &outputs[i];
        *output->file = output->path ? fopen(output->path, "ab") : NULL;
        if (output->path && !*output->file) {
            return problem_set(
                problem, EXIT_USAGE, "the name of a file in a folder that can be written to",
                "%s %s: cannot write it: %s", output->option, output->path, strerror(errno));
        }
    }
    return 0;
}

int run_empty_files(struct run *run, struct problem *problem)
{
    struct output outputs[OUTPUTS];

    list_outputs(run, outputs);
    for (size_t i = 0; i < OUTPUTS; i++) {
        const struct output *output = &outputs[i];
        // A pipe or a terminal has nothing to cut off.
        if (*output->file && ftruncate(fileno(*output->file), 0) && errno != EINVAL) {
            return problem_set(problem, EXIT_USAGE, "another file", "%s %s: cannot empty it: %s",
                               output->option, output->path, strerror(errno));
        }
    }
    return 0;
}

static int open_watcher(struct run *run, struct problem *problem)
{
    const struct scenario *scenario = run->scenario;
    const struct watcher_settings settings = {
        .on_reset = scenario->on_reset,
        .on_reset_named = scenario->on_reset_named,
        .entry = scenario->entry,
        .direct = SCENARIO_DIRECT_ENTRY,
        .enter_at = scenario->enter_at,
        .enter_after = scenario->enter_after,
        .callback = scenario->usb_callback,
        .on_main_stack = scenario->state != STATE_THREAD || scenario->on_stack,
        .until = scenario->until,
    };

    return watcher_open(&run->watcher, &run->judge, &settings, scenario->elf ? &run->image : NULL,
                        problem);
}

static int open_parts(struct run *run, struct problem *problem)
{
    int error;

    journal_open(&run->journal, NULL, &run->chip.core.instructions);
    error = load_elf(run, problem);
    if (!error) {
        error = open_terminals(run, problem);
    }
    if (!error) {
        error = run_open_board(run, problem);
    }
    if (!error) {
        error = open_watcher(run, problem);
    }
    if (!error) {
        error = open_files(run, problem);
    }
    if (!error) {
        error = run_usb_open(run, problem);
    }
    open_rom(run);
    return error;
}

int run_open(struct run *run, const struct scenario *scenario, const volatile sig_atomic_t *stop,
             struct problem *problem)
{
    int error;

    *run = (struct run){.scenario = scenario, .stop = stop};
    error = run_place_mark(run, problem);
    if (!error) {
        error = run_size_flash(run, problem);
    }
    if (!error) {
        error = chip_open_from(scenario->spare, &run->chip, &run->row, blocks_type, &run->journal,
                               scenario->seed, problem);
    }
    if (error) {
        return error;
    }
    run_show_flash(run);
    judge_open(&run->judge, &run->chip);
    system_clock_set_crystal(&run->chip, scenario->crystal_hz);
    run->chip.option_starts_watchdog[WATCHDOG_INDEPENDENT] = scenario->hardware_iwdg;
    run->chip.boot0 = scenario->boot0;
    run->chip.bfb2 = scenario->bfb2;
    run->chip.parity = scenario->parity;
    run->chip.takes_unclocked_remap = scenario->unclocked_remap;
    run->chip.has_noise_mark = scenario->has_noise_mark;
    run->chip.noise_mark = scenario->noise_mark;
    run->chance = scenario->seed ? scenario->seed : 1;
    if (scenario->bfb2) { // the option bytes show it, where it speaks against entering
        option_bits_set(&run->chip, OPTION_DUAL_BANK);
    }
    error = open_parts(run, problem);
    run->chip.sprints = !scenario->by_instruction;
    run->chip.skips_loops = !run->terminal_count; // a host waits in its own time
    if (error) {
        run_close(run);
    }
    return error;
}

void run_close(struct run *run)
{
    run_usb_close(run);
    for (size_t i = 0; i < run->terminal_count; i++) {
        terminal_close(&run->terminals[i]);
    }
    places_close(run->places);
    blame_close(run->blame);
    window_free(&run->lookout.window);
    watcher_close(&run->watcher);
    image_close(&run->image);
    journal_close(&run->journal);
    if (run->flash) {
        fclose(run->flash);
    }
    if (run->trace) {
        fclose(run->trace);
    }
    if (run->register_trace) {
        fclose(run->register_trace);
    }
    if (run->scenario->spare) {
        chip_spare_take(run->scenario->spare, &run->chip);
    }
    chip_close(&run->chip);
}
