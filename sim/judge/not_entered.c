// not_entered.c: why nothing entered the ROM, so that nothing was judged, and what to try.
// SPDX-License-Identifier: MIT
#include "not_entered.h"

#include "image_symbols.h"
#include "option_bits.h"
#include "refusals.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void say(struct not_entered *why, const char *kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void say(struct not_entered *why, const char *kind, const char *format, ...)
{
    va_list arguments;

    why->kind = kind;
    va_start(arguments, format);
    vsnprintf(why->what, sizeof why->what, format, arguments);
    va_end(arguments);
}

static void advise(struct not_entered *why, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void advise(struct not_entered *why, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(why->advice, sizeof why->advice, format, arguments);
    va_end(arguments);
}

// The function that was called last: by the scenario, or by the firmware itself.
static const char *entry_name(const struct advice_run *run)
{
    const struct symbol *own = run->watcher->own.called;

    return !run->watcher->entered && own ? own->name : run->entry;
}

// ", called from update+0x12", where the firmware did it itself.
static void name_caller(const struct advice_run *run, char text[IMAGE_NAME_ROOM + 16])
{
    char place[IMAGE_NAME_ROOM];

    text[0] = '\0';
    if (!run->watcher->entered && run->image) {
        image_place(run->image, run->watcher->own.from, place);
        snprintf(text, IMAGE_NAME_ROOM + 16, ", called from %s,", place);
    }
}

// Whether option bytes keep it out, and nobody has set them so: an ELF for another chip takes other
// registers for them. The second core is there without anybody's doing.
static bool misreads_options(const struct chip *chip, const char *name)
{
    static const char *const names[OPTION_SECOND_CORE] = {
        [OPTION_RDP_LEVEL_2] = "BOOTLEAP_RDP_LEVEL_2",
        [OPTION_RDP_LEVEL_1] = "BOOTLEAP_RDP_LEVEL_1",
        [OPTION_BOOT_LOCK] = "BOOTLEAP_BOOT_LOCK",
        [OPTION_TRUSTZONE] = "BOOTLEAP_TRUSTZONE",
        [OPTION_PRODUCT_STATE] = "BOOTLEAP_PRODUCT_STATE",
        [OPTION_DUAL_BANK] = "BOOTLEAP_DUAL_BANK",
        [OPTION_RAM_ERASED] = "BOOTLEAP_RAM_ERASED",
        [OPTION_HARDWARE_WWDG] = "BOOTLEAP_HARDWARE_WWDG",
        [OPTION_WATCHDOG_NOT_FED] = "BOOTLEAP_WATCHDOG_NOT_FED",
    };

    for (unsigned i = 0; i < OPTION_SECOND_CORE; i++) {
        if (strcmp(names[i], name) == 0) {
            return !option_bits_refuse(chip, (enum option_refusal)i);
        }
    }
    return false;
}

static void say_refused(const struct advice_run *run, struct not_entered *why)
{
    bool made = run->watcher->entered;
    int refusal = made ? run->watcher->refusal : run->watcher->own.refusal;
    const char *entry = entry_name(run), *name = refusal_name(entry, refusal);
    char caller[IMAGE_NAME_ROOM + 16];

    name_caller(run, caller);
    if (name) {
        say(why, "refused", "%s()%s returned %d, %s", entry, caller, refusal, name);
        bool other = misreads_options(run->watcher->chip, name);
        advise(why, "%d is %s: %s%s%s", refusal, name, refusal_advice(refusal),
               other ? ". If nobody set these option bytes, the ELF may not be built for " : "",
               other ? run->watcher->chip->device->name : "");
    } else {
        say(why, "refused", "%s()%s returned %d", entry, caller, refusal);
        advise(why,
               "%s() returned %d, and the ROM was not entered: bootleap.h has no name for this "
               "number, so look into that function",
               entry, refusal);
    }
}

// "bootleap_enter() reset the chip", or what is known where nobody saw the call.
static void name_reset(const struct advice_run *run, char text[IMAGE_NAME_ROOM + 32])
{
    if (run->watcher->entered || run->watcher->own.called) {
        snprintf(text, IMAGE_NAME_ROOM + 32, "%s() reset the chip", entry_name(run));
    } else {
        snprintf(text, IMAGE_NAME_ROOM + 32, "the firmware reset the chip");
    }
}

// The request is in the mark, and the function that should take it was not called.
static void say_no_hook(const struct advice_run *run, struct not_entered *why)
{
    static const char wrap[] = "__wrap_SystemInit";
    bool missing = !run->image || !image_symbol(run->image, run->on_reset);
    bool wraps = !missing && image_symbol(run->image, wrap);
    char reset[IMAGE_NAME_ROOM + 32];

    name_reset(run, reset);
    say(why, "no hook", "%s with a request in the mark, and nothing took it from there: %s() %s",
        reset, run->on_reset, missing ? "is not in the ELF" : "is in the ELF and was not called");
    if (wraps) {
        advise(why,
               "the hook %s() is linked, and nobody calls it: give the linker "
               "--wrap=SystemInit, with gcc -Wl,--wrap=SystemInit; SystemInit() must be in "
               "another C file than the code that calls it",
               wrap);
    } else {
        advise(why,
               "call %s() first in the reset handler, or link a hook that does "
               "(bootleap_hook.h). `arm-none-eabi-nm your.elf | grep %s` shows whether it is in "
               "the ELF",
               run->on_reset, run->on_reset);
    }
}

static void say_mark_lost(const struct advice_run *run, struct not_entered *why)
{
    unsigned mark = (unsigned)run->watcher->chip->device->mark;
    char reset[IMAGE_NAME_ROOM + 32];

    name_reset(run, reset);
    if (run->watcher->own.request == REQUEST_LOST) {
        say(why, "mark lost", "%s, and %s() found no mark: something wrote to 0x%08X before it",
            reset, run->on_reset, mark);
        advise(why,
               "nothing that runs before %s() may write to the mark (0x%08X): call it earlier, "
               "or move what is there",
               run->on_reset, mark);
    } else {
        say(why, "mark lost", "%s, and left no mark at 0x%08X", reset, mark);
        advise(why, "--mark with the address of the mark, if the firmware has it elsewhere "
                    "(BOOTLEAP_MARK)");
    }
}

static void say_lost_request(const struct advice_run *run, struct not_entered *why)
{
    enum request request = run->watcher->own.request;

    if (request == REQUEST_OPEN) {
        say_no_hook(run, why);
    } else if (request == REQUEST_TAKEN) {
        say(why, "not handed over",
            "%s() found the request in the mark and returned without handing over", run->on_reset);
        advise(why, "check that %s() is the library's, and not another function of that name",
               run->on_reset);
    } else {
        say_mark_lost(run, why);
    }
}

static void say_not_back(const struct advice_run *run, struct not_entered *why)
{
    say(why, "not back", "%s() was called, and neither reset the chip nor returned",
        entry_name(run));
    advise(why, "--trace FILE shows each step of it, --gdb 3333 lets GDB look");
}

static void say_not_reached(const struct advice_run *run, struct not_entered *why)
{
    unsigned long long after = (unsigned long long)run->watcher->chip->core.instructions;

    if (run->enter_at) {
        say(why, "not reached", "the application did not get to %s in %llu instructions",
            run->enter_at, after);
        advise(why, "a function that runs earlier, --enter-after 1000, or a higher --limit");
    } else {
        say(why, "not reached", "the run ended after %llu instructions, before --enter-after",
            after);
        advise(why, "a lower --enter-after, or a higher --limit");
    }
}

// What calls the entry function without anybody's doing, where the ELF has one.
static const char *or_enter(const struct advice_run *run)
{
    return run->image && image_symbol(run->image, run->entry) ? ", or --enter-at main" : "";
}

static void say_not_acted(const struct advice_run *run, struct not_entered *why)
{
    if (!run->acted) {
        say(why, "not typed", "the application never waited for what is typed or pressed");
        advise(why, "a higher --limit%s", or_enter(run));
    } else if (run->typed && !run->typed_was_read) {
        say(why, "not read", "\"%s\" was typed on every USART, and the application read none of it",
            run->typed);
        advise(why, "is the USART modelled that it reads? --json lists those that are%s",
               or_enter(run));
    } else if (run->typed) {
        say(why, "wrong key", "the application read what was typed (\"%s\") and went on",
            run->typed);
        advise(why, "--send with the text that the firmware waits for%s", or_enter(run));
    } else if (run->no_edge) {
        say(why, "wrong pin",
            "the button was pressed to the level that its pin had already, which "
            "is no edge");
        advise(why, "--tie with this pin and the level that the board's resistor gives it, or "
                    "--press with the other level");
    } else {
        say(why, "wrong pin", "the application did not act upon the button that was pressed");
        advise(why, "--press with the pin and level that the firmware waits for%s", or_enter(run));
    }
}

static void say_never_called(const struct advice_run *run, struct not_entered *why)
{
    if (run->watcher->own.count) {
        say(why, "never called", "%s() is in the ELF and was never called",
            run->watcher->own.functions[0]->name);
        advise(why, "--enter-at main or --enter-after 1000, which call it; or the trigger that "
                    "the application waits for: --send TEXT, --press PIN=LEVEL");
    } else {
        say(why, "no entry", "nothing went to the ROM, and the ELF has no %s()", run->entry);
        advise(why, "--entry with the name of the function that enters the ROM; or the trigger "
                    "that the application waits for: --send TEXT, --press PIN=LEVEL");
    }
}

// Whether a pin, an empty flash or option bytes have started the ROM: "by BOOT0"; NULL if not.
static const char *started_rom(const struct advice_run *run)
{
    static const char rom[] = "ROM, ", bank[] = "to choose a bank";
    const json_t *start;
    size_t i;

    json_array_foreach (run->journal->starts, i, start) {
        const char *who = json_string_value(json_object_get(start, "starts"));
        if (strncmp(who, rom, strlen(rom)) == 0 && strcmp(who + strlen(rom), bank) != 0) {
            return who + strlen(rom);
        }
    }
    return NULL;
}

static void say_called(const struct advice_run *run, struct not_entered *why)
{
    const struct own_entry *own = &run->watcher->own;
    bool made = run->watcher->entered;

    if (made ? run->watcher->refused : own->refused) {
        say_refused(run, why);
    } else if (made ? run->resets > 0 : own->reset) {
        say_lost_request(run, why);
    } else {
        say_not_back(run, why);
    }
}

static void say_not_called(const struct advice_run *run, struct not_entered *why)
{
    // By a function that nobody has named.
    if (run->watcher->own.request != REQUEST_NONE || run->reset_itself) {
        say_lost_request(run, why);
    } else if (run->enter_at || run->enter_after) {
        say_not_reached(run, why);
    } else if (run->typed || run->presses) {
        say_not_acted(run, why);
    } else {
        say_never_called(run, why);
    }
}

static void say_why(const struct advice_run *run, struct not_entered *why)
{
    const char *rom = started_rom(run);
    bool called = run->watcher->entered || run->watcher->own.called;
    bool asked = called || run->enter_at || run->enter_after || run->typed || run->presses;

    if (run->got_nowhere) {
        say(why, run->end, "the run ended before anything entered the ROM (%s)", run->end);
    } else if (rom && (!asked || strcmp(rom, "by option bytes") == 0)) {
        say(why, "ROM started", "a reset started the ROM (%s), so there was no handoff", rom);
    } else if (called) {
        say_called(run, why);
    } else {
        say_not_called(run, why);
    }
}

void not_entered_why(const struct advice_run *run, struct not_entered *why)
{
    *why = (struct not_entered){.kind = NULL};
    if (json_array_size(run->journal->handoffs) == 0) {
        say_why(run, why);
    }
}
