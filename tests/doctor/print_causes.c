// print_causes.c: prints the table of causes as docs/doctor.md has it.
// SPDX-License-Identifier: MIT
#include "rules.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

// What stands for something that was seen, in capital letters; a "|" would end the cell.
static void print_text(const char *text)
{
    bool inside = false;

    for (; *text; text++) {
        inside = *text == '{' || (inside && *text != '}');
        if (*text == '|') {
            fputs("\\|", stdout);
        } else if (*text != '{' && *text != '}') {
            putchar(inside ? toupper((unsigned char)*text) : *text);
        }
    }
}

// Addresses become links; what follows one stays text.
static void print_source(const char *text)
{
    while (*text) {
        size_t length = strncmp(text, "https://", 8) == 0 ? strcspn(text, " ;") : 0;
        if (length) {
            printf("<%.*s>", (int)length, text);
            text += length;
        } else {
            putchar(*text++);
        }
    }
}

static void print_rule(const struct rule *rule)
{
    printf("| `%s`: ", rule->id);
    print_text(rule->cause);
    fputs(" | ", stdout);
    print_text(rule->evidence);
    fputs(" | ", stdout);
    print_text(rule->cure);
    fputs(" | `", stdout);
    print_text(rule->command);
    fputs("` |\n", stdout);
}

static void print_sources(void)
{
    const struct rule *rule;

    fputs("\n### Sources\n\nA cause that is not here follows from what was seen.\n\n", stdout);
    for (unsigned i = 0; (rule = rules_at(i)) != NULL; i++) {
        if (rule->source[0]) {
            printf("- `%s`: ", rule->id);
            print_source(rule->source);
            putchar('\n');
        }
    }
}

int main(void)
{
    const struct rule *rule, *before = NULL;

    for (unsigned i = 0; (rule = rules_at(i)) != NULL; i++) {
        if (before == NULL || before->stage != rule->stage) {
            printf("\n### %s\n\n", rules_stage_name(rule->stage));
            puts("| cause | what was seen | cure | command |");
            puts("|---|---|---|---|");
        }
        print_rule(rule);
        before = rule;
    }
    print_sources();
    return 0;
}
