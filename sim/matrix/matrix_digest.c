// matrix_digest.c: collects a line for each cell, sorts them, and sums them up with SHA-256.
// SPDX-License-Identifier: MIT
#include "matrix_digest.h"

#include "devices.h"

#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert((int)MATRIX_DIGEST_TEXT == SHA256_DIGEST_STRING_LENGTH, "the digest has room");

// One device's lines: pointers into one text, which ends with a NUL.
struct sheet {
    char *text;
    char **lines;
    size_t count;
};

void matrix_digest_list(const struct matrix_digest *digest, char *list, size_t size)
{
    size_t used = 0;

    list[0] = '\0';
    for (enum cell_field field = 0; field < CELL_FIELDS; field++) {
        if (digest->fields & 1u << field && used < size) {
            used += (size_t)snprintf(list + used, size - used, "%s%s", used ? "," : "",
                                     cell_field_name(field));
        }
    }
}

int matrix_digest_fields(struct matrix_digest *digest, const char *list, struct problem *problem)
{
    static const struct matrix_digest all = {.fields = (1 << CELL_FIELDS) - 1};
    char names[MATRIX_DIGEST_FIELDS];

    digest->fields = list ? 0 : CELL_FIELDS_JUDGED;
    matrix_digest_list(&all, names, sizeof names);
    while (list) {
        size_t length = strcspn(list, ",");
        enum cell_field field = 0;
        while (field < CELL_FIELDS && (strlen(cell_field_name(field)) != length ||
                                       strncmp(cell_field_name(field), list, length) != 0)) {
            field++;
        }
        if (field == CELL_FIELDS) {
            return problem_set(problem, EXIT_USAGE, names, "--digest: no field is called \"%.*s\"",
                               (int)(length < 80 ? length : 80), list);
        }
        digest->fields |= 1u << field;
        list = list[length] ? list + length + 1 : NULL;
    }
    return 0;
}

// A file without a name. A line goes out as a whole, so that nothing of it is left in a worker that
// ends, and a second one may write too.
static FILE *make_file(void)
{
    FILE *file = tmpfile();

    if (file) {
        setvbuf(file, NULL, _IOLBF, 1 << 14);
    }
    return file;
}

int matrix_digest_open(struct matrix_digest *digest, struct problem *problem)
{
    if (!digest->fields) {
        return 0;
    }
    if (digest->cells) {
        digest->output = fopen(digest->cells, "a");
        if (!digest->output) {
            return problem_set(problem, EXIT_USAGE, "a file in a folder that is there",
                               "--cells %s: cannot write it: %s", digest->cells, strerror(errno));
        }
    }
    digest->devices = calloc(device_count, sizeof *digest->devices);
    for (size_t i = 0; i < device_count; i++) {
        FILE *file = digest->devices ? make_file() : NULL;
        if (!file) {
            return problem_set(problem, EXIT_FAILED, "room in /tmp, and `ulimit -n` of 256",
                               "--digest: no file for the cells of %s: %s", devices[i].slug,
                               strerror(errno));
        }
        digest->devices[i] = file;
    }
    return 0;
}

struct cell_lines matrix_digest_lines(const struct matrix_digest *digest, size_t device)
{
    return (struct cell_lines){digest->devices[device], digest->fields};
}

static int compare_lines(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

// All of a file, with a NUL behind it. NULL: it cannot be read, or there is no room.
static char *read_all(FILE *file)
{
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;

    if (text) {
        rewind(file);
        text[fread(text, 1, (size_t)size, file)] = '\0';
        if (ferror(file)) {
            free(text);
            text = NULL;
        }
    }
    return text;
}

// Reads and sorts the lines of one device. False: it cannot be read, or there is no room.
static bool open_sheet(struct sheet *sheet, FILE *file)
{
    size_t count = 0;
    char *rest;

    *sheet = (struct sheet){.text = read_all(file)};
    for (const char *c = sheet->text; c && *c; c++) {
        count += *c == '\n';
    }
    sheet->lines = calloc(count + 1, sizeof *sheet->lines);
    if (!sheet->text || !sheet->lines) {
        return false;
    }
    for (char *line = strtok_r(sheet->text, "\n", &rest); line && sheet->count < count;
         line = strtok_r(NULL, "\n", &rest)) {
        sheet->lines[sheet->count++] = line;
    }
    qsort(sheet->lines, sheet->count, sizeof *sheet->lines, compare_lines);
    return true;
}

static void close_sheet(struct sheet *sheet)
{
    free(sheet->text);
    free(sheet->lines);
}

static void add_sheet(struct matrix_digest *digest, const struct sheet *sheet, SHA2_CTX *context)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const char *line = sheet->lines[i];
        SHA256Update(context, (const uint8_t *)line, strlen(line));
        SHA256Update(context, (const uint8_t *)"\n", 1);
        if (digest->output) {
            fprintf(digest->output, "%s\n", line);
        }
    }
    digest->lines += sheet->count;
}

static int compare_slugs(const void *one, const void *other)
{
    const size_t *a = one, *b = other;

    return strcmp(devices[*a].slug, devices[*b].slug);
}

// A blank comes before all that can be in a name, so lines are sorted when devices are.
static int add_devices(struct matrix_digest *digest, SHA2_CTX *context, struct problem *problem)
{
    size_t *order = calloc(device_count, sizeof *order);
    bool fine = order != NULL;

    for (size_t i = 0; fine && i < device_count; i++) {
        order[i] = i;
    }
    if (fine) {
        qsort(order, device_count, sizeof *order, compare_slugs);
    }
    for (size_t i = 0; fine && i < device_count; i++) {
        struct sheet sheet;
        fine = open_sheet(&sheet, digest->devices[order[i]]);
        if (fine) {
            add_sheet(digest, &sheet, context);
        }
        close_sheet(&sheet);
    }
    free(order);
    return fine ? 0
                : problem_set(problem, EXIT_FAILED, NULL,
                              "--digest: cannot read the cells back: %s", strerror(errno));
}

// A pipe or a terminal has nothing to cut off.
static bool make_empty(FILE *file)
{
    return ftruncate(fileno(file), 0) == 0 || errno == EINVAL;
}

int matrix_digest_make(struct matrix_digest *digest, struct problem *problem)
{
    SHA2_CTX context;
    bool written = true;
    int error;

    if (!digest->fields) {
        return 0;
    }
    if (digest->output) {
        written = make_empty(digest->output);
    }
    SHA256Init(&context);
    error = add_devices(digest, &context, problem);
    SHA256End(&context, digest->sha256);
    if (digest->output) {
        written &= !ferror(digest->output);
        written &= fclose(digest->output) == 0;
        digest->output = NULL;
    }
    if (!error && !written) {
        error = problem_set(problem, EXIT_FAILED, NULL, "--cells %s: cannot write all of it: %s",
                            digest->cells, strerror(errno));
    }
    return error;
}

void matrix_digest_close(struct matrix_digest *digest)
{
    for (size_t i = 0; digest->devices && i < device_count; i++) {
        if (digest->devices[i]) {
            fclose(digest->devices[i]);
        }
    }
    free(digest->devices);
    if (digest->output) {
        fclose(digest->output);
    }
}
