// scenario_options.c: the options of `bootleap-sim run`, a row each.
// SPDX-License-Identifier: MIT
#include "scenario_options.h"

#include "flash_options.h"
#include "rcc.h"
#include "scenario.h"
#include "scenario_set.h"
#include "wires.h"
#include "words.h"

#include <limits.h>

#define PLACE(type, member) OPTION_PLACE(struct scenario, type, member)

static const char introduction[] =
    "usage: bootleap-sim run [ELF] --device NAME [options]\n"
    "\n"
    "Runs the firmware ELF on a virtual STM32 and judges each entry into the ROM. Without ELF\n"
    "the chip is blank. Each USART of the chip is a pseudo-terminal, named at the start; a host\n"
    "tool may talk to the application there, and to the ROM (8 data bits, no parity).\n";

static const char end[] =
    "Ends at a fault, at a reset loop, when the ROM does not serve, at the limit, or when it is\n"
    "interrupted. Exit code: 0 an entry was judged and is clean, 7 findings, or nothing entered "
    "so\n"
    "that nothing was judged, 2 usage or a file that cannot be used.\n"
    "\n"
    "Example:\n"
    "  bootleap-sim run build/firmware-gcc/nucleo-h723zg.elf --device h723\n"
    "  # then, in another terminal, with the path that it printed:\n"
    "  bootleap flash build/firmware-gcc/nucleo-h723zg-v2.elf /dev/pts/5\n"
    "\n"
    "  # every step of the way into the ROM, then the same with GDB, in two terminals:\n"
    "  bootleap-sim run your.elf --device h723 --enter-at main --host end --trace entry.txt\n"
    "  bootleap-sim run your.elf --device h723 --enter-at main --host end --gdb 3333\n"
    "  gdb-multiarch your.elf -ex 'target remote 127.0.0.1:3333' -ex 'break bootleap_enter'\n";

static const char *host_word(unsigned host)
{
    return scenario_host(host)->name;
}

static const char *host_help(unsigned host)
{
    return scenario_host(host)->help;
}

static const char *state_word(unsigned state)
{
    return state_name((enum application_state)state);
}

static const char *reset_word(unsigned kind)
{
    if (kind == RESET_OPTION) {
        return "option"; // its name for people has a blank
    }
    return kind < RESET_OPTION ? chip_reset_name((enum reset_kind)kind) : NULL;
}

static const char *refusal_word(unsigned refusal)
{
    return words_option_refusal((enum option_refusal)refusal);
}

static const char *path_word(unsigned path)
{
    return entry_path_name((enum entry_path)path);
}

static const char *accept_word(unsigned number)
{
    return number < ACCEPT_COUNT ? accept_name((enum accept)number) : NULL;
}

static const char *accept_help(unsigned number)
{
    static const char *const texts[] = {
        [ACCEPT_NOTHING] = "nothing entered the ROM, so that nothing was judged",
        [ACCEPT_POINTS] = "a point of the contract does not hold, and the ROM serves",
        [ACCEPT_AT_RISK] = "nobody can say whether the ROM serves",
    };

    return texts[number];
}

static const char *interface_word(unsigned number)
{
    return number + WIRE_USB < WIRE_COUNT ? wire_name((enum wire)(number + WIRE_USB)) : NULL;
}

