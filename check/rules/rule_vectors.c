// rule_vectors.c: E4: is system memory mapped at 0, and do exceptions reach the ROM?
// SPDX-License-Identifier: MIT
#include "answer.h"
#include "core_parts.h"
#include "history.h"
#include "registers.h"
#include "rom_table.h"

#include <stdio.h>

enum mapped { MAPPED_UNKNOWN, MAPPED_FLASH, MAPPED_ROM };

// What is seen at address 0: where the row has no MEM_MODE, flash.
static enum mapped mapped_at_zero(const struct rule_view *view)
{
    const struct device *device = view->device;
    const struct value *remap = &view->entry->core.remap;
    uint32_t wrong = (remap->bits ^ device->remap_system_memory) & remap->known;

    if (!device->remap_register || wrong & device->remap_mask) {
        return MAPPED_FLASH;
    }
    return (remap->known & device->remap_mask) == device->remap_mask ? MAPPED_ROM : MAPPED_UNKNOWN;
}

static bool selects_rom(const struct device *device, const struct value *value)
{
    return (value->bits & device->remap_mask) == device->remap_system_memory &&
           (value->known & device->remap_mask) == device->remap_mask;
}

// The last write of MEM_MODE that means system memory; NULL: none.
static const struct event *tried_remap(const struct rule_view *view)
{
    const struct device *device = view->device;
    const struct event *store = history_store(view->entry, device->remap_register, NULL);

    while (store && !selects_rom(device, &store->value)) {
        store = history_store(view->entry, device->remap_register, store);
    }
    return store;
}

// The first write from `from` back to the beginning that set this bit of the clock; NULL: none.
static const struct event *clock_write(const struct rule_view *view)
{
    const struct device *device = view->device;
    const struct event *found = NULL;
    const struct event *store = history_store(view->entry, device->remap_clock_register, NULL);

    for (; store; store = history_store(view->entry, device->remap_clock_register, store)) {
        found = store->value.bits & device->remap_clock_mask ? store : found;
    }
    return found;
}

static void finding_blame(struct finding *finding, const struct event *event)
{
    finding->pc = event->pc;
    finding->frames = event->frames;
}

// A write of MEM_MODE that did nothing, or that something has undone.
static void say_undone(const struct rule_view *view, const struct event *tried,
                       struct finding *finding)
{
    const struct event *last = history_store(view->entry, view->device->remap_register, NULL);
    const struct event *clock = clock_write(view);
    bool late = clock && clock->number > tried->number;
    char where[IMAGE_NAME_ROOM], other[IMAGE_NAME_ROOM];

    firmware_place(view->firmware, tried->pc, where);
    firmware_place(view->firmware, late ? clock->pc : last->pc, other);
    finding_blame(finding, tried);
    if (late) {
        finding_say(finding,
                    "%s selects system memory in MEM_MODE while SYSCFG has no clock, so "
                    "the write does nothing: its clock comes on later, in %s",
                    where, other);
        finding_advise(finding, "enable SYSCFG's clock before MEM_MODE is written, and read the "
                                "enable register back");
    } else if (last != tried) {
        finding_say(finding,
                    "%s selects system memory in MEM_MODE, and %s writes it again: flash "
                    "is seen at 0",
                    where, other);
        finding_advise(finding, "select system memory after everything else, right before the "
                                "branch");
    } else if (!clock && view->device->remap_clock_register) {
        finding_say(finding,
                    "%s selects system memory in MEM_MODE while SYSCFG has no clock, so "
                    "the write does nothing: nothing enables it on the way here",
                    where);
        finding_advise(finding, "enable SYSCFG's clock before MEM_MODE is written "
                                "(__HAL_RCC_SYSCFG_CLK_ENABLE())");
    } else {
        finding_say(finding,
                    "%s selects system memory in MEM_MODE, and a reset of SYSCFG by RCC "
                    "undoes it, as in HAL_DeInit(): flash is seen at 0",
                    where);
        finding_advise(finding, "select system memory after that reset, right before the branch");
    }
}

