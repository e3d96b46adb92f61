// devices_rom.h: what a row says of its ROM, besides the host that it serves.
// SPDX-License-Identifier: MIT
//
// Part of devices.h. Lists of ROM versions are 0-terminated; an empty one means all versions.
#ifndef BOOTLEAP_COMMON_DEVICES_ROM_H
#define BOOTLEAP_COMMON_DEVICES_ROM_H

#include <stdbool.h>
#include <stdint.h>

// How sure the facts are that share a source.
enum confidence {
    CONFIDENCE_DOCUMENTED, // ST says so
    CONFIDENCE_MEASURED,   // somebody saw it on silicon
    CONFIDENCE_INFERRED,   // it follows from other facts, nobody has seen it
};

// Whether a ROM does something.
enum whether { WHETHER_UNKNOWN, WHETHER_YES, WHETHER_NO };

// When a ROM looks for a bank that it starts instead of listening.
enum bank_check_when {
    BANK_CHECK_NEVER,
    BANK_CHECK_ALWAYS,
    BANK_CHECK_BY_OPTION, // only when option bytes say so
    BANK_CHECK_UNKNOWN,   // one of the two
};

// Initial stack pointers from `first` to `last` make a bank count as valid.
struct stack_window {
    const char *name; // of the RAM
    uint32_t first;
    uint32_t last;
    const uint16_t *versions;
};

struct bank_check {
    enum bank_check_when when;
    enum whether remap_cures;   // MEM_MODE, set to system memory before the jump, keeps it from it
    enum confidence confidence; // of `when`
    enum confidence window_confidence; // of `windows`
    const uint16_t *versions;
    const uint32_t *banks;              // in the order in which it looks at them, 0-terminated
    const struct stack_window *windows; // terminated by name NULL
    enum whether swaps;                 // a bank that is not at the start of flash is swapped to it
    enum confidence swap_confidence;
    uint32_t swap_register, swap_mask; // the bit that then shows; 0 where there is none
};

// What comes of a jump with bits as the ROM cannot live with them.
enum jump_end { JUMP_HANGS, JUMP_CRASHES, JUMP_NO_USB };

// Bits of a register that speak against a jump to the ROM.
struct jump_condition {
    const char *name; // "XSPICKP = 1"
    uint32_t address;
    uint32_t mask;
    uint32_t value; // that they must not have
    enum jump_end end;
    uint32_t options; // ... while each of these options refuses too: 1 << enum option_refusal
    const uint16_t *versions;
};

// A pin that keeps the ROM from finding a host while it is low.
struct deaf_pin {
    const char *pin;      // "PB15"
    bool floats;          // it counts as low while nobody drives it
    const char *packages; // for which this holds, as ST names them; "": all
    const uint16_t *versions;
    const char *loses[16]; // interfaces, terminated by NULL; none: all of them
};

// Bits of a register that are not what a reset leaves, once the application is started.
struct left_bits {
    const char *name; // "AHB1ENR"
    uint32_t address;
    uint32_t mask;
    uint32_t value;
    bool any; // it is only known that they differ from those of a reset
    const uint16_t *versions;
};

// An application whose stack begins in so many bytes at the end of a RAM may not start.
struct stack_room {
    uint32_t bytes;
    const uint16_t *versions;
};

// What a version does otherwise than AN3155 says, or DFU and AN3156.
enum quirk {
    QUIRK_DOUBLE_ACK = 1,        // two ACKs for the byte that starts AN3155
    QUIRK_DOUBLE_NACK_PROTECTED, // two NACKs for Read and Write Memory under protection
    QUIRK_GO_WITHOUT_FIRST_ACK,
    QUIRK_NO_NACK_FOR_ADDRESS, // Read and Write Memory at an address that is not supported
    QUIRK_GET_VERSION_0X20,
    QUIRK_ERASE_PAGES_MOST,       // an erase of more than `number` pages is refused
    QUIRK_ERASE_FIRST_PAGE_ONLY,  // of several pages the first is erased, and all acknowledged
    QUIRK_ERASE_SECOND_BANK_ONCE, // of several pages of bank 2 the first is erased, then NACK
    QUIRK_ERASE_NOT_AWAITED,      // acknowledged before its end, `number` ms of which are left
    QUIRK_MASS_ERASE_MISSING,     // 0xFFFF is refused
    QUIRK_BANK_ERASE_REFUSED,     // 0xFFFE and 0xFFFD are
    QUIRK_READ_LOSES_UNIT,        // `number` bytes of the first write after a read
    QUIRK_RAM_WRITES_CORRUPTED,
    QUIRK_DFU_STARTS_IN_ERROR,        // dfuERROR with errFIRMWARE, until the first CLRSTATUS
    QUIRK_DFU_EARLY_POLL_STALLS,      // GETSTATUS before the time that it gave is refused
    QUIRK_DFU_CLRSTATUS_STALLS,       // outside dfuERROR it is refused, and changes nothing
    QUIRK_DFU_SECOND_BANK_SHIFTED,    // erases the sector of bank 2 that is `number` further
    QUIRK_DFU_SECOND_BANK_NOT_ERASED, // an erase of a sector of bank 2 does not work
    QUIRK_DFU_SECOND_BANK_STAYS_BUSY, // after such an erase, until CLRSTATUS comes twice
    QUIRK_DFU_MASS_ERASE_MISSING,     // a mass erase does not work
    QUIRK_DFU_MASS_ERASE_LONGER,      // it lasts at least `number` ms longer than the ROM says
    QUIRK_DFU_ODD_BLOCK_CORRUPTED,    // of more than `number` bytes, no multiple of 8
    QUIRK_DFU_MEMORIES_ERASABLE,      // memories beside the flash say g and not e
    QUIRK_DFU_WRONG_SECTORS,          // of the flash: `number` KB each, 0: nobody knows
    QUIRK_DFU_OLD_RELEASE,            // bcdDevice is `number`
    QUIRK_DFU_RESETS_BACKUP,          // the backup domain is reset when USB is chosen
};

struct rom_quirk {
    enum quirk quirk; // 0 ends a list
    const uint16_t *versions;
    unsigned number;
    enum confidence confidence;
};

// What it does at Go.
struct rom_go {
    bool pvu;                            // IWDG_SR.PVU stays set, where the IWDG did not run before
    enum confidence confidence;          // of `leaves`
    const struct left_bits *leaves;      // terminated by name NULL
    const uint16_t *fails;               // versions that do not start the application; empty: none
    const uint16_t *keeps_stack;         // versions that leave the stack pointer alone; empty: none
    const struct stack_room *stack_room; // terminated by bytes 0
};

// How long it takes from its first instruction until it listens.
struct startup {
    uint32_t us;      // at least
    const char *when; // "" where it is always that
    const uint16_t *versions;
};

#endif
