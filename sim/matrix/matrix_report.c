// matrix_report.c: prints the matrix as a table, or as JSON.
// SPDX-License-Identifier: MIT
#include "matrix_report.h"

#include "words.h"

#include <jansson.h>
#include <string.h>

enum { COLUMN = 14 };

static unsigned count(const struct tally *tally)
{
    return tally->entered + tally->refused + tally->ran + tally->failed;
}

// "18", "17 + 1 no", "18, 2 FAIL", "-": cells that came out right, refusals among them apart.
static void print_tally(const struct tally *tally, FILE *file)
{
    char text[48] = "-";
    unsigned right = tally->entered + tally->ran;

    if (tally->failed) {
        snprintf(text, sizeof text, "%u FAILED", tally->failed);
    } else if (tally->refused && right) {
        snprintf(text, sizeof text, "%u + %u no", right, tally->refused);
    } else if (tally->refused) {
        snprintf(text, sizeof text, "%u no", tally->refused);
    } else if (right) {
        snprintf(text, sizeof text, "%u", right);
    }
    fprintf(file, " %*s", COLUMN, text);
}

// A line for each path, one below the other.
static void print_row(const struct matrix *matrix, const struct matrix_row *row, FILE *file)
{
    if (row->why_not) {
        fprintf(file, "%-10s %-13s not run: %s\n", row->device->slug, words_core(row->device->core),
                row->why_not);
        return;
    }
    for (enum entry_path path = PATH_RESET; path < ENTRY_PATHS; path++) {
        if (!matrix->paths[path]) {
            continue;
        }
        fprintf(file, "%-10s %-13s %-6s %6u", row->device->slug, words_core(row->device->core),
                entry_path_name(path), row->builds);
        for (int group = 0; group < GROUPS; group++) {
            print_tally(&row->groups[path][group], file);
        }
        fprintf(file, "\n");
    }
}

// One of each group is enough to read; --json has as many as were kept.
static void print_failures(const struct matrix_row *row, FILE *file)
{
    bool told[ENTRY_PATHS][GROUPS] = {{false}};

    for (unsigned i = 0; i < row->failure_count; i++) {
        char command[CELL_COMMAND], name[CELL_COMMAND];
        struct cell cell = row->failures[i].cell;

        if (told[cell.path][cell.scenario->group]) {
            continue;
        }
        told[cell.path][cell.scenario->group] = true;
        cell.elf = row->failures[i].elf;
        cell_name(&cell, name);
        cell_command(&cell, command);
        fprintf(file, "\n%s, %s, %s: %s\n  %s\n", row->device->slug, entry_path_name(cell.path),
                name, row->failures[i].why, command);
    }
}

struct totals {
    unsigned enter[ENTRY_PATHS], refuse[ENTRY_PATHS]; // devices
    unsigned not_run;
    unsigned unmodelled; // cells
    uint64_t instructions;
};

static struct totals add_up(const struct matrix *matrix)
{
    struct totals totals = {0};

    for (size_t i = 0; i < device_count; i++) {
        const struct matrix_row *row = &matrix->rows[i];
        if (!matrix_runs(matrix, row->device)) {
            continue;
        }
        totals.not_run += row->why_not != NULL;
        totals.instructions += row->instructions;
        totals.unmodelled += row->unmodelled;
        for (int path = 0; path < ENTRY_PATHS; path++) {
            bool enters = row->groups[path][GROUP_BACK].entered > 0;
            totals.enter[path] += matrix->paths[path] && !row->why_not && enters;
            totals.refuse[path] += matrix->paths[path] && !row->why_not && !enters;
        }
    }
    return totals;
}

