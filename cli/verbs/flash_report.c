// flash_report.c: what `bootleap flash` has done, in words and as JSON.
// SPDX-License-Identifier: MIT
#include "flash_command.h"

#include "chip_report.h"
#include "file_notes.h"
#include "json_value.h"
#include "monotonic.h"
#include "plain_text.h"
#include "rom_version_text.h"

#include <stdio.h>

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_written(const struct libbootleap_flash_result *result)
{
    printf("%zu page%s erased, %u bytes written, verified", result->pages_erased,
           plural(result->pages_erased), result->bytes_written);
    if (result->pages_kept) {
        printf("; %zu page%s held it already", result->pages_kept, plural(result->pages_kept));
    }
    putchar('\n');
}

static void print_start(const struct flash_command *command, const struct libbootleap_chip *chip)
{
    char version[ROM_VERSION_TEXT_BYTES];

    if (command->started && command->line[0]) {
        printf("application started: %s\n", command->line);
    } else if (command->started) {
        printf("the ROM has taken Go; nobody waited for the application\n");
    } else if (!command->options->no_go && chip->go_fails) {
        printf("not started: Go does not work in ROM %s; reset the chip\n",
               rom_version_text(chip->rom_id, version));
    } else {
        printf("the ROM is still running\n");
    }
}

void flash_report_text(const struct flash_command *command)
{
    const struct libbootleap_chip *chip = libbootleap_chip(command->handle.chip);
    const struct libbootleap_flash_result *result = &command->result;
    char name[CHIP_REPORT_NAME_BYTES];

    plain_text_print(stdout, command->options->arguments[0]);
    printf(": %u bytes in %s, ", libbootleap_file_bytes(command->file),
           chip_report_name(chip, name));
    if (result->changed) {
        print_written(result);
    } else {
        printf("all there already, every byte compared\n");
    }
    for (size_t i = 0; i < chip->layout_note_count; i++) {
        printf("note: %s\n", chip->notes[i]);
    }
    if (result->bytes_kept) {
        printf("%u bytes kept\n", result->bytes_kept);
    }
    if (result->retries) {
        printf("%zu command%s went wrong on the line and %s sent again\n", result->retries,
               plural(result->retries), result->retries == 1 ? "was" : "were");
    }
    print_start(command, chip);
}

static json_t *number(size_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *kept_files(const struct libbootleap_flash_result *result)
{
    json_t *files = json_array();

    for (size_t i = 0; i < result->kept_file_count; i++) {
        json_array_append_new(files, json_value_string(result->kept_files[i]));
    }
    return files;
}

void flash_report_work(json_t *object, const struct libbootleap_flash_result *result, bool started)
{
    json_object_set_new(object, "pages_erased", number(result->pages_erased));
    json_object_set_new(object, "pages_kept", number(result->pages_kept));
    json_object_set_new(object, "bytes_written", number(result->bytes_written));
    json_object_set_new(object, "bytes_read", number(result->bytes_read));
    json_object_set_new(object, "bytes_kept", number(result->bytes_kept));
    json_object_set_new(object, "kept_files", kept_files(result));
    json_object_set_new(object, "blocks_skipped", number(result->blocks_skipped));
    json_object_set_new(object, "retries", number(result->retries));
    if (result->usb_transfers) {
        json_object_set_new(object, "usb_transfers", number(result->usb_transfers));
    }
    json_object_set_new(object, "verified", json_boolean(result->verified));
    json_object_set_new(object, "started", json_boolean(started));
}

void flash_report_json(json_t *object, const struct flash_command *command)
{
    const struct libbootleap_file *file = command->file;
    const struct libbootleap_chip *chip =
        command->handle.chip ? libbootleap_chip(command->handle.chip) : NULL;

    json_object_set_new(object, "file", json_value_string(command->options->arguments[0]));
    json_object_set_new(object, "format",
                        file ? json_string(libbootleap_file_format(file)) : json_null());
    json_object_set_new(object, "bytes", number(file ? libbootleap_file_bytes(file) : 0));
    json_object_set_new(object, "notes", file_notes_json(file));
    if (chip) {
        chip_report_identity(object, chip);
    }
    json_object_set_new(object, "chip_notes", chip ? chip_report_notes(chip) : json_array());
    flash_report_work(object, &command->result, command->started);
    json_object_set_new(object, "application_output", json_value_text(command->line));
    json_object_set_new(object, "seconds",
                        json_real((double)(monotonic_ms() - command->started_ms) / 1000));
}
