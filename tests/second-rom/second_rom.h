// second_rom.h: a small ROM with AN3155 and its flash, written from ST's note alone.
// SPDX-License-Identifier: MIT
//
// It shares no code with sim/ and cli/, and reads no device table: who uses it fills in the
// configuration. Nothing in it waits or knows the time: each byte comes with the moment at which
// the line has brought it, each answer with the moment at which the line has taken it away.
//
// Where AN3155 (Rev 20) says nothing, the file that decides says what was chosen and why.
#ifndef BOOTLEAP_TESTS_SECOND_ROM_H
#define BOOTLEAP_TESTS_SECOND_ROM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SECOND_ROM_RUNS = 8,  // of pages
    SECOND_ROM_AREAS = 4, // of option bytes
    SECOND_ROM_AREA_BYTES = 256,
    SECOND_ROM_CELLS = 4,    // readable values
    SECOND_ROM_ALLOWED = 4,  // ranges of flash that may change
    SECOND_ROM_FRAME = 1026, // bytes of one frame that fit into its RAM: 512 page numbers
    SECOND_ROM_ANSWERS = 1024,
};

// `count` equal pages that follow each other.
struct second_rom_pages {
    uint32_t start;
    unsigned first_number; // in erase commands
    unsigned count;
    uint32_t size;
    uint64_t erase_us; // of one page
};

struct second_rom_range {
    uint32_t start, size;
};

// A value that can be read where there is no memory: a flash size register, an ID byte.
struct second_rom_cell {
    uint32_t address;
    unsigned size; // 1 to 4 bytes, little-endian; 0: no cell
    uint32_t value;
};

// Option bytes as a chip has them at the start. Where areas overlap the first one is read.
struct second_rom_options {
    uint32_t start, size; // at most SECOND_ROM_AREA_BYTES
    uint8_t bytes[SECOND_ROM_AREA_BYTES];
};

// What a store to a unit does that is not erased.
enum second_rom_rewrite {
    SECOND_ROM_REFUSES,
    SECOND_ROM_ANDS,
    SECOND_ROM_BREAKS, // its error code: what is read is nothing that was written
};

// What it does otherwise than the note says; bits.
enum second_rom_defect {
    SECOND_ROM_DOUBLE_ACK = 1,          // to the first sync byte
    SECOND_ROM_DOUBLE_NACK = 2,         // of Read and Write Memory under protection
    SECOND_ROM_NO_FIRST_ACK_OF_GO = 4,  //
    SECOND_ROM_NO_NACK_FOR_ADDRESS = 8, // of Read and Write Memory
    SECOND_ROM_GO_FAILS = 16,           // acknowledged, and nothing starts
    SECOND_ROM_FIRST_PAGE_ONLY = 32,    // of a list of pages
    SECOND_ROM_SECOND_BANK_ONCE = 64,   // a list ends with NACK behind its first page in bank 2
    SECOND_ROM_ERASE_NOT_AWAITED = 128, // what comes before its end is acknowledged and not done
    SECOND_ROM_NO_MASS_ERASE = 256,
    SECOND_ROM_NO_BANK_ERASE = 512,
    SECOND_ROM_READ_LOSES_UNIT = 1024, // the first one of the write behind it
    SECOND_ROM_CORRUPTS_RAM = 2048,
    SECOND_ROM_DOUBLE_NACK_OF_SYNC = 4096, // two sync bytes when it is synchronised get two NACKs
};

struct second_rom_config {
    uint8_t protocol_version; // 0x31 is 3.1
    uint8_t get_version;      // what Get Version answers, if that is something else; 0: the same
    uint16_t product;
    const uint8_t *commands; // in the order of Get's answer
    size_t command_count;
    uint32_t byte_us;     // that a byte is on the line: 11 bits
    unsigned defects;     // bits of enum second_rom_defect
    unsigned most_pages;  // that one erase may have; 0: no limit
    bool words_only;      // it refuses writes that are no whole words
    bool wrong_sync_ends; // a first byte that is not 0x7F makes it deaf until it is reset