// What a thread needs from the call to the first instruction of the ROM, the fewest and the most.
static void print_entries(const struct matrix *matrix, enum core core, FILE *file)
{
    uint64_t least[ENTRY_PATHS] = {UINT64_MAX, UINT64_MAX}, most[ENTRY_PATHS] = {0};

    for (size_t i = 0; i < device_count; i++) {
        const struct matrix_row *row = &matrix->rows[i];
        for (int path = 0; path < ENTRY_PATHS && row->device->core == core; path++) {
            uint64_t entry = row->entry_instructions[path];
            least[path] = entry && entry < least[path] ? entry : least[path];
            most[path] = entry > most[path] ? entry : most[path];
        }
    }
    for (enum entry_path path = PATH_RESET; path < ENTRY_PATHS; path++) {
        if (most[path]) {
            fprintf(file, "instructions into the ROM, %s, %s: %llu to %llu\n", words_core(core),
                    entry_path_name(path), (unsigned long long)least[path],
                    (unsigned long long)most[path]);
        }
    }
}

static void print_digest(const struct matrix_digest *digest, FILE *file)
{
    char fields[MATRIX_DIGEST_FIELDS];

    if (digest->fields) {
        matrix_digest_list(digest, fields, sizeof fields);
        fprintf(file, "digest of %s: %s\n", fields, digest->sha256);
    }
}

static void print_totals(const struct matrix *matrix, FILE *file)
{
    struct totals totals = add_up(matrix);

    fprintf(file, "\n");
    for (enum core core = CORE_M0; core <= CORE_M55; core++) {
        print_entries(matrix, core, file);
    }
    for (enum entry_path path = PATH_RESET; path < ENTRY_PATHS; path++) {
        struct tally total = matrix_total_of(matrix, path);
        if (matrix->paths[path]) {
            fprintf(file,
                    "%s: devices: %u enter and return, %u refuse, %u not run\n"
                    "%s: cells: %u entered and returned, %u refused, %u with nothing to enter, "
                    "%u FAILED\n",
                    entry_path_name(path), totals.enter[path], totals.refuse[path], totals.not_run,
                    entry_path_name(path), total.entered, total.refused, total.ran, total.failed);
        }
    }
    fprintf(file,
            "cells that touched a register that nobody models: %u\n"
            "time: %.0f s in %u processes, %.1f million instructions a second\n",
            totals.unmodelled, matrix->seconds, matrix->jobs,
            (double)totals.instructions / matrix->seconds / 1e6);
    print_digest(&matrix->digest, file);
}

static void print_table(const struct matrix *matrix, FILE *file)
{
    fprintf(file, "%-10s %-13s %-6s %6s", "device", "core", "way", "builds");
    for (int group = 0; group < GROUPS; group++) {
        fprintf(file, " %*s", COLUMN, group_name((enum scenario_group)group));
    }
    fprintf(file, "\n");
    for (size_t i = 0; i < device_count; i++) {
        if (matrix_runs(matrix, matrix->rows[i].device)) {
            print_row(matrix, &matrix->rows[i], file);
        }
    }
    for (size_t i = 0; i < device_count; i++) {
        print_failures(&matrix->rows[i], file);
    }
    print_totals(matrix, file);
}

static json_t *pack_tally(const struct tally *tally)
{
    return json_pack("{s:i, s:i, s:i, s:i}", "entered", (int)tally->entered, "refused",
                     (int)tally->refused, "ran", (int)tally->ran, "failed", (int)tally->failed);
}

static json_t *pack_failures(const struct matrix_row *row)
{
    json_t *list = json_array();

    for (unsigned i = 0; i < row->failure_count; i++) {
        char command[CELL_COMMAND], name[CELL_COMMAND];
        struct cell cell = row->failures[i].cell;

        cell.elf = row->failures[i].elf;
        cell_name(&cell, name);
        cell_command(&cell, command);
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "way",
                                              entry_path_name(cell.path), "scenario", name, "why",
                                              row->failures[i].why, "command", command));
    }
    return list;
}

