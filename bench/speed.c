// speed.c: how fast the simulator runs a loop that waits, against the engine that it uses.
// SPDX-License-Identifier: MIT
//
//     bench-speed ELF DEVICE    ELF is a bench-delay-*.elf
//
// All ways take turns, several rounds, each for a fixed time of this processor; what is printed are
// the medians of the ratios within a round, which a machine that gets slower does not change.
#include "run.h"
#include "run_setup.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicorn/unicorn.h>

#define SECONDS 0.25 // of each way, in each round

enum { ROUNDS = 9, FLASH_SIZE = 0x10000, RAM_SIZE = 0x20000, MICROSECONDS = 250000 };

// As bench/delay.ld has it.
#define FLASH     0x08000000u
#define RAM       0x20000000u
#define STACK_TOP 0x20004000u

enum way { ENGINE, ALONE, WATCHED, STEPPED_ALONE, STEPPED, WAYS };

static const char *const names[WAYS] = {
    [ENGINE] = "Unicorn, one empty block hook",
    [ALONE] = "the simulator without observer",
    [WATCHED] = "the simulator with its observer",
    [STEPPED_ALONE] = "instruction by instruction, without observer",
    [STEPPED] = "instruction by instruction, with its observer",
};

static const volatile sig_atomic_t never;

struct subject {
    const char *elf, *device;
};

static double now(void)
{
    struct timespec time = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void die(const char *what)
{
    fprintf(stderr, "bench-speed: %s\n", what);
    exit(EXIT_FAILURE);
}

static void on_block(uc_engine *engine, uint64_t address, uint32_t size, void *context)
{
    (void)engine;
    (void)address;
    (void)size;
    (void)context;
}

// Unicorn's uc_ctl macros shift into the sign bit.
__attribute__((no_sanitize("shift"))) static uc_engine *open_engine(const struct image *image,
                                                                    uint8_t *ram)
{
    void (*hook)(uc_engine *, uint64_t, uint32_t, void *) = on_block;
    uc_engine *engine;
    uc_hook handle;
    void *untyped;

    memcpy(&untyped, &hook, sizeof untyped);
    if (uc_open(UC_ARCH_ARM, UC_MODE_THUMB, &engine) ||
        uc_ctl_set_cpu_model(engine, UC_CPU_ARM_CORTEX_M7) ||
        uc_mem_map(engine, FLASH, FLASH_SIZE, UC_PROT_READ | UC_PROT_EXEC) ||
        uc_mem_map_ptr(engine, RAM, RAM_SIZE, UC_PROT_ALL, ram) ||
        uc_hook_add(engine, &handle, UC_HOOK_BLOCK, untyped, NULL, 1, 0)) {
        die("Unicorn does not start");
    }
    for (size_t i = 0; i < image->count; i++) {
        const struct segment *segment = &image->segments[i];
        if (uc_mem_write(engine, segment->address, segment->bytes, segment->size)) {
            die("the ELF is not for this flash");
        }
    }
    return engine;
}

// Turns of the loop a second.
static double run_engine(const struct image *image)
{
    static uint8_t ram[RAM_SIZE] __attribute__((aligned(4096)));
    uc_engine *engine = open_engine(image, ram);
    uint32_t stack = STACK_TOP, turns = 0;
    double begin;

    uc_reg_write(engine, UC_ARM_REG_SP, &stack);
    begin = now();
    uc_emu_start(engine, image_symbol(image, "count_turns")->address | 1u, 0, MICROSECONDS, 0);
    double seconds = now() - begin;
    uc_reg_read(engine, UC_ARM_REG_R6, &turns);
    uc_close(engine);
    return turns / seconds;
}

static void open_run(struct run *run, struct scenario *scenario, const struct subject *subject)
{
    char verb[] = "run", device[] = "--device", slug[32], host[] = "--host", end[] = "end";
    char until[] = "--until", place[] = "waited", limit[] = "--limit", many[] = "2000000000";
    char path[4096];
    char *words[] = {verb, path, device, slug, host, end, until, place, limit, many, NULL};
    struct problem problem;

    snprintf(path, sizeof path, "%s", subject->elf);
    snprintf(slug, sizeof slug, "%s", subject->device);
    if (scenario_parse(scenario, sizeof words / sizeof words[0] - 1, words, &problem) ||
        run_open(run, scenario, &never, &problem)) {
        die(problem.what);
    }
}

static double run_chip(const struct subject *subject, enum way way)
{
    struct scenario scenario;
    struct run run;
    struct problem problem;
    struct chip *chip = &run.chip;
    double begin;

    open_run(&run, &scenario, subject);
    if (chip_reset(chip, RESET_POWER_ON, &problem)) {
        die(problem.what);
    }
    chip_start(chip, chip->device->flash.start);
    cpu_set(chip->core.cpu, CPU_PC, image_symbol(&run.image, "count_turns")->address);
    if (way == ALONE || way == STEPPED_ALONE) {
        chip->watch = NULL;
        chip->watch_write = NULL;
        chip->watch_calm = NULL;
    }
    chip->sprints = way == ALONE || way == WATCHED;
    chip->skips_loops = false;
    chip->sprint_look = EVENT_NEVER;
    chip_run(chip);
    uint32_t turns = cpu_get(chip->core.cpu, CPU_R6);
    begin = now();
    while (now() - begin < SECONDS && chip_run(chip)) {
    }
    turns = cpu_get(chip->core.cpu, CPU_R6) - turns;
    double seconds = now() - begin;
    run_close(&run);
    return turns / seconds;
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

static void measure_loop(const struct subject *subject)
{
    double rates[WAYS][ROUNDS], ratios[WAYS][ROUNDS];
    struct image image;
    struct problem problem;

    if (image_open(&image, subject->elf, 0, &problem)) {
        die(problem.what);
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int way = 0; way < WAYS; way++) {
            rates[way][round] =
                way == ENGINE ? run_engine(&image) : run_chip(subject, (enum way)way);
            ratios[way][round] = rates[way][round] / rates[ENGINE][round];
        }
    }
    image_close(&image);
    printf("A loop that waits, as HAL_Delay() does: million turns a second, and the ratio to "
           "Unicorn\n");
    for (int way = 0; way < WAYS; way++) {
        printf("  %-46s %6.1f  %.2f\n", names[way], median(rates[way]) / 1e6, median(ratios[way]));
    }
}

// The whole of a run, from its making to its end.
static void measure_delay(const struct subject *subject, const char *name, bool sprints, bool skips)
{
    struct scenario scenario;
    struct run run;
    struct problem problem = {.what = ""};
    double begin = now();

    open_run(&run, &scenario, subject);
    run.chip.sprints = sprints;
    run.chip.skips_loops = skips;
    if (run_scenario(&run, &problem) || run.end != RUN_ARRIVED) {
        die("the wait did not end");
    }
    double seconds = now() - begin;
    printf("  %-46s %6.3f  %.1f million instructions\n", name, seconds,
           (double)run.chip.core.instructions / 1e6);
    run_close(&run);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        die("usage: bench-speed ELF DEVICE");
    }
    const struct subject subject = {argv[1], argv[2]};
    measure_loop(&subject);
    printf("HAL_Delay(500) of %s at 480 MHz, one instruction a cycle: seconds\n", subject.device);
    measure_delay(&subject, "the simulator", true, true);
    measure_delay(&subject, "without skipping loops that repeat", true, false);
    measure_delay(&subject, "instruction by instruction", false, false);
    return EXIT_SUCCESS;
}
