// udev_rule.h: the udev rule that lets a user open an STM32's ROM on USB.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_UDEV_RULE_H
#define BOOTLEAP_HOST_UDEV_RULE_H

#include <stdio.h>

// uaccess is acted on by 73-seat-late.rules, so a rule has to come before it.
#define UDEV_RULE_FILE "/etc/udev/rules.d/70-bootleap.rules"

// Prints the whole file.
void udev_rule_print(FILE *out);

#endif
