// rom_time.h: how long a ROM waits for its host.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ROM_TIME_H
#define BOOTLEAP_SIM_ROM_TIME_H

#include "rom_state.h"

// Milliseconds of the host's clock.
uint64_t rom_time_ms(void);

// Whether the ROM must not wait for its host any longer: the run is being stopped, or a watchdog
// has bitten.
bool rom_is_over(const struct rom *rom);

#endif
