// watcher.c: sees every instruction and every store to RAM of the application.
// SPDX-License-Identifier: MIT
#include "watcher.h"

#include "barrier.h"
#include "contract.h"
#include "journal.h"
#include "system_memory.h"

#include <string.h>

enum { MARK_SIZE = 8, DEEPEST_FRAME = 256, LONGEST_IT_BLOCK = 5 };

static uint32_t reset_flags(const struct chip *chip)
{
    return rcc_peek(&chip->rcc, chip->device->flags_register) & chip->device->flags_any;
}

static bool rom_left_trace(const struct chip *chip)
{
    return chip->alias_is_rom || memory_is_system(chip->device, chip->core.exceptions.vtor);
}

static void begin(struct watcher *watcher)
{
    struct chip *chip = watcher->chip;
    bool powered_on = reset_flags(chip) & chip->device->flags_power;

    watcher->measuring = true;
    watcher->pending = rom_left_trace(chip) || (!powered_on && contract_mark_valid(chip));
    watcher->return_to = cpu_get(chip->core.cpu, CPU_LR) & ~1u;
    watcher->stack = cpu_get(chip->core.cpu, CPU_SP);
    watcher->started = chip->core.instructions;
    watcher->flags = reset_flags(chip);
    watcher->ram_bytes = 0;
    watcher->masked = cpu_get(chip->core.cpu, CPU_PRIMASK);
    own_entry_measured(&watcher->own, watcher->pending);
}

static void end(struct watcher *watcher)
{
    struct chip *chip = watcher->chip;
    bool same_flags = reset_flags(chip) == watcher->flags;
    bool same_mask = cpu_get(chip->core.cpu, CPU_PRIMASK) == watcher->masked;

    watcher->measuring = false;
    watcher->quiet_broken |= !watcher->pending && (watcher->ram_bytes || !same_flags);
    watcher->quiet_broken |= !same_mask;
    json_array_append_new(chip->journal->calls,
                          json_pack("{s:I, s:b, s:i, s:b, s:b, s:i}", "instructions",
                                    (json_int_t)(chip->core.instructions - watcher->started - 1),
                                    "pending", watcher->pending, "ram_bytes_written",
                                    (int)watcher->ram_bytes, "reset_flags_changed", !same_flags,
                                    "primask_changed", !same_mask, "returned",
                                    (int)(cpu_get(chip->core.cpu, CPU_R0) & 0xFF)));
}

// Whether this is where --enter-after has the entry function called: not inside an IT block,
// whose condition would befall the function, and not in an interrupt handler.
static bool entry_is_due(struct watcher *watcher, uint32_t pc)
{
    struct chip *chip = watcher->chip;

    if (watcher->enter_after == UINT64_MAX ||
        chip->core.instructions + LONGEST_IT_BLOCK < watcher->enter_after) {
        return false;
    }
    return !it_block_has(&watcher->it_block, chip->core.cpu, pc) &&
           chip->core.instructions >= watcher->enter_after && !cpu_get(chip->core.cpu, CPU_IPSR) &&
           !(watcher->on_main_stack && cpu_get(chip->core.cpu, CPU_CONTROL));
}

// The scenario's reset: from now on nothing of this life counts.
static void reset_now(struct watcher *watcher)
{
    watcher->reset_made = true;
    watcher->marked = contract_mark_valid(watcher->chip);
    watcher->request_pending =
        contract_mark_valid(watcher->chip) && contract_mark_away(watcher->chip) < 0;
    chip_want_reset(watcher->chip, watcher->reset);
}

// The first time that this instruction is executed, the 4th, the 16th, ...
static void note_visit(struct watcher *watcher, uint32_t pc)
{
    uint64_t number = watcher->chip->core.instructions - watcher->called_at;
    uint32_t place = (pc - watcher->chip->device->flash.start) / 2;
    uint32_t visits = place < WATCHER_VISITS ? ++watcher->visits[place] : 1;
    bool power_of_4 = !(visits & (visits - 1)) && visits & 0x55555555u;

    if (number < watcher->wanted_size) {
        watcher->wanted[number] = power_of_4;
    }
}

