// usart.c: USARTs and UARTs in both register layouts.
// SPDX-License-Identifier: MIT
//
// RM0090 Rev 21, chapter 30 (one data register), and RM0444 Rev 5, chapter 33 (two of them, FIFO):
// TEACK and REACK follow TE and RE.
#include "chip.h"
#include "usart_line.h"

enum {
    SR = 0x00, // layout with one data register
    DR = 0x04,
    SR_LAYOUT_BRR = 0x08,
    SR_LAYOUT_CR1 = 0x0C,
    SR_LAYOUT_CR3 = 0x14,
    SR_CR1_UE = 1 << 13,
    CR1 = 0x00, // layout with separate data registers
    CR3 = 0x08,
    BRR = 0x0C,
    RQR = 0x18,
    ISR = 0x1C,
    ICR = 0x20,
    RDR = 0x24,
    TDR = 0x28,
    ISR_CR1_UE = 1 << 0,
    CR1_TXFEIE = 1 << 30,
    CR3_TXFTIE = 1 << 23,
    CR3_RXFTIE = 1 << 28,
    RQR_RXFRQ = 1 << 3,
    ISR_TEACK = 1 << 21,
    ISR_REACK = 1 << 22,
    ISR_TXFE = 1 << 23, // of the FIFO, which is empty or holds one byte
    ISR_RXFT = 1 << 26,
    ISR_TXFT = 1 << 27,
    CR1_FIFOEN = 1 << 29,
    SOME_BAUD = 0x123,
};

static bool sr_open(struct block *block)
{
    static const struct usart_registers registers = {
        SR_LAYOUT_CR1, SR_LAYOUT_CR3, SR_LAYOUT_BRR, SR_CR1_UE, 0, 0, 0};

    return usart_line_open(block, &registers);
}

static bool isr_open(struct block *block)
{
    static const struct usart_registers registers = {CR1,        CR3,        BRR,       ISR_CR1_UE,
                                                     CR3_RXFTIE, CR1_TXFEIE, CR3_TXFTIE};

    return usart_line_open(block, &registers);
}

// Reading SR, then DR, clears IDLE: who reads DR has read SR.
static uint32_t sr_read(struct block *block, uint32_t offset)
{
    if (offset == SR) {
        return usart_line_status(block);
    }
    if (offset == DR) {
        usart_line_clear(block, USART_IDLE);
        return usart_line_read(block);
    }
    return block->registers[offset / 4];
}

static void sr_write(struct block *block, uint32_t offset, uint32_t value)
{
    if (offset == DR) {
        usart_line_write(block, value);
    } else if (offset == SR) { // a 0 clears
        usart_line_clear(block, ~value & (USART_RXNE | USART_TC));
    } else {
        block->registers[offset / 4] = value;
        usart_line_changed(block);
    }
}

// What a write of a part of SR leaves alone.
static uint32_t sr_kept(struct block *block, uint32_t offset)
{
    return offset == SR ? USART_RXNE | USART_TC : block->registers[offset / 4];
}

static uint32_t isr_status(struct block *block)
{
    uint32_t cr1 = block->registers[CR1 / 4], status = usart_line_status(block);

    if (cr1 & ISR_CR1_UE) {
        status |= cr1 & USART_CR1_RE ? (uint32_t)ISR_REACK : 0;
        status |= cr1 & USART_CR1_TE ? (uint32_t)ISR_TEACK : 0;
    }
    if (cr1 & CR1_FIFOEN) {
        status |= ISR_TXFE | ISR_TXFT;
        status |= status & USART_RXNE ? (uint32_t)ISR_RXFT : 0;
    }
    return status;
}

static uint32_t isr_read(struct block *block, uint32_t offset)
{
    if (offset == ISR) {
        return isr_status(block);
    }
    return offset == RDR ? usart_line_read(block) : block->registers[offset / 4];
}

static void isr_write(struct block *block, uint32_t offset, uint32_t value)
{
    if (offset == TDR) {
        usart_line_write(block, value);
    } else if (offset == ICR) {
        usart_line_clear(block, value & (USART_IDLE | USART_TC));
    } else if (offset == RQR) {
        usart_line_clear(block, value & RQR_RXFRQ ? USART_RXNE : 0);
    } else if (offset != ISR && offset != RDR) {
        block->registers[offset / 4] = value;
        usart_line_changed(block);
    }
}

// On, at some baud rate.
static void sr_use(struct block *block)
{
    uint32_t start = block->peripheral->start;

    block_start_clock(block);
    bus_write(block->chip, start + SR_LAYOUT_BRR, 4, SOME_BAUD);
    bus_write(block->chip, start + SR_LAYOUT_CR1, 4, SR_CR1_UE | USART_CR1_TE | USART_CR1_RE);
}

static void isr_use(struct block *block)
{
    uint32_t start = block->peripheral->start;

    block_start_clock(block);
    bus_write(block->chip, start + BRR, 4, SOME_BAUD);
    bus_write(block->chip, start + CR1, 4, ISR_CR1_UE | USART_CR1_TE | USART_CR1_RE);
}

#define USART_NOT_MODELLED                                                                         \
    "parity, word length, errors, overruns, modes other than asynchronous, flow control, wake-up " \
    "and timeouts: bytes pass as they are, and sending takes no time"

static const struct serial_role usart_serial = {
    .connect = usart_line_connect,
    .look = usart_line_look,
    .listens = usart_line_listens,
    .asks = usart_line_asks,
};

const struct block_type usart_sr_type = {
    .state_size = sizeof(struct usart_line),
    .open = sr_open,
    .reset = usart_line_reset,
    .read = sr_read,
    .write = sr_write,
    .kept = sr_kept,
    .use = sr_use,
    .role = ROLE_SERIAL,
    .serial = &usart_serial,
    .layout = "SR DR BRR CR1 CR2 CR3 GTPR",
    .not_modelled = USART_NOT_MODELLED,
};
const struct block_type usart_isr_type = {
    .state_size = sizeof(struct usart_line),
    .open = isr_open,
    .reset = usart_line_reset,
    .read = isr_read,
    .write = isr_write,
    .use = isr_use,
    .role = ROLE_SERIAL,
    .serial = &usart_serial,
    .layout = "CR1 CR2 CR3 BRR GTPR RTOR RQR ISR ICR RDR TDR PRESC",
    .not_modelled = USART_NOT_MODELLED,
};
