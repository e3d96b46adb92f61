// matrix.c: runs the cells of the matrix in several processes and adds them up.
// SPDX-License-Identifier: MIT
#include "matrix.h"

#include "runnable.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KEPT_BLOCK = 32 << 20, KEPT_HEAP = 256 << 20 };

static void add(struct tally *tally, const struct cell_result *result)
{
    tally->entered += result->end == CELL_ENTERED;
    tally->refused += result->end == CELL_REFUSED;
    tally->ran += result->end == CELL_RAN;
    tally->failed += result->end == CELL_FAILED;
}

static void keep_failure(struct matrix_row *row, const struct cell *cell,
                         const struct cell_result *result)
{
    struct failure *failure = &row->failures[row->failure_count];

    if (row->failure_count == MATRIX_FAILURES) {
        return; // counted all the same
    }
    failure->cell = *cell;
    snprintf(failure->elf, sizeof failure->elf, "%s", cell->elf);
    snprintf(failure->why, sizeof failure->why, "%s", result->why);
    row->failure_count++;
}

// The noise in RAM differs between cells that are told apart by device or build, and not with the
// folder that both are in: `elf` is the path within it.
static unsigned seed_of(const struct matrix_row *row, const char *elf)
{
    unsigned seed = (unsigned)(row->device - devices) + 1;

    for (; *elf; elf++) {
        seed = seed * 31 + (unsigned char)*elf;
    }
    return seed;
}

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);

    return length >= tail && strcmp(name + length - tail, end) == 0;
}

// Before which instructions a reset is injected: all on the path through a reset, which has no
// loops. NULL: all.
static bool *resets_of(const struct cell *cell)
{
    bool *chosen = NULL;

    if (cell->path == PATH_DIRECT && cell->scenario->group == GROUP_RESETS) {
        size_t size = (size_t)cell->scenario->last + 1;
        chosen = calloc(size, sizeof *chosen);
        if (chosen && !cell_choose_resets(cell, chosen, size)) {
            free(chosen);
            chosen = NULL;
        }
    }
    return chosen;
}

static void take_note(struct matrix_row *row, const struct cell *cell,
                      const struct cell_result *result)
{
    uint64_t *entry = &row->entry_instructions[cell->path];

    add(&row->groups[cell->path][cell->scenario->group], result);
    row->instructions += result->instructions;
    row->unmodelled += result->unmodelled;
    if (cell->scenario->measured && result->entry_instructions &&
        (!*entry || result->entry_instructions < *entry)) {
        *entry = result->entry_instructions;
    }
    if (result->end == CELL_FAILED) {
        keep_failure(row, cell, result);
    }
}

static void run_scenario_of(struct matrix_row *row, const struct cell_lines *lines,
                            struct cell cell)
{
    const struct matrix_scenario *scenario = cell.scenario;
    bool *chosen = resets_of(&cell);
    int step = scenario->step ? scenario->step : 1; // where there is only one number

    for (int number = scenario->first; number <= scenario->last; number += step) {
        struct cell_result result;

        if (chosen && !chosen[number]) {
            continue;
        }
        cell.number = number;
        cell_run(&cell, lines, &result);
        if (result.end == CELL_NOT_RUN) {
            break; // nor any higher number
        }
        take_note(row, &cell, &result);
    }
    free(chosen);
}

static void run_build(const struct matrix *matrix, struct matrix_row *row, const char *elf,
                      bool resets, bool erases)
{
    static const struct matrix_scenario *const lists[ENTRY_PATHS] = {
        [PATH_RESET] = scenarios_reset, [PATH_DIRECT] = scenarios_direct};
    unsigned seed = seed_of(row, elf + strlen(matrix->folder));
    struct cell_lines lines = {0};
    struct chip_spare spare = {.slug = NULL};

    if (matrix->digest.fields) {
        lines = matrix_digest_lines(&matrix->digest, (size_t)(row->device - devices));
    }
    for (enum entry_path path = PATH_RESET; path < ENTRY_PATHS; path++) {
        bool runs = matrix->paths[path] && !(erases && path == PATH_DIRECT);
        for (const struct matrix_scenario *s = lists[path]; runs && s->id; s++) {
            if (s->group != GROUP_RESETS || resets) {
                run_scenario_of(row, lines.file ? &lines : NULL,
                                (struct cell){row->device, elf, erases, s, 0, path, seed, &spare});
            }
        }
    }
    chip_spare_close(&spare);
    row->builds += !erases;
    row->erasing_builds += erases;
}

static void run_device(const struct matrix *matrix, struct matrix_row *row)
{
    char elf[MATRIX_PATH];

    for (size_t i = 0; i < matrix->build_count; i++) {
        int length = snprintf(elf, sizeof elf, "%s/%s/%s.elf", matrix->folder,
                              matrix->builds[i].name, row->device->slug);
        if (length < MATRIX_PATH && access(elf, R_OK) == 0) {
            const char *name = matrix->builds[i].name;
            run_build(matrix, row, elf, matrix->resets && ends_in(name, matrix->resets),
                      strstr(name, "-erase-first") != NULL);
        }
    }
}

bool matrix_runs(const struct matrix *matrix, const struct device *device)
{
    return !matrix->device || strcmp(matrix->device, device->slug) == 0;
}

