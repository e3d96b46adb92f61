// not_modelled.h: what the virtual chip never models, whatever its row says.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_NOT_MODELLED_H
#define BOOTLEAP_SIM_NOT_MODELLED_H

// Sentences for the report, NULL-terminated. What single blocks lack is in their behaviour.
extern const char *const not_modelled_always[];

#endif
