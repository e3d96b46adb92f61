// device_json.c: builds the JSON of one device.
// SPDX-License-Identifier: MIT
#include "device_json.h"
#include "boot0.h"
#include "fact_group.h"
#include "json_value.h"
#include "words.h"

#include <stdbool.h>
#include <string.h>

static json_t *address(uint32_t value)
{
    return json_value_hex(value, 8);
}

// For addresses of which 0 says that there is none.
static json_t *address_or_null(uint32_t value)
{
    return value == 0 ? json_null() : address(value);
}

json_t *device_json_sources(const struct device *device, const char *group)
{
    json_t *array = json_array();
    for (const struct fact_source *source = device->sources; source->group != NULL; source++) {
        if (group == NULL || strcmp(source->group, group) == 0) {
            json_array_append_new(
                array, json_pack("{s:s, s:s, s:s}", "group", source->group, "confidence",
                                 words_confidence(source->confidence), "source", source->source));
        }
    }
    return array;
}

static json_t *rom_ids(const uint16_t *versions)
{
    json_t *array = json_array();
    for (; *versions != 0; versions++) {
        json_array_append_new(array, json_value_hex(*versions, 2));
    }
    return array;
}

static json_t *system_memory(const struct device *device)
{
    const struct region *last = device->system_memory;
    if (last->size == 0) {
        return json_null();
    }
    while (last[1].size != 0) {
        last++;
    }
    return json_pack("{s:o, s:o}", "start", address(device->system_memory->start), "end",
                     address(last->start + last->size - 1));
}

static json_t *flash(const struct device *device)
{
    if (device->flash.size == 0) {
        return json_null();
    }
    return json_pack("{s:o, s:I}", "start", address(device->flash.start), "size",
                     (json_int_t)device->flash.size);
}

static json_t *ram(const struct device *device)
{
    json_t *array = json_array();
    for (const struct ram *one = device->rams; one->region.size != 0; one++) {
        json_array_append_new(
            array,
            json_pack("{s:s, s:o, s:I, s:i, s:o}", "name", one->region.name, "start",
                      address(one->region.start), "size", (json_int_t)one->region.size, "ecc_bytes",
                      (int)one->ecc_bytes, "erased_by", json_value_text(one->erased_by)));
    }
    return array;
}

static json_t *rom_ram(const struct device *device)
{
    json_t *array = json_array();
    for (const struct region *one = device->rom_ram; one->size != 0; one++) {
        json_array_append_new(array, json_pack("{s:s, s:o, s:I}", "name", one->name, "start",
                                               address(one->start), "size", (json_int_t)one->size));
    }
    return array;
}

static json_t *pins(const struct rom_interface *interface)
{
    json_t *array = json_array();
    for (const struct rom_pin *pin = interface->pins; pin->signal != NULL; pin++) {
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:s}", "signal", pin->signal, "pin",
                                               pin->pin, "mode", words_pin_mode(pin->mode), "pull",
                                               words_pin_pull(pin->pull)));
    }
    return array;
}

static json_t *interfaces(const struct device *device)
{
    json_t *array = json_array();
    for (const struct rom_interface *one = device->interfaces; one->name != NULL; one++) {
        const uint16_t *versions = one->versions[0] == 0 ? device->rom_ids : one->versions;
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "kind",
                             words_interface_kind(one->kind), "name", one->name, "i2c_address",
                             one->address == 0 ? json_null() : json_value_hex(one->address, 2),
                             "rom_ids", rom_ids(versions), "packages",
                             json_value_text(one->packages), "pins", pins(one)));
    }
    return array;
}

static json_t *remap(const struct device *device)
{
    if (device->remap_register == 0) {
        return json_null();
    }
    return json_pack("{s:o, s:o, s:o}", "register", address(device->remap_register), "mask",
                     address(device->remap_mask), "system_memory",
                     address(device->remap_system_memory));
}

static json_t *refused_by(const struct device *device)
{
    json_t *array = json_array();

    for (const struct option_check *one = device->options; one->name != NULL; one++) {
        json_array_append_new(array, json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "refuses",
                                               words_option_refusal(one->refusal), "name",
                                               one->name, "register", address(one->address), "mask",
                                               address(one->mask), one->unless ? "unless" : "value",
                                               address(one->value), "parts",
                                               json_value_texts(one->parts)));
    }
    return array;
}

static json_t *option_entry(const struct option_entry *entry)
{
    if (entry->name[0] == '\0') {
        return json_null();
    }
    return json_pack("{s:s, s:o, s:o, s:o, s:s, s:o, s:s}", "name", entry->name, "register",
                     address(entry->address), "mask", address(entry->mask), "value",
                     address(entry->value), "set", entry->set, "restore", address(entry->restore),
                     "back", entry->back);
}

static json_t *enter(const struct device *device)
{
    return fact_group_known(device, "entry") ? json_value_string(words_entry(device->entry))
                                             : json_null();
}

static json_t *boot_word(const struct device *device, const char *word)
{
    return fact_group_known(device, "boot") ? json_value_string(word) : json_null();
}

static json_t *self_reset(const struct device *device)
{
    return fact_group_known(device, "behaviour") ? json_boolean(device->self_reset) : json_null();
}

json_t *device_json(const struct device *device)
{
    json_t *object = json_object();
    const struct {
        const char *key;
        json_t *value;
    } members[] = {
        {"slug", json_value_string(device->slug)},
        {"series", json_value_string(device->series)},
        {"name", json_value_string(device->name)},
        {"parts", json_value_texts(device->parts)},
        {"core", json_value_string(words_core(device->core))},
        {"product", device->product == 0 ? json_null() : json_value_hex(device->product, 3)},
        {"rom_ids", rom_ids(device->rom_ids)},
        {"rom_vector", address_or_null(device->rom_vector)},
        {"system_memory", system_memory(device)},
        {"rom_id_address", address_or_null(device->rom_id_address)},
        {"flash", flash(device)},
        {"ram", ram(device)},
        {"rom_ram", rom_ram(device)},
        {"interfaces", interfaces(device)},
        {"enter", enter(device)},
        {"boot0", boot0_json(device, device->boot0.pin)},
        {"direct_hz", device->jump.hz == 0 ? json_null() : json_integer(device->jump.hz)},
        {"no_direct", json_value_text(device->no_direct)},
        {"remap", remap(device)},
        {"refused_by", refused_by(device)},
        {"option_entry", option_entry(&device->option_entry)},
        {"empty_check", boot_word(device, words_empty_check(device->empty_check))},
        {"dual_bank", boot_word(device, words_dual_bank(device->dual_bank))},
        {"self_reset", self_reset(device)},
        {"mark", address_or_null(device->mark)},
        {"sources", device_json_sources(device, NULL)},
        {"tested", json_value_text(device->tested)},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_object_set_new(object, members[i].key, members[i].value);
    }
    return object;
}
