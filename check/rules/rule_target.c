// rule_target.c: E1: does the branch go to word 1 of the ROM's vector table?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "code_map.h"
#include "history.h"
#include "rom_table.h"

#include <string.h>

enum {
    THUMB = 1,
    WORD_START = 1, // of a vector table: the reset handler
    WORD_STACK = 0,
    BX_MASK = 0xFF07, // BX and BLX: the only branches to a register that look at the Thumb bit
    BX_CODE = 0x4700,
};

// What to write instead.
static void advise_both_words(const struct rule_view *view, struct finding *finding)
{
    uint32_t table = view->device->rom_vector;

    finding_advise(finding,
                   "take the stack pointer from 0x%08X and the start from 0x%08X, which "
                   "are words 0 and 1 of this ROM's vector table",
                   (unsigned)table, (unsigned)table + 4);
}

static void say_wrong_word(const struct rule_view *view, struct finding *finding, uint32_t from)
{
    const struct device *device = view->device;
    char owner[OWNER_ROOM];

    if (rom_table_is_mistaken(device, from, WORD_START)) {
        finding_say(finding,
                    "it goes to the word at 0x%08X, where this chip has no vector table: others "
                    "take 0x%08X for its address, and it is 0x%08X",
                    (unsigned)from, (unsigned)device->rom_mistaken_vector,
                    (unsigned)device->rom_vector);
    } else if (rom_table_has(device, from, WORD_STACK)) {
        finding_say(finding,
                    "it goes to word 0 of the ROM's vector table (0x%08X), which is a "
                    "stack pointer: the start is word 1",
                    (unsigned)from);
    } else if (rom_table_owner(from - 4, owner)) {
        finding_say(finding,
                    "it goes to the word at 0x%08X, by the vector table of another chip's "
                    "ROM (%s): that of this chip is at 0x%08X",
                    (unsigned)from, owner, (unsigned)device->rom_vector);
    } else if (rom_table_in_system_memory(device, from)) {
        finding_say(finding,
                    "it goes to the word at 0x%08X, which is in system memory, and not "
                    "word 1 of the ROM's vector table (0x%08X)",
                    (unsigned)from, (unsigned)device->rom_vector + 4);
    } else if (rom_table_owner_of_memory(from, owner)) {
        finding_say(finding,
                    "it goes to the word at 0x%08X, in the system memory of another chip "
                    "(%s): the vector table of this chip's ROM is at 0x%08X",
                    (unsigned)from, owner, (unsigned)device->rom_vector);
    } else {
        finding_say(finding,
                    "it goes to the word at 0x%08X, where this chip has no ROM: its "
                    "vector table is at 0x%08X",
                    (unsigned)from, (unsigned)device->rom_vector);
    }
    advise_both_words(view, finding);
    answer_broken(view, finding, LEFTOVER_WRONG_TABLE, WEIGHT_FATAL);
}

// Whether the branch takes a target without the Thumb bit for one to Arm code, which faults.
static bool needs_thumb(const struct rule_view *view)
{
    const uint8_t *code = code_map_bytes(&view->firmware->map, view->entry->pc, 2);

    return code && ((code[0] | code[1] << 8) & BX_MASK) == BX_CODE;
}

static void judge_right_word(const struct rule_view *view, struct finding *finding)
{
    const struct value *target = &view->entry->target;
    bool cleared = target->offset == UINT32_MAX || (target->known & ~target->bits & THUMB);

    if (cleared && needs_thumb(view)) {
        finding_say(finding, "it goes to word 1 of the ROM's vector table without its lowest bit: "
                             "the core leaves Thumb state and faults");
        finding_advise(finding, "branch to the word as it is, with its lowest bit set");
        answer_broken(view, finding, LEFTOVER_WRONG_TABLE, WEIGHT_FATAL);
    } else if (target->offset && !cleared && target->offset != rom_table_other_bus(view->device)) {
        finding_say(finding, "it goes %+d bytes from where word 1 of the ROM's vector table says",
                    (int)target->offset);
        finding_advise(finding, "branch to the word as it is");
        answer_broken(view, finding, LEFTOVER_WRONG_TABLE, WEIGHT_FATAL);
    } else {
        finding_say(finding, "it goes to word 1 of the ROM's vector table (0x%08X)",
                    (unsigned)target->from);
        answer_ok(view, finding);
    }
}

