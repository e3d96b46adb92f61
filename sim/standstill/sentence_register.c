// sentence_register.c: says which bits of a register a loop waits for.
// SPDX-License-Identifier: MIT
#include "bit_band.h"
#include "sentence.h"

enum { COUNTFLAG = 1 << 16 };

static const uint32_t SYST_CSR = 0xE000E010u;

void sentence_set_register(const struct sentence *told, const struct load *load)
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
    sentence_say(told, "%s", told->where->name);
    if (told->where->name[0] != '0') {
        sentence_say(told, " (0x%08X)", (unsigned)told->where->address);
    }
}

// "PWR_D3CR.VOSRDY (bit 13 at 0x58024818)", or "bit 13 of PWR_D3CR (0x58024818)".
static void say_bit(const struct sentence *told)
{
    const struct where *where = told->where;

    if (register_bits_are_one_name(where->bit)) {
        sentence_say(told, "%s.%s (bit %d at 0x%08X)", where->name, where->bit,
                     __builtin_ctz(where->mask), (unsigned)where->address);
    } else {
        sentence_say(told, "%s of ", where->bit);
        say_name(told);
    }
}

static void say_one_bit(const struct sentence *told, bool awaits_one)
{
    sentence_say(told, awaits_one ? "waits for " : "waits until ");
    say_bit(told);
    sentence_say(told, awaits_one ? "" : " is 0");
    sentence_say_place(told);
    sentence_say(told, ", and nothing %s it%s", awaits_one ? "sets" : "clears",
                 told->where->still ? "" : " so far");
}

static void say_field(const struct sentence *told, const struct load *load)
{
    const struct where *where = told->where;
    unsigned shift = 8 * (load->address & 3u);
    unsigned now = (unsigned)((load->value & load->mask) << shift);
    bool one = register_bits_are_one_name(where->bit), awaits = loop_awaits(load);

    if (one) {
        sentence_say(told, "waits until %s.%s (0x%08X in 0x%08X) %s", where->name, where->bit,
                     (unsigned)where->mask, (unsigned)where->address, awaits ? "is" : "is not");
    } else {
        sentence_say(told, "waits until the bits 0x%08X of ", (unsigned)where->mask);
        say_name(told);
        sentence_say(told, awaits ? " are" : " are not");
    }
    sentence_say(told, " 0x%08X", awaits ? (unsigned)(load->with << shift) : now);
    sentence_say_place(told);
    sentence_say(told, one ? "; it stays 0x%08X" : "; they stay 0x%08X", now);
}

// Several bits that are asked for apart: any of them may end the loop.
static void say_several(const struct sentence *told)
{
    sentence_say(told, "waits for one of %s of ", told->where->bit);
    say_name(told);
    sentence_say_place(told);
    sentence_say(told, ", and none of them changes%s", told->where->still ? "" : " so far");
}

// A flag that SysTick sets when it has counted to 0, for every delay without an interrupt.
static bool say_systick(const struct sentence *told)
{
    const struct where *where = told->where;
    bool runs = told->chip->core.exceptions.systick_control & 1u;

    if (where->address != SYST_CSR || where->mask != COUNTFLAG) {
        return false;
    }
    sentence_say(told, "waits for COUNTFLAG of SYST_CSR (bit 16 at 0x%08X)", SYST_CSR);
    sentence_say_place(told);
    sentence_say_callers(told);
    sentence_say(told, runs ? ", which SysTick sets each time that it has counted down"
                            : ", and nothing sets it: SysTick is off");
    return true;
}

// Other bits of the register that the loop asks for, perhaps as errors.
static void say_others(const struct sentence *told, const struct loop *loop)
{
    const struct where *where = told->where;
    uint32_t others = 0;
    char bits[REGISTER_BITS_ROOM];

    for (size_t i = 0; i < loop->loads.count; i++) {
        const struct load *load = &loop->loads.list[i];
        others |=
            (load->address & ~3u) == where->address ? load->mask << 8 * (load->address & 3u) : 0;
    }
    others &= ~where->mask;
    if (others && where->mask) {
        register_bit_names(told->chip, where->address, others, bits);
        sentence_say(told, "; it looks at %s, too", bits);
    }
}

static void say_register(const struct sentence *told, const struct load *load)
{
    if (bit_band_has(told->chip->device, load->address)) {
        say_one_bit(told, !load->value);
    } else if (say_systick(told)) {
        return;
    } else if (load->several) {
        say_several(told);
    } else if (!load->mask) {
        sentence_say(told, load->by_size ? "compares " : "reads ");
        say_name(told);
        sentence_say(told, " again and again");
        sentence_say_place(told);
        sentence_say(told, "; it is 0x%08X", (unsigned)load->value);
    } else if (__builtin_popcount(load->mask) == 1) {
        say_one_bit(told, (load->with != 0) == loop_awaits(load));
    } else {
        say_field(told, load);
    }
}

void sentence_register(const struct sentence *told, const struct loop *loop,
                       const struct load *load)
{
    told->where->kind = "register";
    sentence_set_register(told, load);
    say_register(told, load);
    say_others(told, loop);
}