// Whether the bits of system memory are set in MEM_MODE, and the others are not known.
static bool is_partly_set(const struct rule_view *view)
{
    const struct device *device = view->device;
    const struct value *remap = &view->entry->core.remap;

    return view->entry->origin == ORIGIN_APPLICATION &&
           (remap->bits & device->remap_mask) == device->remap_system_memory;
}

// What the way here leaves open.
static void judge_open_remap(const struct rule_view *view, const struct event *tried,
                             struct finding *finding)
{
    bool is_application = view->entry->origin == ORIGIN_APPLICATION;

    if (history_is_left(&view->entry->core.remap)) {
        finding_say(finding, "MEM_MODE is as it was found: in an application that is flash");
        finding_advise(finding, "enable SYSCFG's clock, then select system memory in MEM_MODE");
        answer_left(finding, SEVERITY_NOTE);
    } else if (is_partly_set(view)) {
        finding_say(finding,
                    "the bits of system memory are set in MEM_MODE, and its other bits are as "
                    "they were found: in an application that is 0");
        finding_advise(finding, "write MEM_MODE whole: clear its field before the bits are set");
        answer_left(finding, SEVERITY_NOTE);
    } else if (tried && is_application && !clock_write(view)) {
        finding_say(finding,
                    "MEM_MODE is written, and that works if SYSCFG's clock is on, which is "
                    "as it was found: nothing on the way here enables it");
        finding_advise(finding, "enable SYSCFG's clock right before MEM_MODE is written");
        answer_left(finding, SEVERITY_NOTE);
    } else {
        finding_say(finding, "whether system memory is mapped at 0 is not known%s",
                    tried ? ": it depends on SYSCFG's clock" : "");
        if (tried) {
            finding_advise(finding, "enable SYSCFG's clock right before MEM_MODE is written");
        }
        answer_unknown(view, finding);
    }
}

static void judge_remap(const struct rule_view *view, struct finding *finding)
{
    const struct event *tried = tried_remap(view);
    enum mapped mapped = mapped_at_zero(view);

    if (mapped == MAPPED_ROM) {
        finding_say(finding, "MEM_MODE selects system memory");
        answer_ok(view, finding);
    } else if (mapped == MAPPED_FLASH && tried) {
        say_undone(view, tried, finding);
        answer_broken(view, finding, LEFTOVER_NO_REMAP, WEIGHT_OBSERVED);
    } else if (mapped == MAPPED_FLASH) {
        finding_say(finding,
                    "flash is seen at address 0: nothing selects system memory in "
                    "MEM_MODE (0x%08X)",
                    (unsigned)view->device->remap_register);
        finding_advise(finding, "enable SYSCFG's clock, then select system memory in MEM_MODE "
                                "(__HAL_SYSCFG_REMAPMEMORY_SYSTEMFLASH())");
        answer_broken(view, finding, LEFTOVER_NO_REMAP, WEIGHT_OBSERVED);
    } else {
        judge_open_remap(view, tried, finding);
    }
}

static int add_remap(const struct rule_view *view, struct findings *findings,
                     struct problem *problem)
{
    const struct event *store = history_store(view->entry, view->device->remap_register, NULL);
    struct finding finding = finding_about(RULE_E4, "remap", "H9");

    finding.pc = store ? store->pc : view->entry->pc;
    finding.frames = store ? store->frames : view->entry->frames;
    judge_remap(view, &finding);
    return findings_add(findings, &finding, problem);
}

// Which vector table is in force at the branch.
static struct value vtor_of(const struct rule_view *view)
{
    const struct device *device = view->device;
    const uint32_t exists = ~UINT32_C(0x7F);

    if (!core_has_vtor(device->core)) {
        return value_number(0);
    }
    struct value vtor = history_register(view->entry, SCB_VTOR, device->vtor_reset);
    vtor.bits &= exists;
    vtor.known |= ~exists;
    return vtor;
}

