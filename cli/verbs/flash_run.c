// flash_run.c: puts a firmware file into a chip and starts it.
// SPDX-License-Identifier: MIT
#include "board_wait.h"
#include "connection_ports.h"
#include "device_flash_code.h"
#include "device_name.h"
#include "flash_job.h"
#include "image_fit.h"
#include "interrupt.h"
#include "keep_file.h"
#include "monotonic.h"
#include "port.h"
#include "rom_version_text.h"
#include "sure_read.h"
#include "target_quirks.h"

#include <stdio.h>

static int fit(struct flash_job *job, const struct device *device, const struct region *flash,
               struct problem *problem)
{
    const struct image_wish wish = {.flash = flash,
                                    .has_address = job->options->has_address,
                                    .only_flash = job->options->only_flash,
                                    .force = job->options->force};

    return image_fit(device, &job->image, &wish, problem);
}

// With --device, a file that does not fit is refused without disturbing the application.
static int fit_named(struct flash_job *job, struct problem *problem)
{
    const char *name = job->options->device;

    int error = device_name_find_option(name, "bootleap devices", &job->wanted, problem);
    if (error) {
        return error;
    }
    struct region flash = job->wanted->flash;
    unsigned kb = device_flash_kb(job->wanted, name);
    uint32_t reach = kb ? flash_layout_reach(job->wanted, kb) : flash.size;
    if (reach < flash.size && !job->options->force) {
        flash.size = reach;
    }
    return fit(job, job->wanted, &flash, problem);
}

static int open_file(struct flash_job *job, struct problem *problem)
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
    if (options->expect && (options->no_go || options->wait_ms == 0)) {
        return problem_set(problem, EXIT_USAGE, "one of them",
                           "--expect and %s: then nobody waits for a text",
                           options->no_go ? "--no-go" : "--start-wait 0");
    }
    if (options->expect && connection_is_usb(port_of(options, 1))) {
        return problem_set(
            problem, EXIT_USAGE, "the serial port on which it prints as PORT, with --rom-port usb:",
            "--expect: nobody listens to the application at %s", port_of(options, 1));
    }
    return options->device ? fit_named(job, problem) : 0;
}

// From the port to a chip of which is known what can be.
static int find_chip(struct flash_job *job, struct problem *problem)
{
    const struct options *options = job->options;
    struct connection_settings settings =
        options_connection(options, port_of(options, 1), &job->progress);

    if (!options->recover) {
        settings.recovery = RECOVERY_FINISHES_BLOCK;
    }
    int error = board_wait_enter(&job->connection, &settings, problem);
    if (error == 0 && options->expect && !job->connection.has_application) {
        error = problem_set(problem, EXIT_USAGE, "the same without --expect",
                            "--expect: nobody hears what the application prints over %s",
                            job->connection.bootloader->port);
    }
    if (error == 0) {
        error = target_identify_as(&job->target, job->connection.bootloader, job->wanted, problem);
    }
    if (error) {
        return error;
    }
    job->identified = true;
    error = target_require_device(&job->target, job->wanted, problem);
    if (error) {
        return error;
    }
    error = target_ask(&job->target, options->device, problem);
    if (error == 0 && options->force) {
        target_take_largest(&job->target);
    }
    return error;
}

// The rest of what can be refused before anything is erased.
static int prepare(struct flash_job *job, struct problem *problem)
{
    const unsigned needed = BOOTLOADER_READ | BOOTLOADER_WRITE | BOOTLOADER_ERASE | BOOTLOADER_GO;
    struct target *target = &job->target;

    int error = fit(job, target->device, &target->layout.flash, problem);
    if (error == 0) {
        error = target_require_operations(target, needed, problem);
    }
    if (error == 0) {
        error = target_require_open(target, problem);
    }
    if (error == 0) {
        job->keep = job->options->keep;
        error = keep_read(&job->keep, target, &job->image, problem);
    }
    return error ? error : plan_make(&job->plan, target, &job->keep.image, problem);
}

// A refused file is no reason to leave the user without the application that was running.
static void restart_application(struct flash_job *job)
{
    struct bootloader *bootloader = job->target.bootloader;
    struct problem ignored;

    if (job->connection.entry_requested && job->identified && job->target.device) {
        bootloader->ops->go(bootloader, job->target.device->flash.start, &ignored);
    }
}

// What is to be kept lies on disk before anything is erased.
static int save_kept(const struct keep *keep, struct problem *problem)
{
    for (size_t i = 0; i < keep->read_count; i++) {
        int error = keep_file_save(keep->chip, &keep->read[i], problem);
        if (error) {
            return error;
        }
    }
    return 0;
}

