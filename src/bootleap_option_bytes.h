// bootleap_option_bytes.h: has every reset start the ROM, by option bytes, or the application.
// SPDX-License-Identifier: MIT
//
// The last resort, for those who cannot jump into the ROM: programs the option bits that have a
// reset start the ROM (nBOOT0 and its like; BOOT_ADD0), as one read, one change of these bits, one
// write of the rest as it was, and has them loaded by a reset. docs/devices.md says which parts
// have such bits, and which they are; bootleap_devices.h has the sources. Needs
// bootleap_option_bytes.c. Valid C++ too.
//
// IT STAYS SO: every reset and every power-on starts the ROM, until the bits are programmed back:
// by the host (docs/ways-back.md), or by bootleap_restore_option_bytes() in an application that the
// host starts by Go. Each use wears the option bytes as an erase wears flash. What power leaves
// that fails in the middle is not known here.
#ifndef BOOTLEAP_OPTION_BYTES_H
#define BOOTLEAP_OPTION_BYTES_H

#ifdef __cplusplus
extern "C" {
#endif

// Programs the bits that start the ROM and resets. Interrupts are masked; code runs from flash,
// which a single bank makes wait: milliseconds, and seconds at most if the flash controller does
// not answer. Does not return on success. Otherwise what is in force has not changed, and it
// returns an enum bootleap_refusal of bootleap.h: BOOTLEAP_UNPRIVILEGED, what bootleap_probe() says
// of option bytes, BOOTLEAP_NO_OPTION_BYTES, BOOTLEAP_OPTION_BYTES_FAILED or
// BOOTLEAP_BOOT_ADDRESS. No mark is left: the application's next start is FROM_RESET.
int bootleap_enter_by_option_bytes(void);

// The way out of it: if the bits are those that start the ROM, programs those that start flash and
// resets, which does not return on success (else BOOTLEAP_OPTION_BYTES_FAILED). If they are not, it
// changes nothing and returns 0: harmless at every start. An application that may enter by option
// bytes calls it BEFORE bootleap_on_reset(), whose own reset would start the ROM again.
int bootleap_restore_option_bytes(void);

#ifdef __cplusplus
}
#endif

#endif
