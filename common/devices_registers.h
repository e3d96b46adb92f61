// devices_registers.h: how bits of registers behave, beyond keeping what is written to them.
// SPDX-License-Identifier: MIT
//
// The lists are generated from devices/registers/*.toml, where each peripheral names its source;
// devices/README.md explains the words. A bit that no entry holds keeps what is written, and is 0
// after a system reset unless the row or known_registers says otherwise.
//
// Entries with one of the three locks (BITS_LOCKED, BITS_LOCKED_BY, BITS_KEYED) say when bits can
// be written at all; several can hold for a bit, and then all must allow the write. All other
// entries say what becomes of the bits, and at most one such entry of a list holds a bit, but for
// flags: BITS_SET_BY, BITS_SET_WHILE and BITS_CLEARED_BY are ends of one flag, and a bit may have
// several. Software changes it in no other way, unless BITS_CLEARED_BY_ZERO is one of them.
//
// A list leaves out what other groups of the row own: the ready bits and SWS of [device.clock], the
// reset flags and RMVF, MEM_MODE, the EMPTY flag and the backup registers.
#ifndef BOOTLEAP_COMMON_DEVICES_REGISTERS_H
#define BOOTLEAP_COMMON_DEVICES_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>

enum bits_behaviour {
    BITS_READ_ONLY,       // software cannot change them: they keep their reset value
    BITS_WRITE_ONLY,      // a 1 acts and is gone: they read 0
    BITS_CLEARED_BY_ONE,  // hardware sets them; software clears them by a 1, a 0 does nothing
    BITS_CLEARED_BY_ZERO, // hardware sets them; software clears them by a 0, a 1 does nothing
    BITS_SET_ONLY,        // a 1 stays until a reset
    BITS_RESERVED,        // keep what is written, and mean nothing
    BITS_ONE,             // read 1 whatever is written: something that is ready at rest
    // Become, in a few reads of their own register, what the bits under other_mask at `other` are.
    // As many bits as other_mask has: copied, bit by bit. One bit below a mask of several: 1 while
    // any of them is set.
    BITS_FOLLOW,
    BITS_FOLLOW_NOT, // ... or the inverse
    BITS_SHOW,       // Are what BITS_FOLLOW would have them become, at once.
    BITS_RETURN,     // software clears them by a 0, hardware sets them again in a few reads (RSF)
    // A 1 that is written is seen for a few reads, then hardware clears it; but not while a bit
    // under other_mask at `other` is set, where there is one.
    BITS_FALL,
    // Hardware sets them when a 1 is written to any bit of other_mask at `other`; where that is the
    // whole register, by any write.
    BITS_SET_BY,
    BITS_SET_WHILE, // ... in a few reads, again and again, while a bit of other_mask there is set
    // Cleared when a 1 is written to a bit of other_mask at `other` (CICR, FCR, SCR), of which
    // those bits read 0. As many bits as other_mask has: each by its own; else all by any.
    BITS_CLEARED_BY,
    BITS_LOCKED,    // can be written only while a bit under other_mask at `other` is set (DBP)
    BITS_LOCKED_BY, // cannot be written while a bit under other_mask at `other` is set
    // Can be written only after `other` was given 0xCA and then 0x53 (RTC_WPR). Any other value
    // locks them again; a system reset does not.
    BITS_KEYED,
};

struct register_bits {
    const char *name; // "PWR_CSR.VOSRDY"; of a whole register "RTC_PRER"
    uint32_t address;
    uint32_t mask;
    enum bits_behaviour behaviour;
    uint32_t other; // another register, or the same; 0 where the behaviour needs none
    uint32_t other_mask;
    const char *const *parts; // macros of the row that have it, NULL-terminated; empty: all
};

// A register that no other group of the row lists, and what it holds after a system reset: where
// the parts of the row differ, the bits that are set on any of them. A list has one entry an
// address.
struct register_known {
    const char *name; // "PWR_CR"
    uint32_t address;
    uint32_t reset;
    bool backup_domain; // only a reset of the backup domain brings it back to `reset`
    uint32_t
        reset_register; // of RCC, with the bit that resets it; 0: only a reset of the chip does
    uint32_t reset_mask;
    uint32_t kept;            // bits that a reset leaves as they are, but for one of the power
    uint32_t settings;        // bits that an application sets, as far as somebody says it
    bool left;                // it is no setting: a status, a lock, a key, secure code's
    const char *const *parts; // as above
};

// Bits that keep what is written, by the name that headers have for them, of any part of the row.
struct named_bits {
    uint32_t address;
    uint32_t mask;
    const char *name;
};

// Bits that a reset of the chip leaves as they are; none of a register that nobody lists (NULL).
static inline uint32_t register_lasting_bits(const struct register_known *known)
{
    if (!known) {
        return 0;
    }
    return known->backup_domain ? 0xFFFFFFFFu : known->kept;
}

#endif