bool watcher_has_plans(const struct watcher *watcher)
{
    return watcher->enter_after != UINT64_MAX || watcher->enter_reached || watcher->reset_in ||
           watcher->interrupt_at != UINT64_MAX;
}

void watcher_note_call(struct watcher *watcher)
{
    struct contract contract;

    judge_request_entry(watcher->judge);
    watcher->judge->jump_condition = NULL;
    contract_check(watcher->judge, &contract);
    watcher->broken = contract_broken_mask(&contract);
}

// Whether this is where it enters, where it came back to, or where the run ends.
static void look_at_place(struct watcher *watcher, uint32_t pc)
{
    if (entry_is_due(watcher, pc)) {
        watcher->enter_after = UINT64_MAX;
        watcher->enter_at = pc;
        watcher->enter_armed = true;
    }
    if (pc == watcher->direct && !watcher->judge->entry_requested) {
        watcher_note_call(watcher);
    }
    if (!watcher->calling) {
        own_entry_look(&watcher->own, watcher->chip->core.cpu, pc);
    }
    if (pc == watcher->enter_at && watcher->enter_armed) {
        watcher->enter_armed = false;
        watcher->enter_reached = true;
        chip_pause(watcher->chip);
    } else if (pc == watcher->enter_at && watcher->calling_back &&
               cpu_get(watcher->chip->core.cpu, CPU_SP) == watcher->callback_stack) {
        watcher->called_back = true;
        chip_pause(watcher->chip);
    } else if (pc == watcher->enter_at && watcher->calling) {
        watcher->refused = true;
        watcher->refusal = (int32_t)cpu_get(watcher->chip->core.cpu, CPU_R0);
        chip_pause(watcher->chip);
    } else if (pc == watcher->until) {
        watcher->arrived = true;
        watcher->origin = cpu_get(watcher->chip->core.cpu, CPU_R0) & 0xFFu;
        chip_pause(watcher->chip);
    }
}

// Up to which time only the points to watch are of interest. An IT block is looked at from its
// begin on, so those before it are too.
static uint64_t calm_until(void *context)
{
    const struct watcher *watcher = context;
    uint64_t before = LONGEST_IT_BLOCK + 1;
    uint64_t entry = watcher->enter_after;

    if (watcher->judge->entry_requested || watcher->measuring || watcher->calling ||
        watcher->calling_back || watcher->own.calling || watcher->reset_in ||
        (watcher->wanted && watcher->entered)) {
        return 0;
    }
    if (entry != UINT64_MAX) {
        entry = entry > before ? entry - before : 0;
    }
    return entry < watcher->interrupt_at ? entry : watcher->interrupt_at - 1;
}

// The measured function is called, or comes back.
static void look_at_measured(struct watcher *watcher, uint32_t pc)
{
    if (watcher->measuring && pc == watcher->return_to &&
        cpu_get(watcher->chip->core.cpu, CPU_SP) == watcher->stack) {
        end(watcher);
    } else if (pc == watcher->on_reset && !watcher->measuring) {
        begin(watcher);
        watcher->started--;
    }
}

// `pc` is about to be executed and is counted already.
static void on_instruction(void *context, uint32_t pc)
{
    struct watcher *watcher = context;
    struct chip *chip = watcher->chip;

    if (watcher->judge->entry_requested) {
        barrier_look(&chip->core, pc);
    }
    if (watcher->wanted && watcher->entered) {
        note_visit(watcher, pc);
    }
    if (watcher->reset_in && --watcher->reset_in == 0) {
        reset_now(watcher);
        return;
    }
    look_at_measured(watcher, pc);
    look_at_place(watcher, pc);
    if (chip->core.instructions >= watcher->interrupt_at) {
        watcher->interrupt_at = UINT64_MAX;
        exceptions_pend(&chip->core.exceptions, EXCEPTION_IRQ0);
    }
    if (chip->watch_from) {
        chip->watch_from = calm_until(watcher);
    }
}

// Whether a store is outside the frames of what was called with this stack pointer. The mark
// is never anybody's frame.
static bool is_outside(const struct watcher *watcher, uint32_t address, uint32_t stack)
{
    bool own_frame = stack - address <= DEEPEST_FRAME && address < stack;

    return address - watcher->chip->device->mark < MARK_SIZE || !own_frame;
}

