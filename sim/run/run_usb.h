// run_usb.h: the chip as a USB host sees it: a usbip server, and what is plugged into it.
// SPDX-License-Identifier: MIT
//
// The chip's USB peripheral is not modelled. So the stand-in for the application's device is there
// while the application runs, and the ROM's while the ROM serves.
#ifndef BOOTLEAP_SIM_RUN_USB_H
#define BOOTLEAP_SIM_RUN_USB_H

#include "problem.h"
#include "run_state.h"

#include <jansson.h>

// Makes the server, if the scenario wants one. On failure nothing needs closing.
int run_usb_open(struct run *run, struct problem *problem);
void run_usb_close(struct run *run);

// Where the server is, and how a user gets at it.
void run_usb_introduce(const struct run *run, FILE *file);

// The line on which the ROM serves over USB: 0 where there is none.
size_t run_usb_line(struct run *run, struct rom_line *line);

// A reset of the chip, which may start the ROM: that serves where it finds the crystal that it
// needs.
void run_usb_reset(struct run *run, bool starts_rom);

// The outcome of a handoff over USB; `why` is of interest where it does not serve.
void run_usb_note_rom(struct run *run, bool serves, const char *why);

// While the application runs: plugs its device in, answers its host, and passes on that the host
// asks for the ROM. Costs next to nothing where it was called just before.
void run_usb_look(struct run *run);

// The application has ended: its device is unplugged.
void run_usb_leave(struct run *run);

// What is said of it in the summary: a new object, or null where nobody asks.
json_t *run_usb_pack(const struct run *run);

// ... and what is printed of that.
void run_usb_print(const json_t *summary, FILE *file);

#endif
