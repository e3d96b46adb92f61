// rule_after_go.c: E8: whether the program runs when the ROM starts it, by a host's Go or leave.
// SPDX-License-Identifier: MIT
//
// Go starts the application without a reset. Its vector table is then not in force, the clocks are
// as the ROM set them, and SysTick and interrupts may be on (AN2606 Rev 70, section 4.1; AN3155 Rev
// 17, "Go command").
#include "findings.h"
#include "request.h"
#include "rule.h"
#include "start_up.h"

#include <stdio.h>
#include <string.h>

static const uint32_t VTOR = 0xE000ED08;

enum { VERSIONS_TEXT = 64 };

static void say(struct finding *finding, enum verdict verdict, enum severity severity, uint32_t pc)
{
    finding->verdict = verdict;
    finding->severity = severity;
    finding->pc = pc;
}

// "V9.0, V9.1"; "" for all.
static void list_versions(const uint16_t *versions, char text[VERSIONS_TEXT])
{
    size_t used = 0;

    text[0] = '\0';
    for (size_t i = 0; versions && versions[i] && used < VERSIONS_TEXT; i++) {
        used += (size_t)snprintf(text + used, VERSIONS_TEXT - used, "%sV%u.%u", i ? ", " : "",
                                 (unsigned)versions[i] >> 4, (unsigned)versions[i] & 15);
    }
}

// The RAM in which a stack begins that grows down from `sp`.
static const struct ram *ram_below(const struct device *device, uint32_t sp)
{
    for (const struct ram *ram = device->rams; ram && ram->region.size; ram++) {
        if (sp - 1 - ram->region.start < ram->region.size ||
            (ram->also_at && sp - 1 - ram->also_at < ram->region.size)) {
            return ram;
        }
    }
    return NULL;
}

static bool clears_clock_of(const struct device *device, const struct ram *ram)
{
    for (const struct left_bits *bits = device->go.leaves; bits && bits->name; bits++) {
        if (strcmp(bits->name, "AHB1ENR") == 0 && !bits->any && bits->value == 0) {
            return strcmp(ram->region.name, "CCM") == 0;
        }
    }
    return false;
}

static bool stack_is_wrong(const struct rule_view *view, struct finding *finding)
{
    const struct device *device = view->device;
    uint32_t sp = view->firmware->initial_sp;

    if (!device->rams || !device->rams->region.size) {
        return false;
    }
    const struct ram *ram = ram_below(device, sp);

    if (ram && !clears_clock_of(device, ram)) {
        return false;
    }
    say(finding, VERDICT_BROKEN, SEVERITY_WARNING, view->firmware->vectors);
    if (!ram) {
        finding_say(finding,
                    "the initial stack pointer 0x%08X is in no RAM of %s: Go loads it, and "
                    "the first push faults",
                    (unsigned)sp, device->name);
    } else {
        finding_say(finding,
                    "the initial stack is in %s, whose clock some versions of this ROM "
                    "leave off after Go (AHB1ENR is 0)",
                    ram->region.name);
    }
    finding_advise(finding, "let the stack begin in the RAM at 0x%08X",
                   (unsigned)(device->rams->region.start));
    return true;
}

// The bytes at the end of a RAM with whose use as initial stack some versions do not start the
// application; 0: none of these is the initial stack.
static unsigned stack_room(const struct rule_view *view, const uint16_t **versions)
{
    const struct ram *ram = ram_below(view->device, view->firmware->initial_sp);

    for (const struct stack_room *room = view->device->go.stack_room; ram && room && room->bytes;
         room++) {
        if (ram->region.start + ram->region.size - view->firmware->initial_sp <= room->bytes) {
            *versions = room->versions;
            return (unsigned)room->bytes;
        }
    }
    return 0;
}

// An entry on the reset path whose request is still there when it branches: what starts the program
// next comes back to the ROM.
static bool stays_requested(const struct rule_view *view, const struct rom_entry *entry,
                            struct request *request)
{
    if (entry->origin != ORIGIN_RESET || !start_up_request(view->start_up, entry, request) ||
        request->is_mark) {
        return false;
    }
    for (const struct region *region = view->device->rom_ram; region && region->size; region++) {
        if (request->address - region->start < region->size) {
            return false; // the ROM overwrites it
        }
    }
    const struct word *word = memory_word(&entry->memory, request->address & ~3u);

    return !word || ((word->value.known & request->mask) == request->mask &&
                     (word->value.bits & request->mask) == request->value);
}

static bool request_stays(const struct rule_view *view, struct finding *finding)
{
    struct request request;
    char name[128];

    for (size_t i = 0; i < view->walk->entry_count; i++) {
        const struct rom_entry *entry = &view->walk->entries[i];
        if (stays_requested(view, entry, &request)) {
            request_name(view->firmware, request.address, name, sizeof name);
            say(finding, VERDICT_BROKEN, SEVERITY_WARNING, entry->pc);
            finding->frames = entry->frames;
            finding_say(finding,
                        "the request in %s is still there when the ROM is entered: after "
                        "Go, or the next reset, the program enters the ROM again",
                        name);
            finding_advise(finding, "clear the word between its check and the jump");
            return true;
        }
    }
    return false;
}

