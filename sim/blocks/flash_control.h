// flash_control.h: one controller that programs and erases a part of the flash.
// SPDX-License-Identifier: MIT
//
// What it is about, its registers and bits, the row says: see struct flash_controller. Its control
// register is kept in the block's registers, all else here.
#ifndef BOOTLEAP_SIM_FLASH_CONTROL_H
#define BOOTLEAP_SIM_FLASH_CONTROL_H

#include "chip.h"

enum { FLASH_CONTROLLERS = 2, FLASH_UNIT_MOST = 64 };

struct flash_control {
    struct block *block;
    void (*changed)(struct block *block); // after its flags or its control register have
    const struct flash_controller *row;
    struct event done;          // of what it works on
    struct region erase;        // what that erases, size 0: it programs
    uint32_t page_address;      // that was written to the register for it
    uint32_t flags;             // of the status register that stay until software clears them
    unsigned keys[FLASH_LOCKS]; // that were given in order
    bool shut[FLASH_LOCKS];     // by a wrong key, until the next reset
    bool busy;
    uint32_t unit;   // address of the unit that is not complete
    uint64_t filled; // its bytes that are there, a bit each
    uint8_t bytes[FLASH_UNIT_MOST];
};

// False: there is no room for its event.
bool flash_control_open(struct flash_control *control, struct block *block,
                        const struct flash_controller *row, void (*changed)(struct block *block));
// Whether a flag is set that is to interrupt.
bool flash_control_interrupts(const struct flash_control *control);
// After the block's registers were reset.
void flash_control_reset(struct flash_control *control);

// Whether it has this register besides the control register: then it keeps nothing of it.
bool flash_control_has(const struct flash_control *control, uint32_t address);
// What status and control register hold; `value` elsewhere. Locks of the control register are its
// own, whatever `value` says.
uint32_t flash_control_read(const struct flash_control *control, uint32_t address, uint32_t value);
// A write. Returns what is kept of it.
uint32_t flash_control_write(struct flash_control *control, uint32_t address, uint32_t value);

// The part of the flash that it programs.
struct region flash_control_part(const struct flash_control *control);
// What the control register holds.
uint32_t flash_control_bits(const struct flash_control *control);
bool flash_control_is_locked(const struct flash_control *control);
// Whether an error that software has not cleared forbids to go on.
bool flash_control_is_blocked(const struct flash_control *control);
// Starts to erase a region, or to program where its size is 0.
void flash_control_start(struct flash_control *control, const struct region *what);
// Does what is left of it at once: software that goes on waits in a stalled bus.
void flash_control_finish(struct flash_control *control);

// A store to its part. False: nobody knows what becomes of it.
bool flash_control_store(struct flash_control *control, uint32_t address, unsigned size,
                         uint32_t value);
// Programs the unit that is not complete.
void flash_control_force(struct flash_control *control);
// The page that holds `address`, or that has this number from `start` on; size 0: there is none.
struct region flash_page_at(const struct chip *chip, uint32_t address);
struct region flash_page_of(const struct chip *chip, uint32_t start, uint32_t number);

#endif
