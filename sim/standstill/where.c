// where.c: says where an application stands, and what it waits for.
// SPDX-License-Identifier: MIT
#include "where.h"

#include "bit_band.h"
#include "bus.h"
#include "disassemble.h"
#include "image_symbols.h"
#include "loop.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    NUMBER = 0x1FF, // of the exception, in xPSR
    INTERRUPTS_TOLD = 4,
    SYSTICK_ON = 3, // ENABLE and TICKINT
};

static void say(struct where *where, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Adds to the text.
static void say(struct where *where, const char *format, ...)
{
    size_t used = strlen(where->text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(where->text + used, sizeof where->text - used, format, arguments);
    va_end(arguments);
}

static void set_place(struct where *where, const struct image *image, uint32_t pc)
{
    const struct symbol *symbol = image ? image_function_at(image, pc) : NULL;
    char name[IMAGE_NAME_ROOM] = "";

    if (symbol) {
        image_function_name(symbol, name);
    }
    where->pc = pc;
    snprintf(where->function, sizeof where->function, "%s", name);
}

// " in main+0x12"
static void say_place(struct where *where, const struct image *image)
{
    static const struct image none;
    char place[IMAGE_NAME_ROOM];

    image_place(image ? image : &none, where->pc, place);
    say(where, " in %s", place);
}

static void say_callers(struct where *where, struct chip *chip, const struct image *image,
                        struct call_site site)
{
    char place[IMAGE_NAME_ROOM];

    where->caller_count = callers_find(chip, image, site, where->callers);
    for (size_t i = 0; i < where->caller_count; i++) {
        image_place(image, where->callers[i], place);
        say(where, ", %sfrom %s", i ? "" : "called ", place);
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

// What can still come: each interrupt that is enabled, and who drives its line.
static void say_interrupts(struct where *where, struct chip *chip, const struct image *image)
{
    unsigned told = systick_interrupts(chip);
    char name[NAME_ROOM];

    if (cpu_get(chip->core.cpu, CPU_PRIMASK) & 1u) {
        say(where, "; interrupts are masked (PRIMASK)");
        return;
    }
    say(where, "%s", told ? "; enabled: SysTick" : "");
    for (unsigned i = 0; i < chip->device->interrupts; i++) {
        const struct block *block = interrupt_block(chip, i);
        if (!is_enabled(chip, i) || told++ >= INTERRUPTS_TOLD) {
            continue;
        }
        name_interrupt(chip, image, i, name);
        say(where, "%s %s%s", told == 1 ? "; enabled:" : ",", name,
            !block                             ? ", which no block that is modelled raises"
            : block->type->role == ROLE_SERIAL ? ", for what --send types"
                                               : "");
    }
    if (told == 0) {
        say(where, "; no interrupt is enabled");
    }
}

// The word that a load is of, with the bits that decide.
static void set_register(struct where *where, struct chip *chip, const struct load *load)
{
    uint32_t byte = load->address & 3u;

    if (bit_band_has(chip->device, load->address)) {
        where->address = bit_band_word(load->address);
        where->mask = 1u << bit_band_bit(load->address);
    } else {
        where->address = load->address & ~3u;
        where->mask = load->mask << 8 * byte;
    }
    register_name(chip, where->address, where->name);
    register_bit_names(chip, where->address, where->mask, where->bit);
}

// "PWR_D3CR (0x58024818)", or the address alone where the register has no name.
static void say_name(struct where *where)
{
    say(where, "%s", where->name);
    if (where->name[0] != '0') {
        say(where, " (0x%08X)", (unsigned)where->address);
    }
}

// "PWR_D3CR.VOSRDY (bit 13 at 0x58024818)", or "bit 13 of PWR_D3CR (0x58024818)".
static void say_bit(struct where *where)
{
    unsigned address = (unsigned)where->address;

    if (strncmp(where->bit, "bit ", 4) == 0) {
        say(where, "%s of ", where->bit);
        say_name(where);
    } else {
        say(where, "%s.%s (bit %d at 0x%08X)", where->name, where->bit, __builtin_ctz(where->mask),
            address);
    }
}

static void say_one_bit(struct where *where, const struct image *image, bool awaits_one)
{
    say(where, awaits_one ? "waits for " : "waits until ");
    say_bit(where);
    say(where, awaits_one ? "" : " is 0");
    say_place(where, image);
    say(where, ", and nothing %s it%s", awaits_one ? "sets" : "clears",
        where->still ? "" : " so far");
}

// Whether the bits have a name of their own: not "bit 5, bit 13" and not "0x30".
static bool is_one_name(const char *bits)
{
    return strncmp(bits, "bit ", 4) != 0 && bits[0] != '0' && !strchr(bits, ',');
}

static void say_field(struct where *where, const struct image *image, const struct load *load)
{
    unsigned shift = 8 * (load->address & 3u);
    unsigned now = (unsigned)((load->value & load->mask) << shift);
    bool one = is_one_name(where->bit), awaits = loop_awaits(load);

    if (one) {
        say(where, "waits until %s.%s (0x%08X in 0x%08X) %s", where->name, where->bit,
            (unsigned)where->mask, (unsigned)where->address, awaits ? "is" : "is not");
    } else {
        say(where, "waits until the bits 0x%08X of ", (unsigned)where->mask);
        say_name(where);
        say(where, awaits ? " are" : " are not");
    }
    say(where, " 0x%08X", awaits ? (unsigned)(load->with << shift) : now);
    say_place(where, image);
    say(where, one ? "; it stays 0x%08X" : "; they stay 0x%08X", now);
}

static void say_register(struct where *where, struct chip *chip, const struct image *image,
                         const struct load *load)
{
    where->kind = "register";
    set_register(where, chip, load);
    if (bit_band_has(chip->device, load->address)) {
        say_one_bit(where, image, !load->value);
    } else if (!load->mask) {
        say(where, "reads ");
        say_name(where);
        say(where, " again and again");
        say_place(where, image);
        say(where, "; it stays 0x%08X", (unsigned)load->value);
    } else if (__builtin_popcount(load->mask) == 1) {
        bool one = (load->with != 0) == loop_awaits(load);
        say_one_bit(where, image, one);
    } else {
        say_field(where, image, load);
    }
}

static bool is_bus(uint32_t address)
{
    return address >= BUS_PERIPHERALS && address - BUS_PERIPHERALS < BUS_PERIPHERALS_SIZE;
}

// A register through which something comes from outside the chip.
static bool is_input(const struct chip *chip, const struct load *load)
{
    const struct block *block = block_at(chip, load->address);

    return block && (block->type->role == ROLE_SERIAL || block->type->role == ROLE_PORT);
}

static const struct load *find_load(const struct chip *chip, const struct loop *loop, bool input,
                                    bool bus)
{
    const struct load *found = NULL;

    for (size_t i = 0; i < loop->loads.count; i++) {
        const struct load *load = &loop->loads.list[i];
        bool fits = is_bus(load->address) == bus && is_input(chip, load) == input;
        if (fits && (!found || (load->mask && !found->mask))) {
            found = load;
        }
    }
    return found;
}

static void say_input(struct where *where, struct chip *chip, const struct image *image,
                      const struct loop *loop)
{
    const char *before = ": reads";

    where->kind = "input";
    set_register(where, chip, find_load(chip, loop, true, true));
    say(where, "waits for input");
    say_place(where, image);
    for (size_t i = 0; i < loop->loads.count; i++) {
        char name[REGISTER_NAME_ROOM];
        if (is_input(chip, &loop->loads.list[i])) {
            register_name(chip, loop->loads.list[i].address & ~3u, name);
            say(where, "%s %s", before, name);
            before = ",";
        }
    }
    say(where, "; --send TEXT types on every USART, --press PIN=LEVEL presses a button");
}

static void say_memory(struct where *where, struct chip *chip, const struct image *image,
                       const struct load *load)
{
    where->kind = "memory";
    where->address = load->address;
    name_variable(image, load->address, where->name);
    if (load->mask) {
        say(where, "waits for %s to change", where->name);
    } else {
        say(where, "compares %s again and again", where->name);
    }
    say_place(where, image);
    say(where, ", in a loop that reads RAM only");
    say_interrupts(where, chip, image);
}

static struct call_site site_of(const struct snapshot *step)
{
    return (struct call_site){step->registers[STEP_PC], step->registers[STEP_LR],
                              step->registers[STEP_SP]};
}

static void say_sleep(struct where *where, struct chip *chip, const struct image *image,
                      struct call_site site)
{
    where->kind = "asleep";
    say(where, "asleep (WFI or WFE)");
    say_place(where, image);
    say_callers(where, chip, image, site);
    say_interrupts(where, chip, image);
}

// In a handler that does not come back.
static void say_handler(struct where *where, struct chip *chip, const struct image *image,
                        const struct snapshot *step)
{
    static const struct image none;
    unsigned number = step->registers[STEP_XPSR] & NUMBER;
    struct call_site interrupted;
    char name[NAME_ROOM], place[IMAGE_NAME_ROOM];

    name_exception(chip, image, number, name);
    where->kind = "handler";
    say(where, "in %s loop", where->still ? "an endless" : "a");
    say_place(where, image);
    say(where, ", in the handler of %s", name);
    if (callers_interrupted(chip, site_of(step), &interrupted)) {
        image_place(image ? image : &none, interrupted.pc, place);
        say(where, ", which came in %s", place);
        say_callers(where, chip, image, interrupted);
    }
}

static void say_loop(struct where *where, struct chip *chip, const struct image *image,
                     const struct snapshot *step)
{
    where->kind = "loop";
    say(where, "in %s loop", where->still ? "an endless" : "a");
    say_place(where, image);
    say_callers(where, chip, image, site_of(step));
}

static void say_running(struct where *where, struct chip *chip, const struct image *image,
                        const struct snapshot *step)
{
    where->kind = "running";
    set_place(where, image, step->registers[STEP_PC]);
    say(where, "still at work");
    say_place(where, image);
    say_callers(where, chip, image, site_of(step));
}

void where_look(struct window *window, const struct image *image, struct where *where)
{
    struct chip *chip = window->chip;
    struct loop loop;
    bool found;

    *where = (struct where){.kind = NULL};
    if (window->steps == 0) {
        return;
    }
    const struct snapshot *step = window_step(window, 0);
    window_find_way(window);
    found = loop_read(window, &loop);
    where->still = window_stands_still(window);
    if (!found) {
        say_running(where, chip, image, step);
        return;
    }
    set_place(where, image, loop.sleeps ? loop.sleep_pc : loop.first);
    const struct load *input = find_load(chip, &loop, true, true);
    const struct load *reg = find_load(chip, &loop, false, true);
    const struct load *ram = find_load(chip, &loop, false, false);
    if (loop.sleeps) {
        say_sleep(where, chip, image, site_of(step));
    } else if (input) {
        say_input(where, chip, image, &loop);
    } else if (reg) {
        say_register(where, chip, image, reg);
    } else if (ram && (ram->mask || ram->by_size)) {
        say_memory(where, chip, image, ram);
    } else if (step->registers[STEP_XPSR] & NUMBER) {
        say_handler(where, chip, image, step);
    } else {
        say_loop(where, chip, image, step);
    }
}

static struct call_site site_now(struct chip *chip)
{
    struct cpu *cpu = chip->core.cpu;

    return (struct call_site){cpu_get(cpu, CPU_PC) & ~1u, cpu_get(cpu, CPU_LR),
                              cpu_get(cpu, CPU_SP)};
}

void where_fault(struct chip *chip, const struct image *image, struct where *where)
{
    struct call_site site = site_now(chip);
    char text[DISASSEMBLE_ROOM];

    *where = (struct where){.kind = "fault"};
    set_place(where, image, site.pc);
    say(where, "faults");
    say_place(where, image);
    if (disassemble(chip, site.pc, text)) {
        say(where, ", at `%s`", text);
    }
    say_callers(where, chip, image, site);
}

void where_asleep(struct chip *chip, const struct image *image, struct where *where)
{
    struct call_site site = site_now(chip);

    *where = (struct where){.still = true};
    set_place(where, image, site.pc - 2); // PC is behind WFI
    say_sleep(where, chip, image, site);
}
