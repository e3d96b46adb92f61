// session_verb.c: runs one verb, and looks at the chip and at the file that it has written.
// SPDX-License-Identifier: MIT
#include "session_verb.h"

#include "disk.h"

#include <stdio.h>
#include <string.h>

enum { READ_BYTES = 700, RANGE_BYTES = 32 }; // two blocks, and a part of one

static const char *const names[SESSION_VERBS] = {
    [SESSION_FLASH] = "flash", [SESSION_VERIFY] = "verify", [SESSION_VERIFY_OTHER] = "verify-other",
    [SESSION_READ] = "read",   [SESSION_ERASE] = "erase",
};

enum session_verb session_verb_find(const char *name)
{
    unsigned verb = 0;

    while (verb < SESSION_VERBS && strcmp(names[verb], name) != 0) {
        verb++;
    }
    return (enum session_verb)verb;
}

void session_verb_renew(struct bench *bench, enum session_verb verb)
{
    bench->holds_image = verb == SESSION_VERIFY;
    bench_renew(bench);
}

static void range_text(char text[RANGE_BYTES], uint32_t start, uint32_t size)
{
    snprintf(text, RANGE_BYTES, "0x%08X+%u", (unsigned)start, (unsigned)size);
}

static void run_verify(struct bench *bench, const struct line_fault *fault, struct session_end *end)
{
    const char *const arguments[] = {"verify", bench->image.path, "line", "--no-go"};

    session_run(bench, 4, arguments, fault, end);
}

// Whether the file holds what the chip does.
static bool file_is_right(const struct bench *bench, const char *path)
{
    uint8_t bytes[READ_BYTES];
    FILE *file = disk_open(path, "r");

    if (file == NULL) {
        return false;
    }
    bool whole = fread(bytes, 1, sizeof bytes, file) == sizeof bytes && fgetc(file) == EOF;
    fclose(file);
    return whole &&
           memcmp(bytes, second_rom_flash(bench->rom, bench->device->flash.start, sizeof bytes),
                  sizeof bytes) == 0;
}

static void run_read(struct bench *bench, const struct line_fault *fault, struct session_end *end)
{
    char path[SESSION_PATH_BYTES + 8], range[RANGE_BYTES];
    const char *const arguments[] = {"read", path, "line", "--range", range, "--no-go"};

    snprintf(path, sizeof path, "%s.read", bench->image.path);
    range_text(range, bench->device->flash.start, READ_BYTES);
    session_run(bench, 6, arguments, fault, end);
    end->whole = file_is_right(bench, path);
    disk_remove(path);
}

static bool is_blank(const struct bench *bench, uint32_t size)
{
    const uint8_t *bytes = second_rom_flash(bench->rom, bench->device->flash.start, size);
    bool blank = true;

    for (uint32_t i = 0; i < size; i++) {
        blank &= bytes[i] == bench->device->erased;
    }
    return blank;
}

static void run_erase(struct bench *bench, const struct line_fault *fault, struct session_end *end)
{
    uint32_t page = bench->layout.pages[0].size;
    char range[RANGE_BYTES];
    const char *const arguments[] = {"erase", "line", "--range", range};

    range_text(range, bench->device->flash.start, page);
    session_run(bench, 4, arguments, fault, end);
    end->whole = is_blank(bench, page);
}

void session_verb_run(struct bench *bench, enum session_verb verb, const struct line_fault *fault,
                      struct session_end *end)
{
    switch (verb) {
    case SESSION_VERIFY:
    case SESSION_VERIFY_OTHER:
        run_verify(bench, fault, end);
        break;
    case SESSION_READ:
        run_read(bench, fault, end);
        break;
    case SESSION_ERASE:
        run_erase(bench, fault, end);
        break;
    default:
        session_flash_image(bench, fault, end);
    }
}

int session_verb_good_code(enum session_verb verb)
{
    return verb == SESSION_VERIFY_OTHER ? EXIT_VERIFY : EXIT_DONE;
}

bool session_verb_is_right(enum session_verb verb, const struct session_end *end)
{
    if (verb == SESSION_VERIFY_OTHER) { // what it says of the chip is all there is to it
        return end->code == EXIT_VERIFY;
    }
    return end->code == EXIT_DONE && end->whole && (verb != SESSION_FLASH || end->started);
}
