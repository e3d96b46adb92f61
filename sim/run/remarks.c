// remarks.c: says what is unusual about the ELF and how it was started.
// SPDX-License-Identifier: MIT
#include "remarks.h"

#include "image_symbols.h"
#include "named_parts.h"
#include "vectors.h"

static void append_unclocked_remap(const struct run *run, json_t *list)
{
    char place[IMAGE_NAME_ROOM];

    if (!run->chip.unclocked_remap_pc) {
        return;
    }
    image_place(&run->image, run->chip.unclocked_remap_pc, place);
    json_array_append_new(
        list, json_sprintf("%s writes MEM_MODE while SYSCFG has no clock, and here such a write "
                           "%s: reports from silicon differ (docs/limits.md), so set "
                           "SYSCFG's clock enable before",
                           place,
                           run->chip.takes_unclocked_remap
                               ? "takes effect, as --unclocked-remap says"
                               : "is lost (--unclocked-remap has it take effect)"));
}

json_t *remarks_pack(const struct run *run)
{
    const struct device *device = run->chip.device;
    json_t *list = json_array();
    const char *larger = image_names_extension(&run->image, device);
    char word[NAMED_PART_ROOM];
    const struct segment *first = run->image.segments;

    if (run->vectors && run->vectors != device->flash.start) {
        json_array_append_new(
            list,
            json_sprintf("the ELF starts at 0x%08X, as a loader would start it: a stand-in at "
                         "0x%08X sets %s; the loader itself is not run",
                         (unsigned)run->vectors, (unsigned)device->flash.start,
                         cpu_has_vtor(device->core) ? "VTOR, SP and PC" : "SP and PC"));
    }
    if (run->image.count && chip_flash_place(device, first->address) != first->address) {
        json_array_append_new(list,
                              json_sprintf("the ELF is linked to 0x%08X, where flash is seen too: "
                                           "loaded to 0x%08X",
                                           (unsigned)first->address,
                                           (unsigned)chip_flash_place(device, first->address)));
    }
    if (run->scenario->elf && named_parts_differ(run->scenario->elf, device, word)) {
        json_array_append_new(
            list, json_sprintf("the ELF names %s and no part of %s: is it for another chip? Its "
                               "registers would be at other places",
                               word, device->name));
    }
    if (larger) {
        json_array_append_new(list, json_sprintf("the ELF says that it is built for %s, and the "
                                                 "core of %s has less: an instruction that it "
                                                 "lacks ends the run",
                                                 larger, device->name));
    }
    append_unclocked_remap(run, list);
    return list;
}

void remarks_print(const json_t *summary, FILE *file)
{
    const json_t *item;
    size_t i;

    json_array_foreach (json_object_get(summary, "remarks"), i, item) {
        fprintf(file, "%s%s\n", i ? "            " : "remark      ", json_string_value(item));
    }
}
