// cmd_verify.c: `bootleap verify`, compares a firmware file with the chip.
// SPDX-License-Identifier: MIT
#include "chip_report.h"
#include "file_notes.h"
#include "handle.h"
#include "json_value.h"
#include "plain_text.h"
#include "shared_options.h"
#include "verb.h"

#include <stdio.h>

static int compare(struct handle *handle, struct libbootleap_file *file,
                   struct libbootleap_verify_result *result, struct problem *problem)
{
    struct libbootleap_problem own;

    if (libbootleap_file_check(handle->chip, file, &own)) {
        return handle_problem(&own, problem);
    }
    int error = handle_enter(handle, problem);
    if (error) {
        return error;
    }
    error = libbootleap_verify(handle->chip, file, result, &own);
    return error ? handle_problem(&own, problem) : 0;
}

static void add_json(json_t *report, const struct libbootleap_file *file,
                     const struct libbootleap_verify_result *result)
{
    bool differs = result->differ > 0;

    json_object_set_new(report, "format", json_string(libbootleap_file_format(file)));
    json_object_set_new(report, "notes", file_notes_json(file));
    json_object_set_new(report, "bytes", json_integer(result->bytes));
    json_object_set_new(report, "bytes_differ", json_integer(result->differ));
    json_object_set_new(report, "pages_differ", json_integer((json_int_t)result->pages_differ));
    json_object_set_new(report, "first_difference",
                        differs ? json_value_hex(result->first, 8) : json_null());
    json_object_set_new(report, "retries", json_integer((json_int_t)result->retries));
}

static void print(const char *name, const struct libbootleap_chip *chip,
                  const struct libbootleap_verify_result *result)
{
    char device[CHIP_REPORT_NAME_BYTES];

    plain_text_print(stdout, name);
    printf(": %u bytes, all equal in %s\n", result->bytes, chip_report_name(chip, device));
}

static void report(const struct options *options, struct handle *handle,
                   const struct libbootleap_file *file,
                   const struct libbootleap_verify_result *result, int error)
{
    const struct libbootleap_chip *chip = libbootleap_chip(handle->chip);

    progress_stop(&handle->progress);
    if (!options->quiet) {
        file_notes_print(file, "verify");
    }
    if (options->json) {
        json_object_set_new(options->report, "file", json_value_string(options->arguments[0]));
        add_json(options->report, file, result);
        if (chip) {
            chip_report_identity(options->report, chip);
        }
    } else if (error == 0 && !options->quiet) {
        print(options->arguments[0], chip, result);
    }
}

static int run(const struct options *options, struct problem *problem)
{
    const struct libbootleap_file_settings settings = {.has_address = options->has_address,
                                                       .address = options->address,
                                                       .only_flash = options->only_flash,
                                                       .force = options->force};
    struct libbootleap_verify_result result = {0};
    struct libbootleap_problem own;
    struct libbootleap_file *file;
    struct handle handle;

    if (libbootleap_file_open(&file, options->arguments[0], &settings, &own)) {
        return handle_problem(&own, problem);
    }
    int error = handle_open(&handle, "verify", options, 1, problem);
    if (error == 0) {
        error = compare(&handle, file, &result, problem);
        report(options, &handle, file, &result, error);
        error = handle_give_back(&handle, options, error, problem);
    }
    libbootleap_file_close(file);
    handle_close(&handle);
    return error;
}

static const struct option_group groups[] = {
    {"The file and the chip:", options_file},
    {NULL, options_stay},
    {NULL, options_wait},
    {"How the application is asked to enter:", options_application},
    {"The line to the ROM:", options_line},
    {NULL, options_recover},
    {NULL, options_json},
    {NULL, options_quiet}};

const struct verb cmd_verify = {
    .table = {.program = "bootleap",
              .verb = "verify",
              .summary = "compare a firmware file with what is in the chip",
              .operands = "FILE [PORT]",
              .values = {OPTION_FILE, OPTION_PORT},
              .description =
                  "Reads every byte that FILE has, and nothing else. Changes nothing on the chip. "
                  "FILE is what `bootleap flash` takes. If something differs, the exit code is 6, "
                  "and the first address is named.\n"
                  "\n"
                  "If no ROM answers on PORT, the application is asked to enter it, and is started "
                  "again afterwards.\n",
              .end = "Examples:\n"
                     "  bootleap verify build/app.elf /dev/ttyACM0\n"
                     "  bootleap verify app.hex usb:\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 1,
    .most = 2,
    .run = run,
};
