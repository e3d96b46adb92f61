// cell_line.c: writes what came of one cell as a line of ids and numbers.
// SPDX-License-Identifier: MIT
#include "cell_line.h"

#include "verdict.h"

#include <ctype.h>
#include <inttypes.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

enum { ITEM = 128 }; // all ids of the contract's points, and what stands between them

static const struct {
    const char *name;
    const char *help;
} fields[CELL_FIELDS] = {
    [FIELD_POINTS] = {"points", "of the contract that do not hold"},
    [FIELD_OUTCOME] = {"outcome", "how it ended, and what the ROM made of each handoff"},
    [FIELD_REFUSAL] = {"refusal", "what the entry function returned"},
    [FIELD_HANDOFFS] = {"handoffs", "how many"},
    [FIELD_RESETS] = {"resets", "how many"},
    [FIELD_UNMODELLED] = {"unmodelled", "registers that nobody models and that were accessed"},
    [FIELD_EARNED] = {"earned", "points that code has seen to; only where it is named"},
    [FIELD_INSTRUCTIONS] = {"instructions", "how many; only where it is named"},
};

const char *cell_field_name(enum cell_field field)
{
    return fields[field].name;
}

const char *cell_field_help(enum cell_field field)
{
    return fields[field].help;
}

static const char *end_name(enum cell_end end)
{
    static const char *const names[] = {
        [CELL_NOT_RUN] = "not-run", [CELL_ENTERED] = "entered", [CELL_REFUSED] = "refused",
        [CELL_RAN] = "ran",         [CELL_FAILED] = "failed",
    };

    return names[end];
}

// "gcc-Os" of "build/matrix/gcc-Os/g0b1.elf": a build is a folder.
static void put_build(FILE *file, const char *elf)
{
    const char *end = strrchr(elf, '/');
    const char *start = end;

    while (start && start > elf && start[-1] != '/') {
        start--;
    }
    fprintf(file, "%.*s", end ? (int)(end - start) : 1, end ? start : "-");
}

// A name as an id: small letters and digits, "-" between words, and no place for a number:
// "stack at the mark %+d" is "stack-at-the-mark".
static const char *id_of(const char *name, char id[ITEM])
{
    bool between = false;
    size_t used = 0;

    for (const char *c = name; *c && used < ITEM - 2; c++) {
        if (*c == '%') {
            c += strcspn(c, "d");
        } else if (isalnum((unsigned char)*c)) {
            if (between) {
                id[used++] = '-';
            }
            id[used++] = (char)tolower((unsigned char)*c);
            between = false;
        } else if (*c != '\'') {
            between = used > 0;
        }
    }
    id[used] = '\0';
    return id;
}

static void put_cell(FILE *file, const struct cell *cell)
{
    const struct matrix_scenario *scenario = cell->scenario;

    fprintf(file, "%s ", cell->device->slug);
    put_build(file, cell->elf);
    fprintf(file, " %s %s/%s", entry_path_name(cell->path), group_id(scenario->group),
            scenario->id);
    if (scenario->first != scenario->last) {
        fprintf(file, ":%d", cell->number);
    }
}

// A list of items in which those that repeat stand once, with how often.
struct list {
    FILE *file;
    char last[ITEM];
    unsigned times; // 0: nothing is in the list
    bool more;      // something was written before `last`
};

static void list_flush(struct list *list)
{
    if (list->times) {
        fprintf(list->file, "%s%s", list->more ? "," : "", list->last);
        list->more = true;
    }
    if (list->times > 1) {
        fprintf(list->file, "*%u", list->times);
    }
    list->times = 0;
}

static void list_add(struct list *list, const char *item)
{
    if (strcmp(list->last, item) != 0) {
        list_flush(list);
        snprintf(list->last, sizeof list->last, "%s", item);
    }
    list->times++;
}

static void list_end(struct list *list)
{
    list_flush(list);
    if (!list->more) {
        fputc('-', list->file);
    }
}

static bool is_broken(const json_t *point)
{
    return !json_is_true(json_object_get(point, "ok"));
}

static bool is_earned(const json_t *point)
{
    const char *evidence = json_string_value(json_object_get(point, "evidence"));

    return !is_broken(point) && evidence && strcmp(evidence, evidence_name(EVIDENCE_EARNED)) == 0;
}

