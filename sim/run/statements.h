// statements.h: puts into words, and into JSON, what an outcome rests on.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_SIM_STATEMENTS_H
#define BOOTLEAP_SIM_STATEMENTS_H

#include "outcome.h"

#include <jansson.h>

enum { STATEMENT_TEXT = 960 };

// Why the statement about this device is so, with what was seen.
void statement_text(const struct statement *statement, const struct device *device,
                    char text[STATEMENT_TEXT]);

// The statements of one wire, as a new JSON array.
json_t *statements_pack(const struct outcome *outcome, const struct device *device);

#endif