    struct second_rom_pages pages[SECOND_ROM_RUNS]; // ascending; the first with count 0 ends them
    uint32_t bank_bytes;                            // of the first bank; 0: one bank
    uint32_t program_bytes;                         // unit that is programmed at once
    uint64_t program_us;                            // that it takes
    enum second_rom_rewrite rewrite;
    uint8_t erased;                    // value of an erased byte
    bool stays_silent_on_flash_errors; // a refused unit is acknowledged all the same

    struct second_rom_range ram; // that commands may touch
    struct second_rom_range system_memory;
    struct second_rom_options options[SECOND_ROM_AREAS]; // the first one without a size ends them
    struct second_rom_cell cells[SECOND_ROM_CELLS];

    struct second_rom_range allowed[SECOND_ROM_ALLOWED]; // of flash; size 0: unused
};

// What has happened since the chip was made.
struct second_rom_log {
    unsigned operations;         // of flash: an erased page or bank, a programmed unit
    unsigned erases, programmed; // of these
    unsigned refused;            // units that were not erased, or protected
    unsigned outside;            // changes of bytes of flash outside the allowed ranges
    unsigned option_writes;      // Write Memory to the option bytes
    unsigned protections;        // Write or Readout Protect or Unprotect that was carried out
    unsigned lost;               // bytes that came while it was busy
    unsigned taken, sent;        // bytes
    unsigned resets;
    unsigned starts; // of an application
    uint32_t started_at;
};

struct second_rom_answer {
    uint8_t byte;
    uint64_t at_us; // when its last bit is on the line
};

struct second_rom;

// NULL when there is no memory. The configuration is copied, `commands` is not. Its flash is
// erased, and it waits for the sync byte.
struct second_rom *second_rom_new(const struct second_rom_config *config);
void second_rom_free(struct second_rom *rom);

// A byte that the line has brought at `now_us`, which never goes back.
void second_rom_byte(struct second_rom *rom, uint8_t byte, uint64_t now_us);

// The first answer that is on its way; false when there is none. It stays until it is taken.
bool second_rom_next(struct second_rom *rom, struct second_rom_answer *answer);
void second_rom_take(struct second_rom *rom);

// A byte that came while it was busy is taken when it is no longer: at this time. UINT64_MAX where
// there is none.
uint64_t second_rom_wakes_at(const struct second_rom *rom);
// Nothing has come until `now_us`.
void second_rom_idle(struct second_rom *rom, uint64_t now_us);

// The chip is as new: no log, no protection, flash erased.
void second_rom_renew(struct second_rom *rom);
// Puts bytes into its flash, which are neither counted nor take time.
void second_rom_preset(struct second_rom *rom, uint32_t address, const uint8_t *bytes, size_t size);

// Changes of this range of flash are not counted as outside; it takes the place of the
// configuration's one with this index, below SECOND_ROM_ALLOWED.
void second_rom_allow(struct second_rom *rom, unsigned index, uint32_t start, uint32_t size);

// Off and on again, with BOOT0 high: flash, option bytes and protection are kept.
void second_rom_power_on(struct second_rom *rom);

// Whether it has taken a wrong byte for the sync byte.
bool second_rom_is_deaf(const struct second_rom *rom);

// Whether it has handed over to one that has started.
bool second_rom_runs_application(const struct second_rom *rom);

// The power fails in the middle of the `count`th flash operation from now on; 0: never.
void second_rom_cut_power_after(struct second_rom *rom, unsigned count);

// RDP 0, 1 or 2; 0xFF pages are protected from `first` on when `count` is not 0.
void second_rom_set_readout_protection(struct second_rom *rom, unsigned level);
void second_rom_set_write_protection(struct second_rom *rom, unsigned first_page, unsigned count);

const struct second_rom_log *second_rom_log(const struct second_rom *rom);
bool second_rom_has_power(const struct second_rom *rom);
unsigned second_rom_readout_protection(const struct second_rom *rom);

// `size` bytes of flash from `address` on, which must be flash.
const uint8_t *second_rom_flash(const struct second_rom *rom, uint32_t address, size_t size);

#endif
