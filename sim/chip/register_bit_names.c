// register_bit_names.c: finds the names of bits of a register, by what the row and Arm say.
// SPDX-License-Identifier: MIT
#include "register_names.h"

#include "interrupt_names.h"
#include "step_names.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SINGLE_BITS = 4 };

// Armv7-M ARM (DDI0403E) B3.2 and B3.3, Armv8-M ARM; the caches' bits are those of a Cortex-M7.
static const struct named_bits core_bits[] = {
    {0xE000E010, 0x1, "ENABLE"},
    {0xE000E010, 0x2, "TICKINT"},
    {0xE000E010, 0x4, "CLKSOURCE"},
    {0xE000ED04, 0x04000000, "PENDSTSET"},
    {0xE000ED04, 0x10000000, "PENDSVSET"},
    {0xE000ED04, 0x80000000, "NMIPENDSET"},
    {0xE000ED10, 0x2, "SLEEPONEXIT"},
    {0xE000ED10, 0x4, "SLEEPDEEP"},
    {0xE000ED10, 0x10, "SEVONPEND"},
    {0xE000ED14, 0x1, "NONBASETHRDENA"},
    {0xE000ED14, 0x2, "USERSETMPEND"},
    {0xE000ED14, 0x8, "UNALIGN_TRP"},
    {0xE000ED14, 0x10, "DIV_0_TRP"},
    {0xE000ED14, 0x100, "BFHFNMIGN"},
    {0xE000ED14, 0x200, "STKALIGN"},
    {0xE000ED14, 0x400, "STKOFHFNMIGN"},
    {0xE000ED14, 0x10000, "DC"},
    {0xE000ED14, 0x20000, "IC"},
    {0xE000ED14, 0x40000, "BP"},
    {0xE000ED24, 0x10000, "MEMFAULTENA"},
    {0xE000ED24, 0x20000, "BUSFAULTENA"},
    {0xE000ED24, 0x40000, "USGFAULTENA"},
    {0xE000ED88, 0x300000, "CP10"},
    {0xE000ED88, 0xC00000, "CP11"},
    {0xE000ED94, 0x1, "ENABLE"},
    {0xE000ED94, 0x2, "HFNMIENA"},
    {0xE000ED94, 0x4, "PRIVDEFENA"},
    {0xE000EF34, 0x1, "LSPACT"},
    {0xE000EF34, 0x40000000, "LSPEN"},
    {0xE000EF34, 0x80000000, "ASPEN"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_CONTROL, 0x1, "nPRIV"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_CONTROL, 0x2, "SPSEL"},
    {(uint32_t)REGISTER_SPECIAL + SPECIAL_CONTROL, 0x4, "FPCA"},
};

// Registers of the NVIC with a bit an interrupt.
static const struct {
    uint32_t start, end;
} interrupt_lists[] = {
    {0xE000E100, 0xE000E140},
    {0xE000E180, 0xE000E1C0},
    {0xE000E200, 0xE000E240},
    {0xE000E280, 0xE000E2C0},
};

// Bits that are still to be named, and the names so far.
struct list {
    uint32_t left;
    char *text;
    size_t used;
};

static void add(struct list *list, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct list *list, const char *format, ...)
{
    char name[REGISTER_BITS_ROOM];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    size_t needed = strlen(name) + (list->used ? 2 : 0);
    if (list->used + needed < REGISTER_BITS_ROOM) { // no half names
        snprintf(list->text + list->used, REGISTER_BITS_ROOM - list->used, "%s%s",
                 list->used ? ", " : "", name);
        list->used += needed;
    }
}

// Gives the bits of `mask` a name, if one of them is still to be named.
static void name_bits(struct list *list, uint32_t mask, const char *name, int length)
{
    if (list->left & mask && length) {
        add(list, "%.*s", length, name);
        list->left &= ~mask;
    }
}

static void name_core_bits(struct list *list, uint32_t address)
{
    for (size_t i = 0; i < sizeof core_bits / sizeof *core_bits; i++) {
        if (core_bits[i].address == address) {
            name_bits(list, core_bits[i].mask, core_bits[i].name, (int)strlen(core_bits[i].name));
        }
    }
}

