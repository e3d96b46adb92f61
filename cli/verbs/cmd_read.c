// cmd_read.c: `bootleap read`, copies memory of the chip into a file.
// SPDX-License-Identifier: MIT
#include "chip_report.h"
#include "disk.h"
#include "handle.h"
#include "image_write.h"
#include "json_value.h"
#include "plain_text.h"
#include "shared_options.h"
#include "verb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char to_stdout[] = "-";

static bool is_stdout(const char *name)
{
    return strcmp(name, to_stdout) == 0;
}

static int refuse_existing(const struct options *options, struct problem *problem)
{
    const char *name = options->arguments[0];
    enum disk_kind kind = disk_kind(name);

    if (is_stdout(name) && options->json) {
        return problem_set(problem, EXIT_USAGE, "a FILE",
                           "--json and -: the report would stand behind the bytes");
    }
    if (is_stdout(name) || kind == DISK_NOTHING || (kind == DISK_FILE && options->overwrite)) {
        return 0;
    }
    if (kind == DISK_FILE) {
        problem_set(problem, EXIT_USAGE, "another name, or --overwrite", "%s: it is there already",
                    name);
    } else {
        problem_set(problem, EXIT_USAGE, "bootleap read FILE PORT; - is the standard output",
                    "%s: a %s, not a file", name, kind == DISK_FOLDER ? "folder" : "device");
    }
    return problem_blame(problem, FAULT_FILE);
}

static int write_problem(const char *name, struct problem *problem)
{
    problem_set(problem, EXIT_FAILED, "another place for it", "write %s: %s", name,
                strerror(errno));
    return problem_blame(problem, FAULT_COMPUTER);
}

// The name until all is there. What has it already is somebody else's.
static int part_name(const char *name, char part[DISK_PATH_BYTES], struct problem *problem)
{
    if (snprintf(part, DISK_PATH_BYTES, "%s.part", name) >= DISK_PATH_BYTES) {
        return problem_set(problem, EXIT_USAGE, "a shorter name", "%s: too long", name);
    }
    if (disk_kind(part) != DISK_NOTHING) {
        problem_set(problem, EXIT_USAGE, "another name, or move it away",
                    "%s: it is there already, and %s is written under this name", part, name);
        return problem_blame(problem, FAULT_FILE);
    }
    return 0;
}

// Before the chip is read, which takes a minute: that a file can be written there.
static int try_place(const char *name, struct problem *problem)
{
    char part[DISK_PATH_BYTES];

    if (is_stdout(name)) {
        return 0;
    }
    int error = part_name(name, part, problem);
    if (error) {
        return error;
    }
    FILE *file = disk_open(part, "w");
    if (file == NULL) {
        return write_problem(name, problem);
    }
    fclose(file);
    disk_remove(part);
    return 0;
}

// Flash may have a gap between its banks, which no ROM reads.
static int choose_range(const struct options *options, struct libbootleap *chip,
                        struct address_range *range, struct problem *problem)
{
    struct libbootleap_problem own;

    if (options->has_range) {
        *range = options->range;
        return 0;
    }
    if (libbootleap_ask(chip, &own)) {
        return handle_problem(&own, problem);
    }
    const struct libbootleap_chip *known = libbootleap_chip(chip);
    if (known->ground == LIBBOOTLEAP_GROUND_TABLE) {
        return problem_set(problem, EXIT_USAGE,
                           "--range ADDR+LEN, or --device with the part's ordering code; bootleap "
                           "doctor, if readout protection may be on",
                           "the size of this chip's flash cannot be read");
    }
    *range = (struct address_range){known->flash.start, known->flash_kb * 1024};
    return 0;
}

// Only a whole file gets the name that was asked for.
static int save(const char *name, const struct segment *segment, struct problem *problem)
{
    char part[DISK_PATH_BYTES];

    if (is_stdout(name)) {
        return image_write(stdout, IMAGE_BINARY, segment) ? 0 : write_problem(name, problem);
    }
    int error = part_name(name, part, problem);
    if (error) {
        return error;
    }
    FILE *file = disk_open(part, "w");
    bool saved =
        file && image_write(file, image_write_format(name), segment) && disk_flush(file) == 0;
    int why = errno;
    if (file) {
        saved &= fclose(file) == 0;
    }
    if (saved && disk_rename(part, name) == 0) {
        return 0;
    }
    errno = saved ? errno : why;
    write_problem(name, problem);
    disk_remove(part);
    return (int)problem->code;
}

