// bootleap_second_core.h: keeps the second core of a dual-core part away from the ROM.
// SPDX-License-Identifier: MIT
//
// Needs bootleap_second_core.c in the second core's image, and the rest of the library in the
// first's; only the first core may enter the ROM. Valid C++ too.
#ifndef BOOTLEAP_SECOND_CORE_H
#define BOOTLEAP_SECOND_CORE_H

#ifdef __cplusplus
extern "C" {
#endif

// First call in the reset handler of the second core: sleeps for ever, with interrupts masked,
// while the first core is on its way into the ROM; otherwise returns and changes nothing. The
// next system reset ends the sleep. Both cores' images must have the same BOOTLEAP_MARK, in a
// RAM that both see at this address; with BOOTLEAP_MARK_IN_BACKUP a call does not compile. Reads
// the reset flags and the mark, privileged. The first core's image defines
// BOOTLEAP_SECOND_CORE_PARKS.
#ifdef BOOTLEAP_MARK_IN_BACKUP
__attribute__((error("bootleap: the second core looks for the mark in RAM: \
build without BOOTLEAP_MARK_IN_BACKUP")))
#endif
void bootleap_park_second_core(void);

#ifdef __cplusplus
}
#endif

#endif
