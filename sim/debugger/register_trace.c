// register_trace.c: the file of --register-trace: a line an access, as CSV.
// SPDX-License-Identifier: MIT
#include "register_trace.h"

#include <stdlib.h>

struct register_trace {
    struct observer observer;
    struct chip *chip;
    FILE *file;
};

static void print_access(const struct register_trace *trace, const char *access, uint32_t address,
                         unsigned size, uint32_t value)
{
    fprintf(trace->file, "0x%08X,%s,%u,0x%08X,0x%0*X\n",
            (unsigned)cpu_get(trace->chip->core.cpu, CPU_PC), access, size, (unsigned)address,
            (int)size * 2, (unsigned)value);
}

static void on_read(void *context, uint32_t address, unsigned size, uint32_t value)
{
    print_access(context, "read", address, size, value);
}

static void on_write(void *context, uint32_t address, unsigned size, uint32_t value)
{
    print_access(context, "write", address, size, value);
}

static void on_reset(void *context)
{
    const struct register_trace *trace = context;

    fprintf(trace->file, ",reset,,,\n");
}

struct register_trace *register_trace_open(struct chip *chip, FILE *file, struct problem *problem)
{
    struct register_trace *trace = calloc(1, sizeof *trace);

    if (!trace) {
        problem_set(problem, EXIT_FAILED, NULL, "no room for the trace of registers");
        return NULL;
    }
    *trace = (struct register_trace){.chip = chip, .file = file};
    trace->observer = (struct observer){
        .context = trace, .bus_read = on_read, .bus_write = on_write, .reset = on_reset};
    fprintf(file, "pc,access,bytes,address,value\n");
    observers_add(chip, &trace->observer);
    return trace;
}

bool register_trace_close(struct register_trace *trace)
{
    bool written = !trace || (fflush(trace->file) == 0 && !ferror(trace->file));

    free(trace);
    return written;
}
