// cmd_erase.c: `bootleap erase`, erases pages of flash and reads them back.
// SPDX-License-Identifier: MIT
#include "chip_report.h"
#include "handle.h"
#include "json_value.h"
#include "shared_options.h"
#include "verb.h"

#include <stdio.h>

static int check_options(const struct options *options, struct problem *problem)
{
    if (options->all + options->has_range + options->has_pages == 1) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "--all, --range 0x08004000+0x4000, or --pages 8-15",
                       "say what is to be erased, in one way");
}

// "0-127, 256-383": banks need not follow each other in numbers.
static void suggest_pages(const struct libbootleap_chip *chip, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "pages");
    unsigned first = 0, next = 0;

    for (size_t i = 0; i < chip->page_run_count && used < size; i++) {
        const struct libbootleap_pages *run = &chip->pages[i];
        bool goes_on = i > 0 && run->first_number == next;
        first = goes_on ? first : run->first_number;
        next = run->first_number + run->count;
        bool last = i + 1 == chip->page_run_count || chip->pages[i + 1].first_number != next;
        if (last) {
            used +=
                (size_t)snprintf(text + used, size - used, "%s %u-%u",
                                 first == chip->pages[0].first_number ? "" : ",", first, next - 1);
        }
    }
}

// Pages by the numbers of the ROM.
static int find_pages(const struct options *options, const struct libbootleap_chip *chip,
                      struct libbootleap_erase_settings *settings, struct problem *problem)
{
    const struct option_pages *wanted = &options->pages;
    bool has_first = false;
    char hint[160];

    for (size_t i = 0; i < chip->page_run_count; i++) {
        const struct libbootleap_pages *run = &chip->pages[i];
        unsigned last = run->first_number + run->count - 1;
        if (wanted->first >= run->first_number && wanted->first <= last) {
            settings->start = run->start + (wanted->first - run->first_number) * run->size;
            has_first = true;
        }
        if (has_first && wanted->last >= run->first_number && wanted->last <= last) {
            uint32_t end = run->start + (wanted->last - run->first_number + 1) * run->size;
            settings->size = end - settings->start;
            return 0;
        }
    }
    suggest_pages(chip, hint, sizeof hint);
    return problem_set(problem, EXIT_USAGE, hint, "--pages %u-%u: this chip has no such pages",
                       wanted->first, wanted->last);
}

static int choose(const struct options *options, struct libbootleap *chip,
                  struct libbootleap_erase_settings *settings, struct problem *problem)
{
    struct libbootleap_problem own;

    *settings = (struct libbootleap_erase_settings){.start = options->range.start,
                                                    .size = options->range.size,
                                                    .widen = options->whole_pages,
                                                    .unchecked = options->unchecked};
    if (!options->has_pages) {
        return 0;
    }
    if (libbootleap_ask(chip, &own)) {
        return handle_problem(&own, problem);
    }
    return find_pages(options, libbootleap_chip(chip), settings, problem);
}

static int erase(const struct options *options, struct handle *handle,
                 struct libbootleap_erase_result *result, struct problem *problem)
{
    struct libbootleap_erase_settings settings;
    struct libbootleap_problem own;

    int error = handle_enter(handle, problem);
    error = error ? error : choose(options, handle->chip, &settings, problem);
    if (error) {
        return error;
    }
    error = libbootleap_erase(handle->chip, &settings, result, &own);
    return error ? handle_problem(&own, problem) : 0;
}

static void report(const struct options *options, const struct libbootleap_chip *chip,
                   const struct libbootleap_erase_result *result, int error)
{
    char device[CHIP_REPORT_NAME_BYTES];

    if (options->json) {
        json_t *object = options->report;
        json_object_set_new(object, "start", json_value_hex(result->start, 8));
        json_object_set_new(object, "bytes", json_integer(result->size));
        json_object_set_new(object, "pages_erased", json_integer((json_int_t)result->pages_erased));
        json_object_set_new(object, "changed", json_boolean(result->changed));
        json_object_set_new(object, "verified", json_boolean(result->verified));
        json_object_set_new(object, "retries", json_integer((json_int_t)result->retries));
        if (chip) {
            chip_report_identity(object, chip);
        }
    } else if (error == 0 && !options->quiet) {
        printf("%s: 0x%08X to 0x%08X erased, %zu page%s%s\n", chip_report_name(chip, device),
               result->start, result->start + result->size - 1, result->pages_erased,
               result->pages_erased == 1 ? "" : "s",
               result->verified ? ", read back" : ", not read back");
        printf("the ROM is still running\n");
    }
}

static int run(const struct options *options, struct problem *problem)
{
    struct libbootleap_erase_result result = {0};
    struct options staying = *options;
    struct handle handle = {.chip = NULL};

    staying.no_go = true; // what would be started may be gone
    int error = check_options(options, problem);
    if (error == 0) {
        error = handle_open_to_write(&handle, "erase", &staying, 0, problem);
    }
    if (error == 0) {
        error = erase(options, &handle, &result, problem);
        progress_stop(&handle.progress);
        report(options, libbootleap_chip(handle.chip), &result, error);
    }
    handle_close(&handle);
    return error;
}

static const struct option_row rows[] = {
    {.name = "all",
     .parse = option_flag,
     .help = "all of the flash; option bytes stay",
     .place = OPTIONS_PLACE(bool, all)},
    {.name = "range",
     .argument = "ADDR+LEN",
     .parse = option_set_range,
     .help = "these bytes, which are whole pages"},
    {.name = "pages",
     .argument = "N[-M]",
     .parse = option_set_pages,
     .help = "pages by the numbers that the ROM gives them"},
    {.name = "whole-pages",
     .parse = option_flag,
     .help = "with --range: erase all of each page that it touches",
     .place = OPTIONS_PLACE(bool, whole_pages)},
    {.name = "no-check",
     .parse = option_flag,
     .help = "do not read back what was erased",
     .place = OPTIONS_PLACE(bool, unchecked)},
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .help = "refuse every other chip",
     .value = OPTION_DEVICE,
     .place = OPTIONS_PLACE(const char *, device)},
    {.name = NULL},
};

static const struct option_group groups[] = {
    {NULL, rows},
    {NULL, options_wait},
    {"How the application is asked to enter:", options_application},
    {"The line to the ROM:", options_line},
    {NULL, options_recover},
    {NULL, options_json},
    {NULL, options_quiet}};

const struct verb cmd_erase = {
    .table = {.program = "bootleap",
              .verb = "erase",
              .summary = "erase all of the flash, some pages, or a range of addresses",
              .operands = "[PORT]",
              .values = {OPTION_PORT},
              .description =
                  "What is to be erased must be said: --all, --range or --pages. Every byte is "
                  "read back. Protected pages are refused before anything is erased. Without PORT: "
                  "the only STM32 ROM on USB.\n"
                  "\n"
                  "If no ROM answers on PORT, the application is asked to enter it. The chip stays "
                  "in its ROM: what was running may be gone.\n",
              .end = "Examples:\n"
                     "  bootleap erase /dev/ttyACM0 --all\n"
                     "  bootleap erase /dev/ttyACM0 --range 0x08010000+0x800\n"
                     "  bootleap erase usb: --pages 8-15\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
