// device_text.c: one entry after the other, from the name to the sources.
// SPDX-License-Identifier: MIT
#include "device_text.h"
#include "boot0.h"
#include "fact_group.h"
#include "field.h"
#include "rom_version_text.h"
#include "words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void add_range(struct field *field, const struct region *region)
{
    field_add(field, "0x%08" PRIX32 " to 0x%08" PRIX32, region->start,
              region->start + region->size - 1);
}

static void print_regions(const char *label, const struct region *regions)
{
    struct field field;

    for (; regions->size != 0; regions++) {
        field_begin(&field, label);
        add_range(&field, regions);
        field_add(&field, "(%s)", regions->name);
        field_end();
        label = "";
    }
}

static void print_text(const char *label, const char *text)
{
    if (text[0] != '\0') {
        field_line(label, "%s", text);
    }
}

static void print_address(const char *label, uint32_t address)
{
    if (address != 0) {
        field_line(label, "0x%08" PRIX32, address);
    }
}

static void print_words(const char *label, const char *const *words)
{
    struct field field;

    if (*words == NULL) {
        return;
    }
    field_begin(&field, label);
    for (; *words != NULL; words++) {
        field_add(&field, "%s%s", *words, words[1] == NULL ? "" : ",");
    }
    field_end();
}

// Adds "V9.0, V9.1" and `end`.
static void add_versions(struct field *field, const uint16_t *versions, const char *end)
{
    char version[ROM_VERSION_TEXT_BYTES];

    for (; *versions != 0; versions++) {
        field_add(field, "%s%s", rom_version_text(*versions, version),
                  versions[1] == 0 ? end : ",");
    }
}

static void print_identity(const struct device *device)
{
    field_line("device", "%s (%s)", device->name, device->slug);
    field_line("series", "%s", device->series);
    print_words("parts", device->parts);
    print_words("ordering codes", device->codes);
    print_text("", device->part_note);
    field_line("core", "%s", words_core(device->core));
    field_line("tested", "%s", device->tested[0] == '\0' ? "never on hardware" : device->tested);
    if (device->unlisted) {
        field_line("AN2606", "does not name this device");
    }
    field_list("not known", device->unknown);
}

static void print_crystal(const struct device *device)
{
    const char *open = device->crystal_frequencies[0] == '\0' ? "" : " (";

    if (device->crystal_for[0] == '\0') {
        field_line("crystal", "%s",
                   device->without_crystal == WITHOUT_CRYSTAL_NOTHING ? "not needed" : "not known");
        return;
    }
    field_line("crystal", "needed for %s%s%s%s; without it: %s", device->crystal_for, open,
               device->crystal_frequencies, open[0] == '\0' ? "" : ")",
               words_without_crystal(device->without_crystal));
}

// What of the option bytes has bootleap_probe() refuse.
static void print_options(const struct device *device)
{
    const char *label = "refused by";

    for (const struct option_check *check = device->options; check->name != NULL; check++) {
        field_line(label, "%s: %s, 0x%08" PRIX32 " of 0x%08" PRIX32 ", is %s0x%08" PRIX32 "%s",
                   words_option_refusal(check->refusal), check->name, check->mask, check->address,
                   check->unless ? "not " : "", check->value,
                   check->parts[0] == NULL ? "" : " (some parts)");
        label = "";
    }
}

// Whether the clock of a reset can be had without one.
static void print_direct(const struct device *device)
{
    const struct jump_step *step = device->jump.steps;
    unsigned steps = 0;

    for (; step->name != NULL; step++) {
        steps++;
    }
    if (steps != 0) {
        field_line("direct way", "%u steps back to a clock of %" PRIu32 " Hz", steps,
                   device->jump.hz);
    } else if (device->no_direct[0] != '\0') {
        field_line("direct way", "none");
        print_text("", device->no_direct);
    }
}

// What has every reset start the ROM, and what the flash again.
static void print_option_entry(const struct option_entry *entry)
{
    if (entry->name[0] == '\0') {
        return;
    }
    field_line("option bytes", "0x%08" PRIX32 " of %s at 0x%08" PRIX32, entry->mask, entry->name,
               entry->address);
    field_line("", "for the ROM at every reset: 0x%08" PRIX32 " (%s)", entry->value, entry->set);
    field_line("", "for flash again: 0x%08" PRIX32 " (%s)", entry->restore, entry->back);
}

static void print_entry(const struct device *device)
{
    putchar('\n');
    field_line("enter", "%s",
               fact_group_known(device, "entry") ? words_entry(device->entry) : "not known");
    print_text("", device->entry_how);
    boot0_print(device, device->boot0.pin);
    print_direct(device);
    if (fact_group_known(device, "boot")) {
        field_line("empty check", "%s", words_empty_check(device->empty_check));
        field_line("two banks", "%s", words_dual_bank(device->dual_bank));
        print_text("", device->boot_how);
    }
    print_crystal(device);
    if (device->mark != 0) {
        field_line("mark", "0x%08" PRIX32 "%s", device->mark,
                   device->mark_in_backup ? " (a backup register)" : "");
    }
    print_text(device->mark == 0 ? "no mark" : "", device->mark_why);
    if (device->remap_register != 0) {
        field_line("remap", "MEM_MODE = %" PRIu32 " in 0x%08" PRIX32, device->remap_system_memory,
                   device->remap_register);
    }
    print_options(device);
    print_option_entry(&device->option_entry);
    print_address("reset flags", device->flags_register);
    if (device->flags_clear_stays) {
        print_text("",
                   "RMVF clears the flags, and then no reset sets one until 0 is written to it.");
    }
    print_address("IWDG", device->iwdg);
}