// Whether an entry leaves the program's vector table in force: where its VTOR, or MEM_MODE on a
// core without VTOR, is as the reset left it. A ROM that does not touch it leaves the same at Go.
static bool leaves_own_table(const struct rule_view *view, const struct rom_entry *entry)
{
    const struct device *device = view->device;
    const struct word *vtor = memory_word(&entry->memory, VTOR);
    bool remapped = device->remap_register &&
                    ((entry->core.remap.known & device->remap_mask) != device->remap_mask ||
                     (entry->core.remap.bits & device->remap_mask) == device->remap_system_memory);

    if (vtor && (vtor->value.known & ~vtor->value.bits) != UINT32_MAX) {
        return value_is_number(&vtor->value) && vtor->value.bits == view->firmware->vectors;
    }
    return !remapped && (device->alias || device->vtor_reset == view->firmware->vectors);
}

static bool all_leave_own_table(const struct rule_view *view)
{
    if (view->walk->entry_count == 0) { // somebody else starts the ROM
        return false;
    }
    for (size_t i = 0; i < view->walk->entry_count; i++) {
        if (!leaves_own_table(view, &view->walk->entries[i])) {
            return false;
        }
    }
    return true;
}

static void say_by_remap(const char *place, bool by_boot0, struct finding *finding)
{
    finding_say(
        finding,
        "%s enables an interrupt before MEM_MODE selects flash again: after the Go command of "
        "%s address 0 shows the ROM's vector table, and the ROM's handler takes the "
        "interrupt",
        place, by_boot0 ? "a ROM that BOOT0 has started" : "the ROM");
    finding_advise(finding, "enable SYSCFG's clock and set MEM_MODE to 0 at the start of "
                            "SystemInit()");
}

// A Cortex-M0 has no VTOR: its table is what MEM_MODE shows at address 0.
static bool vectors_are_the_roms(const struct rule_view *view, struct finding *finding)
{
    const struct start_up_vectors *vectors = &view->start_up->vectors;
    bool by_remap = view->device->core == CORE_M0, by_boot0 = all_leave_own_table(view);
    uint32_t pc = by_remap ? vectors->remap_pc : vectors->pc;
    char place[IMAGE_NAME_ROOM];

    if (!(by_remap ? vectors->away : vectors->missing)) {
        return false;
    }
    firmware_place(view->firmware, pc, place);
    say(finding, VERDICT_BROKEN, by_boot0 ? SEVERITY_NOTE : SEVERITY_WARNING, pc);
    if (by_remap) {
        say_by_remap(place, by_boot0, finding);
        return true;
    }
    finding_say(
        finding,
        "%s enables an interrupt before VTOR is set: after the Go command of %s VTOR is the "
        "ROM's, and the ROM's handler takes the interrupt",
        place, by_boot0 ? "a ROM that BOOT0 has started" : "the ROM");
    finding_advise(finding,
                   "set SCB->VTOR to 0x%08X at the start of SystemInit() (USER_VECT_TAB_ADDRESS in "
                   "ST's files)",
                   (unsigned)view->firmware->vectors);
    return true;
}

static void vectors_are_own(const struct rule_view *view, struct finding *finding)
{
    const struct start_up_vectors *vectors = &view->start_up->vectors;
    unsigned ways = view->device->core == CORE_M0 ? vectors->back : vectors->set;

    if (!view->walk->reset_finished || vectors->unfinished) {
        finding_say(finding, "whether the vector table is set before an interrupt is enabled is "
                             "not known: not all ways from the reset were walked");
        finding_advise(finding, "`bootleap-sim run FILE --host go` would tell");
        return;
    }
    say(finding, VERDICT_OK, SEVERITY_OK, 0);
    finding_say(finding, ways ? "the vector table is set before the first interrupt is enabled"
                              : "nothing on the way from the reset enables an interrupt");
}

// What some versions of this ROM do not do, where nothing else is wrong.
static void note_versions(const struct rule_view *view, struct finding *finding)
{
    const uint16_t *fails = view->device->go.fails, *versions;
    char names[VERSIONS_TEXT];
    unsigned room = stack_room(view, &versions);

    if (finding->verdict != VERDICT_OK || (!room && (!fails || !*fails))) {
        return;
    }
    finding->severity = SEVERITY_NOTE;
    list_versions(room ? versions : fails, names);
    if (room) {
        finding_advise(finding,
                       "ROM %s may not start a program whose stack begins in the last %u "
                       "bytes of a RAM, as this one's does: let it begin lower, or end the "
                       "ROM by a reset",
                       names, room);
    } else {
        finding_advise(finding, "Go does not work in ROM %s: there, end the ROM by a reset", names);
    }
}

static void judge(const struct rule_view *view, struct finding *finding)
{
    if (stack_is_wrong(view, finding)) {
        return;
    }
    if (start_up_reads_mark(view->start_up)) {
        say(finding, VERDICT_OK, SEVERITY_OK, 0);
        finding_say(finding, "bootleap_on_reset() sees that the ROM ran, and resets once more");
    } else if (!request_stays(view, finding) && !vectors_are_the_roms(view, finding)) {
        vectors_are_own(view, finding);
    }
    note_versions(view, finding);
}

int rule_after_go(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    struct finding finding = finding_about(RULE_E8, "go", "");

    if (view->entry || !view->start_up || !view->device->rom_vector ||
        !view->firmware->has_vectors) {
        return 0;
    }
    judge(view, &finding);
    return findings_add(findings, &finding, problem);
}
