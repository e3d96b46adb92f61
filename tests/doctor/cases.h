// cases.h: circumstances in which a board does not work, or does, and what the doctor should say.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_DOCTOR_CASES_H
#define BOOTLEAP_TESTS_DOCTOR_CASES_H

#include "observations.h"

#include <stdbool.h>

enum { CASE_FILES = 5, CASE_SIGNS = 4 };

struct doctor_case {
    const char *name;
    const char *cause;                    // id of the rule; NULL: nothing is wrong
    const char *seen;                     // a part of its evidence or its command; NULL: any
    const char *const *files[CASE_FILES]; // of the computer: groups of lines of root_add()
    const char *port;                     // NULL: /dev/ttyUSB0
    const char *device;                   // that the user names; NULL: none
    unsigned baud;                        // 0: 115200
    const char *rom;                      // row of the chip at the line; NULL: none is needed
    void (*set)(void);                    // changes `wire` and `fake`; NULL: nothing
    bool among;                           // the cause is one of several, not the first
    bool more;                            // others may come behind it; else it is the only one
    bool passive;                         // nothing is opened
    enum sign signs[CASE_SIGNS];          // what cannot be made here is said to be seen
};

// Each ended by a case without name.
extern const struct doctor_case cases_of_port[], cases_of_line[], cases_of_rom[], cases_of_usb[],
    cases_of_health[];

// Groups of files that several tables use.
extern const char *const user_files[];     // a user who is a member of dialout
extern const char *const stranger_files[]; // one who is not
extern const char *const ch340_files[];    // a CH340 with its port
extern const char *const stlink_files[];   // an ST-LINK with its port, ttyACM0
extern const char *const cdc_files[];      // an application of an STM32 on USB, ttyACM0
extern const char *const no_files[];

#endif
