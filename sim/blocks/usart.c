// usart.c: USARTs in both register layouts, with a port at the end of their line.
// SPDX-License-Identifier: MIT
#include "chip.h"
#include "journal.h"
#include "port.h"

enum {
    SR = 0x00, // layout with one data register
    DR = 0x04,
    SR_LAYOUT_BRR = 0x08,
    SR_LAYOUT_CR1 = 0x0C,
    SR_CR1_UE = 1 << 13,
    CR1 = 0x00, // layout with separate data registers
    BRR = 0x0C,
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
    SOME_BAUD = 0x123,
    REST = 31,
};

struct usart {
    const struct port *port; // where the line ends, NULL if nowhere
    unsigned rest;           // how often the line is not looked at again
};

// A line that was empty is not looked at for the next questions: a program asks all the time,
// and asking the system takes twenty times as long.
static bool has_byte(struct usart *usart)
{
    if (usart->rest && !usart->port->is_buffered(usart->port->context)) {
        usart->rest--;
        return false;
    }
    usart->rest = usart->port->is_waiting(usart->port->context) ? 0 : REST;
    return usart->rest == 0;
}

static uint32_t status(struct block *block, bool receives)
{
    struct usart *usart = block->state;

    if (receives && usart->port && has_byte(usart)) {
        block->chip->idle_polls = 0;
        return TXE | TC | RXNE;
    }
    block->chip->idle_polls++;
    return TXE | TC;
}

static uint32_t take(const struct block *block)
{
    const struct usart *usart = block->state;

    return usart->port ? usart->port->take(usart->port->context) : 0;
}

static void send(const struct block *block, uint32_t value)
{
    const struct usart *usart = block->state;

    block->chip->idle_polls = 0;
    journal_byte(block->chip->journal, block->peripheral->name, (uint8_t)value);
    if (usart->port) {
        usart->port->send(usart->port->context, (uint8_t)value);
    }
}

static uint32_t sr_read(struct block *block, uint32_t offset)
{
    uint32_t cr1 = block->registers[SR_LAYOUT_CR1 / 4];
    bool receives = cr1 & SR_CR1_UE && cr1 & CR1_RE;

    if (offset == SR) {
        return status(block, receives);
    }
    return offset == DR && receives ? take(block) : block->registers[offset / 4];
}

static void sr_write(struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t cr1 = block->registers[SR_LAYOUT_CR1 / 4];

    if (offset == DR) {
        if (cr1 & SR_CR1_UE && cr1 & CR1_TE) {
            send(block, value);
        }
    } else if (offset != SR) {
        block->registers[offset / 4] = value;
    }
}

static uint32_t isr_read(struct block *block, uint32_t offset)
{
    uint32_t cr1 = block->registers[CR1 / 4];
    bool receives = cr1 & ISR_CR1_UE && cr1 & CR1_RE;
    uint32_t ready = (cr1 & CR1_RE ? ISR_REACK : 0) | (cr1 & CR1_TE ? ISR_TEACK : 0);

    if (offset == ISR) {
        return status(block, receives) | (cr1 & ISR_CR1_UE ? ready : 0u);
    }
    return offset == RDR && receives ? take(block) : block->registers[offset / 4];
}

static void isr_write(struct block *block, uint32_t offset, uint32_t value)
{
    uint32_t cr1 = block->registers[CR1 / 4];

    if (offset == TDR) {
        if (cr1 & ISR_CR1_UE && cr1 & CR1_TE) {
            send(block, value);
        }
    } else if (offset != ISR && offset != RDR) {
        block->registers[offset / 4] = value;
    }
}

static void usart_connect(struct block *block, struct port *port)
{
    struct usart *usart = block->state;

    *usart = (struct usart){.port = port};
}

// On, at some baud rate.
static void sr_use(struct block *block)
{
    uint32_t start = block->peripheral->start;

    block_start_clock(block);
    bus_write(block->chip, start + SR_LAYOUT_BRR, 4, SOME_BAUD);
    bus_write(block->chip, start + SR_LAYOUT_CR1, 4, SR_CR1_UE | CR1_TE | CR1_RE);
}

static void isr_use(struct block *block)
{
    uint32_t start = block->peripheral->start;

    block_start_clock(block);
    bus_write(block->chip, start + BRR, 4, SOME_BAUD);
    bus_write(block->chip, start + CR1, 4, ISR_CR1_UE | CR1_TE | CR1_RE);
}

#define USART_NOT_MODELLED                                                                         \
    "interrupts, DMA, baud rate, parity, FIFO and errors: bytes pass as they are"

static const struct serial_role usart_serial = {usart_connect};

const struct block_type usart_sr_type = {
    .state_size = sizeof(struct usart),
    .read = sr_read,
    .write = sr_write,
    .use = sr_use,
    .role = ROLE_SERIAL,
    .serial = &usart_serial,
    .layout = "SR DR BRR CR1 CR2 CR3 GTPR",
    .not_modelled = USART_NOT_MODELLED,
};
const struct block_type usart_isr_type = {
    .state_size = sizeof(struct usart),
    .read = isr_read,
    .write = isr_write,
    .use = isr_use,
    .role = ROLE_SERIAL,
    .serial = &usart_serial,
    .layout = "CR1 CR2 CR3 BRR GTPR RTOR RQR ISR ICR RDR TDR PRESC",
    .not_modelled = USART_NOT_MODELLED,
};
