// flash_report.c: what `bootleap flash` has done, in words and as JSON.
// SPDX-License-Identifier: MIT
#include "flash_job.h"

#include "chip_report.h"
#include "json_value.h"
#include "keep_file.h"
#include "monotonic.h"
#include "plain_text.h"
#include "rom_version_text.h"
#include "target_quirks.h"
#include "target_report.h"

#include <stdio.h>

static uint32_t image_bytes(const struct image *image)
{
    uint32_t bytes = 0;

    for (size_t i = 0; i < image->count; i++) {
        bytes += image->segments[i].size;
    }
    return bytes;
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

static size_t retries(const struct flash_job *job)
{
    const struct bootloader *bootloader = job->target.bootloader;

    return (bootloader ? bootloader->retries : 0) + job->flasher.writes_repeated +
           job->flasher.sectors_repeated;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_written(const struct flash_job *job)
{
    const struct flasher *flasher = &job->flasher;
    size_t kept = pages_kept(&job->plan);

    printf("%zu page%s erased, %u bytes written, verified", flasher->pages_erased,
           plural(flasher->pages_erased), flasher->bytes_written);
    if (kept) {
        printf("; %zu page%s held it already", kept, plural(kept));
    }
    putchar('\n');
}

void flash_report_text(const struct flash_job *job)
{
    char name[TARGET_REPORT_NAME_BYTES], version[ROM_VERSION_TEXT_BYTES];
    size_t again = retries(job);

    plain_text_print(stdout, job->file);
    printf(": %u bytes in %s, ", image_bytes(&job->image), target_report_name(&job->target, name));
    if (job->flasher.changed) {
        print_written(job);
    } else {
        printf("all there already, every byte compared\n");
    }
    for (unsigned i = 0; i < job->target.layout_notes; i++) {
        printf("note: %s\n", job->target.notes[i]);
    }
    if (keep_bytes(&job->keep)) {
        printf("%u bytes kept\n", keep_bytes(&job->keep));
    }
    if (again) {
        printf("%zu command%s went wrong on the line and %s sent again\n", again, plural(again),
               again == 1 ? "was" : "were");
    }
    if (job->started && job->line[0]) {
        printf("application started: %s\n", job->line);
    } else if (job->started) {
        printf("the ROM has taken Go; nobody waited for the application\n");
    } else if (!job->options->no_go && target_go_fails(&job->target)) {
        printf("not started: Go does not work in ROM %s; reset the chip\n",
               rom_version_text(job->target.rom_id, version));
    } else {
        printf("the ROM is still running\n");
    }
}

// The copies that are still needed.
static json_t *json_kept(const struct flash_job *job)
{
    json_t *files = json_array();
    char name[KEEP_FILE_NAME_BYTES];

    for (size_t i = 0; job->flasher.changed && !job->verified && i < job->keep.read_count; i++) {
        json_array_append_new(files, json_value_string(keep_file_name(
                                         job->keep.chip, job->keep.read[i].address, name)));
    }
    return files;
}

static void add_work(json_t *object, const struct flash_job *job)
{
    const struct flasher *flasher = &job->flasher;

    json_object_set_new(object, "pages_erased", json_integer((json_int_t)flasher->pages_erased));
    json_object_set_new(object, "pages_kept", json_integer((json_int_t)pages_kept(&job->plan)));
    json_object_set_new(object, "bytes_written", json_integer(flasher->bytes_written));
    json_object_set_new(object, "bytes_read", json_integer(flasher->bytes_read));
    json_object_set_new(object, "bytes_kept", json_integer(keep_bytes(&job->keep)));
    json_object_set_new(object, "kept_files", json_kept(job));
    json_object_set_new(object, "blocks_skipped", json_integer((json_int_t)job->plan.skipped));
    json_object_set_new(object, "retries", json_integer((json_int_t)retries(job)));
    if (job->target.bootloader && job->target.bootloader->transfers) {
        json_object_set_new(object, "usb_transfers",
                            json_integer((json_int_t)job->target.bootloader->transfers));
    }
    json_object_set_new(object, "verified", json_boolean(job->verified));
    json_object_set_new(object, "started", json_boolean(job->started));
}

static json_t *json_notes(const struct image *image)
{
    json_t *notes = json_array();

    for (size_t i = 0; i < image->note_count; i++) {
        json_array_append_new(notes, json_value_string(image->notes[i].text));
    }
    return notes;
}

void flash_report_json(json_t *object, const struct flash_job *job)
{
    json_object_set_new(object, "file", json_value_string(job->file));
    json_object_set_new(object, "format",
                        job->image.count ? json_value_string(image_format_name(job->image.format))
                                         : json_null());
    json_object_set_new(object, "bytes", json_integer(image_bytes(&job->image)));
    json_object_set_new(object, "notes", json_notes(&job->image));
    if (job->identified) {
        target_report_json(object, &job->target);
    }
    json_object_set_new(object, "chip_notes", chip_report_notes(&job->target));
    add_work(object, job);
    json_object_set_new(object, "application_output",
                        job->line[0] ? json_value_string(job->line) : json_null());
    json_object_set_new(object, "seconds",
                        json_real((double)(monotonic_ms() - job->started_ms) / 1000));
}
