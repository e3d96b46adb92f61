// where.c: finds where an application stands, and what it waits for.
// SPDX-License-Identifier: MIT
#include "where.h"

#include "choice.h"
#include "image_symbols.h"
#include "loop.h"
#include "sentence.h"

#include <stdio.h>

enum { NUMBER = 0x1FF }; // of the exception, in xPSR

static void set_place(const struct sentence *told, struct call_site site)
{
    struct where *where = told->where;
    const struct symbol *symbol = told->image ? image_function_at(told->image, site.pc) : NULL;
    char name[IMAGE_NAME_ROOM] = "";

    if (symbol) {
        image_function_name(symbol, name);
    }
    where->pc = site.pc;
    snprintf(where->function, sizeof where->function, "%s", name);
    sentence_find_callers(told, &site);
}

static void say_loop(const struct sentence *told, const struct loop *loop)
{
    const struct chip *chip = told->chip;
    struct load load;

    if (loop->sleeps) {
        sentence_sleep(told);
    } else if (choice_of(chip, loop, CHOICE_INPUT, &load)) {
        sentence_input(told, loop, &load);
    } else if (choice_of(chip, loop, CHOICE_REGISTER, &load)) {
        sentence_register(told, loop, &load);
    } else if (choice_of(chip, loop, CHOICE_MEMORY, &load) && (load.mask || load.by_size)) {
        sentence_memory(told, loop, &load);
    } else if (loop->head.registers[STEP_XPSR] & NUMBER) {
        sentence_handler(told, &loop->head);
    } else {
        sentence_loop(told);
    }
}

void where_look(struct window *window, const struct image *image, struct where *where)
{
    struct sentence told = {where, window->chip, image, false};
    struct loop loop;

    *where = (struct where){.kind = NULL};
    if (window->steps == 0) {
        return;
    }
    window_find_way(window);
    told.masked = window_is_deaf(window);
    if (loop_read(window, &loop)) {
        where->still = window_stands_still(window);
        set_place(&told, snapshot_site(loop.sleeps ? &loop.sleep : &loop.head));
        say_loop(&told, &loop);
    } else {
        set_place(&told, snapshot_site(window_step(window, 0)));
        sentence_running(&told);
    }
    sentence_pins(&told);
}

void where_fault(struct chip *chip, const struct image *image, struct where *where)
{
    const struct sentence told = {where, chip, image, false};

    *where = (struct where){.kind = NULL};
    set_place(&told, call_site_now(chip));
    sentence_fault(&told);
}

void where_asleep(struct chip *chip, const struct image *image, struct where *where)
{
    const struct sentence told = {where, chip, image, cpu_get(chip->core.cpu, CPU_PRIMASK) & 1u};
    struct call_site site = call_site_now(chip);

    *where = (struct where){.still = chip->asleep};
    site.pc -= 2; // PC is behind WFI
    set_place(&told, site);
    sentence_sleep(&told);
    sentence_pins(&told);
}
