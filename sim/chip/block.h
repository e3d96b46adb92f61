// block.h: what all modelled IP blocks have in common, and what others may ask of one.
// SPDX-License-Identifier: MIT
//
// One file in blocks/ models one block. It keeps its state to itself: the core reaches it through
// its registers, and everybody else through its role, without knowing which block it is.
// docs/adding-a-block.md shows how one is added.
#ifndef BOOTLEAP_SIM_BLOCK_H
#define BOOTLEAP_SIM_BLOCK_H

#include "chip_state.h"

struct block;
struct port;
struct port_layout;

// What a block is for, as those see it who do not access its registers.
enum block_role {
    ROLE_NONE,
    ROLE_PORT,     // pins: see struct pin_role
    ROLE_SERIAL,   // a serial line: struct serial_role
    ROLE_TIMER,    // counts, and interrupts
    ROLE_DMA,      // writes memory by itself: struct dma_role
    ROLE_WATCHDOG, // resets the chip when forgotten: struct watchdog_role
    ROLE_CACHE,    // stands between the core and memory
    ROLE_POWER,    // supplies
    ROLE_REMAP,    // says what is seen at address 0
    ROLE_BACKUP,   // outlives resets: struct backup_role
    ROLE_FLASH,    // how flash is read and programmed
    ROLE_USB,      // the USB device
    ROLE_EDGES,    // makes interrupts of edges of pins: struct edge_role
};

struct pin_role {
    // The outside drives the pins of `mask` to `levels`, and lets go of all pins.
    void (*drive)(struct block *block, uint32_t mask, uint32_t levels);
    void (*release)(struct block *block);
    // The level that the outside drives: 0 or 1, and -1 where it drives none.
    int (*driven)(const struct block *block, unsigned pin);
    // The pins that the chip itself drives high.
    uint32_t (*outputs_high)(const struct block *block);
    const struct port_layout *layout; // of its registers
};

struct serial_role {
    // Where the line ends; the port outlives the block. NULL: nowhere.
    void (*connect)(struct block *block, struct port *port);
    // Something may have come at the other end: a block that listens looks.
    void (*look)(struct block *block);
    // Whether a byte is taken as soon as it comes, by interrupt or DMA.
    bool (*listens)(const struct block *block);
    // Whether it asks a DMA to take what it has received, or to give it something to send.
    bool (*asks)(const struct block *block, bool receives);
};

struct dma_role {
    bool (*is_running)(const struct block *block);
    // Whether an enabled channel writes to these bytes of memory, now or later.
    bool (*writes)(const struct block *block, uint32_t start, uint32_t size);
    // A peripheral may ask for something now, or no longer.
    void (*look)(struct block *block);
    // Has it write `bytes` bytes of noise from `address` on, again and again.
    void (*start)(struct block *block, uint32_t address, uint32_t bytes);
};

struct watchdog_role {
    enum watchdog_kind kind;
    // When it resets the chip, in instructions since power-on; EVENT_NEVER while it does not run.
    uint64_t (*deadline)(const struct block *block);
    // Whether software has started or fed it since the last reset, or since it was forgotten.
    bool (*was_fed)(const struct block *block);
    void (*forget_feeding)(struct block *block);
    bool (*has_longest_period)(const struct block *block);
    // Feeds it with the longest prescaler, as a ROM does.
    void (*feed_as_rom)(struct block *block);
    // A register update that was asked for while the watchdog's clock did not run.
    bool (*update_is_pending)(const struct block *block);
    void (*set_update_pending)(struct block *block, bool pending);
};

struct backup_role {
    // The alarm goes off: its interrupt line is held from now on, over resets too. False where the
    // row does not know the line.
    bool (*alarm)(struct block *block);
    // The backup supply fails: registers read 0, and the line is let go.
    void (*lose)(struct block *block);
};

struct edge_role {
    // The pins, a bit each and of whichever port, at whose edges it looks.
    uint32_t (*watched)(const struct block *block);
    // The input level of this pin of this port, 'C', has changed.
    void (*pin_changed)(struct block *block, char port, unsigned pin, bool high);
    // Whether a change of it would be noticed.
    bool (*listens)(const struct block *block, char port, unsigned pin);
    // Whether it looks at that edge of the pins with this number.
    bool (*looks_at)(const struct block *block, unsigned pin, bool rising);
};