static json_t *pack_groups(const struct matrix_row *row, enum entry_path path)
{
    json_t *groups = json_object();

    for (int group = 0; group < GROUPS; group++) {
        if (count(&row->groups[path][group])) {
            json_object_set_new(groups, group_name((enum scenario_group)group),
                                pack_tally(&row->groups[path][group]));
        }
    }
    return groups;
}

static unsigned count_parts(const struct device *device)
{
    unsigned parts = 0;

    while (device->parts[parts]) {
        parts++;
    }
    return parts;
}

static json_t *pack_row(const struct matrix_row *row)
{
    const struct device *device = row->device;
    json_t *object =
        json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:s, s:i, s:i}", "slug", device->slug,
                  "name", device->name, "series", device->series, "part", device->parts[0], "parts",
                  (int)count_parts(device), "core", words_core(device->core), "mechanism",
                  words_entry(device->entry), "no_direct", device->no_direct, "builds",
                  (int)row->builds, "erasing_builds", (int)row->erasing_builds);
    json_t *entries = json_object();

    if (row->why_not) {
        json_object_set_new(object, "not_run", json_string(row->why_not));
    }
    json_object_set_new(object, "groups", pack_groups(row, PATH_RESET));
    json_object_set_new(object, "direct_groups", pack_groups(row, PATH_DIRECT));
    for (enum entry_path path = PATH_RESET; path < ENTRY_PATHS; path++) {
        if (row->entry_instructions[path]) {
            json_object_set_new(entries, entry_path_name(path),
                                json_integer((json_int_t)row->entry_instructions[path]));
        }
    }
    json_object_set_new(object, "entry_instructions", entries);
    json_object_set_new(object, "failures", pack_failures(row));
    return object;
}

static json_t *pack_digest(const struct matrix_digest *digest)
{
    json_t *fields = json_array();

    for (enum cell_field field = 0; field < CELL_FIELDS; field++) {
        if (digest->fields & 1u << field) {
            json_array_append_new(fields, json_string(cell_field_name(field)));
        }
    }
    return json_pack("{s:s, s:o}", "sha256", digest->sha256, "fields", fields);
}

static void print_json(const struct matrix *matrix, FILE *file)
{
    json_t *rows = json_array(), *builds = json_array(), *summary;
    struct tally total = matrix_total(matrix), by_reset = matrix_total_of(matrix, PATH_RESET);
    struct tally directly = matrix_total_of(matrix, PATH_DIRECT);
    struct totals totals = add_up(matrix);

    for (size_t i = 0; i < device_count; i++) {
        if (matrix_runs(matrix, matrix->rows[i].device)) {
            json_array_append_new(rows, pack_row(&matrix->rows[i]));
        }
    }
    for (size_t i = 0; i < matrix->build_count; i++) {
        json_array_append_new(builds, json_string(matrix->builds[i].name));
    }
    summary = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:{s:i, s:i, s:i, s:i, s:i, s:i}, s:f, s:i, s:f}", "builds",
        builds, "devices", rows, "cells", pack_tally(&total), "reset_cells", pack_tally(&by_reset),
        "direct_cells", pack_tally(&directly), "totals", "enter", (int)totals.enter[PATH_RESET],
        "refuse", (int)totals.refuse[PATH_RESET], "direct_enter", (int)totals.enter[PATH_DIRECT],
        "direct_refuse", (int)totals.refuse[PATH_DIRECT], "not_run", (int)totals.not_run,
        "unmodelled_cells", (int)totals.unmodelled, "seconds", matrix->seconds, "jobs",
        (int)matrix->jobs, "instructions_per_second",
        (double)totals.instructions / matrix->seconds);
    if (matrix->digest.fields) {
        json_object_set_new(summary, "digest", pack_digest(&matrix->digest));
    }
    json_dumpf(summary, file, JSON_INDENT(2) | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(3));
    fputc('\n', file);
    json_decref(summary);
}

void matrix_print(const struct matrix *matrix, FILE *file)
{
    if (matrix->json) {
        print_json(matrix, file);
    } else {
        print_table(matrix, file);
    }
}
