// options.h: the command line of one verb, checked and converted.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_OPTIONS_H
#define BOOTLEAP_CLI_OPTIONS_H

#include "address_range.h"
#include "connection.h"
#include "modem_sequence.h"
#include "option_table.h"
#include "problem.h"
#include "progress.h"

#include <jansson.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    OPTIONS_ARGUMENTS = 129, // a file and 128 ports
    OPTIONS_KEEP = 8,
    OPTIONS_UNITS = 8,
};

// Data of single units: FILE.csv[:COLUMN] for an address.
struct option_unit {
    uint32_t address;
    const char *source;
};

// Pages of flash by the numbers that the ROM gives them, both included.
struct option_pages {
    unsigned first, last;
};

struct options {
    const char *arguments[OPTIONS_ARGUMENTS]; // what is no option, in order
    int argument_count;
    bool json;
    bool quiet;     // nothing is printed but problems, and what was asked for with `json`
    json_t *report; // with `json`: the object to which the verb adds what it has to say; else NULL
    bool no_go;
    bool force;
    bool only_flash;
    bool full;
    bool recover;
    bool udev;
    bool svg;
    bool has_address;
    uint32_t address;
    unsigned baud;     // of the ROM
    unsigned app_baud; // of the application; 0: as `ask` has it
    unsigned wait_ms;  // for the application's answer
    unsigned board_ms; // for a board that is not there yet; 0: none is awaited
    unsigned timeout_ms;
    const char *lines_word;      // of --dtr-rts as it was given; NULL: they do nothing
    struct modem_sequence lines; // ... and read
    bool has_lines;
    struct monitor monitor; // tells nobody unless `verbose`
    bool verbose;
    const char *rom_port; // NULL: the ROM is on the application's port
    enum connection_ask ask;
    const char *ask_word;                    // as it was given; NULL: the usual way
    struct ask_sequence sequence;            // of ASK_SEQUENCE
    const char *device;                      // NULL: any
    struct address_range keep[OPTIONS_KEEP]; // of flash, that are to stay
    size_t keep_count;
    struct option_unit units[OPTIONS_UNITS];
    size_t unit_count;
    const char *record; // file that gets a line for each board; NULL: none
    bool loop;
    bool then_protect;
    bool has_range;
    struct address_range range; // of memory
    bool has_pages;
    struct option_pages pages;
    bool all;
    bool overwrite;
    bool whole_pages;
    bool unchecked;
    unsigned losses;                  // what may be lost: bits of enum option_loss
    bool readout;                     // is to be protected
    const char *usart;                // of an example; NULL: the first
    const char *led;                  // its pin; NULL: none
    const char *expect;               // NULL: any byte
    char text[CONNECTION_TEXT_BYTES]; // what asks the application, escapes resolved
    size_t text_length;
};

// Reads the arguments of a verb by its table; argv[0] is its name. `least` and `most` arguments
// that are no options, at most OPTIONS_ARGUMENTS. Returns 0, OPTION_HELP, or EXIT_USAGE, with what
// is wrong in *problem.
int options_parse(struct options *options, int argc, char **argv, const struct option_table *table,
                  int least, int most, struct problem *problem);

// What of this concerns the way to the bootloader and back; `port` is the application's, or where
// there is none the bootloader's.
// A wait on it is shown by `progress`, which stays the caller's.
struct connection_settings options_connection(const struct options *options, const char *port,
                                              struct progress *progress);

// An address, decimal or 0x hexadecimal. Problem: EXIT_USAGE.
int options_address(const char *text, uint32_t *address, struct problem *problem);

#endif