static const struct option_row general[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = scenario_set_device,
     .help = "slug or CMSIS macro: h723, STM32H723xx"},
    {.name = "mark",
     .argument = "ADDRESS",
     .parse = option_unsigned,
     .help = "the firmware was built with another BOOTLEAP_MARK, or with BOOTLEAP_MARK_IN_BACKUP "
             "(its page in docs/devices has that address)",
     .place = PLACE(uint32_t, mark),
     .least = 4,
     .most = UINT32_MAX - 7},
    {.name = "vectors",
     .argument = "ADDRESS",
     .parse = option_unsigned,
     .help = "the vector table of an ELF behind a loader is there (default: where its first part "
             "has one); a stand-in for the loader starts it",
     .place = PLACE(uint32_t, vectors),
     .least = 1,
     .most = UINT32_MAX},
    {.name = "json",
     .parse = option_flag,
     .help = "print the result as JSON",
     .place = PLACE(bool, json)},
    {.name = "interface",
     .argument = "WORD",
     .parse = scenario_add_interface,
     .help = "say what comes of it over this one (default: over each that the ROM has); several "
             "with commas between them:",
     .words = interface_word},
    {.name = "accept",
     .argument = "WORD",
     .parse = scenario_set_accept,
     .help = "exit code 0, not 7, for those who know; several with commas between them:",
     .words = accept_word,
     .word_help = accept_help},
    {.name = "without-project",
     .argument = "NAME",
     .parse = scenario_add_project,
     .help = "judge as if the observations of this project or thread were not known (its name in "
             "docs/evidence.md)"},
    {.name = "events",
     .argument = "FILE",
     .parse = option_text,
     .help = "write what happens to FILE, one JSON object a line",
     .place = PLACE(const char *, events)},
    {.name = "trace",
     .argument = "FILE",
     .parse = option_text,
     .help = "write each instruction and each write to a peripheral register to FILE, from the "
             "call of the entry function to the handoff",
     .place = PLACE(const char *, trace)},
    {.name = "register-trace",
     .argument = "FILE",
     .parse = option_text,
     .help = "write each access to a register to FILE, as CSV: pc, access, bytes, address, value",
     .place = PLACE(const char *, register_trace)},
    {.name = "gdb",
     .argument = "PORT",
     .parse = scenario_set_gdb,
     .help = "wait for GDB on 127.0.0.1:PORT before the first instruction; port 0 takes a free one",
     .place = PLACE(unsigned, gdb_port),
     .most = UINT16_MAX},
    {.name = "flash",
     .argument = "FILE",
     .parse = option_text,
     .help = "write the content of flash to FILE at the end",
     .place = PLACE(const char *, flash)},
    {.name = "limit",
     .argument = "N",
     .parse = option_uint64,
     .help =
         "end after N instructions (default: 300 million unless --host terminal); a run in which "
         "nothing can happen any more ends before",
     .place = PLACE(uint64_t, limit),
     .least = 1,
     .most = INT64_MAX},
    {.name = "hse",
     .argument = "HZ",
     .parse = option_unsigned,
     .help = "frequency of the board's crystal (default: what ST's code takes for this series "
             "where nobody defines HSE_VALUE)",
     .place = PLACE(unsigned, crystal_hz),
     .least = 32768,
     .most = 100000000},
    {.name = "seed",
     .argument = "N",
     .parse = option_unsigned,
     .help = "of the noise that RAM holds after power-on (default 1)",
     .place = PLACE(unsigned, seed),
     .most = UINT_MAX},
    {.name = NULL},
};

