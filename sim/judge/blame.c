// blame.c: takes note of the registers that keep points from holding, at the handoff.
// SPDX-License-Identifier: MIT
#include "blame.h"

#include <stdlib.h>

struct blame *blame_open(const struct judge *judge)
{
    struct blame *blame = calloc(1, sizeof *blame);

    if (blame) {
        blame->judge = judge;
        blame->writers = writers_open(judge->chip);
    }
    if (blame && !blame->writers) {
        free(blame);
        return NULL;
    }
    return blame;
}

void blame_close(struct blame *blame)
{
    if (blame) {
        writers_close(blame->writers);
        free(blame);
    }
}

static void note_writers(const struct blame *blame, struct blame_point *point)
{
    for (size_t i = 0; i < point->causes.count; i++) {
        const struct cause *cause = &point->causes.list[i];
        const struct writer *writer =
            cause->address ? writers_of(blame->writers, cause->address, cause->bits) : NULL;
        if (writer) {
            point->written[i] = true;
            point->writers[i] = *writer;
        }
    }
}

static struct blame_jump note_jump(const struct blame *blame)
{
    const struct chip *chip = blame->judge->chip;
    const struct writer *last = writers_last(blame->writers);
    struct blame_jump jump = {
        .lr = cpu_get(chip->core.cpu, CPU_LR), .rom_pc = chip->rom_pc, .wrote = last != NULL};

    if (last) {
        jump.last = *last;
    }
    return jump;
}

void blame_note(struct blame *blame, const struct contract *contract)
{
    for (int i = 0; blame && i < CONTRACT_POINTS; i++) {
        struct blame_point *point = &blame->points[i];
        if (!contract->points[i].ok && !point->told) {
            point->told = true;
            causes_find(blame->judge, i + 1, &point->causes);
            note_writers(blame, point);
            blame->jumps[i] = note_jump(blame);
        }
    }
}