// How a block behaves. Offsets are in bytes from its start, multiples of 4. Every function but
// those of its role may be NULL: then registers are memory that reads 0 after a reset.
struct block_type {
    size_t state_size;                  // bytes of block->state, all 0 when the chip is opened
    bool (*open)(struct block *block);  // when the chip is opened; false: no room
    void (*reset)(struct block *block); // registers hold their reset values already
    uint32_t (*read)(struct block *block, uint32_t offset);
    // `value` is the whole word: a core that writes part of it leaves the rest as the register
    // keeps it, without a read.
    void (*write)(struct block *block, uint32_t offset, uint32_t value);
    // Instead of it, where it matters how wide an access is: the core drives the bits of `lanes`.
    void (*write_lanes)(struct block *block, uint32_t offset, uint32_t value, uint32_t lanes);
    // What a register keeps where block->registers does not hold it as it is now, for writes of a
    // part of it; nothing is read for that. NULL: block->registers holds them all.
    uint32_t (*kept)(struct block *block, uint32_t offset);
    // A store of `size` bytes to flash, at the address where it begins in the row. True if it means
    // something to this block; NULL: never.
    bool (*flash_store)(struct block *block, uint32_t address, unsigned size, uint32_t value);
    // After a write to the register that gates its clock: see block_is_clocked(). A reset of the
    // chip calls reset() alone.
    void (*clock_changed)(struct block *block);
    // Whether its registers change with time although none of its events is scheduled, as a counter
    // does. NULL: never.
    bool (*counts)(const struct block *block);
    // After the frequency of any clock has changed, the core's among them. A reset of the chip
    // calls reset() alone.
    void (*rate_changed)(struct block *block);
    // Has the block do what an application does with it, for the states of scenarios.
    void (*use)(struct block *block);
    bool outlives_resets; // its registers and clocks are those of the backup domain
    enum block_role role;
    const struct pin_role *pins;
    const struct serial_role *serial;
    const struct dma_role *dma;
    const struct watchdog_role *watchdog;
    const struct backup_role *backup;
    // Names of its registers in the order of their offsets, "-" for a word that is none: the same
    // in every chip that has the block. NULL: nobody has written them down.
    const char *layout;
    const struct edge_role *edges;
    const char *not_modelled; // what of it is not, for the report
};

// One instance.
struct block {
    struct chip *chip;
    const struct peripheral *peripheral;
    const struct block_type *type;
    uint32_t *registers;  // peripheral->size / 4 words
    uint32_t *at_reset;   // what they were after the last reset
    void *state;          // type->state_size bytes, the block's own
    const int16_t *lines; // those that it drives in the NVIC, ended by -1; NULL: it knows none
    uint32_t lines_high;  // a bit each, from the first on
    bool written;         // by the core since the last reset, other than by what a handoff may do
    bool may_differ;      // some register may not hold its reset value; whoever writes one sets it
};

// The block called `name`, or NULL.
struct block *block_find(const struct chip *chip, const char *name);
// The block at `address`, or NULL.
struct block *block_at(const struct chip *chip, uint32_t address);
// The next block of this role behind `block`; NULL: the first. NULL when there is none.
struct block *block_with_role(const struct chip *chip, enum block_role role,
                              const struct block *block);
// The chip's watchdog of this kind, or NULL.
struct block *block_watchdog(const struct chip *chip, enum watchdog_kind kind);

// True while the block's clock runs. A block without clock ignores writes and reads 0, but for one
// that outlives resets, which knows its clocks itself.
bool block_is_clocked(const struct block *block);
// True while RCC holds the block in reset. Such a block ignores writes and reads 0.
bool block_is_held(const struct block *block);
// Has RCC run the block's clock, if it has a gate.
void block_start_clock(struct block *block);
// Tells those blocks that this register of RCC, which was written, may gate their clocks.
void block_clocks_changed(struct chip *chip, uint32_t address);
// Drives the block's interrupt line; nothing where the row does not know it. A line that several
// blocks share is high while one of them drives it high. A reset of the block lets it go. See
// nvic_set_line().
void block_set_interrupt(struct block *block, bool high);
// The same for a block that drives several lines: that of number `which` from 0 on.
void block_set_line(struct block *block, unsigned which, bool high);

// What resets a block.
enum block_reset_cause {
    BLOCK_RESET_POWER, // the power comes
    BLOCK_RESET_CHIP,  // a reset of the chip: some bits stay as they are
    BLOCK_RESET_BIT,   // its bit in RCC: some registers stay as they are
};

void block_reset(struct block *block, enum block_reset_cause cause);
// Whole words. `lanes` are the bits that the core drives: the register keeps the others.
uint32_t block_read(struct block *block, uint32_t offset);
void block_write(struct block *block, uint32_t offset, uint32_t value, uint32_t lanes);

// Bits of a register that a reset of the chip leaves as they are.
uint32_t block_lasting_bits(const struct block *block, uint32_t offset);

// True if every register holds what a reset puts there, but for those bits.
bool block_is_reset(const struct block *block);

#endif