static const struct option_row entering[] = {
    {.name = "send",
     .argument = "TEXT",
     .parse = option_text,
     .help = "type TEXT on every USART when the application first waits",
     .place = PLACE(const char *, send)},
    {.name = "press",
     .argument = "PIN=LEVEL",
     .parse = option_text,
     .help = "press a button then, PC13=1, until the next reset; PC13=1,0 lets it go to the "
             "other level after 100 ms",
     .place = PLACE(const char *, press)},
    {.name = "usart",
     .argument = "USART=LINK",
     .parse = scenario_add_link,
     .help = "make a symbolic link to the terminal of this USART; may be given four times"},
    {.name = "enter-at",
     .argument = "SYMBOL",
     .parse = option_text,
     .help = "when the application first gets there, make it enter the ROM",
     .place = PLACE(const char *, enter_at)},
    {.name = "enter-after",
     .argument = "N",
     .parse = option_uint64,
     .help = "... or make it enter after N instructions: needs no other symbol",
     .place = PLACE(uint64_t, enter_after),
     .least = 1,
     .most = INT64_MAX},
    {.name = "way",
     .argument = "WAY",
     .parse = scenario_set_path,
     .help = "... through a reset (default) or without one:",
     .words = path_word},
    {.name = "entry",
     .argument = "SYMBOL",
     .parse = option_text,
     .help = "... by calling this function (default bootleap_enter, or bootleap_jump with "
             "--way direct)",
     .place = PLACE(const char *, entry)},
    {.name = "state",
     .argument = "STATE",
     .parse = scenario_set_state,
     .help = "... after putting it into this state (default thread):",
     .words = state_word},
    {.name = "stack-over-mark",
     .argument = "N",
     .parse = scenario_set_stack,
     .help = "... with the stack pointer N bytes above the mark (may be negative)"},
    {.name = "option",
     .argument = "OPTION",
     .parse = scenario_add_option,
     .help = "... with an option byte that speaks against it; may be given several times:",
     .words = refusal_word},
    {.name = "register",
     .argument = "ADDR=VALUE",
     .parse = scenario_add_poke,
     .help = "... with this value in a register; may be given four times"},
    {.name = "reset-at",
     .argument = "N",
     .parse = option_unsigned,
     .help = "a reset comes before the Nth instruction from the call on",
     .place = PLACE(unsigned, reset_at),
     .least = 1,
     .most = UINT_MAX},
    {.name = "reset",
     .argument = "RESET",
     .parse = scenario_set_reset,
     .help = "... of this kind (default power-on):",
     .words = reset_word},
    {.name = "hold",
     .argument = "PORT",
     .parse = option_text,
     .help = "... and this port, GPIOB, must not change on the way",
     .place = PLACE(const char *, hold)},
    {.name = "dead-oscillator",
     .argument = "N",
     .parse = option_unsigned,
     .help = "... and the Nth ready bit of the clock tree does not change any more",
     .place = PLACE(unsigned, dead_oscillator),
     .most = RCC_READY_BITS + 1},
    {.name = "foreign-jump",
     .parse = option_flag,
     .help = "... by a jump that is not bootleap's and leaves no mark",
     .place = PLACE(bool, foreign_jump)},
    {.name = "plain-jump",
     .parse = option_flag,
     .help = "... and does not set MEM_MODE",
     .place = PLACE(bool, plain_jump)},
    {.name = "on-reset",
     .argument = "SYMBOL",
     .parse = scenario_set_on_reset,
     .help = "function whose calls are measured (default bootleap_on_reset)"},
    {.name = NULL},
};

static const struct option_row starting[] = {
    {.name = "boot0",
     .parse = option_flag,
     .help = "hold BOOT0 high at power-on, release it before the next reset",
     .place = PLACE(bool, boot0)},
    {.name = "boot0-pin",
     .argument = "high|PIN",
     .parse = option_text,
     .help = "BOOT0 is high from the entry until a ROM has run, or wired to this pin of the chip, "
             "PB8, which may drive it",
     .place = PLACE(const char *, boot0_pin)},
    {.name = "empty",
     .parse = option_flag,
     .help = "flash is blank; the ROM's host fills it with ELF",
     .place = PLACE(bool, empty)},
    {.name = "bfb2",
     .parse = option_flag,
     .help = "options have each reset start the ROM, which starts the bank",
     .place = PLACE(bool, bfb2)},
    {.name = "second-bank",
     .parse = option_flag,
     .help = "ELF is in the second bank, made for the start of flash",
     .place = PLACE(bool, second_bank)},
    {.name = "noise-mark",
     .argument = "STAGE",
     .parse = scenario_set_noise_mark,
     .help = "what RAM holds at power-on is a mark by chance, in STAGE (-1 to 18)"},
    {.name = "system-init",
     .parse = option_flag,
     .help =
         "SystemInit() of ST's start-up code has run before the application's first instruction",
     .place = PLACE(bool, system_init)},
    {.name = "masked-start",
     .parse = option_flag,
     .help = "a loader starts the application with interrupts masked (PRIMASK)",
     .place = PLACE(bool, masked_start)},
    {.name = "parity",
     .parse = option_flag,
     .help = "RAM where the mark is cannot be read before it was written",
     .place = PLACE(bool, parity)},
    {.name = "tie",
     .argument = "PIN=LEVEL",
     .parse = scenario_add_tie,
     .help = "the board holds a pin, PB15=0; may be given eight times"},
    {.name = "hardware-watchdog",
     .parse = option_flag,
     .help = "option bytes start the IWDG at each reset",
     .place = PLACE(bool, hardware_iwdg)},
    {.name = NULL},
};

