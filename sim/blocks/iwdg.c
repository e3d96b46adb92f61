// iwdg.c: the independent watchdog: started by key, fed by key, resets the chip when forgotten.
// SPDX-License-Identifier: MIT
#include "block.h"
#include "chip.h"

enum {
    KR = 0x00,
    PR = 0x04,
    RLR = 0x08,
    SR = 0x0C,
    PVU = 1,
    PR_LARGEST = 6,
    KEY_START = 0xCCCC,
    KEY_FEED = 0xAAAA,
    KEY_ACCESS = 0x5555,
    RLR_RESET = 0xFFF,
    INSTRUCTIONS_PER_LSI_CYCLE = 500, // 16 MHz and one instruction a cycle, against 32 kHz
};

static void feed(struct chip *chip, const struct block *block)
{
    uint64_t cycles = (uint64_t)(block->registers[RLR / 4] + 1) << (2 + block->registers[PR / 4]);

    chip->iwdg_deadline = chip->instructions + cycles * INSTRUCTIONS_PER_LSI_CYCLE;
}

static void iwdg_reset(struct chip *chip, struct block *block)
{
    block->registers[RLR / 4] = RLR_RESET;
    chip->iwdg_deadline = 0;
    chip->iwdg_fed = chip->iwdg_pvu = false;
    if (chip->hardware_iwdg) {
        feed(chip, block);
    }
}

static uint32_t iwdg_read(struct chip *chip, struct block *block, uint32_t offset)
{
    if (offset == SR) {
        return chip->iwdg_pvu ? PVU : 0;
    }
    return offset == KR ? 0 : block->registers[offset / 4];
}

static void iwdg_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    bool open = block->registers[KR / 4] == KEY_ACCESS;

    if (offset == KR) {
        block->registers[KR / 4] = value == KEY_ACCESS ? value : 0;
        if (value == KEY_START || (value == KEY_FEED && chip->iwdg_deadline)) {
            feed(chip, block);
            chip->iwdg_fed = true;
            chip->iwdg_pvu = false; // its clock runs, so the update comes to its end
        }
    } else if (offset == PR && open) {
        block->registers[PR / 4] = value & (chip->device->iwdg_slowest > 7 ? 15u : 7u);
    } else if (offset == RLR && open) {
        block->registers[RLR / 4] = value & 0xFFFu;
    }
}

void iwdg_feed_by_rom(struct chip *chip)
{
    struct block *block = block_at(chip, chip->device->iwdg);

    if (block) {
        block->registers[PR / 4] = PR_LARGEST;
        feed(chip, block);
    }
}

const struct block_behaviour iwdg_behaviour = {
    .reset = iwdg_reset,
    .read = iwdg_read,
    .write = iwdg_write,
    .not_modelled = "the window, early wake-up, the time that PR and RLR updates take",
};