static void judge_alias(const struct rule_view *view, struct finding *finding)
{
    enum mapped mapped = mapped_at_zero(view);
    bool has_vtor = core_has_vtor(view->device->core);
    const char *table = has_vtor ? "VTOR is 0" : "this core takes its vectors from address 0";

    if (mapped == MAPPED_ROM) {
        finding_say(finding, "%s, and system memory is mapped there", table);
        answer_ok(view, finding);
    } else if (mapped == MAPPED_FLASH) {
        finding_say(finding, "%s, where flash is seen: exceptions go to the application's handlers",
                    table);
        finding_advise(finding,
                       has_vtor ? "map system memory at 0, or write 0x%08X to VTOR"
                                : "map system memory at 0 (MEM_MODE): the ROM's vectors "
                                  "are at 0x%08X",
                       (unsigned)view->device->rom_vector);
        answer_broken(view, finding, LEFTOVER_OWN_VECTORS, WEIGHT_OBSERVED);
    } else if (history_is_left(&view->entry->core.remap)) {
        finding_say(finding, "%s, and what is seen there is as it was found", table);
        finding_advise(finding, "map system memory at 0 (MEM_MODE)");
        answer_left(finding, SEVERITY_NOTE);
    } else if (is_partly_set(view)) {
        finding_say(finding,
                    "%s, where system memory is seen if MEM_MODE's other bits are 0, and they are "
                    "as they were found",
                    table);
        finding_advise(finding, "write MEM_MODE whole: clear its field before the bits are set");
        answer_left(finding, SEVERITY_NOTE);
    } else {
        finding_say(finding, "%s, and what is seen there is not known", table);
        answer_unknown(view, finding);
    }
}

static void judge_vtor(const struct rule_view *view, const struct value *vtor,
                       struct finding *finding)
{
    const struct device *device = view->device;

    if (value_is_number(vtor) && rom_table_home(device, vtor->bits) == device->rom_vector) {
        finding_say(finding, "VTOR is 0x%08X, the ROM's vector table", (unsigned)vtor->bits);
        answer_ok(view, finding);
    } else if (value_is_number(vtor) && vtor->bits == 0 && device->alias) {
        judge_alias(view, finding);
    } else if (value_is_number(vtor)) {
        finding_say(finding,
                    "VTOR is 0x%08X: exceptions go to the application's handlers, and "
                    "not to the ROM's",
                    (unsigned)vtor->bits);
        finding_advise(finding, "write 0x%08X to VTOR before the branch (SCB->VTOR)",
                       (unsigned)device->rom_vector);
        answer_broken(view, finding, LEFTOVER_OWN_VECTORS, WEIGHT_OBSERVED);
    } else if (history_is_left(vtor)) {
        finding_say(finding, "VTOR is as it was found, most likely the application's vector table");
        finding_advise(finding, "write 0x%08X to VTOR before the branch (SCB->VTOR)",
                       (unsigned)device->rom_vector);
        answer_left(finding, SEVERITY_NOTE);
    } else {
        finding_say(finding, "what VTOR is, is not known");
        answer_unknown(view, finding);
    }
}

static int add_vtor(const struct rule_view *view, struct findings *findings,
                    struct problem *problem)
{
    const struct event *store = history_store(view->entry, SCB_VTOR, NULL);
    struct finding finding = finding_about(RULE_E4, "vtor", "H8");
    struct value vtor = vtor_of(view);

    finding.pc = store ? store->pc : view->entry->pc;
    finding.frames = store ? store->frames : view->entry->frames;
    if (!answer_no_table(view, &finding)) {
        judge_vtor(view, &vtor, &finding);
    }
    return findings_add(findings, &finding, problem);
}

int rule_vectors(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    int error = view->device->remap_register ? add_remap(view, findings, problem) : 0;

    return error ? error : add_vtor(view, findings, problem);
}
