// rule_bootleap.c: B1: whether bootleap in the image fits the chip and is reached from the reset.
// SPDX-License-Identifier: MIT
#include "rule_bootleap.h"

#include "findings.h"
#include "request.h"
#include "request_place.h"
#include "rule.h"
#include "start_up.h"

// What bootleap_probe() takes for the room of start-up code's pushes; more where the code that
// erases the first page is copied below the stack.
enum { UNDER_STACK = 256, UNDER_STACK_ERASES = 512 };

static void say(struct finding *finding, enum verdict verdict, enum severity severity)
{
    finding->verdict = verdict;
    finding->severity = severity;
}

static struct request mark_of(const struct bootleap_image *bootleap)
{
    return (struct request){.address = bootleap->mark,
                            .in_backup = !address_is_ram(bootleap->mark)};
}

static bool is_for_another_device(const struct rule_view *view, struct finding *finding)
{
    const struct bootleap_image *bootleap = &view->start_up->bootleap;
    const struct device *device = view->device;

    if (!bootleap->rom || !device->rom_vector || bootleap->rom == device->rom_vector ||
        bootleap->rom == device->rom_other_vector) {
        return false;
    }
    say(finding, VERDICT_BROKEN, SEVERITY_ERROR);
    finding->ground = "must";
    finding->pc = bootleap->words;
    finding_say(finding,
                "bootleap in this image was built for another device: it enters a ROM at "
                "0x%08X, and that of %s is at 0x%08X",
                (unsigned)bootleap->rom, device->name, (unsigned)device->rom_vector);
    finding_advise(finding, "compile bootleap with the macro of the part: -D%s",
                   device->parts && device->parts[0] ? device->parts[0] : "STM32...");
    return true;
}

static bool mark_has_no_place(const struct rule_view *view, struct finding *finding)
{
    const struct request mark = mark_of(&view->start_up->bootleap);
    const struct ram *ram;

    if (request_place(view->device, &mark, &ram) != PLACE_NOWHERE) {
        return false;
    }
    say(finding, VERDICT_BROKEN, SEVERITY_ERROR);
    finding->ground = "must";
    finding->pc = view->start_up->bootleap.words;
    finding_say(finding, "the mark is at 0x%08X, where %s has neither RAM nor a backup register",
                (unsigned)mark.address, view->device->name);
    finding_advise(finding, "leave BOOTLEAP_MARK undefined, or let it be 8 bytes of RAM of this "
                            "part");
    return true;
}

static bool mark_is_under_stack(const struct rule_view *view, struct finding *finding)
{
    const struct request mark = mark_of(&view->start_up->bootleap);
    uint32_t sp = view->firmware->initial_sp;
    uint32_t room = view->device->entry == ENTRY_ERASE_FIRST ? UNDER_STACK_ERASES : UNDER_STACK;

    if (mark.in_backup || !view->firmware->has_vectors || sp - mark.address - 1 >= room) {
        return false;
    }
    say(finding, VERDICT_BROKEN, SEVERITY_ERROR);
    finding->ground = "must";
    finding->pc = view->start_up->bootleap.words;
    finding_say(finding,
                "the mark at 0x%08X is %u bytes below the initial stack pointer 0x%08X: "
                "bootleap_enter() refuses (BOOTLEAP_MARK_UNDER_STACK)",
                (unsigned)mark.address, (unsigned)(sp - mark.address), (unsigned)sp);
    finding_advise(finding, "move the initial stack pointer, or set BOOTLEAP_MARK_IN_BACKUP");
    return true;
}

static bool mark_is_written(const struct rule_view *view, struct finding *finding)
{
    const struct start_up_word *word = start_up_word(view->start_up, view->start_up->bootleap.mark);
    char place[IMAGE_NAME_ROOM];

    if (!word || !word->written) {
        return false;
    }
    firmware_place(view->firmware, word->pc, place);
    say(finding, VERDICT_BROKEN, word->kept + word->unsure ? SEVERITY_WARNING : SEVERITY_ERROR);
    finding->ground = "must";
    finding->pc = word->pc;
    finding_say(finding,
                "%s overwrites the mark at 0x%08X before bootleap_on_reset() reads it: a "
                "request ends in the application",
                place, (unsigned)word->address);
    finding_advise(finding, "call bootleap_on_reset() before .data and .bss are set up "
                            "(bootleap_systeminit.c), or leave the mark out of both");
    return true;
}