// The copies go when they are not needed any more; else it is said where they are.
static void settle_kept(const struct keep *keep, bool needed)
{
    char name[KEEP_FILE_NAME_BYTES];

    for (size_t i = 0; i < keep->read_count; i++) {
        if (!needed) {
            keep_file_remove(keep->chip, &keep->read[i]);
            continue;
        }
        fprintf(stderr, "bootleap: flash: note: what is to be kept is saved in %s%s\n",
                keep_file_name(keep->chip, keep->read[i].address, name),
                keep->chip[0] ? "; the same command in this folder writes it back" : "");
    }
}

// A ROM that has refused every single read is one under readout protection.
static void explain_refusal(const struct flash_job *job, struct problem *problem)
{
    if (problem->code == EXIT_REFUSED && !job->flasher.changed && job->flasher.bytes_read == 0 &&
        !target_shows_something(&job->target)) {
        snprintf(
            problem->try_this, sizeof problem->try_this,
            "bootleap info; a ROM that refuses each read has readout protection on, and to take "
            "that off erases the flash");
    }
}

static int bring_in(struct flash_job *job, struct problem *problem)
{
    job->watch = progress_watch(&job->progress, interrupt_has_come);
    job->flasher = (struct flasher){.target = &job->target,
                                    .image = &job->keep.image,
                                    .plan = &job->plan,
                                    .full = job->options->full,
                                    .reads_spoil_writes = target_reads_spoil_writes(&job->target),
                                    .watch = &job->watch};
    int error = save_kept(&job->keep, problem);
    if (error) {
        return error;
    }
    interrupt_watch();
    error = flasher_run(&job->flasher, problem);
    interrupt_end_watch();
    progress_stop(&job->progress);
    settle_kept(&job->keep, error && job->flasher.changed);
    if (error) {
        explain_refusal(job, problem);
    }
    job->verified = error == 0;
    return error;
}

// Go is to the start of flash, where a file that belongs elsewhere may have left nothing.
static int require_application(const struct flash_job *job, struct problem *problem)
{
    const struct device *device = job->target.device;
    uint32_t start = device->flash.start;
    uint8_t table[8];
    char advice[64];
    bool blank = true;

    if (image_read(&job->image, start, sizeof table, table) == sizeof table) {
        return 0;
    }
    int error = sure_read(job->target.bootloader, start, sizeof table, table, problem);
    for (size_t i = 0; i < sizeof table; i++) {
        blank &= table[i] == device->erased;
    }
    if (error || !blank) {
        return error;
    }
    snprintf(advice, sizeof advice, "bootleap go %s 0x%08X, or --no-go", port_of(job->options, 1),
             job->plan.blocks[job->plan.first_block].address);
    return problem_set(problem, EXIT_FAILED, advice,
                       "start: the file is in flash and verified, but the start of flash, 0x%08X, "
                       "is erased",
                       start);
}

static int start(struct flash_job *job, struct problem *problem)
{
    const struct options *options = job->options;
    char version[ROM_VERSION_TEXT_BYTES];

    if (options->no_go) {
        return 0;
    }
    if (target_go_fails(&job->target)) {
        return options->expect == NULL
                   ? 0
                   : problem_set(problem, EXIT_REFUSED, "reset the chip with BOOT0 low",
                                 "start: the file is in flash and verified, but Go does not work "
                                 "in ROM %s",
                                 rom_version_text(job->target.rom_id, version));
    }
    int error = require_application(job, problem);
    if (error) {
        return error;
    }
    error = connection_start(&job->connection, job->target.device->flash.start, job->line, problem);
    job->started = error == 0;
    return error;
}

int flash_job_run(struct flash_job *job, struct problem *problem)
{
    job->started_ms = monotonic_ms();
    progress_start(&job->progress, "flash");
    int error = open_file(job, problem);
    if (error == 0) {
        error = find_chip(job, problem);
    }
    if (error == 0) {
        error = prepare(job, problem);
    }
    image_notes_print(&job->image, "bootleap", "flash");
    if (error == 0) {
        error = bring_in(job, problem);
    }
    progress_stop(&job->progress);
    if (error && !job->flasher.changed) {
        restart_application(job);
    }
    return error ? error : start(job, problem);
}

void flash_job_close(struct flash_job *job)
{
    connection_close(&job->connection);
    plan_free(&job->plan);
    keep_free(&job->keep);
    image_close(&job->image);
}

int flash_run(const struct options *options, struct problem *problem)
{
    struct flash_job job = {.options = options, .file = options->arguments[0]};

    int error = flash_job_run(&job, problem);
    if (error) {
        port_explain(options, 1, problem);
    }
    if (options->json) {
        flash_report_json(options->report, &job);
    } else if (error == 0) {
        flash_report_text(&job);
    }
    flash_job_close(&job);
    return error;
}
