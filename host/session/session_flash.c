// session_flash.c: brings a file into the chip, or refuses it before anything is erased.
// SPDX-License-Identifier: MIT
#include "session.h"

#include "flasher.h"
#include "keep.h"
#include "keep_file.h"
#include "target_quirks.h"

#include <stdio.h>

enum { NOTE_BYTES = 300 };

// What one call works on.
struct flashing {
    struct libbootleap *chip;
    struct libbootleap_file *file;
    struct keep keep;
    struct plan plan;
    struct flasher flasher;
};

static int take_keep(struct keep *keep, const struct libbootleap_flash_settings *settings,
                     struct problem *problem)
{
    if (settings->keep_count > KEEP_RANGES) {
        return problem_set(problem, EXIT_USAGE, NULL, "--keep: more than %d of them", KEEP_RANGES);
    }
    for (size_t i = 0; i < settings->keep_count; i++) {
        keep->ranges[i] = (struct address_range){settings->keep[i].start, settings->keep[i].size};
    }
    keep->range_count = settings->keep_count;
    return 0;
}

static int prepare(struct flashing *flashing, const struct libbootleap_flash_settings *settings,
                   struct problem *problem)
{
    const unsigned needed = BOOTLOADER_READ | BOOTLOADER_WRITE | BOOTLOADER_ERASE | BOOTLOADER_GO;
    struct target *target = &flashing->chip->target;

    int error = take_keep(&flashing->keep, settings, problem);
    if (error == 0) {
        error = session_file_fit(flashing->chip, flashing->file, problem);
    }
    if (error == 0) {
        error = target_require_operations(target, needed, problem);
    }
    if (error == 0) {
        error = target_require_open(target, problem);
    }
    if (error == 0) {
        error = keep_read(&flashing->keep, target, &flashing->file->image, problem);
    }
    return error ? error : plan_make(&flashing->plan, target, &flashing->keep.image, problem);
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

static void log_text(const struct libbootleap *chip, const char *text)
{
    if (chip->callbacks.log) {
        chip->callbacks.log(chip->callbacks.context, text);
    }
}

// The copies go when they are not needed any more; else it is said where they are.
static void settle_kept(const struct flashing *flashing, bool needed,
                        struct libbootleap_flash_result *result)
{
    const struct keep *keep = &flashing->keep;
    char name[KEEP_FILE_NAME_BYTES], text[NOTE_BYTES];

    for (size_t i = 0; i < keep->read_count; i++) {
        if (!needed) {
            keep_file_remove(keep->chip, &keep->read[i]);
            continue;
        }
        keep_file_name(keep->chip, keep->read[i].address, name);
        snprintf(text, sizeof text, "what is to be kept is saved in %s%s", name,
                 keep->chip[0] ? "; the same command in this folder writes it back" : "");
        log_text(flashing->chip, text);
        if (result->kept_file_count < LIBBOOTLEAP_KEPT_FILES) {
            snprintf(result->kept_files[result->kept_file_count++], LIBBOOTLEAP_KEPT_FILE_BYTES,
                     "%s", name);
        }
    }
}

// A ROM that has refused every single read is one under readout protection.
static void explain_refusal(const struct flashing *flashing, struct problem *problem)
{
    if (problem->code == EXIT_REFUSED && !flashing->flasher.changed &&
        flashing->flasher.bytes_read == 0 && !target_shows_something(&flashing->chip->target)) {
        snprintf(problem->try_this, sizeof problem->try_this,
                 "bootleap info; a ROM that refuses each read has readout protection on, and to "
                 "take that off erases the flash");
    }
}

static int bring_in(struct flashing *flashing, bool full, struct libbootleap_flash_result *result,
                    struct problem *problem)
{
    struct libbootleap *chip = flashing->chip;

    flashing->flasher =
        (struct flasher){.target = &chip->target,
                         .image = &flashing->keep.image,
                         .plan = &flashing->plan,
                         .full = full,
                         .reads_spoil_writes = target_reads_spoil_writes(&chip->target),
                         .watch = &chip->watch};
    int error = save_kept(&flashing->keep, problem);
    if (error) {
        return error;
    }
    error = flasher_run(&flashing->flasher, problem);
    watch_stop(&chip->watch);
    settle_kept(flashing, error && flashing->flasher.changed, result);
    if (error) {
        explain_refusal(flashing, problem);
    }
    return error;
}

// A refused file is no reason to leave the user without the application that was running.
static void restart_application(struct libbootleap *chip)
{
    struct bootloader *bootloader = chip->target.bootloader;
    struct problem ignored;

    if (chip->connection.entry_requested && chip->identified && chip->target.device) {
        bootloader->ops->go(bootloader, chip->target.device->flash.start, &ignored);
    }
}

// Pages that hold what the file wants already, and so were left alone.
static size_t pages_kept(const struct plan *plan)
{
    size_t pages = 0;

    for (size_t i = 0; i < plan->sector_count; i++) {
        pages += plan->sectors[i].rewrite ? 0 : plan->sectors[i].page_count;
    }
    return pages;
}

static void tell(const struct flashing *flashing, struct libbootleap_flash_result *result)
{
    const struct bootloader *bootloader = flashing->chip->target.bootloader;
    const struct flasher *flasher = &flashing->flasher;

    result->changed = flasher->changed;
    result->pages_erased = flasher->pages_erased;
    result->pages_kept = pages_kept(&flashing->plan);
    result->bytes_written = flasher->bytes_written;
    result->bytes_read = flasher->bytes_read;
    result->bytes_kept = keep_bytes(&flashing->keep);
    result->blocks_skipped = flashing->plan.skipped;
    result->retries = (bootloader ? bootloader->retries : 0) + flasher->writes_repeated +
                      flasher->sectors_repeated;
    result->usb_transfers = bootloader ? bootloader->transfers : 0;
}

// Whether the file has what Go would start.
static bool has_start(const struct libbootleap *chip, const struct image *image)
{
    uint8_t table[8];

    return image_read(image, chip->target.device->flash.start, sizeof table, table) == sizeof table;
}

int session_flash(struct libbootleap *chip, struct libbootleap_file *file,
                  const struct libbootleap_flash_settings *settings,
                  struct libbootleap_flash_result *result, struct problem *problem)
{
    static const struct libbootleap_flash_settings usual = {0};
    struct flashing flashing = {.chip = chip, .file = file};

    *result = (struct libbootleap_flash_result){0};
    settings = settings ? settings : &usual;
    int error = prepare(&flashing, settings, problem);
    if (error == 0) {
        error = bring_in(&flashing, settings->full, result, problem);
        result->verified = error == 0;
    }
    tell(&flashing, result);
    if (error == 0) {
        chip->start_blank = !has_start(chip, &file->image);
    } else if (!result->changed) {
        restart_application(chip);
    }
    plan_free(&flashing.plan);
    keep_free(&flashing.keep);
    return error;
}