// Each worker takes the next device that nobody has taken. The chip's memories are made anew
// for each cell: kept by the allocator they need not be cleared by the kernel each time. And the
// CPU engine maps a gigabyte in each cell of which it touches little: huge pages would be cleared.
static void work(const struct matrix *matrix, atomic_uint *next)
{
    mallopt(M_MMAP_THRESHOLD, KEPT_BLOCK);
    mallopt(M_TRIM_THRESHOLD, KEPT_HEAP);
    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    for (;;) {
        unsigned i = atomic_fetch_add(next, 1);
        if (i >= device_count) {
            return;
        }
        if (!matrix->rows[i].why_not && matrix_runs(matrix, matrix->rows[i].device)) {
            run_device(matrix, &matrix->rows[i]);
        }
    }
}

// Memory that the workers share with us. cppcheck knows neither that -1 is what a mapping without
// a file takes, nor that MAP_FAILED is no memory.
static void *share(size_t size)
{
    // cppcheck-suppress invalidFunctionArg
    void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    // cppcheck-suppress memleak
    return shared == MAP_FAILED ? NULL : shared;
}

static void show_progress(unsigned done)
{
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr, "\r%u of %zu devices", done < device_count ? done : (unsigned)device_count,
                device_count);
    }
}

// Waits for all workers. False if one of them died.
static bool wait_for(unsigned workers, atomic_uint *next)
{
    const struct timespec pause = {.tv_nsec = 100000000};
    bool fine = true;
    int status;

    while (workers) {
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0) {
            return false;
        }
        if (pid == 0) {
            show_progress(atomic_load(next));
            nanosleep(&pause, NULL);
            continue;
        }
        workers--;
        fine &= WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr, "\r%30s\r", "");
    }
    return fine;
}

static int start_workers(const struct matrix *matrix, atomic_uint *next, struct problem *problem)
{
    unsigned workers = 0;

    fflush(NULL);
    for (; workers < matrix->jobs; workers++) {
        pid_t pid = fork();
        if (pid < 0) {
            break;
        }
        if (pid == 0) {
            work(matrix, next);
            _exit(0);
        }
    }
    if (!wait_for(workers, next) || workers == 0) {
        return problem_set(problem, EXIT_FAILED, "--jobs 1 --device NAME shows which cell it was",
                           "a process that ran cells ended too early");
    }
    return 0;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// A device that could run must have been built: cells that are not there are no proof.
static int check_builds(const struct matrix *matrix, struct problem *problem)
{
    for (size_t i = 0; i < device_count; i++) {
        const struct matrix_row *row = &matrix->rows[i];
        if (!row->why_not && matrix_runs(matrix, row->device) &&
            row->builds + row->erasing_builds == 0) {
            return problem_set(problem, EXIT_USAGE, "`script/matrix` builds all of it",
                               "%s: no folder in it holds a %s.elf", matrix->folder,
                               row->device->slug);
        }
    }
    return 0;
}

// A line that could not be written is not missed in silence.
static int make_digest(struct matrix *matrix, struct problem *problem)
{
    struct tally total = matrix_total(matrix);
    uint64_t cells = (uint64_t)total.entered + total.refused + total.ran + total.failed;
    int error = matrix_digest_make(&matrix->digest, problem);

    if (!error && matrix->digest.fields && matrix->digest.lines != cells) {
        error = problem_set(problem, EXIT_FAILED, "room in /tmp",
                            "--digest: of %" PRIu64 " cells %" PRIu64 " have a line", cells,
                            matrix->digest.lines);
    }
    return error;
}

int matrix_run(struct matrix *matrix, struct problem *problem)
{
    atomic_uint *next = share(sizeof *next);
    double start = now();
    int error;

    matrix->rows = share(device_count * sizeof *matrix->rows);
    if (!next || !matrix->rows) {
        return problem_set(problem, EXIT_FAILED, NULL, "no room for the results");
    }
    for (size_t i = 0; i < device_count; i++) {
        matrix->rows[i].device = &devices[i];
        matrix->rows[i].why_not = runnable_why_not(&devices[i]);
    }
    error = matrix_digest_open(&matrix->digest, problem);
    if (!error) {
        error = start_workers(matrix, next, problem);
    }
    munmap(next, sizeof *next);
    matrix->seconds = now() - start;
    if (!error) {
        error = check_builds(matrix, problem);
    }
    return error ? error : make_digest(matrix, problem);
}

void matrix_close(struct matrix *matrix)
{
    matrix_digest_close(&matrix->digest);
    if (matrix->rows) {
        munmap(matrix->rows, device_count * sizeof *matrix->rows);
    }
}

struct tally matrix_total_of(const struct matrix *matrix, enum entry_path path)
{
    struct tally total = {0};

    for (size_t i = 0; i < device_count; i++) {
        for (int group = 0; group < GROUPS; group++) {
            const struct tally *tally = &matrix->rows[i].groups[path][group];
            total.entered += tally->entered;
            total.refused += tally->refused;
            total.ran += tally->ran;
            total.failed += tally->failed;
        }
    }
    return total;
}

struct tally matrix_total(const struct matrix *matrix)
{
    struct tally total = matrix_total_of(matrix, PATH_RESET);
    struct tally direct = matrix_total_of(matrix, PATH_DIRECT);

    total.entered += direct.entered;
    total.refused += direct.refused;
    total.ran += direct.ran;
    total.failed += direct.failed;
    return total;
}
