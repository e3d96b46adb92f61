// diagnose.c: goes through the table of rules, and fills in their texts.
// SPDX-License-Identifier: MIT
#include "diagnose.h"

#include "rules.h"

#include <string.h>

static bool applies(const struct rule *rule, const struct observations *seen)
{
    for (int i = 0; i < RULE_SIGNS && rule->needs[i]; i++) {
        if (!seen->signs[rule->needs[i]]) {
            return false;
        }
    }
    for (int i = 0; i < RULE_SIGNS && rule->without[i]; i++) {
        if (seen->signs[rule->without[i]]) {
            return false;
        }
    }
    return true;
}

// The text that "{name}" at `place` stands for, and how long that is; NULL if it is none.
static const char *stands_for(const char *place, const struct observations *seen, size_t *length)
{
    const char *name;

    for (unsigned i = 0; *place == '{' && (name = observations_text_name(i)) != NULL; i++) {
        *length = strlen(name) + 2;
        if (strncmp(place + 1, name, *length - 2) == 0 && place[*length - 1] == '}') {
            return seen->texts[i];
        }
    }
    return NULL;
}

static void fill_in(char text[FINDING_BYTES], const char *template, const struct observations *seen)
{
    size_t used = 0, length;

    while (*template && used + 1 < FINDING_BYTES) {
        const char *value = stands_for(template, seen, &length);
        if (value == NULL) {
            text[used++] = *template ++;
            continue;
        }
        for (; *value && used + 1 < FINDING_BYTES; value++) {
            text[used++] = *value;
        }
        template += length;
    }
    text[used] = '\0';
}

size_t diagnose(const struct observations *seen, struct finding findings[FINDINGS])
{
    const struct rule *rule;
    size_t count = 0;

    for (unsigned i = 0; (rule = rules_at(i)) != NULL && count < FINDINGS; i++) {
        if (count && rule->stage != findings[0].rule->stage) {
            break;
        }
        if (applies(rule, seen)) {
            struct finding *finding = &findings[count++];
            finding->rule = rule;
            fill_in(finding->cause, rule->cause, seen);
            fill_in(finding->evidence, rule->evidence, seen);
            fill_in(finding->cure, rule->cure, seen);
            fill_in(finding->command, rule->command, seen);
        }
    }
    return count;
}
