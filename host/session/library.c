// library.c: the functions of libbootleap.h, each of which is one of session.h.
// SPDX-License-Identifier: MIT
#include "libbootleap.h"

#include "option_loss.h"
#include "session.h"

#include <string.h>

_Static_assert((int)LIBBOOTLEAP_FAILED == (int)EXIT_FAILED &&
                   (int)LIBBOOTLEAP_USAGE == (int)EXIT_USAGE &&
                   (int)LIBBOOTLEAP_NO_DEVICE == (int)EXIT_NO_DEVICE &&
                   (int)LIBBOOTLEAP_SEVERAL == (int)EXIT_SEVERAL_DEVICES &&
                   (int)LIBBOOTLEAP_REFUSED == (int)EXIT_REFUSED &&
                   (int)LIBBOOTLEAP_VERIFY == (int)EXIT_VERIFY,
               "codes of the library are those of common/problem.h");
_Static_assert((int)LIBBOOTLEAP_FAULT_APPLICATION == (int)FAULT_APPLICATION &&
                   (int)LIBBOOTLEAP_FAULT_COMPUTER == (int)FAULT_COMPUTER,
               "so are its faults");
_Static_assert((int)LIBBOOTLEAP_LOSS_CHIP_FOREVER == (int)OPTION_LOSS_CHIP_FOREVER &&
                   (int)LIBBOOTLEAP_LOSS_UNKNOWN_LAYOUT == (int)OPTION_LOSS_UNKNOWN_LAYOUT,
               "and the losses");

// Hands a problem out. Returns `error`.
static int tell(int error, const struct problem *from, struct libbootleap_problem *to)
{
    if (error) {
        *to = (struct libbootleap_problem){.code = error,
                                           .fault = (enum libbootleap_fault)from->fault};
        memcpy(to->what, from->what, sizeof to->what);
        memcpy(to->try_this, from->try_this, sizeof to->try_this);
    } else {
        *to = (struct libbootleap_problem){.code = LIBBOOTLEAP_OK};
    }
    return error;
}

const char *libbootleap_fault_word(enum libbootleap_fault fault)
{
    return fault_word((unsigned)fault < FAULT_COUNT ? (enum fault)fault : FAULT_UNKNOWN);
}

const char *libbootleap_version(void)
{
    return BOOTLEAP_VERSION;
}

int libbootleap_open(struct libbootleap **chip, const struct libbootleap_settings *settings,
                     const struct libbootleap_callbacks *callbacks,
                     struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_open(chip, settings, callbacks, &own), &own, problem);
}

void libbootleap_close(struct libbootleap *chip)
{
    session_close(chip);
}

int libbootleap_list(void (*visit_port)(const struct libbootleap_port *port, void *context),
                     void *context, struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_list(visit_port, context, &own), &own, problem);
}

int libbootleap_find(struct libbootleap *chip, struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_find(chip, &own), &own, problem);
}

int libbootleap_enter(struct libbootleap *chip, struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_enter(chip, &own), &own, problem);
}

int libbootleap_ask(struct libbootleap *chip, struct libbootleap_problem *problem)
{
    struct problem own;

    chip->target.asks_size = true; // not only where nothing else tells it
    return tell(session_ask(chip, &own), &own, problem);
}

const struct libbootleap_chip *libbootleap_chip(struct libbootleap *chip)
{
    return session_view(chip);
}

int libbootleap_unique_id(struct libbootleap *chip, char text[LIBBOOTLEAP_UNIQUE_ID_BYTES],
                          struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_unique_id(chip, text, &own), &own, problem);
}

int libbootleap_command(const struct libbootleap *chip, size_t number, const char **name)
{
    const struct bootloader *bootloader = chip->connection.bootloader;

    if (bootloader == NULL || number >= bootloader->command_count) {
        return -1;
    }
    *name = bootloader->commands[number].name;
    return bootloader->commands[number].code;
}

