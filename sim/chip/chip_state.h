// chip_state.h: all that one virtual STM32 remembers. What is done with it has other headers.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_CHIP_STATE_H
#define BOOTLEAP_SIM_CHIP_STATE_H

#include "asked_pins.h"
#include "cortex.h"
#include "devices.h"
#include "flash_state.h"
#include "memory.h"
#include "rcc.h"
#include "unknown_reads.h"
#include "unmodelled.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct block;
struct journal;

// The word of a mark without its stage, as docs/contract.md has it.
#define CHIP_MARK_BASE 0xB0071EA0u
enum { CHIP_GUARD = 0x400 };
// The main loop gets to look around at least every so many instructions.
enum { CHIP_SLICE = 4096, CHIP_WATCH_POINTS = 16 };

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

enum watchdog_kind {
    WATCHDOG_INDEPENDENT, // feeding it is all that keeps the chip alive
    WATCHDOG_WINDOW,      // a reset alone stops it
    WATCHDOG_KINDS,
};

enum { BUS_REGIONS = 128 };

// Who answers in a range of addresses. Offsets are from its start, multiples of 4; values are whole
// words, of which the core drives the bits of `lanes`.
struct bus_region {
    uint32_t start, size;
    void *context;
    uint32_t (*read)(void *context, uint32_t offset);
    void (*write)(void *context, uint32_t offset, uint32_t value, uint32_t lanes);
    // The value that is kept there, whatever the clocks say; nothing notices. NULL: 0.
    uint32_t (*peek)(const void *context, uint32_t offset);
    // Puts a value there without being the core: no lock counts. False: that cannot be; NULL:
    // never.
    bool (*poke)(void *context, uint32_t offset, uint32_t value);
};

struct bus {
    const struct bus_region *recent;        // that was accessed last, NULL: none was
    struct bus_region regions[BUS_REGIONS]; // by address
    size_t count;
};

enum { OBSERVERS = 8 };

// Each function may be NULL.
struct observer {
    void *context;
    // Before each instruction. True keeps it from being executed: chip_run() comes back first,
    // and asks again when it is called again. With one of these nothing sprints: a watch point of
    // chip_sprint.h does not make a run slow.
    bool (*instruction)(void *context, uint32_t pc);
    // Before each write to peripheral space and the private peripheral bus.
    void (*bus_write)(void *context, uint32_t address, unsigned size, uint32_t value);
    // After each read there, with what the core got.
    void (*bus_read)(void *context, uint32_t address, unsigned size, uint32_t value);
    // Before each store to RAM.
    void (*ram_write)(void *context, uint32_t address, unsigned size);
    // After whatever can have changed a block's register or the system clock.
    void (*changed)(void *context);
    // After a write to this block, and after RCC has reset it.
    void (*block_changed)(void *context, const struct block *block);
    // The chip is being reset; its blocks are next.
    void (*reset)(void *context);
};

// Those that see each instruction, each read or each store are apart: they cost time at each one.
struct observers {
    const struct observer *all[OBSERVERS];
    const struct observer *stepping[OBSERVERS];
    const struct observer *reading[OBSERVERS];
    const struct observer *storing[OBSERVERS];
    size_t count, stepping_count, reading_count, storing_count;
};

// The option bits of the row: those that a scenario has made refuse.
enum { OPTION_BITS_MOST = 32 };

// Kept over every reset, as option bytes are.
struct option_bits {
    bool refuses[OPTION_BITS_MOST]; // each check of device->options: whether its bits refuse
};

// What one group of bits of the row's registers remembers.
struct register_bit {
    uint8_t waits;  // reads so far for which it has waited to change
    uint8_t keys;   // that have been given in order
    uint32_t shown; // what follows, as it is read now
    uint64_t since; // instruction at which what it follows was written
};

struct register_bits_state {
    struct register_bit *bits; // one each of device->register_bits
    size_t count;
    size_t *acting; // numbers of those that a write to another register acts on
    size_t acting_count;
    uint64_t acts;     // a bit for each register that acts on others; some share one
    size_t *following; // numbers of those that follow others
    size_t following_count;
    uint64_t followed;  // a bit for each register that is followed; some share one
    size_t known_count; // registers that the row lists
};

// Option bits that have every reset start the ROM.
enum { OPTION_LOCKS = 2 };

struct option_bytes {
    bool known;       // `stored` holds something: the flash's value before that
    uint32_t stored;  // kept over every reset
    uint32_t loaded;  // in force
    uint32_t staged;  // written to the register
    uint32_t foreign; // bits written there that are not those of the row
    unsigned key_step[OPTION_LOCKS];
    bool open[OPTION_LOCKS];
    bool shut;     // a wrong key: closed until the next reset
    bool unmet;    // the row's conditions do not hold: the bits do not start the ROM
    bool error;    // an error flag, which forbids the start
    unsigned busy; // reads of the busy flag until it is clear
};