// Whether the program asks for the ROM by a reset: it uses bootleap_enter(), or, where nobody knows
// where that is, a reset comes with what it stores.
static bool requests(const struct rule_view *view)
{
    const struct bootleap_image *bootleap = &view->start_up->bootleap;

    if (bootleap->enter) {
        return bootleap_image_uses(view->firmware, bootleap->enter);
    }
    for (size_t i = 0; i < view->walk->reset_count; i++) {
        const struct word *word = memory_word(&view->walk->resets[i].memory, bootleap->mark);
        if (word && word->value.bits == BOOTLEAP_MARK_ENTER) {
            return true;
        }
    }
    return false;
}

// The first image on the chip, which reads no mark.
static void say_unread(const struct rule_view *view, struct finding *finding)
{
    const struct bootleap_image *bootleap = &view->start_up->bootleap;

    if (requests(view)) {
        say(finding, VERDICT_BROKEN, SEVERITY_ERROR);
        finding->ground = "must";
        finding_say(finding, "nothing on the way from the reset calls bootleap_on_reset(): a "
                             "request ends in the application");
    } else if (bootleap->jump && bootleap_image_uses(view->firmware, bootleap->jump)) {
        say(finding, VERDICT_BROKEN, SEVERITY_WARNING);
        finding_say(finding, "nothing on the way from the reset calls bootleap_on_reset(): after "
                             "the ROM the application runs on what the ROM has left");
    } else {
        say(finding, VERDICT_OK, SEVERITY_OK);
        finding_say(finding,
                    "of bootleap the image has the way back alone, with its mark at 0x%08X",
                    (unsigned)bootleap->mark);
        return;
    }
    finding_advise(finding, "call bootleap_on_reset() first in the reset handler, or add a hook "
                            "(bootleap_hook.h)");
}

static bool is_not_reached(const struct rule_view *view, struct finding *finding)
{
    const struct start_up_word *mark = start_up_word(view->start_up, view->start_up->bootleap.mark);
    bool is_first = view->firmware->vectors == view->device->flash.start;

    if (start_up_reads_mark(view->start_up)) {
        return false;
    }
    if (is_first && view->walk->reset_finished && !(mark && mark->unfinished)) {
        say_unread(view, finding);
    } else if (is_first) {
        finding_say(finding,
                    "whether the reset handler reaches bootleap_on_reset() was not decided");
        finding_advise(finding, "bootleap-sim runs it");
    } else {
        finding_say(finding, "this image is behind a loader, and does not call "
                             "bootleap_on_reset(): the loader has to");
        finding_advise(finding, "check the loader too: its mark has to be at 0x%08X",
                       (unsigned)view->start_up->bootleap.mark);
    }
    return true;
}

static bool is_undecided(const struct rule_view *view, struct finding *finding)
{
    const struct bootleap_image *bootleap = &view->start_up->bootleap;
    const struct start_up_word *word = start_up_word(view->start_up, bootleap->mark);

    if (!address_is_ram(bootleap->mark) || (word && word->kept && !word->unsure)) {
        return false;
    }
    finding_say(finding,
                "the image has bootleap, with its mark at 0x%08X; whether start-up code leaves the "
                "mark alone was not decided",
                (unsigned)bootleap->mark);
    finding_advise(finding, "bootleap-sim runs it");
    return true;
}

static void fits(const struct rule_view *view, struct finding *finding)
{
    const struct bootleap_image *bootleap = &view->start_up->bootleap;
    bool as_row = bootleap->mark == view->device->mark;
    bool in_backup = !address_is_ram(bootleap->mark);

    say(finding, VERDICT_OK, as_row || in_backup ? SEVERITY_OK : SEVERITY_NOTE);
    finding_say(finding,
                "the image has bootleap, with its mark at 0x%08X%s; bootleap_on_reset() reads it "
                "before start-up code writes there",
                (unsigned)bootleap->mark,
                in_backup ? ", in backup registers"
                : as_row  ? ""
                          : ", which is not where bootleap has it by itself");
    if (!as_row) {
        finding_advise(finding, "every version of the firmware, and a loader, must have the mark "
                                "there: compare two images by --with");
    }
}

int rule_bootleap(const struct rule_view *view, struct findings *findings, struct problem *problem)
{
    static bool (*const steps[])(const struct rule_view *, struct finding *) = {
        is_for_another_device, mark_has_no_place, mark_is_under_stack,
        mark_is_written,       is_not_reached,    is_undecided};
    struct finding finding = finding_about(RULE_B1, "bootleap", "");

    if (view->entry || !view->start_up || !view->start_up->bootleap.found) {
        return 0;
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (steps[i](view, &finding)) {
            return findings_add(findings, &finding, problem);
        }
    }
    fits(view, &finding);
    return findings_add(findings, &finding, problem);
}