static void judge_word(const struct rule_view *view, struct finding *finding)
{
    uint32_t from = view->entry->target.from;

    if (rom_table_has(view->device, from, WORD_START) ||
        rom_table_is_alias(view->device, from, WORD_START)) {
        judge_right_word(view, finding);
    } else {
        say_wrong_word(view, finding, from);
    }
}

// A number is right for one version of a ROM at most, and nobody knows for which.
static void judge_number(const struct rule_view *view, struct finding *finding)
{
    uint32_t address = view->entry->target.bits & ~(uint32_t)THUMB;
    char owner[OWNER_ROOM];

    advise_both_words(view, finding);
    if (rom_table_has(view->device, address, WORD_START) ||
        rom_table_has(view->device, address, WORD_STACK)) {
        finding_say(finding,
                    "it goes to 0x%08X itself, which is an address in the ROM's vector "
                    "table and no code: the start is what word 1 holds",
                    (unsigned)address);
        answer_broken(view, finding, LEFTOVER_WRONG_TABLE, WEIGHT_FATAL);
    } else if (rom_table_in_system_memory(view->device, address)) {
        finding_say(finding,
                    "it goes to 0x%08X, a constant: where the ROM starts differs from "
                    "version to version, and word 1 of its vector table says it",
                    (unsigned)address);
        answer_broken(view, finding, LEFTOVER_WRONG_TABLE, WEIGHT_FATAL);
        finding->severity = SEVERITY_WARNING; // it may be right for the ROM that is meant
        finding->ground = "";
    } else {
        bool known = rom_table_owner_of_memory(address, owner);
        finding_say(finding, "it goes to 0x%08X, where this chip has no ROM%s%s", (unsigned)address,
                    known ? ": it is in the system memory of " : "", known ? owner : "");
        answer_broken(view, finding, LEFTOVER_WRONG_TABLE, WEIGHT_FATAL);
    }
}

static void judge_new_stack(const struct rule_view *view, struct finding *finding)
{
    const struct event *msp = history_last(view->entry, EVENT_MSP);
    char reads[IMAGE_NAME_ROOM], sets[IMAGE_NAME_ROOM] = "an instruction before it";

    firmware_place(view->firmware, view->entry->target.from, reads);
    if (msp) {
        firmware_place(view->firmware, msp->pc, sets);
    }
    finding->pc = view->entry->target.from;
    finding_say(finding,
                "%s reads where to go, or the pointer to it, from the stack after %s has "
                "moved the stack pointer: it reads the ROM's stack, and not the variable",
                reads, sets);
    finding_advise(finding, "read both words into registers before MSR MSP, and touch no stack "
                            "between it and the branch: in C no optimisation level promises that, "
                            "so write the jump in assembly (LDR r0, word 0; LDR r1, word 1; MSR "
                            "MSP, r0; BX r1)");
    answer_broken(view, finding, LEFTOVER_WRONG_TABLE, WEIGHT_FATAL);
}

static void judge_unknown(const struct rule_view *view, struct finding *finding)
{
    const struct value *target = &view->entry->target;
    const struct value *msp = &view->entry->core.msp;

    if (target->source == SOURCE_POINTED && msp->source == SOURCE_POINTED &&
        target->from == msp->from && target->offset == msp->offset + 4) {
        finding_say(finding, "it goes to word 1 of the table from whose word 0 the stack pointer "
                             "comes: where that table is, is not known here");
        finding_advise(finding,
                       "the pointer to the table would decide it: it is right if it is "
                       "0x%08X",
                       (unsigned)view->device->rom_vector);
    } else if (target->source == SOURCE_RAM) {
        finding_say(finding,
                    "it goes to the address that is in RAM at 0x%08X, and nothing on the "
                    "way here writes it",
                    (unsigned)target->from);
        finding_advise(finding, "who writes that word would decide it");
    } else {
        finding_say(finding, "where it goes is not known");
    }
    answer_unknown(view, finding);
}

int rule_target(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    const struct value *target = &view->entry->target;
    struct finding finding = finding_about(RULE_E1, "target", "H1");

    finding.pc = view->entry->pc;
    finding.frames = view->entry->frames;
    if (target->source == SOURCE_NEW_STACK) {
        judge_new_stack(view, &finding);
    } else if (answer_no_table(view, &finding)) {
        return findings_add(findings, &finding, problem);
    } else if (target->source == SOURCE_ROM_WORD) {
        judge_word(view, &finding);
    } else if (value_is_number(target)) {
        judge_number(view, &finding);
    } else {
        judge_unknown(view, &finding);
    }
    return findings_add(findings, &finding, problem);
}
