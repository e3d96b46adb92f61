// monitor_text.h: the frames of a monitor as lines on stderr.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_MONITOR_TEXT_H
#define BOOTLEAP_CLI_MONITOR_TEXT_H

#include "monitor.h"

// One line a frame: "    12 ms /dev/ttyUSB0 -> 2: 00 FF". For a struct monitor, whose context it
// does not use.
void monitor_text_print(void *context, const struct monitor_frame *frame);

#endif
