// cmd_flash.c: `bootleap flash`, puts a firmware file into a chip and starts it.
// SPDX-License-Identifier: MIT
#include "connection.h"
#include "device_name.h"
#include "flasher.h"
#include "image_fit.h"
#include "json_value.h"
#include "monotonic.h"
#include "target_report.h"
#include "verb.h"

#include <stdio.h>

// Everything that is known about one run; the report at the end reads it.
struct job {
    const struct options *options;
    const char *file;
    struct image image;
    const struct device *wanted; // NULL without --device
    struct plan plan;
    struct flasher flasher;
    struct connection connection;
    struct target target;
    char line[CONNECTION_LINE_BYTES]; // that the application printed when it started
    uint64_t started_ms;
    bool identified, verified, started;
};

static int fit(struct job *job, const struct device *device, struct problem *problem)
{
    const struct image_wish wish = {.has_address = job->options->has_address,
                                    .only_flash = job->options->only_flash,
                                    .force = job->options->force};

    return image_fit(device, &job->image, &wish, problem);
}

// With --device, a file that does not fit is refused without disturbing the application.
static int open_file(struct job *job, struct problem *problem)
{
    const struct options *options = job->options;

    int error = image_open(&job->image, job->file, options->address, problem);
    if (error) {
        return error;
    }
    if (options->has_address && job->image.format != IMAGE_BINARY) {
        return problem_set(problem, EXIT_USAGE, "the same without --address",
                           "--address: only for a raw binary, %s says itself where it belongs",
                           job->file);
    }
    if (options->device == NULL) {
        return 0;
    }
    error = device_name_find_option(options->device, "bootleap devices", &job->wanted, problem);
    if (error) {
        return error;
    }
    return fit(job, job->wanted, problem);
}

// The rest of what can be refused before anything is erased.
static int prepare(struct job *job, struct problem *problem)
{
    const unsigned needed = BOOTLOADER_READ | BOOTLOADER_WRITE | BOOTLOADER_ERASE | BOOTLOADER_GO;
    const struct options *options = job->options;

    struct connection_settings settings = options_connection(options, options->arguments[1]);
    settings.writes_flash = true;
    int error = connection_enter(&job->connection, &settings, problem);
    if (error) {
        return error;
    }
    error = target_identify(&job->target, job->connection.bootloader, problem);
    if (error) {
        return error;
    }
    job->identified = true;
    error = target_require_device(&job->target, job->wanted, problem);
    if (error) {
        return error;
    }
    error = fit(job, job->target.device, problem);
    if (error == 0) {
        error = target_require_operations(&job->target, needed, problem);
    }
    if (error == 0) {
        error = plan_make(&job->plan, job->target.device, &job->image,
                          job->target.bootloader->block_bytes, problem);
    }
    return error;
}

// A refused file is no reason to leave the user without the application that was running.
static void restart_application(struct job *job)
{
    struct bootloader *bootloader = job->target.bootloader;
    struct problem ignored;

    if (job->connection.entry_requested && job->identified && job->target.device) {
        bootloader->ops->go(bootloader, job->target.device->flash.start, &ignored);
    }
}

static int flash(struct job *job, struct problem *problem)
{
    job->flasher =
        (struct flasher){.target = &job->target, .image = &job->image, .plan = &job->plan};
    int error = flasher_run(&job->flasher, problem);
    job->verified = error == 0;
    if (error || job->options->no_go) {
        return error;
    }
    error = connection_start(&job->connection, job->target.device->flash.start, job->line, problem);
    job->started = error == 0;
    return error;
}

static uint32_t image_bytes(const struct image *image)
{
    uint32_t bytes = 0;

    for (size_t i = 0; i < image->count; i++) {
        bytes += image->segments[i].size;
    }
    return bytes;
}

static void print(const struct job *job)
{
    char name[TARGET_REPORT_NAME_BYTES];

    printf("%s: %u bytes in %s, %zu page%s erased, %u bytes written, verified\n", job->file,
           image_bytes(&job->image), target_report_name(&job->target, name),
           job->flasher.pages_erased, job->flasher.pages_erased == 1 ? "" : "s",
           job->flasher.bytes_written);
    if (job->started) {
        printf("application started%s%s\n", job->line[0] ? ": " : "", job->line);
    } else {
        printf("the ROM is still running\n");
    }
}