// What libbootleap_details was given.
struct visitor {
    void (*visit)(const struct libbootleap_detail *detail, void *context);
    void *context;
};

static void visit(const struct bootloader_detail *detail, void *context)
{
    const struct visitor *visitor = context;
    const struct libbootleap_detail shown = {detail->label, detail->key, detail->text,
                                             detail->is_list, detail->is_number};

    visitor->visit(&shown, visitor->context);
}

void libbootleap_details(const struct libbootleap *chip,
                         void (*visit_one)(const struct libbootleap_detail *detail, void *context),
                         void *context)
{
    struct bootloader *bootloader = chip->connection.bootloader;
    struct visitor visitor = {visit_one, context};

    if (bootloader && bootloader->ops->tell) {
        bootloader->ops->tell(bootloader, visit, &visitor);
    }
}

int libbootleap_read(struct libbootleap *chip, uint32_t address, uint32_t size, uint8_t *bytes,
                     struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_read(chip, address, size, bytes, &own), &own, problem);
}

int libbootleap_file_open(struct libbootleap_file **file, const char *path,
                          const struct libbootleap_file_settings *settings,
                          struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_file_open(file, path, settings, &own), &own, problem);
}

void libbootleap_file_close(struct libbootleap_file *file)
{
    session_file_close(file);
}

int libbootleap_file_copy(struct libbootleap_file **copy, const struct libbootleap_file *file,
                          struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_file_copy(copy, file, &own), &own, problem);
}

int libbootleap_file_put(struct libbootleap *chip, struct libbootleap_file *file, uint32_t address,
                         uint32_t size, const uint8_t *bytes, struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_file_put(chip, file, address, size, bytes, &own), &own, problem);
}

const char *libbootleap_file_format(const struct libbootleap_file *file)
{
    return image_format_name(file->image.format);
}

uint32_t libbootleap_file_bytes(const struct libbootleap_file *file)
{
    uint32_t bytes = 0;

    for (size_t i = 0; i < file->image.count; i++) {
        bytes += file->image.segments[i].size;
    }
    return bytes;
}

const char *libbootleap_file_note(const struct libbootleap_file *file, size_t number)
{
    return number < file->image.note_count ? file->image.notes[number].text : NULL;
}

int libbootleap_file_check(struct libbootleap *chip, struct libbootleap_file *file,
                           struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_file_check(chip, file, &own), &own, problem);
}

int libbootleap_flash(struct libbootleap *chip, struct libbootleap_file *file,
                      const struct libbootleap_flash_settings *settings,
                      struct libbootleap_flash_result *result, struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_flash(chip, file, settings, result, &own), &own, problem);
}

int libbootleap_verify(struct libbootleap *chip, struct libbootleap_file *file,
                       struct libbootleap_verify_result *result,
                       struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_verify(chip, file, result, &own), &own, problem);
}

int libbootleap_erase(struct libbootleap *chip, const struct libbootleap_erase_settings *settings,
                      struct libbootleap_erase_result *result, struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_erase(chip, settings, result, &own), &own, problem);
}

int libbootleap_option_read(struct libbootleap *chip, const char *name, uint32_t *value,
                            struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_option_read(chip, name, value, &own), &own, problem);
}

int libbootleap_option_write(struct libbootleap *chip, const char *const *changes, size_t count,
                             unsigned losses, struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_option_write(chip, changes, count, losses, &own), &own, problem);
}

int libbootleap_start(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                      char line[LIBBOOTLEAP_LINE_BYTES], struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_start(chip, settings, line, &own), &own, problem);
}

int libbootleap_reset(struct libbootleap *chip, const struct libbootleap_start_settings *settings,
                      char line[LIBBOOTLEAP_LINE_BYTES], struct libbootleap_problem *problem)
{
    struct problem own;

    return tell(session_reset(chip, settings, line, &own), &own, problem);
}
