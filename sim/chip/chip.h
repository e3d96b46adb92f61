// chip.h: one virtual STM32: its device row, core, memory, bus and IP blocks as one.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_H
#define BOOTLEAP_SIM_CHIP_H

#include "block.h"
#include "bus.h"
#include "cortex.h"
#include "devices.h"
#include "flash_latency.h"
#include "memory.h"
#include "observer.h"
#include "option_bits.h"
#include "option_bytes.h"
#include "problem.h"
#include "rcc.h"
#include "unmodelled.h"

#include <stdbool.h>
#include <stdint.h>

struct journal;

// The word of a mark without its stage, as docs/contract.md has it.
#define CHIP_MARK_BASE 0xB0071EA0u
enum { CHIP_GUARD = 0x400 };

enum reset_kind {
    RESET_POWER_ON,
    RESET_PIN,
    RESET_SOFTWARE,
    RESET_WATCHDOG,
    RESET_BROWN_OUT, // as power-on, but RAM keeps what it holds
    RESET_OPTION,    // the option bytes are loaded anew
};

// Who the core starts with after a reset.
enum boot {
    BOOT_APPLICATION,
    BOOT_ROM_BY_PIN,
    BOOT_ROM_BY_EMPTY_FLASH,
    BOOT_ROM_BY_BFB2,
    BOOT_ROM_BY_OPTION_BYTES,
};

struct chip {
    const struct device *device;
    struct journal *journal;
    struct cortex core;
    struct memory memory;
    struct bus bus;
    struct rcc rcc;
    struct block *blocks;
    size_t block_count;
    struct unmodelled unmodelled;
    struct option_bits option_bits;
    struct option_bytes option_bytes;
    struct flash_latency flash_latency;

    bool boot0;               // level of the BOOT0 pin
    bool boot0_raised;        // the board holds it high for the ROM
    struct block *boot0_port; // ... or this port drives it, NULL: none
    uint32_t boot0_mask;      // ... with this pin
    bool has_noise_mark;      // RAM's noise after power-on is a mark by chance, in this stage
    int noise_mark;
    bool parity;       // RAM that was not written since power-on cannot be read
    uint32_t swapped;  // the bank that is seen at the start of flash; 0: none is swapped
    bool bfb2;         // an option byte has the ROM choose a bank at each reset
    bool empty;        // the EMPTY flag, latched at power-on
    bool alias_is_rom; // what is seen at address 0, where the series has the alias
    bool alias_mapped; // what the core sees there
    // Option bytes start these watchdogs at each reset.
    bool option_starts_watchdog[WATCHDOG_KINDS];
    // Code changed behind the core's back, as when the ROM programs flash, or came from where
    // this is not noticed: the next reset makes a new core. Whoever writes to flash sets it.
    bool code_changed;

    uint64_t since_reset; // instructions executed since the last reset
    struct event look;    // when chip_run() comes back in any case
    unsigned idle_polls;  // status reads in a row that found nothing to do

    // What callbacks leave for the main loop, which acts between two instructions.
    bool reset_wanted;
    enum reset_kind reset_kind;
    bool alias_changed;
    bool rom_fetched; // an instruction fetch in system memory
    uint32_t rom_pc;
    bool paused; // somebody wants the main loop to look at something
    bool idle;   // the last chip_run() ended because the application waits for something
    // Work for between two instructions, NULL if there is none. False ends the run: see `lockup`.
    bool (*deferred)(void *context);
    void *deferred_context;

    // Called before each instruction, for whoever watches; may be NULL.
    void (*watch)(void *context, uint32_t pc);
    void (*watch_write)(void *context, uint32_t address, unsigned size);
    void *watch_context;
    struct observers observers; // asked in the order in which they came
};

// Finds the type of a block, NULL: the chip has no model of it.
typedef const struct block_type *chip_block_types(enum block_kind kind);

// Makes a chip that has no power yet. `seed` decides what its RAM holds after power-on.
int chip_open(struct chip *chip, const struct device *device, chip_block_types *types,
              struct journal *journal, uint32_t seed, struct problem *problem);
void chip_close(struct chip *chip);

// Resets the chip. RAM and flash keep their contents, except that power-on makes RAM noise;
// power-on, brown-out and RESET_OPTION latch the EMPTY flag.
int chip_reset(struct chip *chip, enum reset_kind kind, struct problem *problem);

// "power-on", "pin", ...
const char *chip_reset_name(enum reset_kind kind);

// Whether the first word of flash is erased.
bool chip_is_blank(const struct chip *chip);

// Has the bank that starts at `bank` change places with the first one until the next reset; 0
// puts them back.
void chip_swap_banks(struct chip *chip, uint32_t bank);

// Has system memory, or else flash, seen at address 0 from the next instruction on.
void chip_show_at_0(struct chip *chip, bool rom);

// Whether a ROM that looks finds the BOOT0 pin high.
bool chip_boot0_is_high(const struct chip *chip);

// Who starts after the reset that just happened. At readout protection level 2, and where the
// product state is past Open, the BOOT0 pin counts for nothing (AN2606 Rev 70, Section 4.1 and
// pattern 17 of Table 2).
enum boot chip_boot(const struct chip *chip);

// The two words of the mark, which is in RAM or in backup registers. Where a backup register holds
// 16 bits a word is two of them, the low half first.
uint32_t chip_mark_word(const struct chip *chip, unsigned which);

// Resets the core and nothing else; where code has changed, it is made anew, so that what it
// has translated is forgotten.
int chip_renew_core(struct chip *chip, struct problem *problem);

// Loads the initial stack pointer and PC from the vector table at `table`.
void chip_start(struct chip *chip, uint32_t table);

// Lets the core run until something happens that the caller must look at: a reset is wanted,
// an instruction was fetched in system memory, chip_pause() was called,
// or the core cannot go on, which makes it return false: see core.lockup and cpu_fault().
bool chip_run(struct chip *chip);

// The core is about to execute the instruction at `pc`.
void chip_instruction(struct chip *chip, uint32_t pc);

// Asks for a reset before the next instruction.
void chip_want_reset(struct chip *chip, enum reset_kind kind);
// Makes chip_run() return before the next instruction.
void chip_pause(struct chip *chip);
// Has work done between this instruction and the next; one at a time.
void chip_defer(struct chip *chip, bool (*work)(void *context), void *context);

#endif
