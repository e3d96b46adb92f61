// operand_order.h: whether a port stands where a file or an address belongs.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_OPERAND_ORDER_H
#define BOOTLEAP_CLI_OPERAND_ORDER_H

#include "option_table.h"

// Refuses two operands of which each stands in the other's place, and a port alone where the verb
// wants a file. By the look of them: nothing is opened. Problem: EXIT_USAGE.
int operand_order_check(const char *const *operands, int count, const struct option_table *table,
                        struct problem *problem);

#endif
