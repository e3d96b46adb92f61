// behaviour.c: decides by the row what this version of a ROM does besides serving its host.
// SPDX-License-Identifier: MIT
#include "behaviour.h"

#include "journal.h"
#include "option_area.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

static const struct device *device_of(const struct rom *rom)
{
    return rom->chip->device;
}

enum confidence behaviour_confidence(const struct device *device, const char *group)
{
    for (const struct fact_source *source = device->sources; source->group; source++) {
        if (strcmp(source->group, group) == 0) {
            return source->confidence;
        }
    }
    return CONFIDENCE_INFERRED;
}

static bool counts(const struct rom *rom, uint32_t stack)
{
    for (const struct stack_window *window = device_of(rom)->bank_check.windows; window->name;
         window++) {
        if (stack >= window->first && stack <= window->last &&
            device_version_in(window->versions, rom->version)) {
            return true;
        }
    }
    return false;
}

uint32_t behaviour_valid_bank(const struct rom *rom)
{
    for (const uint32_t *bank = device_of(rom)->bank_check.banks; *bank; bank++) {
        if (counts(rom, memory_word(&rom->chip->memory, *bank))) {
            return *bank;
        }
    }
    return 0;
}

static bool looks_for_bank(const struct rom *rom)
{
    const struct bank_check *check = &device_of(rom)->bank_check;

    if (check->when == BANK_CHECK_NEVER || !device_version_in(check->versions, rom->version)) {
        return false;
    }
    if (check->when == BANK_CHECK_ALWAYS || rom->chip->bfb2 ||
        option_bits_refuse(rom->chip, OPTION_DUAL_BANK)) {
        return true;
    }
    return check->when == BANK_CHECK_UNKNOWN && rom->worst;
}

// BOOT0 is judged by what is seen at address 0, which is why the remap cures.
static bool is_cured(const struct rom *rom)
{
    enum whether cures = device_of(rom)->bank_check.remap_cures;

    return rom->chip->alias_is_rom &&
           (cures == WHETHER_YES || (cures == WHETHER_UNKNOWN && !rom->worst));
}

uint32_t behaviour_goes_back(const struct rom *rom, enum confidence *confidence)
{
    const struct bank_check *check = &device_of(rom)->bank_check;

    if (!looks_for_bank(rom) || is_cured(rom)) {
        return 0;
    }
    *confidence =
        check->confidence > check->window_confidence ? check->confidence : check->window_confidence;
    return behaviour_valid_bank(rom);
}

bool behaviour_swaps(const struct rom *rom, uint32_t bank)
{
    const struct bank_check *check = &device_of(rom)->bank_check;
    bool swaps = check->swaps == WHETHER_YES || (check->swaps == WHETHER_UNKNOWN && !rom->worst);

    if (bank == device_of(rom)->flash.start) {
        return false;
    }
    behaviour_note(rom, check->swap_confidence,
                   swaps ? "it swaps the banks: the second one is seen at the start of flash"
                         : "it starts the second bank where it is: the banks are not swapped");
    return swaps;
}

bool behaviour_feeds(const struct rom *rom)
{
    enum whether feeds = device_of(rom)->feeds_iwdg;

    return feeds == WHETHER_YES || (feeds == WHETHER_UNKNOWN && !rom->worst);
}

bool behaviour_unmasks(const struct rom *rom)
{
    const uint16_t *versions = device_of(rom)->rom_unmasks;

    return *versions && device_version_in(versions, rom->version);
}

bool behaviour_clears_empty(const struct rom *rom)
{
    const struct device *device = device_of(rom);

    return device->rom_clears_empty && device_version_in(device->rom_clears_in, rom->version);
}

// Whether the stack of an application begins in the last bytes of a RAM, where this version does
// not promise to start it.
static bool stack_is_unsafe(const struct rom *rom, uint32_t stack)
{
    const struct device *device = device_of(rom);

    for (const struct stack_room *room = device->go.stack_room; room->bytes; room++) {
        for (const struct ram *ram = device->rams; ram->region.size; ram++) {
            uint32_t end = ram->region.start + ram->region.size;
            if (stack <= end && stack >= end - room->bytes &&
                device_version_in(room->versions, rom->version)) {
                return true;
            }
        }
    }
    return false;
}

