// usart_line.h: what a USART does on its line and how it tells of it, in either register layout.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_USART_LINE_H
#define BOOTLEAP_SIM_USART_LINE_H

#include "block.h"

// Bits that both layouts have in the same places, of CR1, CR3 and of SR or ISR.
enum {
    USART_CR1_RE = 1 << 2,
    USART_CR1_TE = 1 << 3,
    USART_CR1_IDLEIE = 1 << 4,
    USART_CR1_RXNEIE = 1 << 5,
    USART_CR1_TCIE = 1 << 6,
    USART_CR1_TXEIE = 1 << 7,
    USART_CR3_DMAR = 1 << 6,
    USART_CR3_DMAT = 1 << 7,
    USART_IDLE = 1 << 4,
    USART_RXNE = 1 << 5,
    USART_TC = 1 << 6,
    USART_TXE = 1 << 7,
};

// Where the registers of a layout are, and UE in CR1.
struct usart_registers {
    uint32_t cr1, cr3, brr;
    uint32_t ue;
    // Interrupts of the FIFO: a bit of CR1 or CR3 is set while data waits, or while there is room.
    // 0: the layout has none.
    uint32_t cr3_received, cr1_room, cr3_room;
};

// The state of a block with a line.
struct usart_line {
    const struct usart_registers *registers;
    const struct port *port; // where the line ends, NULL if nowhere
    struct event look;       // when the line is looked at without being asked
    unsigned rest;           // how often a question does not look at the line
    uint8_t received;        // what the data register holds
    bool full;               // ... and nobody has read
    bool idle;               // the flag IDLE
    bool heard;              // something came since the line was idle
    bool not_complete;       // the flag TC is clear
};

bool usart_line_open(struct block *block, const struct usart_registers *registers);
void usart_line_reset(struct block *block);
// For struct serial_role.
void usart_line_connect(struct block *block, struct port *port);
void usart_line_look(struct block *block);
bool usart_line_listens(const struct block *block);
bool usart_line_asks(const struct block *block, bool receives);

// The flags of SR or ISR, which software looks at: a byte that waits comes in for it.
uint32_t usart_line_status(struct block *block);
// The data registers.
uint32_t usart_line_read(struct block *block);
void usart_line_write(struct block *block, uint32_t value);
// Software clears flags, or throws away what has been received.
void usart_line_clear(struct block *block, uint32_t flags);
// A control register was written.
void usart_line_changed(struct block *block);

#endif
