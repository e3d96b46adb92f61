// interrupted.h: what the handler that runs has interrupted.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_INTERRUPTED_H
#define BOOTLEAP_SIM_INTERRUPTED_H

#include "call_site.h"

// Where the code was when the handler came. It is known where EXC_RETURN is still in LR of the
// handler, or near its SP. False where it was not found.
bool interrupted_find(struct chip *chip, const struct call_site *handler,
                      struct call_site *interrupted);

#endif