static void report(const struct options *options, const struct libbootleap_chip *chip,
                   const struct address_range *range)
{
    const char *name = options->arguments[0];
    char device[CHIP_REPORT_NAME_BYTES];

    if (options->json) {
        json_object_set_new(options->report, "file", json_value_string(name));
        json_object_set_new(options->report, "start", json_value_hex(range->start, 8));
        json_object_set_new(options->report, "bytes", json_integer(range->size));
        chip_report_identity(options->report, chip);
    } else if (!is_stdout(name) && !options->quiet) {
        plain_text_print(stdout, name);
        printf(": %u bytes from 0x%08X of %s\n", range->size, range->start,
               chip_report_name(chip, device));
    }
}

static int read_to(const struct options *options, struct handle *handle,
                   struct address_range *range, struct problem *problem)
{
    struct libbootleap *chip = handle->chip;
    struct libbootleap_problem own;

    int error = handle_enter(handle, problem);
    error = error ? error : choose_range(options, chip, range, problem);
    if (error) {
        return error;
    }
    struct segment segment = {range->start, range->size, malloc(range->size)};
    if (segment.bytes == NULL) {
        return problem_no_memory(problem, "read");
    }
    error = libbootleap_read(chip, segment.address, segment.size, segment.bytes, &own);
    error = error ? handle_problem(&own, problem) : save(options->arguments[0], &segment, problem);
    free(segment.bytes);
    return error;
}

static int run(const struct options *options, struct problem *problem)
{
    struct address_range range = {0, 0};
    struct handle handle = {.chip = NULL};

    int error = refuse_existing(options, problem);
    if (error == 0) {
        error = try_place(options->arguments[0], problem);
    }
    if (error == 0) {
        error = handle_open(&handle, "read", options, 1, problem);
    }
    if (error == 0) {
        error = read_to(options, &handle, &range, problem);
    }
    progress_stop(&handle.progress);
    if (error == 0) {
        report(options, libbootleap_chip(handle.chip), &range);
    }
    if (handle.chip && libbootleap_chip(handle.chip)) {
        error = handle_give_back(&handle, options, error, problem);
    }
    handle_close(&handle);
    return error;
}

static const struct option_row rows[] = {
    {.name = "range",
     .argument = "ADDR+LEN",
     .parse = option_set_range,
     .help = "what to read: flash, RAM, option bytes, OTP, as far as the ROM lets it; all of the "
             "flash if not given. LEN is in bytes, 4096 or 0x1000, or 4K"},
    {.name = "overwrite",
     .parse = option_flag,
     .help = "replace FILE if it is there",
     .place = OPTIONS_PLACE(bool, overwrite)},
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .help = "refuse every other chip; an ordering code tells the size of the flash too",
     .value = OPTION_DEVICE,
     .place = OPTIONS_PLACE(const char *, device)},
    {.name = NULL},
};

static const struct option_group groups[] = {
    {NULL, rows},
    {NULL, options_stay},
    {NULL, options_wait},
    {"How the application is asked to enter:", options_application},
    {"The line to the ROM:", options_line},
    {NULL, options_recover},
    {NULL, options_json},
    {NULL, options_quiet}};

const struct verb cmd_read = {
    .table = {.program = "bootleap",
              .verb = "read",
              .summary = "copy the chip's flash, or other memory, into a file",
              .operands = "FILE [PORT]",
              .values = {OPTION_FILE, OPTION_PORT},
              .description =
                  "FILE becomes Intel HEX if its name ends in .hex, S-records if it ends in .srec, "
                  ".s19, .s28, .s37 or .mot, else raw bytes. `-` is the standard output. FILE gets "
                  "its name when all of it is there.\n"
                  "\n"
                  "If no ROM answers on PORT, the application is asked to enter it, and is started "
                  "again afterwards. Nothing on the chip is changed. Over a serial line each byte "
                  "is read twice, because the line has no checksum for it.\n",
              .end = "Examples:\n"
                     "  bootleap read backup.hex /dev/ttyACM0\n"
                     "  bootleap read page.hex /dev/ttyACM0 --range 0x08004000+4K\n"
                     "  bootleap read - /dev/ttyUSB0 --range 0x08000000+64 | xxd\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 1,
    .most = 2,
    .run = run,
};
