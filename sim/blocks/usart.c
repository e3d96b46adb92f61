// usart.c: USARTs in both register layouts, at the other end of a pseudo-terminal.
// SPDX-License-Identifier: MIT
#include "block.h"
#include "chip.h"
#include "journal.h"
#include "terminal.h"

enum {
    SR = 0x00, // layout with one data register
    DR = 0x04,
    SR_LAYOUT_CR1 = 0x0C,
    SR_CR1_UE = 1 << 13,
    CR1 = 0x00, // layout with separate data registers
    ISR = 0x1C,
    RDR = 0x24,
    TDR = 0x28,
    ISR_CR1_UE = 1 << 0,
    CR1_RE = 1 << 2,
    CR1_TE = 1 << 3,
    RXNE = 1 << 5, // the same places in SR and ISR
    TC = 1 << 6,
    TXE = 1 << 7,
    ISR_TEACK = 1 << 21,
    ISR_REACK = 1 << 22,
    REST = 31,
};

// A line that was empty is not looked at for the next questions: a program asks all the time,
// and asking the system takes twenty times as long.
static bool has_byte(struct block *block)
{
    if (block->terminal->count == 0 && block->rest) {
        block->rest--;
        return false;
    }
    block->rest = terminal_waiting(block->terminal) ? 0 : REST;
    return block->rest == 0;
}

static uint32_t status(struct chip *chip, struct block *block, bool receives)
{
    if (receives && block->terminal && has_byte(block)) {
        chip->idle_polls = 0;
        return TXE | TC | RXNE;
    }
    chip->idle_polls++;
    return TXE | TC;
}

static uint32_t take(const struct block *block)
{
    return block->terminal ? terminal_take(block->terminal) : 0;
}

static void send(struct chip *chip, const struct block *block, uint32_t value)
{
    chip->idle_polls = 0;
    journal_byte(chip->journal, block->peripheral->name, (uint8_t)value);
    if (block->terminal) {
        terminal_send(block->terminal, (uint8_t)value);
    }
}

static uint32_t sr_read(struct chip *chip, struct block *block, uint32_t offset)
{
    uint32_t cr1 = block->registers[SR_LAYOUT_CR1 / 4];
    bool receives = cr1 & SR_CR1_UE && cr1 & CR1_RE;

    if (offset == SR) {
        return status(chip, block, receives);
    }
    return offset == DR && receives ? take(block) : block->registers[offset / 4];
}

static void sr_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t cr1 = block->registers[SR_LAYOUT_CR1 / 4];

    if (offset == DR) {
        if (cr1 & SR_CR1_UE && cr1 & CR1_TE) {
            send(chip, block, value);
        }
    } else if (offset != SR) {
        block->registers[offset / 4] = value;
    }
}

static uint32_t isr_read(struct chip *chip, struct block *block, uint32_t offset)
{
    uint32_t cr1 = block->registers[CR1 / 4];
    bool receives = cr1 & ISR_CR1_UE && cr1 & CR1_RE;
    uint32_t ready = (cr1 & CR1_RE ? ISR_REACK : 0) | (cr1 & CR1_TE ? ISR_TEACK : 0);

    if (offset == ISR) {
        return status(chip, block, receives) | (cr1 & ISR_CR1_UE ? ready : 0u);
    }
    return offset == RDR && receives ? take(block) : block->registers[offset / 4];
}

static void isr_write(struct chip *chip, struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t cr1 = block->registers[CR1 / 4];

    if (offset == TDR) {
        if (cr1 & ISR_CR1_UE && cr1 & CR1_TE) {
            send(chip, block, value);
        }
    } else if (offset != ISR && offset != RDR) {
        block->registers[offset / 4] = value;
    }
}

#define USART_LACKS "interrupts, DMA, baud rate, parity, FIFO and errors: bytes pass as they are"

const struct block_behaviour usart_sr_behaviour = {
    .read = sr_read, .write = sr_write, .not_modelled = USART_LACKS};
const struct block_behaviour usart_isr_behaviour = {
    .read = isr_read, .write = isr_write, .not_modelled = USART_LACKS};
