// usart_line.c: receives and sends bytes for a USART, and asks for interrupts and DMA.
// SPDX-License-Identifier: MIT
//
// Bytes come one at a time. One that nobody has read keeps the next waiting at the other end of the
// line, so nothing is ever overrun. A program that asks gets the next byte at once. For one that is
// called, by interrupt or DMA, a character takes the time that BRR says, about: ten bits of the
// clock of the core. After as long a silence the line is idle. Sending takes no time.
#include "usart_line.h"

#include "chip.h"
#include "dma_requests.h"
#include "journal.h"
#include "port.h"

enum {
    REST = 31,
    CHARACTER_BITS = 10,
    SHORTEST = 100, // instructions that a character takes
    LONGEST = 20000,
};

static uint32_t control(const struct block *block)
{
    const struct usart_line *line = block->state;

    return block->registers[line->registers->cr1 / 4];
}

static uint32_t control_3(const struct block *block)
{
    const struct usart_line *line = block->state;

    return block->registers[line->registers->cr3 / 4];
}

static bool is_on(const struct block *block, uint32_t enable)
{
    const struct usart_line *line = block->state;

    return control(block) & line->registers->ue && control(block) & enable;
}

static uint64_t character(const struct block *block)
{
    const struct usart_line *line = block->state;
    uint64_t time = (uint64_t)CHARACTER_BITS * block->registers[line->registers->brr / 4];

    return time < SHORTEST ? SHORTEST : time > LONGEST ? LONGEST : time;
}

bool usart_line_listens(const struct block *block)
{
    const struct usart_line *line = block->state;

    return is_on(block, USART_CR1_RE) &&
           (control(block) & USART_CR1_RXNEIE ||
            control_3(block) & (USART_CR3_DMAR | line->registers->cr3_received));
}

bool usart_line_asks(const struct block *block, bool receives)
{
    const struct usart_line *line = block->state;

    return receives ? line->full && control_3(block) & USART_CR3_DMAR
                    : is_on(block, USART_CR1_TE) && control_3(block) & USART_CR3_DMAT;
}

static bool wants_interrupt(const struct block *block)
{
    const struct usart_line *line = block->state;
    uint32_t cr1 = control(block), cr3 = control_3(block);

    return cr1 & line->registers->ue &&
           ((line->full && (cr1 & USART_CR1_RXNEIE || cr3 & line->registers->cr3_received)) ||
            (line->idle && cr1 & USART_CR1_IDLEIE) ||
            (!line->not_complete && cr1 & USART_CR1_TCIE) ||
            cr1 & (USART_CR1_TXEIE | line->registers->cr1_room) || cr3 & line->registers->cr3_room);
}

// After whatever may have changed a flag or an enable bit.
static void tell(struct block *block)
{
    block_set_interrupt(block, wants_interrupt(block));
    if (control_3(block) & (USART_CR3_DMAR | USART_CR3_DMAT)) {
        dma_requests_changed(block->chip);
    }
}

// A line that was empty is not looked at for the next questions: a program asks all the time,
// and asking the system takes twenty times as long.
static bool has_byte(struct usart_line *line)
{
    if (line->rest && !line->port->is_buffered(line->port->context)) {
        line->rest--;
        return false;
    }
    line->rest = line->port->is_waiting(line->port->context) ? 0 : REST;
    return line->rest == 0;
}

static void receive(struct usart_line *line)
{
    line->received = line->port->take(line->port->context);
    line->full = line->heard = true;
}

// When the line is looked at next. The core, if it sleeps, is not woken for an empty line.
static void schedule(struct block *block)
{
    struct usart_line *line = block->state;
    uint64_t now = block->chip->core.instructions, at = EVENT_NEVER;
    bool comes = line->port && line->port->is_buffered(line->port->context);

    if (!line->full && is_on(block, USART_CR1_RE)) {
        at = line->heard || (comes && usart_line_listens(block)) ? now + character(block) : at;
    }
    line->look.stands_still_in_sleep =
        !comes && !(line->heard && control(block) & USART_CR1_IDLEIE);
    event_schedule(&block->chip->core.events, &line->look, at);
}

static void look(void *context)
{
    struct block *block = context;
    struct usart_line *line = block->state;
    bool comes = line->port && line->port->is_waiting(line->port->context);

    if (block_is_clocked(block) && !line->full && is_on(block, USART_CR1_RE)) {
        if (comes && usart_line_listens(block)) {
            receive(line);
        } else if (!comes && line->heard) {
            line->heard = false;
            line->idle = true;
        }
        tell(block);
    }
    schedule(block);
}

bool usart_line_open(struct block *block, const struct usart_registers *registers)
{
    struct usart_line *line = block->state;

    line->registers = registers;
    line->look = (struct event){.fire = look, .context = block};
    return event_queue_add(&block->chip->core.events, &line->look);
}

void usart_line_reset(struct block *block)
{
    struct usart_line *line = block->state;

    line->full = line->idle = line->heard = line->not_complete = false;
    event_schedule(&block->chip->core.events, &line->look, EVENT_NEVER);
}

void usart_line_connect(struct block *block, struct port *port)
{
    struct usart_line *line = block->state;

    line->port = port;
    line->rest = 0;
}

void usart_line_look(struct block *block)
{
    struct usart_line *line = block->state;

    if (line->port && usart_line_listens(block) && line->port->is_waiting(line->port->context)) {
        line->look.stands_still_in_sleep = false;
        if (line->look.at == EVENT_NEVER) {
            schedule(block);
        }
    }
}

uint32_t usart_line_status(struct block *block)
{
    struct usart_line *line = block->state;

    if (!line->full && line->port && is_on(block, USART_CR1_RE) && has_byte(line)) {
        receive(line);
        tell(block);
    }
    if (line->full) {
        block->chip->idle_polls = 0;
    } else {
        block->chip->idle_polls++;
    }
    return USART_TXE | (line->full ? USART_RXNE : 0u) | (line->idle ? USART_IDLE : 0u) |
           (line->not_complete ? 0u : USART_TC);
}

uint32_t usart_line_read(struct block *block)
{
    struct usart_line *line = block->state;

    if (!is_on(block, USART_CR1_RE)) {
        return line->received;
    }
    if (!line->full && line->port && line->port->is_waiting(line->port->context)) {
        receive(line);
    }
    line->full = false;
    tell(block);
    schedule(block);
    return line->received;
}

void usart_line_write(struct block *block, uint32_t value)
{
    struct usart_line *line = block->state;

    if (!is_on(block, USART_CR1_TE)) {
        return;
    }
    block->chip->idle_polls = 0;
    journal_byte(block->chip->journal, block->peripheral->name, (uint8_t)value);
    if (line->port) {
        line->port->send(line->port->context, (uint8_t)value);
    }
    line->not_complete = false;
    tell(block);
}

void usart_line_clear(struct block *block, uint32_t flags)
{
    struct usart_line *line = block->state;

    line->idle &= !(flags & USART_IDLE);
    line->not_complete |= (flags & USART_TC) != 0;
    line->full &= !(flags & USART_RXNE);
    tell(block);
    schedule(block);
}

void usart_line_changed(struct block *block)
{
    tell(block);
    schedule(block);
}
