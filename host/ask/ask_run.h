// ask_run.h: asks the application at the other end of a serial line, step by step.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_ASK_RUN_H
#define BOOTLEAP_HOST_ASK_RUN_H

#include "ask_sequence.h"
#include "serial.h"

// Does the steps of a sequence that does not detach. The line is open, at the application's baud
// rate. A line that goes away when nothing more is to be sent is an application that has left.
// Where a step fails, the texts of the undo steps before it are sent, the last one first.
// Problems: EXIT_NO_DEVICE where an answer is awaited and nothing comes; EXIT_FAILED where another
// answer comes, or the line goes away too early; EXIT_USAGE where the sequence refuses; and those
// of serial_touch.
int ask_run(const struct ask_sequence *sequence, struct serial *line, struct problem *problem);

// Says that no host can ask this application: the sequence refuses. Returns EXIT_USAGE.
int ask_refuse(const struct ask_sequence *sequence, struct problem *problem);

#endif
