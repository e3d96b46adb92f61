// sentence.c: the sentences that say where an application stands.
// SPDX-License-Identifier: MIT
#include "sentence.h"

#include "bus.h"
#include "chip_sleep.h"
#include "disassembler.h"
#include "image_symbols.h"
#include "interrupt_names.h"
#include "interrupted.h"

enum {
    NUMBER = 0x1FF, // of the exception, in xPSR
    RXNE = 1 << 5,  // of SR and ISR, in every USART
};

struct call_site snapshot_site(const struct snapshot *step)
{
    return (struct call_site){.pc = step->registers[STEP_PC],
                              .sp = step->registers[STEP_SP],
                              .lr = step->registers[STEP_LR]};
}

void sentence_find_callers(const struct sentence *told, struct call_site *site)
{
    struct where *where = told->where;
    struct call_chain chain;

    call_site_look(told->chip, site);
    call_chain_find(told->image, site, &chain);
    for (where->caller_count = 0;
         where->caller_count < WHERE_CALLERS && where->caller_count + 1 < chain.count;
         where->caller_count++) {
        where->callers[where->caller_count] = chain.places[where->caller_count + 1];
    }
}

bool sentence_is_input(const struct chip *chip, const struct load *load)
{
    const struct block *block = block_at(chip, load->address);
    bool serial = block && block->type->role == ROLE_SERIAL;

    return (serial && (load->mask & RXNE || !load->mask)) ||
           (block && block->type->role == ROLE_PORT);
}

void sentence_input(const struct sentence *told, const struct loop *loop, const struct load *input)
{
    const char *before = ": reads";

    told->where->kind = "input";
    sentence_set_register(told, input);
    sentence_say(told, "waits for input");
    sentence_say_place(told);
    for (size_t i = 0; i < loop->loads.count; i++) {
        char name[REGISTER_NAME_ROOM];
        if (sentence_is_input(told->chip, &loop->loads.list[i])) {
            register_name(told->chip, loop->loads.list[i].address & ~3u, name);
            sentence_say(told, "%s %s", before, name);
            before = ",";
        }
    }
    sentence_say(told, "; --send TEXT types on every USART, --press PIN=LEVEL presses a button");
}

// ", error (0x20000004)": what else the loop asks for.
static void say_other_variables(const struct sentence *told, const struct loop *loop,
                                const struct load *load)
{
    for (size_t i = 0; i < loop->loads.count; i++) {
        const struct load *other = &loop->loads.list[i];
        char name[NAME_ROOM];
        if (other->address != load->address && other->mask && other->depth == load->depth &&
            memory_ram_at(&told->chip->memory, other->address, other->size)) {
            name_variable(told->image, other->address, name);
            sentence_say(told, " or %s", name);
        }
    }
}

void sentence_memory(const struct sentence *told, const struct loop *loop, const struct load *load)
{
    struct where *where = told->where;

    where->kind = "memory";
    where->address = load->address;
    name_variable(told->image, load->address, where->name);
    if (load->mask) {
        sentence_say(told, "waits for %s", where->name);
        say_other_variables(told, loop, load);
        sentence_say(told, " to change");
    } else {
        sentence_say(told, "compares %s again and again", where->name);
    }
    sentence_say_place(told);
    sentence_say_callers(told);
    sentence_say(told, ", in a loop that reads RAM only");
    sentence_say_interrupts(told);
}

void sentence_sleep(const struct sentence *told)
{
    told->where->kind = "asleep";
    sentence_say(told, "asleep (%s)",
                 chip_sleeps_deeply(told->chip) ? "in Stop or Standby: SCR.SLEEPDEEP is set"
                                                : "WFI or WFE");
    sentence_say_place(told);
    sentence_say_callers(told);
    sentence_say_interrupts(told);
}

static void say_loop(const struct sentence *told)
{
    sentence_say(told, told->where->still ? "in an endless loop" : "in a loop");
    sentence_say_place(told);
}

void sentence_handler(const struct sentence *told, const struct snapshot *step)
{
    struct call_site interrupted, handler = snapshot_site(step);
    char name[NAME_ROOM];

    told->where->kind = "handler";
    exception_name(told->chip, told->image, step->registers[STEP_XPSR] & NUMBER, name);
    say_loop(told);
    sentence_say(told, ", in the handler of %s", name);
    if (interrupted_find(told->chip, &handler, &interrupted)) {
        sentence_say(told, ", which interrupted ");
        sentence_say_address(told, interrupted.pc);
        sentence_find_callers(told, &interrupted);
        sentence_say_callers(told);
    }
}

void sentence_loop(const struct sentence *told)
{
    told->where->kind = "loop";
    say_loop(told);
    sentence_say_callers(told);
    sentence_say_interrupts(told);
}

void sentence_running(const struct sentence *told)
{
    told->where->kind = "running";
    sentence_say(told, "still running");
    sentence_say_place(told);
    sentence_say_callers(told);
}

void sentence_fault(const struct sentence *told)
{
    char text[DISASSEMBLER_ROOM];

    told->where->kind = "fault";
    sentence_say(told, "faults");
    sentence_say_place(told);
    if (disassembler_text(told->chip->core.cpu, told->where->pc, text)) {
        sentence_say(told, ", at `%s`", text);
    }
    sentence_say_callers(told);
}

void sentence_pins(const struct sentence *told)
{
    const struct asked_pins *asked = &told->chip->asked_pins;

    for (size_t i = 0; i < asked->count; i++) {
        const struct asked_pin *pin = &asked->list[i];
        sentence_say(told, "; ");
        sentence_say_address(told, pin->pc);
        sentence_say(
            told,
            " asks for P%c%u, which has no level and reads 0: --tie P%c%u=1 holds it high, "
            "--press P%c%u=1 once",
            pin->port, pin->pin, pin->port, pin->pin, pin->port, pin->pin);
    }
}
