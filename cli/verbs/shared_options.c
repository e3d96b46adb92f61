// shared_options.c: options that several verbs have.
// SPDX-License-Identifier: MIT
#include "shared_options.h"

const struct option_row options_application[] = {
    {.name = "ask",
     .argument = "WAY",
     .parse = option_set_ask,
     .help = "how the application is asked to enter: by one of these, or by the steps of a FILE "
             "(docs/getting-in.md):",
     .words = option_ask_word,
     .word_help = option_ask_help,
     .told_by = "enter"},
    {.name = "text",
     .argument = "TEXT",
     .parse = option_set_text,
     .help = "what to send, \"b\" if not given; \\r \\n \\t \\\\ \\xHH are understood"},
    {.name = "app-baud",
     .argument = "N",
     .parse = option_unsigned,
     .help = "baud rate of the application, if it is not the one of --ask, or 115200; always 8N1",
     .place = OPTIONS_PLACE(unsigned, app_baud),
     .most = OPTIONS_MOST_NUMBER},
    {.name = "rom-port",
     .argument = "PORT",
     .parse = option_text,
     .help = "where the ROM answers, if that is another port; usb: on USB",
     .value = OPTION_PORT,
     .place = OPTIONS_PLACE(const char *, rom_port)},
    {.name = NULL},
};

const struct option_row options_wait[] = {
    {.name = "wait",
     .argument = "[=SECONDS]",
     .parse = option_set_board_seconds,
     .help = "wait for a board that is not there yet, or whose button you press now; 60 s if "
             "SECONDS is not given"},
    {.name = NULL},
};

const struct option_row options_line[] = {
    {.name = "baud",
     .argument = "N",
     .parse = option_unsigned,
     .help = "baud rate of the ROM, 115200 if not given: any rate that the adapter can do, within "
             "2.5 %; always 8E1. A ROM keeps the rate that it first heard until the next reset",
     .place = OPTIONS_PLACE(unsigned, baud),
     .least = 1,
     .most = OPTIONS_MOST_NUMBER},
    {.name = "dtr-rts",
     .argument = "STEPS",
     .parse = option_set_lines,
     .help = "reach the ROM by BOOT0 and reset, which DTR and RTS of the serial port drive; at the "
             "end, start the application in the same way. No application is asked. STEPS as in "
             "rts=0,dtr=1,100ms,dtr=0:rts=1,dtr=1,100ms,dtr=0 (docs/getting-in.md), or the name of "
             "a circuit:",
     .words = option_lines_word,
     .word_help = option_lines_help,
     .told_by = "enter"},
    {.name = "verbose",
     .letter = 'v',
     .parse = option_set_verbose,
     .help =
         "print each frame that goes over the line on stderr: milliseconds, direction, how many "
         "bytes, the first 16 of them"},
    {.name = "timeout",
     .argument = "MS",
     .parse = option_unsigned,
     .help = "wait no longer than this for any one answer of the ROM",
     .place = OPTIONS_PLACE(unsigned, timeout_ms),
     .most = OPTIONS_MOST_NUMBER},
    {.name = NULL},
};

const struct option_row options_recover[] = {
    {.name = "recover",
     .parse = option_flag,
     .help = "free a ROM that another program left in the middle of a command, by bytes that may "
             "end it; docs/recovery.md says what they can change",
     .place = OPTIONS_PLACE(bool, recover)},
    {.name = NULL},
};

const struct option_row options_file[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .help = "refuse every other chip; NAME as `bootleap info` has it, or the part's CMSIS macro",
     .value = OPTION_DEVICE,
     .place = OPTIONS_PLACE(const char *, device)},
    {.name = "address",
     .argument = "A",
     .parse = option_set_address,
     .help = "where a raw binary belongs; the start of flash if not given"},
    {.name = "only-flash",
     .parse = option_flag,
     .help = "leave out what FILE has for other memories: RAM, option bytes",
     .place = OPTIONS_PLACE(bool, only_flash)},
    {.name = "force",
     .parse = option_flag,
     .help = "do not check the vector table, the core and the size of the chip",
     .place = OPTIONS_PLACE(bool, force)},
    {.name = NULL},
};

const struct option_row options_stay[] = {
    {.name = "no-go",
     .parse = option_flag,
     .help = "stay in the ROM; else an application that was asked to enter it is started again",
     .place = OPTIONS_PLACE(bool, no_go)},
    {.name = NULL},
};

const struct option_row options_quiet[] = {
    {.name = "quiet",
     .parse = option_flag,
     .help = "print nothing but errors: no result, no notes, no progress; the exit code tells",
     .place = OPTIONS_PLACE(bool, quiet)},
    {.name = NULL},
};

const struct option_row options_json[] = {
    {.name = "json",
     .parse = option_flag,
     .help = "print one JSON object",
     .place = OPTIONS_PLACE(bool, json)},
    {.name = NULL},
};
