// look.h: the steps of looking, each of which notes what it sees.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_HOST_LOOK_H
#define BOOTLEAP_HOST_LOOK_H

#include "bootloader.h"
#include "doctor_settings.h"
#include "observations.h"
#include "problem.h"
#include "serial.h"

// What the row of the named device says.
void look_at_row(struct observations *seen, const struct device *device);

// A serial port as the system shows it: the file, its owner, who has it open.
void look_at_port(struct observations *seen, const struct doctor_settings *settings);

// Serial adapters on USB without a port.
void look_at_adapters(struct observations *seen, const char *root);

// Programs that ask ports what they are, and whether anything keeps them from this one.
void look_at_programs(struct observations *seen, const char *root);

// What is on USB, and of a port "usb:...", the device that it means. Problems: those of
// usb_choice_parse and usb_list_each.
int look_at_usb(struct observations *seen, const struct doctor_settings *settings,
                struct problem *problem);

// Opens the USB device and asks for its state. Nothing is changed.
void look_at_dfu(struct observations *seen, const struct doctor_settings *settings);

// What comes over an open line, and whether it is a ROM, which is left so that it answers the next
// sync byte.
void look_at_line(struct observations *seen, struct serial *line, unsigned baud);

// Whether a ROM that has answered takes commands: asked one byte at a time.
void look_at_commands(struct observations *seen, struct serial *line);

// Which chip it is, and what its option bytes forbid.
void look_at_chip(struct observations *seen, struct bootloader *bootloader,
                  const struct device *named);

#endif
