// scenario.h: what the user asked to be run.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_SCENARIO_H
#define BOOTLEAP_SIM_SCENARIO_H

#include "application_usb.h"
#include "devices.h"
#include "problem.h"
#include "rom.h"
#include "states.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

// What a user may accept in a run, so that its exit code is 0 all the same.
enum accept {
    ACCEPT_NOTHING, // nothing entered, so that nothing was judged
    ACCEPT_POINTS,  // a point of the contract does not hold
    ACCEPT_AT_RISK, // nobody can say whether the ROM serves
    ACCEPT_COUNT,
};

enum { SCENARIO_PROJECTS = 4 };
enum { SCENARIO_LINKS = 4, SCENARIO_POKES = 4, SCENARIO_TIES = 8 };

// "USART3=/tmp/tty": a symbolic link to the terminal of one USART.
struct scenario_link {
    char usart[32];
    const char *path;
};

// What a register holds when the application enters.
struct scenario_poke {
    uint32_t address;
    uint32_t value;
};

// How the application gets into the ROM.
enum entry_path {
    PATH_RESET,  // a reset comes between: bootleap_enter()
    PATH_DIRECT, // it jumps, and undoes before what the ROM would stumble over: bootleap_jump()
    ENTRY_PATHS,
};

// "reset" or "direct"; NULL beyond.
const char *entry_path_name(enum entry_path path);

// "nothing", "points", "at-risk".
const char *accept_name(enum accept accept);

// The function that enters the ROM without a reset.
#define SCENARIO_DIRECT_ENTRY "bootleap_jump"

struct scenario {
    const char *elf; // NULL: a blank chip
    // What runs of this very ELF leave to each other; NULL: nothing. No option sets it.
    struct chip_spare *spare;
    // Every instruction is run by itself: the result is the same. No option sets it.
    bool by_instruction;
    // It runs to its limit where nothing happens any more. No option sets it.
    bool sees_no_standstill;
    const struct device *device;
    uint32_t vectors;         // where the user says that the ELF has its table; 0: not said
    const char *enter_at;     // symbol at which the application enters the ROM, or NULL
    uint64_t enter_after;     // ... or after so many instructions, 0: not
    const char *entry;        // the function that it calls for that
    const char *hold;         // a port that must not change meanwhile, or NULL
    unsigned dead_oscillator; // its ready bit does not change any more: number from 1 on; 0: none
    bool direct;              // that function enters without a reset
    const char *until;        // symbol at which the run ends, once nothing is left to do, or NULL
    const char *on_reset;     // the function whose calls are measured
    bool on_reset_named;      // by --on-reset: then it must be there
    enum application_state state; // in which it enters
    bool on_stack;                // ... with the stack pointer at the mark + `stack_over_mark`
    int stack_over_mark;
    // A reset comes before the Nth instruction from the call on, the ROM's not counted; 0: none.
    unsigned reset_at;
    enum reset_kind reset;
    bool foreign_jump; // it enters by a jump of its own, without a mark
    bool plain_jump;   // ... and does not set MEM_MODE
    uint32_t options;  // option bytes speak against it: 1 << enum option_refusal
    struct scenario_poke pokes[SCENARIO_POKES]; // and registers hold these values
    size_t poke_count;
    unsigned flash_kb; // of the chip; 0: as many as the line's largest
    bool has_size_register;
    unsigned size_register; // what its flash size register holds instead
    bool has_unique_id;
    unsigned unique_id;                                // the first word of its unique id
    struct scenario_poke option_words[SCENARIO_POKES]; // its option bytes hold these values
    size_t option_word_count;
    enum rom_host host;
    bool host_named;
    uint32_t go_to;  // vector table that the host's Go names; 0: the one at the start of flash
    bool boot0;      // high while the chip powers on, released before its next reset
    bool boot0_held; // high at each reset: somebody holds it
    const char *boot0_pin; // "high" from the entry until a ROM has run, or the port that drives it
    bool restores_vectors; // the ROM puts its vector table out of force at Go
    bool empty;            // flash is blank at power-on, and the ROM's host fills it
    uint32_t mark;         // where the firmware has it; 0: where the device's row says
    bool has_noise_mark;   // RAM's noise at power-on is a mark by chance, in this stage
    int noise_mark;
    bool second_bank;     // the firmware is in the second bank
    bool unclocked_remap; // MEM_MODE takes a write while SYSCFG has no clock
    bool parity;          // RAM cannot be read before it was written
    bool bfb2;            // options have every reset start the ROM, which starts a bank
    bool masked_start;    // a loader starts the application with PRIMASK set
    bool system_init;     // ST's SystemInit() has run before the application's first instruction
    // How often a ROM that needs a crystal resets itself before it finds one: UINT_MAX for never.
    unsigned crystal_after;
    bool has_crystal_chance;
    unsigned crystal_chance; // ... or with which chance it finds it each time, in percent
    uint16_t rom_version;    // as in rom_ids; 0: the newest
    bool rom_version_named;  // by the user
    bool worst;              // what nobody knows of the ROM is the worst that it can be
    unsigned rom_interrupt;  // the ROM's interrupts come at this instruction after Go; 0: not
    bool hardware_iwdg;
    // What somebody does when the application first waits: NULL for nothing.
    const char *send;                // text that is typed on every USART
    const char *ties[SCENARIO_TIES]; // pins that the board holds at a level, "PB15=0"
    size_t tie_count;
    const char *noise_on;  // an interface that shows traffic before the ROM's host does, or NULL
    const char *press;     // a pin and a level, "PC13=1", held until the next reset; "PC13=1,0"
    uint64_t limit;        // instructions; 0 is none
    bool limit_named;      // by the user
    unsigned power_cycles; // before it ends there: power goes and comes, with new noise in RAM
    unsigned crystal_hz;   // HSE; 0: what ST's code expects
    unsigned seed;         // of the noise in RAM at power-on
    struct scenario_link links[SCENARIO_LINKS];
    size_t link_count;
    const char *events;         // file for events, or NULL
    const char *trace;          // file for the trace of each entry, or NULL
    const char *register_trace; // file for each access to a register, or NULL
    bool has_gdb;               // GDB may connect, on this port
    unsigned gdb_port;
    bool has_usbip;         // a usbip server has the chip's USB device
    char usbip_address[16]; // ... at this address, "": this machine alone
    unsigned usbip_port;
    enum application_usb_kind usb_device; // that the application has
    const char *usb_serial;               // ... with this serial number; NULL: the chip's
    const char *usb_callback;             // ... which has this function called; NULL: no device
    const char *flash;                    // file for the content of flash at the end, or NULL
    bool json;
    unsigned accepts; // what is no failure: 1 << enum accept each
    unsigned wires;   // that the outcome is about, 1 << enum wire; 0: each of the ROM's
    const char *without_projects[SCENARIO_PROJECTS + 1]; // whose observations do not count
    size_t without_count;
};

// Reads the command line behind `run`. Returns 0, OPTION_HELP (option_table.h), or the exit code
// that is in *problem.
int scenario_parse(struct scenario *scenario, int argc, char **argv, struct problem *problem);

#endif