static const struct option_row in_rom[] = {
    {.name = "host",
     .argument = "HOST",
     .parse = scenario_set_host,
     .help = "who is at the other end when the ROM runs:",
     .words = host_word,
     .word_help = host_help},
    {.name = "go-to",
     .argument = "ADDRESS",
     .parse = option_unsigned,
     .help = "that Go names the vector table there (default: the start of flash)",
     .place = PLACE(uint32_t, go_to),
     .most = UINT32_MAX},
    {.name = "noise-on",
     .argument = "INTERFACE",
     .parse = option_text,
     .help = "this one shows traffic before the host does: a pin that floats, or for USB a host "
             "that is attached",
     .place = PLACE(const char *, noise_on)},
    {.name = "no-crystal",
     .parse = scenario_set_no_crystal,
     .help = "no crystal where the ROM looks for one"},
    {.name = "crystal-after",
     .argument = "N",
     .parse = option_unsigned,
     .help = "the ROM resets itself N times before it finds its crystal",
     .place = PLACE(unsigned, crystal_after),
     .most = UINT_MAX},
    {.name = "crystal-chance",
     .argument = "N",
     .parse = scenario_set_crystal_chance,
     .help = "it finds its crystal by chance, in N of 100 times, by --seed",
     .place = PLACE(unsigned, crystal_chance),
     .most = 100},
    {.name = "rom-version",
     .argument = "ID",
     .parse = scenario_set_rom_version,
     .help = "the ROM is this version, 0x91 or V9.1 (default: the newest known)"},
    {.name = "worst",
     .parse = option_flag,
     .help = "what nobody knows of this ROM is the worst that it can be",
     .place = PLACE(bool, worst)},
    {.name = "unclocked-remap",
     .parse = option_flag,
     .help = "a write to MEM_MODE takes effect without SYSCFG's clock, on which reports differ",
     .place = PLACE(bool, unclocked_remap)},
    {.name = "restore-vectors",
     .parse = option_flag,
     .help = "at Go the ROM puts VTOR and what is seen at 0 back to flash",
     .place = PLACE(bool, restores_vectors)},
    {.name = "rom-interrupt",
     .argument = "N",
     .parse = option_unsigned,
     .help = "the ROM's interrupts come at the Nth instruction after Go",
     .place = PLACE(unsigned, rom_interrupt),
     .least = 1,
     .most = UINT_MAX},
    {.name = "until",
     .argument = "SYMBOL",
     .parse = option_text,
     .help = "end when the application gets there with nothing left to do",
     .place = PLACE(const char *, until)},
    {.name = "power-cycles",
     .argument = "N",
     .parse = option_unsigned,
     .help = "... after power has gone and come N times: while the ROM runs by option bytes, "
             "otherwise at the symbol",
     .place = PLACE(unsigned, power_cycles),
     .most = UINT_MAX},
    {.name = NULL},
};

static const struct option_group groups[] = {
    {NULL, general},
    {"Which part of its line the chip is:", flash_options},
    {"How the application enters the ROM:", entering},
    {"How the chip starts:", starting},
    {"What the ROM does, and who ends it:", in_rom},
};

const struct option_table scenario_options = {"run", introduction, end, groups,
                                              sizeof groups / sizeof groups[0]};