static json_t *json_notes(const struct image *image)
{
    json_t *notes = json_array();

    for (size_t i = 0; i < image->note_count; i++) {
        json_array_append_new(notes, json_string(image->notes[i].text));
    }
    return notes;
}

static void print_json(const struct job *job, const struct problem *problem, int error)
{
    json_t *object = json_object();

    json_object_set_new(object, "file", json_string(job->file));
    json_object_set_new(object, "format",
                        job->image.count ? json_string(image_format_name(job->image.format))
                                         : json_null());
    json_object_set_new(object, "bytes", json_integer(image_bytes(&job->image)));
    json_object_set_new(object, "notes", json_notes(&job->image));
    if (job->identified) {
        target_report_json(object, &job->target);
    }
    json_object_set_new(object, "pages_erased",
                        json_integer((json_int_t)job->flasher.pages_erased));
    json_object_set_new(object, "bytes_written", json_integer(job->flasher.bytes_written));
    json_object_set_new(object, "blocks_skipped", json_integer((json_int_t)job->plan.skipped));
    json_object_set_new(object, "verified", json_boolean(job->verified));
    json_object_set_new(object, "started", json_boolean(job->started));
    json_object_set_new(object, "application_output",
                        job->line[0] ? json_string(job->line) : json_null());
    json_object_set_new(object, "seconds",
                        json_real((double)(monotonic_ms() - job->started_ms) / 1000));
    json_object_set_new(object, "error", error ? json_string(problem->what) : json_null());
    json_value_print(object);
}

static int run(const struct options *options, struct problem *problem)
{
    struct job job = {
        .options = options, .file = options->arguments[0], .started_ms = monotonic_ms()};

    int error = open_file(&job, problem);
    if (error == 0) {
        error = prepare(&job, problem);
    }
    image_notes_print(&job.image, "bootleap", "flash");
    if (error) {
        restart_application(&job);
    } else {
        error = flash(&job, problem);
    }
    if (options->json) {
        print_json(&job, problem, error);
    } else if (error == 0) {
        print(&job);
    }
    connection_close(&job.connection);
    plan_free(&job.plan);
    image_close(&job.image);
    return error;
}

const struct verb cmd_flash = {
    .name = "flash",
    .summary = "put a firmware file into the chip and start it",
    .usage = "FILE PORT [--text TEXT] [--app-baud N] [--rom-port PORT] [--baud N]\n"
             "                      [--device NAME] [--address A] [--only-flash] [--no-go]\n"
             "                      [--force] [--expect TEXT] [--wait MS] [--timeout MS] [--json]",
    .help =
        "FILE is ELF, Intel HEX, S-record, DfuSe, UF2 or raw binary; its content decides. If no\n"
        "ROM answers on PORT, the application is asked to enter it, as with `bootleap enter`.\n"
        "File and chip are checked before anything is erased. Only the pages that FILE touches\n"
        "are erased. Everything is read back; then the application starts and must print\n"
        "something.\n"
        "\n"
        "  --text TEXT       asks the application, \"b\" if not given; \\r \\n \\t \\\\ \\xHH are "
        "understood\n"
        "  --app-baud N      of the application, 115200 if not given; always 8N1\n"
        "  --rom-port PORT   where the ROM answers, if that is another port\n"
        "  --baud N          of the ROM, 115200 if not given; always 8E1\n"
        "  --device NAME     refuse every other chip; NAME as `bootleap info` has it, or the "
        "part's\n"
        "                    CMSIS macro\n"
        "  --address A       where a raw binary belongs; the start of flash if not given\n"
        "  --only-flash      leave out what FILE has for other memories: RAM, option bytes\n"
        "  --no-go           stay in the ROM\n"
        "  --force           do not check the vector table and the core\n"
        "  --expect TEXT     the application must print a line with this text\n"
        "  --wait MS         for the application to print something, 5000 if not given;\n"
        "                    0 if it prints nothing\n"
        "  --timeout MS      wait no longer than this for any one answer of the ROM\n"
        "  --json            one JSON object at the end, also when something went wrong\n"
        "\n"
        "Examples:\n"
        "  bootleap flash build/app.elf /dev/ttyACM0\n"
        "  bootleap flash app.hex /dev/ttyUSB0 --expect ready\n"
        "  bootleap flash data.bin /dev/ttyUSB0 --address 0x08020000 --no-go\n",
    .allowed = " text app-baud rom-port baud device address only-flash no-go force expect wait "
               "timeout json ",
    .least = 2,
    .most = 2,
    .run = run,
};
