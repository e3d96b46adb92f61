// check_merge.h: makes one finding of what a rule says on several ways and on several rows.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_CHECK_MERGE_H
#define BOOTLEAP_CHECK_CHECK_MERGE_H

#include "findings.h"
#include "rule.h"

enum { VERDICTS = VERDICT_UNKNOWN + 1 };

// What was said with one verdict, by the way and the row that said it for the others.
struct opinion {
    bool said;
    const struct device *device;
    const struct rom_entry *entry; // NULL: it is about the program
    struct finding finding;
};

// What was said about one question.
struct question {
    struct opinion by_verdict[VERDICTS];
};

struct questions {
    struct question *items;
    size_t count, room;
};

// Adds what a rule says. Of findings about the program, those at different instructions are
// different questions. Returns 0, or the exit code that was put into *problem.
int check_merge_add(struct questions *questions, const struct rule_view *view,
                    const struct finding *finding, struct problem *problem);

// One finding a question: ok if it is ok everywhere, broken if it is broken everywhere; where one
// says so and another does not, it is unknown, and says where they differ.
int check_merge_end(const struct questions *questions, const struct firmware *firmware,
                    struct findings *findings, struct problem *problem);

void check_merge_close(struct questions *questions);

#endif