// The clocks that something counts, apart from the core's own.
enum clock {
    CLOCK_LSI,
    CLOCK_PCLK1,
    CLOCK_SYSTICK, // SysTick's, where it does not count the core's
    CLOCK_TIMERS,  // ... of the first APB; those of the next ones have the next numbers
};

struct system_clock {
    uint32_t crystal_hz;
    uint64_t crystal_core_hz; // of the core when it last ran from it; 0: it never did
    // Of each node of the row's clock tree.
    uint64_t hz[CLOCK_NODES_MOST];
    bool from_crystal[CLOCK_NODES_MOST];
    uint64_t core_hz;
    uint64_t since, ns; // at this number of instructions so much time had passed
    uint64_t seen;      // of rcc.changes
};

// Whether the flash is read slowly enough for the system clock.
struct flash_latency {
    bool judged;     // the scenario has said which latency its clock needs
    uint32_t needed; // that, while the clock is not the one of a reset
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
    struct block *edges; // the block that makes interrupts of edges of pins, NULL: none
    struct unmodelled unmodelled;
    struct unknown_reads unknown_reads;
    struct asked_pins asked_pins; // since the last reset
    // Where the register with MEM_MODE was first written without its clock, 0: nowhere; and whether
    // such a write takes effect.
    uint32_t unclocked_remap_pc;
    bool takes_unclocked_remap;
    struct register_bits_state register_bits;
    struct option_bits option_bits;
    struct flash_state option_area; // what the ROM lets a host read of it
    struct option_bytes option_bytes;
    struct flash_latency flash_latency;
    struct system_clock clock;

    bool boot0;               // level of the BOOT0 pin
    bool boot0_raised;        // the board holds it high for the ROM
    struct block *boot0_port; // ... or this port drives it, NULL: none
    uint32_t boot0_mask;      // ... with this pin
    bool has_noise_mark;      // RAM's noise after power-on is a mark by chance, in this stage
    int noise_mark;
    bool parity;                 // RAM that was not written since power-on cannot be read
    uint8_t mark_at_power_on[8]; // what RAM held there
    uint32_t swapped;            // the bank that is seen at the start of flash; 0: none is swapped
    bool bfb2;                   // an option byte has the ROM choose a bank at each reset
    bool empty;                  // the EMPTY flag, latched at power-on
    bool alias_is_rom;           // what is seen at address 0, where the series has the alias
    bool alias_mapped;           // what the core sees there
    // Option bytes start these watchdogs at each reset.
    bool option_starts_watchdog[WATCHDOG_KINDS];
    // Code changed behind the core's back, as when the ROM programs flash, or came from where
    // this is not noticed: the next reset makes a new core. Whoever writes to flash sets it.
    bool code_changed;
    bool code_was_changed; // ... at some time since the chip was opened
    // Flash that was programmed or erased since the last instruction, see chip_flash_changed().
    struct region flash_changed;

    uint64_t since_reset;     // instructions executed since the last reset
    uint64_t rcc_settled_at;  // when all that was written to the RCC has come into force
    struct event rcc_settles; // when ready bits follow although nobody reads them
    struct event look;        // when chip_run() comes back in any case
    unsigned idle_polls;      // status reads in a row that found nothing to do

    // What callbacks leave for the main loop, which acts between two instructions.
    bool reset_wanted;
    enum reset_kind reset_kind;
    bool alias_changed;
    bool rom_fetched; // an instruction fetch in system memory
    uint32_t rom_pc;
    bool paused;           // somebody wants the main loop to look at something
    bool sleeping;         // the core is in WFI or WFE, and nothing has woken it yet
    bool sleeps_for_event; // in WFE
    bool asleep; // the last chip_run() ended because nothing in the chip can wake the core
    bool idle;   // the last chip_run() ended because the application waits for something
    // Work for between two instructions, NULL if there is none. False ends the run: see `lockup`.
    bool (*deferred)(void *context);
    void *deferred_context;

    // Called before an instruction, for whoever watches; may be NULL: at the points to watch, and
    // at all others behind the time `watch_from`. chip_run() begins with what watch_calm() says, or
    // with 0 where there is none or nothing sprints; who watches may set it while it is called.
    void (*watch)(void *context, uint32_t pc);
    void (*watch_write)(void *context, uint32_t address, unsigned size);
    uint64_t (*watch_calm)(void *context);
    void *watch_context;
    uint32_t watch_points[CHIP_WATCH_POINTS];
    size_t watch_point_count; // may be more than there is room for
    uint64_t watch_near;      // a bit for each: see chip_watch_lane()
    uint64_t watch_from;

    // Code that changes nothing but registers runs without being shown, up to the next event: 5
    // times as fast, with the same result at the same time. The main loop looks less often.
    bool sprints;
    uint64_t sprinted;    // how many instructions did
    uint64_t stores_stay; // how long they were shown at least, when they were needed last
    uint64_t stores_until;
    bool skips_loops;     // ... and a loop in which nothing changes is counted instead of run
    uint64_t sprint_look; // ... but gets the first look that is due from this time on

    struct observers observers; // asked in the order in which they came
};

#endif
