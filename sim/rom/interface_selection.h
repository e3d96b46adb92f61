// interface_selection.h: on which interface a ROM can find a host, as its pins are tied.
// SPDX-License-Identifier: MIT
//
// AN2606 Rev 70, Section 4.3: the first interface that shows traffic is the one that the ROM
// uses, a pin that floats or a USB host that is attached may be enough for that.
#ifndef BOOTLEAP_SIM_INTERFACE_SELECTION_H
#define BOOTLEAP_SIM_INTERFACE_SELECTION_H

#include "rom_state.h"

// Whether a host on this USART is found.
bool interface_selection_finds(const struct rom *rom, const char *usart);

// Whether a host is found on any USART of this ROM; if not, *why says so.
bool interface_selection_finds_any(const struct rom *rom, const char **why);

// Tells what keeps it from finding hosts.
void interface_selection_note(const struct rom *rom);

#endif
