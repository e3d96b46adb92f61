// check_speed.c: how long bootleap-check takes, against a scan and a decoder of what it walks.
// SPDX-License-Identifier: MIT
//
//     bench-check CHECK ELF DEVICE
//
// The three take turns, several rounds, each in times of this processor. What is printed are
// medians; of ratios those within a round, which a machine that gets slower does not change. One
// line:
//
//     KiB that CHECK had at most; bytes of code, instructions that were read, steps of all walks;
//     microseconds of the scan, of Capstone with each instruction that was read, of the check;
//     ratios of the check to the scan and Capstone: with each instruction once, and with each step
//     once
#include "check.h"
#include "effort.h"
#include "report.h"

#include <capstone/capstone.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 9, LONGEST = 4, NARROW = 2 };

struct subject {
    const char *elf, *slug;
    const struct device *device;
    uint32_t *read; // addresses of the instructions that the check has read
    size_t count, steps, code;
};

struct times {
    double scan, decode, check;
};

static double now(void)
{
    struct timespec time = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void die(const char *what)
{
    fprintf(stderr, "bench-check: %s\n", what);
    exit(EXIT_FAILURE);
}

// KiB of a run of the program, while this one is still small: a child begins with its parent's.
static long run_program(const char *program, const struct subject *subject)
{
    struct rusage usage = {.ru_maxrss = 0};
    pid_t child = fork();
    int status;

    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        execl(program, program, subject->elf, "--device", subject->slug, (char *)NULL);
        _exit(EXIT_FAILURE);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) ||
        WEXITSTATUS(status) == EXIT_FAILURE || getrusage(RUSAGE_CHILDREN, &usage)) {
        die("the program does not run");
    }
    return usage.ru_maxrss;
}

// Prints the report into memory, as the program does on stdout.
static void print(const struct check *check, const struct report_request *request)
{
    json_t *report = json_object();
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);

    if (!file) {
        die("no memory");
    }
    report_pack(check, request, report);
    report_print(report, request, file);
    fclose(file);
    free(text);
    json_decref(report);
}

// Which instructions are read already: reading them once more keeps no other.
static void note_read(struct subject *subject, const struct firmware *firmware)
{
    const struct code_map *map = &firmware->map;
    size_t before = firmware_instruction_count(firmware);

    subject->count = 0;
    subject->code = 0;
    subject->read = calloc(before + 1, sizeof *subject->read);
    if (!subject->read) {
        die("no memory");
    }
    for (size_t i = 0; i < map->count; i++) {
        const struct code_region *region = &map->regions[i];
        for (uint32_t at = 0; region->executable && at < region->size; at += NARROW) {
            size_t kept = firmware_instruction_count(firmware);
            if (firmware_instruction(firmware, region->address + at) &&
                firmware_instruction_count(firmware) == kept && subject->count < before) {
                subject->read[subject->count++] = region->address + at;
            }
        }
        subject->code += region->executable ? region->size : 0;
    }
}

// All that the program does with the file, from its opening to its report.
static double run_check(struct subject *subject, bool notes)
{
    const struct report_request request = {.device = subject->device};
    struct firmware firmware;
    struct check check;
    struct problem problem;
    double begin = now();

    if (firmware_open(&firmware, subject->elf, &problem) ||
        check_run(&check, &firmware, subject->device, &problem)) {
        die(problem.what);
    }
    print(&check, &request);
    double taken = now() - begin;
    if (notes) {
        subject->steps = EFFORT_STEPS - check.effort.steps;
        note_read(subject, &firmware);
    }
    begin = now();
    check_close(&check);
    firmware_close(&firmware);
    return taken + now() - begin;
}

static double run_scan(const struct firmware *firmware)
{
    struct code_scan scan;
    struct problem problem;
    double begin = now();

    if (code_scan_run(&scan, &firmware->map, &problem)) {
        die(problem.what);
    }
    code_scan_close(&scan);
    return now() - begin;
}

// Each instruction that was read, once, with its operands.
static double run_decoder(const struct subject *subject, const struct firmware *firmware)
{
    double begin = now();
    csh capstone;

    if (cs_open(CS_ARCH_ARM, CS_MODE_THUMB | CS_MODE_MCLASS | CS_MODE_V8, &capstone) != CS_ERR_OK ||
        cs_option(capstone, CS_OPT_DETAIL, CS_OPT_ON) != CS_ERR_OK) {
        die("Capstone does not start");
    }
    cs_insn *instruction = cs_malloc(capstone);
    for (size_t i = 0; i < subject->count; i++) {
        size_t size = LONGEST;
        uint64_t address = subject->read[i];
        const uint8_t *bytes = code_map_bytes(&firmware->map, subject->read[i], LONGEST);
        if (!bytes) {
            size = NARROW;
            bytes = code_map_bytes(&firmware->map, subject->read[i], NARROW);
        }
        if (bytes) {
            cs_disasm_iter(capstone, &bytes, &size, &address, instruction);
        }
    }
    cs_free(instruction, 1);
    cs_close(&capstone);
    return now() - begin;
}

static int compare(const void *one, const void *other)
{
    const double a = *(const double *)one, b = *(const double *)other;

    return (a > b) - (a < b);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, compare);
    return values[ROUNDS / 2];
}

static void measure(struct subject *subject)
{
    double scan[ROUNDS], decode[ROUNDS], check[ROUNDS], ratio[ROUNDS], of_steps[ROUNDS];
    struct firmware firmware;
    struct problem problem;

    run_check(subject, true);
    if (firmware_open(&firmware, subject->elf, &problem)) {
        die(problem.what);
    }
    for (int round = 0; round < ROUNDS; round++) {
        scan[round] = run_scan(&firmware);
        decode[round] = run_decoder(subject, &firmware);
        check[round] = run_check(subject, false);
        ratio[round] = check[round] / (scan[round] + decode[round]);
        double each = decode[round] / (double)subject->count * (double)subject->steps;
        of_steps[round] = check[round] / (scan[round] + each);
    }
    firmware_close(&firmware);
    printf("%zu %zu %zu %.0f %.0f %.0f %.2f %.2f\n", subject->code, subject->count, subject->steps,
           median(scan), median(decode), median(check), median(ratio), median(of_steps));
}

int main(int argc, char **argv)
{
    if (argc != 4 || !device_find(argv[3])) {
        die("usage: bench-check CHECK ELF DEVICE");
    }
    struct subject subject = {.elf = argv[2], .slug = argv[3], .device = device_find(argv[3])};
    printf("%ld ", run_program(argv[1], &subject));
    fflush(stdout);
    measure(&subject);
    free(subject.read);
    return EXIT_SUCCESS;
}