// The ids of those points that `picked` picks, "H2+H5"; `none` if it picks none.
static void pick(const json_t *points, bool (*picked)(const json_t *), const char *none,
                 char ids[ITEM])
{
    size_t i, used = 0;
    const json_t *point;

    ids[0] = '\0';
    json_array_foreach (points, i, point) {
        if (picked(point) && used < ITEM) {
            used += (size_t)snprintf(ids + used, ITEM - used, "%s%s", used ? "+" : "",
                                     json_string_value(json_object_get(point, "id")));
        }
    }
    if (!used) {
        snprintf(ids, ITEM, "%s", none);
    }
}

static void put_points(FILE *file, const struct run *run, bool (*picked)(const json_t *),
                       const char *none)
{
    struct list list = {.file = file};
    char ids[ITEM];
    size_t i;
    const json_t *handoff;

    json_array_foreach (run->journal.handoffs, i, handoff) {
        pick(json_object_get(handoff, "contract"), picked, none, ids);
        list_add(&list, ids);
    }
    if (picked == is_broken) {
        json_t *checks = verdict_checks(run);
        pick(checks, picked, "", ids);
        json_decref(checks);
        if (ids[0]) {
            list_add(&list, ids);
        }
    }
    list_end(&list);
}

// How the ROM failed, or what it did in the end.
static const char *end_of_handoff(const json_t *handoff)
{
    const char *how = json_string_value(json_object_get(handoff, "how"));

    return *how ? how : json_string_value(json_object_get(handoff, "acts"));
}

static void put_outcome(FILE *file, const struct run *run, const struct cell_result *result)
{
    struct list list = {.file = file};
    char id[ITEM];
    size_t i;
    const json_t *handoff;

    fprintf(file, "%s/%s/", end_name(result->end), id_of(verdict_end_name(run->end), id));
    json_array_foreach (run->journal.handoffs, i, handoff) {
        list_add(&list, id_of(end_of_handoff(handoff), id));
    }
    list_end(&list);
}

static int compare_words(const void *one, const void *other)
{
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

    return a < b ? -1 : a > b;
}

// "3@5e0c9a17": how many, and the start of the SHA-256 of their addresses in ascending order, a
// line each; "0" alone. A list of them would be a hundred times as long.
static void put_unmodelled(FILE *file, const struct unmodelled *words)
{
    uint32_t *addresses = calloc(words->count + 1, sizeof *addresses);
    char hash[SHA256_DIGEST_STRING_LENGTH];
    SHA2_CTX context;

    fprintf(file, "%zu", words->count);
    if (!addresses || !words->count) {
        free(addresses);
        return;
    }
    for (size_t i = 0; i < words->count; i++) {
        addresses[i] = words->list[i].address;
    }
    qsort(addresses, words->count, sizeof *addresses, compare_words);
    SHA256Init(&context);
    for (size_t i = 0; i < words->count; i++) {
        char line[16];
        int length = snprintf(line, sizeof line, "%08" PRIx32 "\n", addresses[i]);
        SHA256Update(&context, (const uint8_t *)line, (size_t)length);
    }
    free(addresses);
    fprintf(file, "@%.8s", SHA256End(&context, hash));
}

static void put_field(FILE *file, enum cell_field field, const struct cell_result *result,
                      const struct run *run)
{
    switch (field) {
    case FIELD_POINTS:
        put_points(file, run, is_broken, "all");
        break;
    case FIELD_OUTCOME:
        put_outcome(file, run, result);
        break;
    case FIELD_REFUSAL:
        fprintf(file, run->watcher.refused ? "%" PRId32 : "-", run->watcher.refusal);
        break;
    case FIELD_HANDOFFS:
        fprintf(file, "%zu", json_array_size(run->journal.handoffs));
        break;
    case FIELD_RESETS:
        fprintf(file, "%u", run->resets);
        break;
    case FIELD_UNMODELLED:
        put_unmodelled(file, &run->chip.unmodelled);
        break;
    case FIELD_EARNED:
        put_points(file, run, is_earned, "none");
        break;
    default:
        fprintf(file, "%" PRIu64, run->chip.core.instructions);
    }
}

void cell_line_write(const struct cell_lines *lines, const struct cell *cell,
                     const struct cell_result *result, const struct run *run)
{
    put_cell(lines->file, cell);
    for (enum cell_field field = 0; field < CELL_FIELDS; field++) {
        if (lines->fields & 1u << field) {
            fprintf(lines->file, " %s=", cell_field_name(field));
            if (run) {
                put_field(lines->file, field, result, run);
            } else {
                fputs(field == FIELD_OUTCOME ? end_name(result->end) : "-", lines->file);
            }
        }
    }
    fputc('\n', lines->file);
}
