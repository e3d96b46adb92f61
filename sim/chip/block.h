// block.h: what all modelled IP blocks have in common. One file models one block.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_BLOCK_H
#define BOOTLEAP_SIM_BLOCK_H

#include "devices.h"

#include <stdbool.h>
#include <stdint.h>

struct chip;
struct block;

// How a block behaves. Offsets are in bytes from its start, multiples of 4; each function may
// be NULL, and then registers are plain memory that reads 0 after a reset.
struct block_behaviour {
    void (*reset)(struct chip *chip, struct block *block);
    uint32_t (*read)(struct chip *chip, struct block *block, uint32_t offset);
    void (*write)(struct chip *chip, struct block *block, uint32_t offset, uint32_t value);
    bool outlives_resets;     // its registers are in the backup domain
    const char *not_modelled; // what of it is not modelled, for the report
};

extern const struct block_behaviour gpio_behaviour;
extern const struct block_behaviour usart_sr_behaviour;
extern const struct block_behaviour usart_isr_behaviour;
extern const struct block_behaviour syscfg_behaviour;
extern const struct block_behaviour flash_behaviour;
extern const struct block_behaviour iwdg_behaviour;
extern const struct block_behaviour pwr_behaviour;
extern const struct block_behaviour register_file_behaviour;
extern const struct block_behaviour gpio_crl_behaviour;
extern const struct block_behaviour wwdg_behaviour;
extern const struct block_behaviour dma_behaviour;
extern const struct block_behaviour backup_behaviour;

struct terminal;

enum { BLOCK_CHANNELS = 16 };

// One instance.
struct block {
    const struct peripheral *peripheral;
    const struct block_behaviour *behaviour;
    uint32_t *registers; // peripheral->size / 4 words
    uint32_t *at_reset;  // what they were after the last reset
    bool written;        // since the last reset, other than by what a handoff may do
    bool used;           // since power-on

    struct terminal *terminal; // USART only: where its line ends; NULL if nowhere
    unsigned rest;             // USART only: how often the line is not looked at again
    uint32_t driven, inputs;   // GPIO only: pins that the outside drives, and their levels
    uint32_t transferred[BLOCK_CHANNELS]; // DMA only: bytes of the round that is under way
};

// The behaviour of this kind of block; the list of all kinds is in the code of chip_open().
const struct block_behaviour *block_behaviour(enum block_kind kind);

// The block called `name`, or NULL.
struct block *block_find(const struct chip *chip, const char *name);
// The block at `address`, or NULL.
struct block *block_at(const struct chip *chip, uint32_t address);

// True while the block's clock runs. A block without clock ignores writes and reads 0.
bool block_is_clocked(const struct chip *chip, const struct block *block);

// True while RCC holds the block in reset. Such a block ignores writes and reads 0.
bool block_is_held(const struct chip *chip, const struct block *block);

void block_reset(struct chip *chip, struct block *block);
// Resets the blocks whose bit in the RSTR register at `address` of RCC is set. Its words are kept
// with RCC's others; to be called after each write to RCC.
void block_reset_by_rcc(struct chip *chip, uint32_t address);
// Whole words; smaller accesses are put together by the bus.
uint32_t block_read(struct chip *chip, struct block *block, uint32_t offset);
void block_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value);

// Feeds the IWDG with its largest prescaler, as a ROM does.
void iwdg_feed_by_rom(struct chip *chip);

// True if every register holds what a reset puts there.
bool block_is_reset(const struct block *block);

#endif
