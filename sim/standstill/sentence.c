// sentence.c: the sentences that say where an application stands.
// SPDX-License-Identifier: MIT
#include "sentence.h"

#include "bit_band.h"
#include "bus.h"
#include "disassembler.h"
#include "image_symbols.h"
#include "interrupt_names.h"
#include "interrupted.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    NUMBER = 0x1FF, // of the exception, in xPSR
    INTERRUPTS_TOLD = 4,
    SYSTICK_ON = 3, // ENABLE and TICKINT
    RXNE = 1 << 5,  // of SR and ISR, in every USART
};

static void say(const struct sentence *told, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Adds to the text.
static void say(const struct sentence *told, const char *format, ...)
{
    struct where *where = told->where;
    size_t used = strlen(where->text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(where->text + used, sizeof where->text - used, format, arguments);
    va_end(arguments);
}

static void say_address(const struct sentence *told, uint32_t address)
{
    static const struct image none;
    char place[IMAGE_NAME_ROOM];

    image_place(told->image ? told->image : &none, address, place);
    say(told, "%s", place);
}

// " in main+0x12"
static void say_place(const struct sentence *told)
{
    say(told, " in ");
    say_address(told, told->where->pc);
}

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

static void say_callers(const struct sentence *told)
{
    for (size_t i = 0; i < told->where->caller_count; i++) {
        say(told, i ? ", from " : ", called from ");
        say_address(told, told->where->callers[i]);
    }
}

static bool systick_interrupts(const struct chip *chip)
{
    return (chip->core.exceptions.systick_control & SYSTICK_ON) == SYSTICK_ON;
}

static bool is_enabled(const struct chip *chip, unsigned interrupt)
{
    unsigned number = EXCEPTION_IRQ0 + interrupt;

    return chip->core.exceptions.enabled[number / 32] >> number % 32 & 1u;
}

static void say_interrupt(const struct sentence *told, unsigned interrupt, bool first)
{
    const struct block *block = interrupt_block(told->chip, interrupt);
    char name[NAME_ROOM];

    interrupt_name(told->chip, told->image, interrupt, name);
    say(told, "%s %s%s", first ? "; enabled:" : ",", name,
        !block                             ? ", which no modelled block raises"
        : block->type->role == ROLE_SERIAL ? ", for what --send types"
        : block->type->role == ROLE_EDGES  ? ", for what --press presses"
                                           : "");
}

// What can still come: each interrupt that is enabled, and who drives its line.
static void say_interrupts(const struct sentence *told)
{
    struct chip *chip = told->chip;
    unsigned count = systick_interrupts(chip);

    if (cpu_get(chip->core.cpu, CPU_PRIMASK) & 1u) {
        say(told, "; interrupts are masked (PRIMASK)");
        return;
    }
    say(told, "%s", count ? "; enabled: SysTick" : "");
    for (unsigned i = 0; i < chip->device->interrupts; i++) {
        if (is_enabled(chip, i) && count++ < INTERRUPTS_TOLD) {
            say_interrupt(told, i, count == 1);
        }
    }
    if (count == 0) {
        say(told, "; no interrupt is enabled");
    }
}

// The word that a load is of, with the bits that decide.
static void set_register(const struct sentence *told, const struct load *load)
{
    struct where *where = told->where;
    uint32_t byte = load->address & 3u;

    if (bit_band_has(told->chip->device, load->address)) {
        where->address = bit_band_word(load->address);
        where->mask = 1u << bit_band_bit(load->address);
    } else {
        where->address = load->address & ~3u;
        where->mask = load->mask << 8 * byte;
    }
    register_name(told->chip, where->address, where->name);
    register_bit_names(told->chip, where->address, where->mask, where->bit);
}

// "PWR_D3CR (0x58024818)", or the address alone where the register has no name.
static void say_name(const struct sentence *told)
{
    say(told, "%s", told->where->name);
    if (told->where->name[0] != '0') {
        say(told, " (0x%08X)", (unsigned)told->where->address);
    }
}

// Whether the bits have a name of their own: not "bit 5, bit 13" and not "0x30".
static bool is_one_name(const char *bits)
{
    return strncmp(bits, "bit ", 4) != 0 && bits[0] != '0' && !strchr(bits, ',');
}

// "PWR_D3CR.VOSRDY (bit 13 at 0x58024818)", or "bit 13 of PWR_D3CR (0x58024818)".
static void say_bit(const struct sentence *told)
{
    const struct where *where = told->where;

    if (is_one_name(where->bit)) {
        say(told, "%s.%s (bit %d at 0x%08X)", where->name, where->bit, __builtin_ctz(where->mask),
            (unsigned)where->address);
    } else {
        say(told, "%s of ", where->bit);
        say_name(told);
    }
}

static void say_one_bit(const struct sentence *told, bool awaits_one)
{
    say(told, awaits_one ? "waits for " : "waits until ");
    say_bit(told);
    say(told, awaits_one ? "" : " is 0");
    say_place(told);
    say(told, ", and nothing %s it%s", awaits_one ? "sets" : "clears",
        told->where->still ? "" : " so far");
}

static void say_field(const struct sentence *told, const struct load *load)
{
    const struct where *where = told->where;
    unsigned shift = 8 * (load->address & 3u);
    unsigned now = (unsigned)((load->value & load->mask) << shift);
    bool one = is_one_name(where->bit), awaits = loop_awaits(load);

    if (one) {
        say(told, "waits until %s.%s (0x%08X in 0x%08X) %s", where->name, where->bit,
            (unsigned)where->mask, (unsigned)where->address, awaits ? "is" : "is not");
    } else {
        say(told, "waits until the bits 0x%08X of ", (unsigned)where->mask);
        say_name(told);
        say(told, awaits ? " are" : " are not");
    }
    say(told, " 0x%08X", awaits ? (unsigned)(load->with << shift) : now);
    say_place(told);
    say(told, one ? "; it stays 0x%08X" : "; they stay 0x%08X", now);
}

void sentence_register(const struct sentence *told, const struct load *load)
{
    told->where->kind = "register";
    set_register(told, load);
    if (bit_band_has(told->chip->device, load->address)) {
        say_one_bit(told, !load->value);
    } else if (!load->mask) {
        say(told, load->by_size ? "compares " : "reads ");
        say_name(told);
        say(told, " again and again");
        say_place(told);
        say(told, "; it is 0x%08X", (unsigned)load->value);
    } else if (__builtin_popcount(load->mask) == 1) {
        say_one_bit(told, (load->with != 0) == loop_awaits(load));
    } else {
        say_field(told, load);
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
    set_register(told, input);
    say(told, "waits for input");
    say_place(told);
    for (size_t i = 0; i < loop->loads.count; i++) {
        char name[REGISTER_NAME_ROOM];
        if (sentence_is_input(told->chip, &loop->loads.list[i])) {
            register_name(told->chip, loop->loads.list[i].address & ~3u, name);
            say(told, "%s %s", before, name);
            before = ",";
        }
    }
    say(told, "; --send TEXT types on every USART, --press PIN=LEVEL presses a button");
}

void sentence_memory(const struct sentence *told, const struct load *load)
{
    struct where *where = told->where;

    where->kind = "memory";
    where->address = load->address;
    name_variable(told->image, load->address, where->name);
    if (load->mask) {
        say(told, "waits for %s to change", where->name);
    } else {
        say(told, "compares %s again and again", where->name);
    }
    say_place(told);
    say(told, ", in a loop that reads RAM only");
    say_interrupts(told);
}

void sentence_sleep(const struct sentence *told)
{
    told->where->kind = "asleep";
    say(told, "asleep (WFI or WFE)");
    say_place(told);
    say_callers(told);
    say_interrupts(told);
}

static void say_loop(const struct sentence *told)
{
    say(told, told->where->still ? "in an endless loop" : "in a loop");
    say_place(told);
}

void sentence_handler(const struct sentence *told, const struct snapshot *step)
{
    struct call_site interrupted, handler = snapshot_site(step);
    char name[NAME_ROOM];

    told->where->kind = "handler";
    name_exception(told->chip, told->image, step->registers[STEP_XPSR] & NUMBER, name);
    say_loop(told);
    say(told, ", in the handler of %s", name);
    if (interrupted_find(told->chip, &handler, &interrupted)) {
        say(told, ", which interrupted ");
        say_address(told, interrupted.pc);
        sentence_find_callers(told, &interrupted);
        say_callers(told);
    }
}

void sentence_loop(const struct sentence *told)
{
    told->where->kind = "loop";
    say_loop(told);
    say_callers(told);
}

void sentence_running(const struct sentence *told)
{
    told->where->kind = "running";
    say(told, "still running");
    say_place(told);
    say_callers(told);
}

void sentence_fault(const struct sentence *told)
{
    char text[DISASSEMBLER_ROOM];

    told->where->kind = "fault";
    say(told, "faults");
    say_place(told);
    if (disassembler_text(told->chip->core.cpu, told->where->pc, text)) {
        say(told, ", at `%s`", text);
    }
    say_callers(told);
}

void sentence_pins(const struct sentence *told)
{
    const struct asked_pins *asked = &told->chip->asked_pins;

    for (size_t i = 0; i < asked->count; i++) {
        const struct asked_pin *pin = &asked->list[i];
        say(told, "; ");
        say_address(told, pin->pc);
        say(told,
            " asks for P%c%u, which has no level and reads 0: --tie P%c%u=1 holds it high, "
            "--press P%c%u=1 once",
            pin->port, pin->pin, pin->port, pin->pin, pin->port, pin->pin);
    }
}
