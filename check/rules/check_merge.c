// check_merge.c: makes one finding of what a rule says on several ways and on several rows.
// SPDX-License-Identifier: MIT
#include "check_merge.h"

#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_ROOM = CALLS_ROOM + 32 };

static const struct opinion *any_opinion(const struct question *question)
{
    const struct opinion *opinion = question->by_verdict;

    while (!opinion->said) {
        opinion++;
    }
    return opinion;
}

static struct question *find(struct questions *questions, const struct rule_view *view,
                             const struct finding *finding)
{
    for (size_t i = 0; i < questions->count; i++) {
        const struct finding *other = &any_opinion(&questions->items[i])->finding;
        if (other->rule == finding->rule && strcmp(other->about, finding->about) == 0 &&
            (view->entry || other->pc == finding->pc)) {
            return &questions->items[i];
        }
    }
    return NULL;
}

static struct question *append(struct questions *questions)
{
    if (!questions->items || questions->count == questions->room) {
        size_t room = questions->room ? 2 * questions->room : 16;
        struct question *items = realloc(questions->items, room * sizeof *items);
        if (!items) {
            return NULL;
        }
        questions->items = items;
        questions->room = room;
    }
    questions->items[questions->count] = (struct question){0};
    return &questions->items[questions->count++];
}

// Who speaks for all with this verdict: of what is broken the mildest, so that nothing is judged
// harder than any way and any row does; of the rest the one that says most.
static bool speaks_better(const struct finding *finding, const struct finding *before)
{
    return finding->verdict == VERDICT_BROKEN ? finding->severity < before->severity
                                              : finding->severity > before->severity;
}

int check_merge_add(struct questions *questions, const struct rule_view *view,
                    const struct finding *finding, struct problem *problem)
{
    struct question *question = find(questions, view, finding);

    if (!question) {
        question = append(questions);
    }
    if (!question) {
        return problem_no_memory(problem, "cannot keep what was found");
    }
    struct opinion *opinion = &question->by_verdict[finding->verdict];
    if (!opinion->said || speaks_better(finding, &opinion->finding)) {
        *opinion = (struct opinion){
            .said = true, .device = view->device, .entry = view->entry, .finding = *finding};
    }
    return 0;
}

static const char *stack_name(enum stack_in_use stack)
{
    return stack == STACK_PROCESS ? "PSP" : "MSP";
}

// The calls to the branch; from the reset or from a root.
static void name_way(const struct firmware *firmware, const struct rom_entry *entry,
                     char calls[CALLS_ROOM])
{
    history_calls(firmware, entry->frames, entry->pc, calls);
    if (!entry->frames) {
        firmware_name(firmware, entry->root, calls);
    }
}

// "on g0b1", "while it runs on PSP", "on the way main > jump": what tells the first from the
// second. False: nothing does.
static bool label(const struct firmware *firmware, const struct opinion *one,
                  const struct opinion *other, char text[LABEL_ROOM])
{
    char calls[CALLS_ROOM], others[CALLS_ROOM];

    if (one->device != other->device) {
        snprintf(text, LABEL_ROOM, "on %s", one->device->slug);
        return true;
    }
    if (!one->entry || !other->entry) {
        return false;
    }
    if (one->entry->stack != other->entry->stack) {
        snprintf(text, LABEL_ROOM, "if it runs on %s", stack_name(one->entry->stack));
        return true;
    }
    name_way(firmware, one->entry, calls);
    name_way(firmware, other->entry, others);
    snprintf(text, LABEL_ROOM, "on the way through %s", calls);
    return strcmp(calls, others) != 0;
}

// What is broken on some ways or rows, and not on others.
static struct finding differing(const struct firmware *firmware, const struct opinion *broken,
                                const struct opinion *other)
{
    struct finding finding = broken->finding;
    char one[LABEL_ROOM], another[LABEL_ROOM];
    bool labelled = label(firmware, broken, other, one) && label(firmware, other, broken, another);

    if (broken->device != other->device) {
        finding.verdict = VERDICT_UNKNOWN;
        finding.severity = SEVERITY_UNKNOWN;
    } else { // both ways are in the program: whoever takes the one breaks it
        finding.verdict = VERDICT_DIFFERS;
        finding.severity =
            finding.severity > SEVERITY_WARNING ? SEVERITY_WARNING : finding.severity;
    }
    finding.ground = "";
    finding_say(&finding, "%.110s: %.180s; %.60s: %.100s", labelled ? one : "on some ways here",
                broken->finding.text, labelled ? another : "on others", other->finding.text);
    return finding;
}

// As it was found on some ways, and fine on others: the former are named.
static struct finding partly_left(const struct firmware *firmware, const struct opinion *left,
                                  const struct opinion *ok)
{
    struct finding finding = left->finding;
    char text[LABEL_ROOM];

    if (label(firmware, left, ok, text)) {
        finding_say(&finding, "%.140s: %.320s", text, left->finding.text);
    }
    return finding;
}

static struct finding merge(const struct firmware *firmware, const struct question *question)
{
    const struct opinion *ok = &question->by_verdict[VERDICT_OK],
                         *broken = &question->by_verdict[VERDICT_BROKEN],
                         *left = &question->by_verdict[VERDICT_LEFT],
                         *unknown = &question->by_verdict[VERDICT_UNKNOWN];

    if (unknown->said) {
        return unknown->finding;
    }
    if (broken->said && (ok->said || left->said)) {
        return differing(firmware, broken, ok->said ? ok : left);
    }
    if (left->said && ok->said) {
        return partly_left(firmware, left, ok);
    }
    return any_opinion(question)->finding;
}

// Broken on some ways and unknown on others: that some are broken is decided.
static int add_broken(const struct firmware *firmware, const struct question *question,
                      struct findings *findings, struct problem *problem)
{
    const struct opinion *broken = &question->by_verdict[VERDICT_BROKEN],
                         *unknown = &question->by_verdict[VERDICT_UNKNOWN];

    if (!broken->said || !unknown->said || broken->device != unknown->device) {
        return 0;
    }
    struct finding finding = differing(firmware, broken, unknown);
    return findings_add(findings, &finding, problem);
}

int check_merge_end(const struct questions *questions, const struct firmware *firmware,
                    struct findings *findings, struct problem *problem)
{
    for (size_t i = 0; i < questions->count; i++) {
        struct finding finding = merge(firmware, &questions->items[i]);
        int error = add_broken(firmware, &questions->items[i], findings, problem);
        if (!error) {
            error = findings_add(findings, &finding, problem);
        }
        if (error) {
            return error;
        }
    }
    return 0;
}

void check_merge_close(struct questions *questions)
{
    free(questions->items);
    *questions = (struct questions){.items = NULL};
}
