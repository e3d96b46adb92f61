// cmd_devices.c: `bootleap devices`, what is known about each STM32.
// SPDX-License-Identifier: MIT
#include "device_json.h"
#include "device_name.h"
#include "device_text.h"
#include "fact_group.h"
#include "json_value.h"
#include "memory_svg.h"
#include "shared_options.h"
#include "verb.h"
#include "words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { CELL_BYTES = 64 };

// "STM32F405xx and 3 more"
static void shorten_parts(const struct device *device, char text[CELL_BYTES])
{
    size_t count = 0;
    while (device->parts[count] != NULL) {
        count++;
    }
    if (count > 1) {
        snprintf(text, CELL_BYTES, "%s and %zu more", device->parts[0], count - 1);
    } else {
        snprintf(text, CELL_BYTES, "%s", count == 0 ? "-" : device->parts[0]);
    }
}

static int wider(int width, const char *text)
{
    return (int)strlen(text) > width ? (int)strlen(text) : width;
}

static void print_table(void)
{
    static const char row[] = "%-*s  %-*s  %-*s  %-13s  %-6s  %-10s  %-11s  %s\n";
    char parts[CELL_BYTES], product[CELL_BYTES], vector[CELL_BYTES];
    int slug = 0, name = 0, part = 0;

    for (size_t i = 0; i < device_count; i++) {
        shorten_parts(&devices[i], parts);
        slug = wider(slug, devices[i].slug);
        name = wider(name, devices[i].name);
        part = wider(part, parts);
    }
    printf(row, slug, "slug", name, "device", part, "parts", "core", "Get ID", "ROM vector",
           "enter", "tested");
    for (size_t i = 0; i < device_count; i++) {
        const struct device *device = &devices[i];
        shorten_parts(device, parts);
        snprintf(product, sizeof product, "0x%03X", (unsigned)device->product);
        snprintf(vector, sizeof vector, "0x%08" PRIX32, device->rom_vector);
        printf(row, slug, device->slug, name, device->name, part, parts, words_core(device->core),
               device->product == 0 ? "-" : product, device->rom_vector == 0 ? "-" : vector,
               fact_group_known(device, "entry") ? words_entry(device->entry) : "-",
               device->tested[0] == '\0' ? "never" : device->tested);
    }
}

static void print_all(json_t *report)
{
    if (report == NULL) {
        print_table();
        return;
    }
    json_t *array = json_array();
    for (size_t i = 0; i < device_count; i++) {
        json_array_append_new(array, device_json(&devices[i]));
    }
    json_object_set_new(report, "devices", array);
}

static int run(const struct options *options, struct problem *problem)
{
    static const struct device_asked asked = {"bootleap devices", "bootleap devices"};
    const struct device *device;

    if (options->svg && (options->json || options->argument_count == 0)) {
        return problem_set(problem, EXIT_USAGE, "bootleap devices NAME --svg",
                           "--svg: it draws one device, and not as JSON");
    }
    if (options->argument_count == 0) {
        print_all(options->report);
        return 0;
    }
    int error = device_name_find(options->arguments[0], &asked, &device, problem);
    if (error) {
        return error;
    }
    if (options->svg) {
        memory_svg_print(device);
    } else if (options->json) {
        json_object_set_new(options->report, "device", device_json(device));
    } else {
        device_text_print(device);
    }
    return 0;
}

static const struct option_row rows[] = {
    {.name = "json",
     .parse = option_flag,
     .help = "print one JSON object with key devices, with NAME with key device; addresses are "
             "strings. What nobody knows, "
             "or the device does not have, is null or an empty array",
     .place = OPTIONS_PLACE(bool, json)},
    {.name = "svg",
     .parse = option_flag,
     .help = "with NAME: draw its memories, with what the ROM overwrites and the mark",
     .place = OPTIONS_PLACE(bool, svg)},
    {.name = NULL},
};

static const struct option_group groups[] = {{NULL, rows}};

const struct verb cmd_devices = {
    .table =
        {.program = "bootleap",
         .verb = "devices",
         .summary = "say what is known about each STM32, and who says so",
         .operands = "[NAME]",
         .values = {OPTION_DEVICE},
         .description =
             "Without NAME: one line for each device, which is a line of ST's AN2606. With NAME: "
             "all that is known about it. NAME is a slug of that table, a CMSIS macro or an "
             "ordering code. If it is the beginning of several, they are named and the exit code "
             "is 4. Needs no port and no chip. The words are those of devices/README.md.\n",
         .end = "Examples:\n"
                "  bootleap devices STM32H723ZGT6\n"
                "  bootleap devices STM32H723ZGT6 --svg > memory.svg\n"
                "  bootleap devices --json | jq -r '.devices[] | [.slug, .rom_vector] | @tsv'\n",
         .groups = groups,
         .group_count = sizeof groups / sizeof *groups},
    .least = 0,
    .most = 1,
    .run = run,
};