static void print_rom(const struct device *device)
{
    struct field field;

    if (!fact_group_known(device, "rom")) {
        return;
    }
    putchar('\n');
    field_line("Get ID", "0x%03X", (unsigned)device->product);
    if (device->rom_ids[0] != 0) {
        field_begin(&field, "ROM versions");
        add_versions(&field, device->rom_ids, "");
        field_end();
    }
    print_address("version byte", device->rom_id_address);
    print_address("ROM vector", device->rom_vector);
    print_regions("system memory", device->system_memory);
    print_regions("RAM of the ROM", device->rom_ram);
    if (fact_group_known(device, "behaviour")) {
        field_line("trace", "%s", words_trace(device->trace));
    }
    if (device->self_reset) {
        field_line("resets itself", "when it needs a crystal and finds none");
    }
    if (device->rom_clears_empty) {
        field_line("clears EMPTY", "when it starts");
    }
    if (device->rom_commands[0] != 0xFF) {
        field_begin(&field, "USART commands");
        for (const uint8_t *command = device->rom_commands; *command != 0xFF; command++) {
            field_add(&field, "0x%02X%s", (unsigned)*command, command[1] == 0xFF ? "" : ",");
        }
        field_end();
    }
}

static void print_interface(const char *label, const struct rom_interface *interface)
{
    struct field field;

    field_begin(&field, label);
    field_add(&field, "%s", interface->name);
    if (interface->address != 0) {
        field_add(&field, "at 0x%02X", (unsigned)interface->address);
    }
    for (const struct rom_pin *pin = interface->pins; pin->signal != NULL; pin++) {
        field_add(&field, "%s %s", pin->signal, pin->pin);
    }
    if (interface->versions[0] != 0 || interface->packages[0] != '\0') {
        field_add(&field, "in");
        add_versions(&field, interface->versions, interface->packages[0] == '\0' ? "" : ",");
        field_add(&field, "%s", interface->packages);
    }
    field_end();
}

static void print_interfaces(const struct device *device)
{
    const char *label = "interfaces";

    if (!fact_group_known(device, "interfaces")) {
        return;
    }
    putchar('\n');
    for (const struct rom_interface *i = device->interfaces; i->name != NULL; i++) {
        print_interface(label, i);
        label = "";
    }
    field_list("", device->interface_notes);
    field_line("", "bootleap pins %s says what the ROM does with each pin", device->slug);
}

static void print_flash(const struct device *device)
{
    struct field field;

    if (device->flash.size == 0) {
        return;
    }
    field_begin(&field, "flash");
    add_range(&field, &device->flash);
    field_end();
    field_begin(&field, "pages");
    for (const struct page_run *run = device->pages; run->count != 0; run++) {
        bool whole = run->size % 1024 == 0;
        field_add(&field, "%u x %" PRIu32 "%s%s", run->count, whole ? run->size / 1024 : run->size,
                  whole ? " KB" : " bytes", run[1].count == 0 ? "" : ",");
    }
    field_end();
    field_line("programmed", "%u bytes at once; erased bytes are 0x%02X; a second write: %s",
               device->program_bytes, (unsigned)device->erased,
               words_second_write(device->second_write));
}

static void print_memory(const struct device *device)
{
    struct field field;
    const char *label = "RAM";

    if (device->flash.size != 0 || device->rams->region.size != 0) {
        putchar('\n');
    }
    print_flash(device);
    for (const struct ram *ram = device->rams; ram->region.size != 0; ram++) {
        field_begin(&field, label);
        add_range(&field, &ram->region);
        field_add(&field, "(%s)", ram->region.name);
        if (ram->ecc_bytes != 0) {
            field_add(&field, "with ECC over %u bytes", ram->ecc_bytes);
        }
        if (ram->erased_by[0] != '\0') {
            field_add(&field, "erased by each reset with %s", ram->erased_by);
        }
        field_end();
        label = "";
    }
}

static void print_defects(const struct device *device)
{
    struct field field;

    if (device->defects->affects != NULL) {
        putchar('\n');
    }
    for (const struct rom_defect *defect = device->defects; defect->affects != NULL; defect++) {
        field_begin(&field, "defect");
        field_add(&field, "%s in", defect->affects);
        add_versions(&field, defect->versions, ":");
        field_add(&field, "%s.", defect->what);
        field_end();
        if (defect->workaround[0] != '\0') {
            field_line("", "%s.", defect->workaround);
        }
        field_line("", "(%s)", defect->source);
    }
}

// RAMs often share a source: the same line is not written twice in a row.
static bool same_source(const struct fact_source *a, const struct fact_source *b)
{
    return strcmp(a->group, b->group) == 0 && strcmp(a->source, b->source) == 0;
}

void device_text_sources(const struct device *device, const char *group)
{
    for (const struct fact_source *source = device->sources; source->group != NULL; source++) {
        bool again = source > device->sources && same_source(source - 1, source);
        if (!again && (group == NULL || strcmp(source->group, group) == 0)) {
            field_line("source", "%s: %s (%s)", source->group, source->source,
                       words_confidence(source->confidence));
        }
    }
}

void device_text_print(const struct device *device)
{
    print_identity(device);
    print_entry(device);
    print_rom(device);
    print_interfaces(device);
    print_memory(device);
    print_defects(device);
    if (*device->differs != NULL) {
        putchar('\n');
        field_list("sources differ", device->differs);
    }
    putchar('\n');
    device_text_sources(device, NULL);
}