// Whether the application is started. `fails` is why not, if this version does not do it.
static bool starts(const struct rom *rom, uint32_t table, const char *fails, const char **why)
{
    bool unsafe = stack_is_unsafe(rom, memory_word(&rom->chip->memory, table));

    *why = fails;
    if (unsafe) {
        behaviour_note(rom, behaviour_confidence(device_of(rom), "go"),
                       "it may not start an application whose stack begins at the end of a RAM");
    }
    if (!fails && unsafe && rom->worst) {
        *why = "Go fails: the application's stack begins at the end of a RAM";
    }
    if (*why) {
        behaviour_note(rom, unsafe ? CONFIDENCE_INFERRED : CONFIDENCE_DOCUMENTED, *why);
    }
    return !*why;
}

static bool is_one_of(const uint16_t *versions, uint16_t version)
{
    return *versions && device_version_in(versions, version);
}

bool behaviour_goes(const struct rom *rom, uint32_t table, const char **why)
{
    const char *fails = NULL;

    if (behaviour_protection(rom)) {
        fails = "the ROM refuses Go: readout protection";
    } else if (is_one_of(device_of(rom)->go.fails, rom->version)) {
        fails = "Go does not work in this version of the ROM";
    }
    return starts(rom, table, fails, why);
}

bool behaviour_leaves(const struct rom *rom, uint32_t table, const char **why)
{
    bool fails = is_one_of(device_of(rom)->dfu.leave_fails, rom->version);

    return starts(rom, table, fails ? "leave does not work in this version of the ROM" : NULL, why);
}

bool behaviour_leaves_first(const struct rom *rom)
{
    enum whether first = device_of(rom)->dfu.leaves_first;
    bool leaves = first == WHETHER_YES || (first == WHETHER_UNKNOWN && rom->worst);

    if (first == WHETHER_UNKNOWN) {
        behaviour_note(rom, CONFIDENCE_INFERRED,
                       leaves ? "it leaves DFU before it has given its last status"
                              : "it gives its last status and leaves DFU then");
    }
    return leaves;
}

bool behaviour_boot0(const struct rom *rom)
{
    const struct chip *chip = rom->chip;
    bool stays = device_of(rom)->boot0_allows && chip_boot0_is_high(chip);

    if (stays) {
        behaviour_note(rom, chip->boot0_raised ? CONFIDENCE_DOCUMENTED : CONFIDENCE_INFERRED,
                       chip->boot0_raised
                           ? "it stays although flash is not empty: the BOOT0 pin is high"
                           : "it takes the level that the port gives to its BOOT0 pin");
    }
    return stays;
}

bool behaviour_keeps_stack(const struct rom *rom)
{
    const uint16_t *versions = device_of(rom)->go.keeps_stack;

    return *versions && device_version_in(versions, rom->version);
}

static const struct rom_quirk *find_quirk(const struct rom *rom, enum quirk quirk)
{
    for (const struct rom_quirk *row = device_of(rom)->quirks; row->quirk; row++) {
        if (row->quirk == quirk && device_version_in(row->versions, rom->version)) {
            return row;
        }
    }
    return NULL;
}

