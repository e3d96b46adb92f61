// testbed.h: the boards' devices in /sys and /dev of umockdev, and the events of udev.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_TESTBED_H
#define BOOTLEAP_TESTS_TESTBED_H

#include "board.h"

struct testbed;

// With the root hub that the boards are plugged into. NULL where umockdev refuses.
struct testbed *testbed_new(void);

// May be called with NULL.
void testbed_free(struct testbed *testbed);

// board->device_number becomes the next free one. From any thread.
void testbed_plug(struct testbed *testbed, struct board *board);
void testbed_unplug(struct testbed *testbed, struct board *board);

#endif
