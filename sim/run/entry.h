// entry.h: makes the application enter the ROM, in the state that the scenario asks for.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_ENTRY_H
#define BOOTLEAP_SIM_ENTRY_H

#include "run_state.h"

// When the application has got to the place where it enters: puts the chip into the scenario's
// state and makes it call the entry function, or jump. False if it has not got there.
bool entry_make(struct run *run);

// Somebody outside asks the application for the ROM: as soon as it is in no interrupt handler it is
// made to call the scenario's callback.
void entry_ask(struct run *run);

#endif