static void on_write(void *context, uint32_t address, unsigned size)
{
    struct watcher *watcher = context;

    if (watcher->measuring && is_outside(watcher, address, watcher->stack)) {
        watcher->ram_bytes += size;
    }
    if (watcher->calling && is_outside(watcher, address, watcher->call_stack)) {
        watcher->call_bytes += size;
    }
}

// Where something happens that look_at() waits for.
static void watch_places(const struct watcher *watcher)
{
    const uint32_t places[] = {watcher->on_reset, watcher->direct, watcher->enter_at,
                               watcher->until};

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i] != UINT32_MAX) {
            chip_watch_point(watcher->chip, places[i]);
        }
    }
    for (size_t i = 0; i < watcher->own.count; i++) {
        chip_watch_point(watcher->chip, watcher->own.functions[i]->address);
    }
}

static int find(const struct image *image, const char *name, uint32_t *address,
                struct problem *problem)
{
    const struct symbol *symbol = image ? image_symbol(image, name) : NULL;

    if (!image) {
        return problem_set(problem, EXIT_USAGE, "name the ELF that has it",
                           "symbol %s: no ELF was given", name);
    }
    if (!symbol) {
        return problem_set(problem, EXIT_USAGE,
                           "build it with symbols, and keep the function; --entry names another",
                           "symbol %s: the ELF has none of this name", name);
    }
    *address = symbol->address;
    return 0;
}

static bool has_bootleap(const struct image *image)
{
    static const char prefix[] = "bootleap_";

    for (size_t i = 0; image && i < image->symbol_count; i++) {
        if (strncmp(image->symbols[i].name, prefix, sizeof prefix - 1) == 0) {
            return true;
        }
    }
    return false;
}

// When and by which function the application is made to enter, if it is.
static int open_entry(struct watcher *watcher, const struct watcher_settings *settings,
                      const struct image *image, struct problem *problem)
{
    int error = 0;

    watcher->enter_after = settings->enter_after ? settings->enter_after : UINT64_MAX;
    watcher->on_main_stack = settings->on_main_stack;
    if (settings->enter_at) {
        error = find(image, settings->enter_at, &watcher->enter_at, problem);
        watcher->enter_armed = true;
    }
    if (!error && (settings->enter_at || settings->enter_after)) {
        error = find(image, settings->entry, &watcher->entry, problem);
    }
    if (!error && settings->callback) {
        error = find(image, settings->callback, &watcher->callback, problem);
    }
    return error;
}

int watcher_open(struct watcher *watcher, struct judge *judge,
                 const struct watcher_settings *settings, const struct image *image,
                 struct problem *problem)
{
    struct chip *chip = judge->chip;
    struct problem missing;
    int error = 0;

    *watcher = (struct watcher){.judge = judge, .chip = chip};
    if (find(image, settings->on_reset, &watcher->on_reset, &missing)) {
        watcher->on_reset = UINT32_MAX;
        if (settings->on_reset_named) {
            *problem = missing;
            return (int)problem->code;
        }
    }
    judge->has_bootleap |= has_bootleap(image);
    running_open(&watcher->running, chip);
    own_entry_open(&watcher->own, image, settings->entry);
    watcher->enter_at = watcher->until = UINT32_MAX;
    if (find(image, settings->direct, &watcher->direct, &missing)) {
        watcher->direct = UINT32_MAX;
    }
    watcher->interrupt_at = UINT64_MAX;
    error = open_entry(watcher, settings, image, problem);
    if (!error && settings->until) {
        error = find(image, settings->until, &watcher->until, problem);
    }
    watch_places(watcher);
    chip->watch = on_instruction;
    chip->watch_write = on_write;
    chip->watch_calm = calm_until;
    chip->watch_context = watcher;
    return error;
}

void watcher_close(struct watcher *watcher)
{
    running_close(&watcher->running);
}

void watcher_reset(struct watcher *watcher)
{
    watcher->judge->has_bootleap |= contract_mark_valid(watcher->chip);
    running_begin(&watcher->running);
    own_entry_reset(&watcher->own, watcher->chip);
    watcher->measuring = watcher->calling = false;
    watcher->calling_back = watcher->called_back = false;
    watcher->broken = 0; // a reset has mended it
}