const struct rom_quirk *behaviour_quirk(const struct rom *rom, enum quirk quirk)
{
    static const char *const texts[] = {
        [QUIRK_DOUBLE_ACK] = "it answers the first byte with two ACKs",
        [QUIRK_DOUBLE_NACK_PROTECTED] = "under readout protection it refuses with two NACKs",
        [QUIRK_GO_WITHOUT_FIRST_ACK] = "the first ACK of Go does not come",
        [QUIRK_NO_NACK_FOR_ADDRESS] = "an address that it does not support gets no NACK",
        [QUIRK_GET_VERSION_0X20] = "Get Version answers 0x20",
        [QUIRK_ERASE_PAGES_MOST] = "it refuses an erase of so many pages",
        [QUIRK_ERASE_FIRST_PAGE_ONLY] = "of an erase of several pages it carries out the first",
        [QUIRK_ERASE_SECOND_BANK_ONCE] =
            "an erase of several pages of the second bank ends with the first",
        [QUIRK_ERASE_NOT_AWAITED] = "it answers an erase before its end",
        [QUIRK_MASS_ERASE_MISSING] = "it refuses a mass erase",
        [QUIRK_BANK_ERASE_REFUSED] = "it refuses the erase of a bank",
        [QUIRK_READ_LOSES_UNIT] = "the first unit of a write that follows a read is not programmed",
        [QUIRK_RAM_WRITES_CORRUPTED] = "what is written to RAM is corrupted",
        [QUIRK_DFU_STARTS_IN_ERROR] = "DFU starts in dfuERROR",
        [QUIRK_DFU_EARLY_POLL_STALLS] = "it refuses GETSTATUS before the time that it gave",
        [QUIRK_DFU_CLRSTATUS_STALLS] = "it refuses CLRSTATUS outside dfuERROR",
        [QUIRK_DFU_SECOND_BANK_SHIFTED] = "over USB it erases another sector of bank 2",
        [QUIRK_DFU_SECOND_BANK_NOT_ERASED] = "over USB it does not erase bank 2",
        [QUIRK_DFU_SECOND_BANK_STAYS_BUSY] =
            "it stays in dfuDNBUSY after an erase of bank 2 until CLRSTATUS comes twice",
        [QUIRK_DFU_MASS_ERASE_MISSING] = "a mass erase over USB does not work",
        [QUIRK_DFU_MASS_ERASE_LONGER] = "a mass erase over USB lasts longer than it says",
        [QUIRK_DFU_ODD_BLOCK_CORRUPTED] = "a block over USB that is no multiple of 8 is corrupted",
        [QUIRK_DFU_MEMORIES_ERASABLE] = "it says of memories that they can be erased, and is wrong",
        [QUIRK_DFU_WRONG_SECTORS] = "the string of its flash has a wrong size",
        [QUIRK_DFU_RESETS_BACKUP] = "it resets the backup domain when its host is on USB",
        [QUIRK_DFU_OLD_RELEASE] = "bcdDevice is another one than that of later versions",
    };
    const struct rom_quirk *row = find_quirk(rom, quirk);

    if (row) {
        behaviour_note(rom, row->confidence, texts[quirk]);
    }
    return row;
}

bool behaviour_erases(const struct rom *rom, unsigned pages)
{
    const struct rom_quirk *most = find_quirk(rom, QUIRK_ERASE_PAGES_MOST);

    return most == NULL || pages <= most->number || !behaviour_quirk(rom, QUIRK_ERASE_PAGES_MOST);
}

uint32_t behaviour_startup(const struct rom *rom)
{
    uint32_t us = 0;

    // Where the time depends on a crystal, say, unknown is the worst way: the longest time.
    for (const struct startup *start = device_of(rom)->startup; start->versions; start++) {
        bool other = rom->worst ? start->us > us : us == 0 || start->us < us;
        if (other && device_version_in(start->versions, rom->version)) {
            us = start->us;
        }
    }
    return us;
}

int behaviour_protection(const struct rom *rom)
{
    int level = option_area_level(rom->chip);

    if (level == 2 || option_bits_refuse(rom->chip, OPTION_RDP_LEVEL_2)) {
        return 2;
    }
    return level || rom->protected || option_bits_refuse(rom->chip, OPTION_RDP_LEVEL_1) ? 1 : 0;
}

static void leave_bits(const struct rom *rom, const struct left_bits *left)
{
    uint32_t value = bus_peek(rom->chip, left->address);
    uint32_t lowest = left->mask & -left->mask;
    char what[96];

    value = left->any ? value ^ lowest : (value & ~left->mask) | left->value;
    bus_poke(rom->chip, left->address, value);
    snprintf(what, sizeof what, "after Go %s is not what a reset leaves", left->name);
    behaviour_note(rom, device_of(rom)->go.confidence, what);
}

void behaviour_leave(const struct rom *rom)
{
    for (const struct left_bits *left = device_of(rom)->go.leaves; left->name; left++) {
        if (device_version_in(left->versions, rom->version)) {
            leave_bits(rom, left);
        }
    }
}

void behaviour_note(const struct rom *rom, enum confidence confidence, const char *what)
{
    json_t *notes = rom->chip->journal->behaviour, *note;
    size_t i;

    json_array_foreach (notes, i, note) {
        if (strcmp(json_string_value(json_object_get(note, "what")), what) == 0) {
            return;
        }
    }
    json_array_append_new(
        notes, json_pack("{s:s, s:s}", "what", what, "confidence", words_confidence(confidence)));
}
