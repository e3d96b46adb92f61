// findings.c: makes findings, keeps them in a list, and names what they say.
// SPDX-License-Identifier: MIT
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *rule_name(enum rule_id rule)
{
    static const char *const names[RULE_COUNT] = {
        [RULE_E1] = "E1", [RULE_E2] = "E2", [RULE_E3] = "E3", [RULE_E4] = "E4", [RULE_E5] = "E5",
        [RULE_E6] = "E6", [RULE_E7] = "E7", [RULE_E8] = "E8", [RULE_E9] = "E9", [RULE_B1] = "B1",
    };

    return names[rule];
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
        [VERDICT_OK] = "ok",           [VERDICT_BROKEN] = "broken",   [VERDICT_LEFT] = "left",
        [VERDICT_DIFFERS] = "differs", [VERDICT_UNKNOWN] = "unknown",
    };

    return names[verdict];
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {
        [SEVERITY_OK] = "ok",           [SEVERITY_NOTE] = "note",   [SEVERITY_UNKNOWN] = "unknown",
        [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error",
    };

    return names[severity];
}

struct finding finding_about(enum rule_id rule, const char *about, const char *point)
{
    return (struct finding){.rule = rule,
                            .about = about,
                            .point = point,
                            .verdict = VERDICT_UNKNOWN,
                            .severity = SEVERITY_UNKNOWN,
                            .ground = ""};
}

void finding_say(struct finding *finding, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(finding->text, sizeof finding->text, format, arguments);
    va_end(arguments);
}

void finding_advise(struct finding *finding, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(finding->fix, sizeof finding->fix, format, arguments);
    va_end(arguments);
}

int findings_add(struct findings *findings, const struct finding *finding, struct problem *problem)
{
    if (findings->count == findings->room) {
        size_t room = findings->room ? 2 * findings->room : 16;
        struct finding *items = realloc(findings->items, room * sizeof *items);
        if (!items) {
            return problem_no_memory(problem, "cannot keep what was found");
        }
        findings->items = items;
        findings->room = room;
    }
    findings->items[findings->count++] = *finding;
    return 0;
}

const struct finding *findings_about(const struct findings *findings, enum rule_id rule,
                                     const char *about)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->rule == rule && strcmp(finding->about, about) == 0) {
            return finding;
        }
    }
    return NULL;
}

void findings_keep_broken(struct findings *findings)
{
    size_t kept = 0;

    for (size_t i = 0; i < findings->count; i++) {
        enum verdict verdict = findings->items[i].verdict;
        if (verdict == VERDICT_BROKEN || verdict == VERDICT_DIFFERS) {
            findings->items[kept++] = findings->items[i];
        }
    }
    findings->count = kept;
}

void findings_close(struct findings *findings)
{
    free(findings->items);
    *findings = (struct findings){.items = NULL};
}
