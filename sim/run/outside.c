// outside.c: types on the chip's lines, presses the board's button, waits for hosts.
// SPDX-License-Identifier: MIT
#include "outside.h"

#include "pins.h"
#include "run_usb.h"
#include "system_clock.h"

enum { HELD_NS = 100 * 1000 * 1000 }; // a button: longer than firmware waits for its bounces

void outside_reset(struct run *run, bool starts_rom)
{
    run_usb_reset(run, starts_rom);
    if (run->button.port) {
        run->button.port->type->pins->release(run->button.port);
        run->released = run->pressed;
    }
    for (size_t i = 0; i < run->tie_count; i++) {
        const struct button *tie = &run->ties[i];
        tie->port->type->pins->drive(tie->port, tie->mask, tie->level);
    }
}

// Lines that take bytes by interrupt or DMA do not look by themselves.
static void look_at_lines(struct run *run)
{
    struct block *block = block_with_role(&run->chip, ROLE_SERIAL, NULL);

    for (; block; block = block_with_role(&run->chip, ROLE_SERIAL, block)) {
        block->type->serial->look(block);
    }
}

static bool some_line_listens(const struct run *run)
{
    const struct block *block = block_with_role(&run->chip, ROLE_SERIAL, NULL);

    while (block && !block->type->serial->listens(block)) {
        block = block_with_role(&run->chip, ROLE_SERIAL, block);
    }
    return block != NULL;
}

// Whether an edge of the button would be noticed by itself.
static bool button_is_watched(const struct run *run)
{
    const struct block *edges = run->chip.edges;
    const struct button *button = &run->button;

    return edges && edges->type->edges->listens(edges, button->port->peripheral->name[4],
                                                (unsigned)__builtin_ctz(button->mask));
}

static bool type_text(struct run *run, bool waits)
{
    const char *text = run->scenario->send;

    if (!text || run->typed || !(waits || some_line_listens(run))) {
        return false;
    }
    run->typed = true;
    for (size_t i = 0; i < run->terminal_count; i++) {
        terminal_type(&run->terminals[i], text);
    }
    look_at_lines(run);
    return true;
}

static bool is_high(const struct button *button)
{
    return button->port->type->pins->layout->level_of(button->port,
                                                      (unsigned)__builtin_ctz(button->mask));
}

// After a while, or where nothing goes on before.
static bool release_button(struct run *run, bool still)
{
    struct button *button = &run->button;
    uint64_t held_ns = system_clock_ns(&run->chip) - run->pressed_ns;

    if (!button->comes_back || !run->pressed || run->released || !(still || held_ns >= HELD_NS)) {
        return false;
    }
    run->released = true;
    button->port->type->pins->drive(button->port, button->mask, button->level ^ button->mask);
    return true;
}

static bool press_button(struct run *run, bool waits)
{
    struct button *button = &run->button;

    if (!button->port || run->pressed || !(waits || button_is_watched(run))) {
        return false;
    }
    run->pressed = true;
    run->pressed_ns = system_clock_ns(&run->chip);
    run->no_edge = is_high(button) == (button->level != 0);
    button->port->type->pins->drive(button->port, button->mask, button->level);
    return true;
}

// A host may send at any time.
static bool has_host(const struct run *run)
{
    return run->scenario->host == ROM_HOST_REAL || run->scenario->link_count;
}

bool outside_act(struct run *run, bool still, bool late)
{
    bool waits = still || late || run->chip.idle;
    bool released = release_button(run, still);
    bool typed = type_text(run, waits), pressed = press_button(run, waits);

    if (has_host(run)) {
        look_at_lines(run);
    }
    run_usb_look(run);
    return typed || pressed || released;
}

bool outside_has_more(const struct run *run)
{
    return (run->scenario->send && !run->typed) || (run->button.port && !run->pressed) ||
           (run->button.comes_back && !run->released);
}

void outside_wait(struct run *run, int ms)
{
    struct terminal *all[RUN_TERMINALS];

    for (size_t i = 0; i < run->terminal_count; i++) {
        all[i] = &run->terminals[i];
    }
    terminal_wait(all, run->terminal_count, ms);
    look_at_lines(run);
}
