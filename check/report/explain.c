// explain.c: prints what a rule decides, and lists the rules.
// SPDX-License-Identifier: MIT
#include "explain.h"

#include "manual_text.h"

#include <ctype.h>

enum { WIDTH = 93 };

static const struct explanation *find(enum rule_id rule)
{
    const struct explanation *explanation = explain_entry_rule(rule);

    return explanation ? explanation : explain_program_rule(rule);
}

static bool is_name(const char *typed, const char *name)
{
    while (*name && toupper((unsigned char)*typed) == *name) {
        typed++;
        name++;
    }
    return *name == '\0' && *typed == '\0';
}

int explain_find(const char *name, enum rule_id *rule, struct problem *problem)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        if (is_name(name, rule_name((enum rule_id)i))) {
            *rule = (enum rule_id)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-check --explain` lists them",
                       "--explain %s: there is no such rule, they are E1 to E9 and B1", name);
}

static void print_part(const char *title, const char *text, FILE *file)
{
    if (*text) {
        fprintf(file, "\n%s\n", title);
        manual_text_print(text, WIDTH, file);
    }
}

void explain_print(enum rule_id rule, FILE *file)
{
    const struct explanation *explanation;

    if (rule == RULE_COUNT) {
        for (int i = 0; i < RULE_COUNT; i++) {
            fprintf(file, "%s  %s\n", rule_name((enum rule_id)i), find((enum rule_id)i)->title);
        }
        fputs("\n`bootleap-check --explain E1` explains E1.\n", file);
        return;
    }
    explanation = find(rule);
    fprintf(file, "%s: %s\n", rule_name(rule), explanation->title);
    if (*explanation->points) {
        fprintf(file, "points of the contract: %s (docs/contract.md)\n", explanation->points);
    }
    print_part("What it decides", explanation->decides, file);
    print_part("Why it matters", explanation->matters, file);
    print_part("What people write", explanation->wrong, file);
    print_part("What works", explanation->right, file);
    print_part("What it cannot decide", explanation->cannot, file);
}
