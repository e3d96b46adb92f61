// cmd_flash.c: `bootleap flash`: its options and its help.
// SPDX-License-Identifier: MIT
#include "flash_command.h"
#include "production_command.h"
#include "shared_options.h"
#include "verb.h"

static const struct option_row work_rows[] = {
    {.name = "keep",
     .argument = "ADDR+LEN",
     .parse = option_set_keep,
     .help = "keep this data where it shares pages with FILE: it is read first and written again; "
             "may be given 8 times. If the update ends in between, a copy is in this folder, and "
             "the same command takes it from there"},
    {.name = "full",
     .parse = option_flag,
     .help = "erase and write all, whatever is there already",
     .place = OPTIONS_PLACE(bool, full)},
    {.name = "recover",
     .parse = option_flag,
     .help = "where no ROM answers, also free one that was left in the middle of a long list of "
             "pages; that takes 25 s",
     .place = OPTIONS_PLACE(bool, recover)},
    {.name = NULL},
};

static const struct option_row many_rows[] = {
    {.name = "all",
     .parse = option_flag,
     .help = "every STM32 ROM on USB, at the same time; with --ask dfu also applications with DFU "
             "and ST's vendor id",
     .place = OPTIONS_PLACE(bool, all)},
    {.name = "loop",
     .parse = option_flag,
     .help = "with --all: also each board that is plugged in later, until Ctrl-C",
     .place = OPTIONS_PLACE(bool, loop)},
    {.name = "set",
     .argument = "ADDR=FILE.csv[:COLUMN]",
     .parse = option_set_unit,
     .help = "data of its own for each board, such as a serial number: the next row of the file "
             "that no board has. FILE.csv.used says which have. May be given 8 times, with one "
             "file"},
    {.name = "then-protect",
     .parse = option_flag,
     .help = "readout protection level 1 when all is verified: neither the ROM nor a debug probe "
             "can read or write flash. The only way back erases all flash. The chip resets itself",
     .place = OPTIONS_PLACE(bool, then_protect)},
    {.name = "record",
     .argument = "LOG.jsonl",
     .parse = option_text,
     .help = "append a line of JSON for each board: unique id, SHA-256 of FILE, row, result, time",
     .value = OPTION_FILE,
     .place = OPTIONS_PLACE(const char *, record)},
    {.name = NULL},
};

static const struct option_row start_rows[] = {
    {.name = "no-go",
     .parse = option_flag,
     .help = "stay in the ROM",
     .place = OPTIONS_PLACE(bool, no_go)},
    {.name = "expect",
     .argument = "TEXT",
     .parse = option_text,
     .help = "the application must print a line with this text",
     .place = OPTIONS_PLACE(const char *, expect)},
    {.name = "start-wait",
     .argument = "MS",
     .parse = option_unsigned,
     .help = "for the application to print something, 5000 if not given; 0 if it prints nothing",
     .place = OPTIONS_PLACE(unsigned, wait_ms),
     .most = OPTIONS_MOST_NUMBER},
    {.name = "json",
     .parse = option_flag,
     .help = "print one JSON object at the end, also when something went wrong",
     .place = OPTIONS_PLACE(bool, json)},
    {.name = NULL},
};

static const struct option_group groups[] = {
    {"The file and the chip:", options_file},
    {NULL, work_rows},
    {"How the application is asked to enter:", options_application},
    {NULL, options_wait},
    {"The line to the ROM:", options_line},
    {"Many boards, and data of single ones (docs/production.md):", many_rows},
    {"The start of the application:", start_rows},
    {NULL, options_quiet}};

static int run(const struct options *options, struct problem *problem)
{
    return production_command_is_asked(options) ? production_command_run(options, problem)
                                                : flash_run(options, problem);
}

const struct verb cmd_flash = {
    .table = {.program = "bootleap",
              .verb = "flash",
              .summary = "put a firmware file into the chip and start it",
              .operands = "FILE [PORT...]",
              .values = {OPTION_FILE, OPTION_PORT},
              .many = true,
              .description =
                  "FILE is ELF, Intel HEX, S-record, DfuSe, UF2 or raw binary; its content "
                  "decides. If no ROM answers on PORT, the application is asked to enter it, as "
                  "with `bootleap enter`. PORT may be usb:, as for `bootleap info`; without PORT: "
                  "the only STM32 ROM on USB. Several PORTs, or --all: several boards at "
                  "the same time, with a line for each. Then the exit code is that of the worst: "
                  "6, 1, 5, 4, 3, 2, 0 from worst to best.\n"
                  "\n"
                  "File and chip are checked before anything is erased. A page that holds what "
                  "FILE wants is left alone, but for the one that starts it. Every byte of FILE is "
                  "compared or read back. Then the application starts and must print something.\n"
                  "\n"
                  "If the power fails in between, nothing starts that is only half there: the "
                  "first vectors of FILE are erased first and written last.\n",
              .end = "Examples:\n"
                     "  bootleap flash build/app.elf /dev/ttyACM0\n"
                     "  bootleap flash build/app.elf usb:1-2.3\n"
                     "  bootleap flash app.hex /dev/ttyUSB0 --expect ready\n"
                     "  bootleap flash app.hex --wait\n"
                     "  bootleap flash app.hex --all --set 0x0801F800=units.csv:serial\n"
                     "  bootleap flash data.bin /dev/ttyUSB0 --address 0x08020000 --no-go\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 1,
    .most = OPTIONS_ARGUMENTS,
    .run = run,
};
