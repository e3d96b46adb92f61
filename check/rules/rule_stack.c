// rule_stack.c: E1: is the main stack pointer word 0 of the ROM's vector table?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "history.h"
#include "rom_table.h"

#include <stdio.h>

enum { WORD_STACK = 0 };

// The RAM that this stack pointer points into, or to the end of; NULL: none.
static const struct region *ram_of_stack(const struct device *device, uint32_t pointer)
{
    for (const struct ram *ram = device->rams; ram->region.size; ram++) {
        uint32_t start = ram->region.start, size = ram->region.size;
        bool also = ram->also_at && pointer > ram->also_at && pointer <= ram->also_at + size;
        if (also || (pointer > start && pointer <= start + size)) {
            return &ram->region;
        }
    }
    return NULL;
}

static void advise_word(const struct rule_view *view, struct finding *finding)
{
    finding_advise(finding,
                   "set MSP to the word at 0x%08X right before the branch, and let "
                   "nothing push or pop between them",
                   (unsigned)view->device->rom_vector);
}

static void judge_moved(const struct rule_view *view, struct finding *finding)
{
    const struct event *use = history_last(view->entry, EVENT_NEW_STACK);
    int moved = (int)view->entry->core.msp.offset;
    char place[IMAGE_NAME_ROOM] = "";

    if (use) {
        firmware_place(view->firmware, use->pc, place);
        finding->pc = use->pc;
    }
    finding_say(finding,
                "the stack pointer is %d bytes %s word 0 of the ROM's vector table: what "
                "is between its write and the branch moves it%s%s",
                moved < 0 ? -moved : moved, moved < 0 ? "below" : "above",
                use ? ", last used at " : "", place);
    finding_advise(finding, "let nothing push or pop between the write of MSP and the branch: in C "
                            "no optimisation level promises that, so write both in assembly");
    answer_broken(view, finding, LEFTOVER_OWN_STACK, WEIGHT_OBSERVED);
}

static void judge_word(const struct rule_view *view, struct finding *finding)
{
    const struct value *msp = &view->entry->core.msp;
    bool right = rom_table_has(view->device, msp->from, WORD_STACK) ||
                 rom_table_is_alias(view->device, msp->from, WORD_STACK);
    char owner[OWNER_ROOM];

    if (right && msp->offset) {
        judge_moved(view, finding);
        return;
    }
    if (right) {
        finding_say(finding, "MSP is word 0 of the ROM's vector table (0x%08X)",
                    (unsigned)msp->from);
        answer_ok(view, finding);
        return;
    }
    if (rom_table_owner(msp->from, owner)) {
        finding_say(finding,
                    "MSP is the word at 0x%08X, from the vector table of another chip's "
                    "ROM (%s)",
                    (unsigned)msp->from, owner);
    } else {
        finding_say(finding,
                    "MSP is the word at 0x%08X, which is not word 0 of the ROM's vector "
                    "table (0x%08X)",
                    (unsigned)msp->from, (unsigned)view->device->rom_vector);
    }
    advise_word(view, finding);
    // What is there is not known: it may well be in RAM.
    answer_broken(view, finding, LEFTOVER_OWN_STACK, WEIGHT_OBSERVED);
}

static void judge_number(const struct rule_view *view, struct finding *finding)
{
    const struct device *device = view->device;
    uint32_t pointer = view->entry->core.msp.bits;
    const struct region *ram = ram_of_stack(device, pointer);
    bool at_end = ram && pointer == ram->start + ram->size;
    bool is_set = history_last(view->entry, EVENT_MSP) != NULL;

    advise_word(view, finding);
    if (!ram) {
        finding_say(finding, "MSP is 0x%08X, which is in no RAM of this chip", (unsigned)pointer);
        answer_broken(view, finding, LEFTOVER_STACK_OUTSIDE_RAM, WEIGHT_FATAL);
        return;
    }
    finding_say(finding,
                is_set ? "MSP is the constant 0x%08X, and not word 0 of the ROM's vector "
                         "table: the ROM's stack is where it did not expect it"
                       : "MSP is 0x%08X, the application's: nothing sets it to word 0 of "
                         "the ROM's vector table",
                (unsigned)pointer);
    answer_broken(view, finding, at_end ? LEFTOVER_STACK_AT_END_OF_RAM : LEFTOVER_OWN_STACK,
                  WEIGHT_OBSERVED);
}

// The application's stack is somewhere in RAM, and most surely not where the ROM has its own.
static void judge_found(const struct rule_view *view, struct finding *finding)
{
    finding_say(finding, "MSP is as it was found: nothing on the way here sets it to word 0 of the "
                         "ROM's vector table");
    advise_word(view, finding);
    answer_broken(view, finding, LEFTOVER_OWN_STACK, WEIGHT_OBSERVED);
    answer_left(finding, finding->severity == SEVERITY_NOTE ? SEVERITY_NOTE : SEVERITY_WARNING);
}

static void judge_unknown(const struct rule_view *view, struct finding *finding)
{
    const struct value *msp = &view->entry->core.msp;

    if (msp->source == SOURCE_POINTED && msp->offset == 0) {
        finding_say(finding, "MSP is word 0 of a table: where that table is, is not known here");
        finding_advise(finding,
                       "the pointer to the table would decide it: it is right if it is "
                       "0x%08X",
                       (unsigned)view->device->rom_vector);
    } else if (msp->source == SOURCE_POINTED) {
        finding_say(finding,
                    "MSP was word 0 of a table, and was moved %d bytes from it: where the "
                    "table is, is not known here",
                    (int)msp->offset);
    } else if (msp->source == SOURCE_RAM) {
        finding_say(finding,
                    "MSP is what is in RAM at 0x%08X, and nothing on the way here writes "
                    "it",
                    (unsigned)msp->from);
        finding_advise(finding, "who writes that word would decide it");
    } else {
        finding_say(finding, "what MSP is, is not known");
    }
    answer_unknown(view, finding);
}

static void judge_new_stack(const struct rule_view *view, struct finding *finding)
{
    char place[IMAGE_NAME_ROOM];

    firmware_place(view->firmware, view->entry->core.msp.from, place);
    finding->pc = view->entry->core.msp.from;
    finding_say(finding,
                "%s reads the stack pointer from the stack after it has been moved: it "
                "reads the ROM's stack, and not the variable",
                place);
    advise_word(view, finding);
    answer_broken(view, finding, LEFTOVER_OWN_STACK, WEIGHT_OBSERVED);
}

int rule_stack(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    const struct value *msp = &view->entry->core.msp;
    const struct event *set = history_last(view->entry, EVENT_MSP);
    struct finding finding = finding_about(RULE_E1, "stack", "H2");

    finding.pc = set ? set->pc : view->entry->pc;
    finding.frames = view->entry->frames;
    if (msp->source == SOURCE_ROM_WORD) {
        if (!answer_no_table(view, &finding)) {
            judge_word(view, &finding);
        }
    } else if (msp->source == SOURCE_NEW_STACK) {
        judge_new_stack(view, &finding);
    } else if (stack_is_found(msp) || msp->source == SOURCE_LEFT) {
        judge_found(view, &finding);
    } else if (value_is_number(msp)) {
        judge_number(view, &finding);
    } else {
        judge_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}