static void name_interrupts(struct list *list, const struct chip *chip, uint32_t address)
{
    for (size_t i = 0; i < sizeof interrupt_lists / sizeof *interrupt_lists; i++) {
        uint32_t offset = address - interrupt_lists[i].start;
        if (offset >= interrupt_lists[i].end - interrupt_lists[i].start) {
            continue;
        }
        for (unsigned bit = 0; bit < 32; bit++) {
            char name[REGISTER_NAME_ROOM];
            if (list->left >> bit & 1u) {
                interrupt_name(chip, NULL, 8 * offset + bit, name);
                add(list, "%s", name);
            }
        }
        list->left = 0;
    }
}

// What the row says bits do: "PWR_CSR.VOSRDY".
static void name_known_bits(struct list *list, const struct device *device, uint32_t address)
{
    for (const struct register_bits *one = device->register_bits; one->name; one++) {
        const char *dot = strchr(one->name, '.');
        if (one->address == address && dot && !(one->mask & ~list->left)) {
            name_bits(list, one->mask, dot + 1, (int)strlen(dot + 1));
        }
    }
    if (address == device->remap_register) {
        name_bits(list, device->remap_mask, "MEM_MODE", (int)strlen("MEM_MODE"));
    }
}

// Bits of the clock tree have their names in the steps back to the clock of a reset.
static void name_step_bits(struct list *list, const struct device *device, uint32_t address)
{
    for (const struct jump_step *step = device->jump.steps; step->name; step++) {
        struct word word = step_bits(step);
        if (step->address == address && step->mask != 0xFFFFFFFFu) {
            name_bits(list, step->mask, word.text, word.length);
        }
    }
}

// The rest of what the series' file names.
static void name_plain_bits(struct list *list, const struct device *device, uint32_t address)
{
    for (const struct named_bits *one = device->named_bits; one->name; one++) {
        if (one->address == address) {
            name_bits(list, one->mask, one->name, (int)strlen(one->name));
        }
    }
}

static void name_gates(struct list *list, const struct device *device, uint32_t address)
{
    for (const struct peripheral *one = device->peripherals; one->name; one++) {
        if (one->clock_register == address && list->left & one->clock_mask) {
            add(list, "the clock of %s", one->name);
            list->left &= ~one->clock_mask;
        }
        if (one->reset_register == address && list->left & one->reset_mask) {
            add(list, "the reset of %s", one->name);
            list->left &= ~one->reset_mask;
        }
    }
}

static void name_numbers(struct list *list)
{
    if (__builtin_popcount(list->left) > MOST_SINGLE_BITS) {
        add(list, "bits 0x%08X", (unsigned)list->left);
        return;
    }
    for (unsigned bit = 0; bit < 32; bit++) {
        if (list->left >> bit & 1u) {
            add(list, "bit %u", bit);
        }
    }
}

void register_bit_names(const struct chip *chip, uint32_t address, uint32_t bits,
                        char text[REGISTER_BITS_ROOM])
{
    const struct device *device = chip->device;
    struct list list = {.left = bits, .text = text};

    text[0] = '\0';
    if (address >= register_special(0) && address != register_special(SPECIAL_CONTROL)) {
        return; // it is a number or a single bit
    }
    name_core_bits(&list, address);
    name_interrupts(&list, chip, address);
    name_known_bits(&list, device, address);
    name_step_bits(&list, device, address);
    name_plain_bits(&list, device, address);
    name_gates(&list, device, address);
    name_numbers(&list);
}

bool register_bits_are_one_name(const char *text)
{
    return text[0] && !strpbrk(text, " ,");
}

void register_and_bit_names(const struct chip *chip, uint32_t address, uint32_t bits,
                            char text[REGISTER_TEXT_ROOM])
{
    char name[REGISTER_NAME_ROOM], names[REGISTER_BITS_ROOM];

    register_name(chip, address, name);
    register_bit_names(chip, address, bits, names);
    if (register_bits_are_one_name(names)) {
        snprintf(text, REGISTER_TEXT_ROOM, "%s.%s", name, names);
    } else {
        snprintf(text, REGISTER_TEXT_ROOM, names[0] ? "%s (%s)" : "%s", name, names);
    }
}
