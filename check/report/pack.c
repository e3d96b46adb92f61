// pack.c: makes JSON of a check: its entries with their findings, and what is to say of all.
// SPDX-License-Identifier: MIT
#include "report.h"

#include "bootleap_image.h"
#include "json_value.h"
#include "listing.h"
#include "nothing_found.h"
#include "places.h"

#include <stdio.h>
#include <stdlib.h>

int report_exit_code(const struct check *check, const struct report_request *request)
{
    bool failed = check->counts[SEVERITY_ERROR] > 0 ||
                  (request->strict && check->counts[SEVERITY_UNKNOWN] > 0) ||
                  (check->entry_count == 0 && !request->accepts_no_entry);

    return failed ? EXIT_FINDINGS : EXIT_DONE;
}

static void note_findings(struct places *places, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        places_note(places, findings->items[i].pc, findings->items[i].frames);
    }
}

static void find_places(struct places *places, const struct check *check)
{
    places_open(places, check->firmware);
    for (size_t i = 0; i < check->entry_count; i++) {
        places_note(places, check->entries[i].pc, check->entries[i].frames);
        note_findings(places, &check->entries[i].findings);
    }
    note_findings(places, &check->findings);
    places_read(places);
}

// Errors first; what is alike keeps its order.
static void sort(const struct findings *findings, const struct finding **sorted)
{
    size_t count = 0;

    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_OK; severity--) {
        for (size_t i = 0; i < findings->count; i++) {
            if ((int)findings->items[i].severity == severity) {
                sorted[count++] = &findings->items[i];
            }
        }
    }
}

static json_t *pack_finding(const struct finding *finding, const struct places *places)
{
    json_t *object = json_object();
    bool wrong = finding->severity == SEVERITY_ERROR || finding->severity == SEVERITY_WARNING;

    json_object_set_new(object, "rule", json_string(rule_name(finding->rule)));
    json_object_set_new(object, "about", json_string(finding->about));
    json_object_set_new(object, "point", json_string(finding->point));
    json_object_set_new(object, "verdict", json_string(verdict_name(finding->verdict)));
    json_object_set_new(object, "severity", json_string(severity_name(finding->severity)));
    json_object_set_new(object, "ground", json_string(finding->ground));
    json_object_set_new(object, "text", json_value_string(finding->text));
    json_object_set_new(object, "fix", json_value_string(finding->fix));
    json_object_set_new(object, "place", places_pack(places, finding->pc, finding->frames));
    json_object_set_new(object, "listing", listing_pack(places->firmware, wrong ? finding->pc : 0));
    return object;
}

static json_t *pack_findings(const struct findings *findings, const struct places *places)
{
    const struct finding **sorted = calloc(findings->count + 1, sizeof *sorted);
    json_t *list = json_array();

    if (sorted) {
        sort(findings, sorted);
    }
    for (size_t i = 0; sorted && i < findings->count; i++) {
        json_array_append_new(list, pack_finding(sorted[i], places));
    }
    free((void *)sorted);
    return list;
}

// null where it is not known.
static json_t *pack_address(uint32_t address)
{
    return address ? json_value_hex(address, 8) : json_null();
}

static json_t *pack_points(const enum point_state points[CHECK_POINTS])
{
    static const char *const words[] = {
        [POINT_UNKNOWN] = "unknown", [POINT_HOLDS] = "holds", [POINT_BREAKS] = "breaks"};
    json_t *object = json_object();
    char id[8];

    for (unsigned i = 0; i < CHECK_POINTS; i++) {
        snprintf(id, sizeof id, "H%u", i + 1);
        json_object_set_new(object, id, json_string(words[points[i]]));
    }
    return object;
}

static json_t *pack_entry(const struct checked_entry *entry, const struct places *places)
{
    json_t *object = json_object();
    char root[IMAGE_NAME_ROOM];

    places_add(places, entry->pc, entry->frames, object);
    firmware_name(places->firmware, entry->root, root);
    json_object_set_new(object, "origin",
                        json_string(entry->origin == ORIGIN_RESET ? "reset" : "application"));
    json_object_set_new(object, "root", json_value_string(root));
    json_object_set_new(object, "finished", json_boolean(entry->finished));
    json_object_set_new(object, "findings", pack_findings(&entry->findings, places));
    json_object_set_new(object, "points", pack_points(entry->points));
    return object;
}

static void add_devices(const struct check *check, const struct report_request *request,
                        json_t *report)
{
    json_t *list = json_array();

    for (size_t i = 0; i < check->row_count; i++) {
        json_array_append_new(list, json_string(check->rows[i]->slug));
    }
    json_object_set_new(report, "file", json_value_string(check->firmware->path));
    json_object_set_new(report, "device",
                        request->device ? json_string(request->device->slug) : json_null());
    json_object_set_new(report, "devices", list);
}

static json_t *pack_counts(const struct check *check)
{
    return json_pack("{s:i, s:i, s:i, s:i}", "error", (int)check->counts[SEVERITY_ERROR], "warning",
                     (int)check->counts[SEVERITY_WARNING], "note",
                     (int)check->counts[SEVERITY_NOTE], "unknown",
                     (int)check->counts[SEVERITY_UNKNOWN]);
}

// What this program does not look at, and what does.
static json_t *pack_not_judged(const struct check *check, const struct report_request *request)
{
    json_t *list = json_array();
    char text[400];

    snprintf(text, sizeof text,
             "the clock tree and the peripherals (H10 to H16): `bootleap-sim run %s --device %s` "
             "runs the firmware and judges them",
             check->firmware->path,
             request->device         ? request->device->slug
             : check->row_count == 1 ? check->rows[0]->slug
                                     : "NAME");
    json_array_append_new(list, json_value_string(text));
    return list;
}

// What the image has of bootleap; null: nothing.
static json_t *pack_bootleap(const struct firmware *firmware)
{
    const struct bootleap_image image = bootleap_image_find(firmware);
    json_t *object = image.found ? json_object() : json_null();

    if (image.found) {
        json_object_set_new(object, "mark", pack_address(image.mark));
        json_object_set_new(object, "rom", pack_address(image.rom));
        json_object_set_new(object, "bootleap_on_reset", pack_address(image.on_reset));
        json_object_set_new(object, "bootleap_enter", pack_address(image.enter));
    }
    return object;
}

void report_pack(const struct check *check, const struct report_request *request, json_t *report)
{
    struct places places;
    json_t *entries = json_array();

    find_places(&places, check);
    add_devices(check, request, report);
    json_object_set_new(report, "bootleap", pack_bootleap(check->firmware));
    json_object_set_new(report, "chip", json_value_string(check->chip));
    for (size_t i = 0; i < check->entry_count; i++) {
        json_array_append_new(entries, pack_entry(&check->entries[i], &places));
    }
    json_object_set_new(report, "entries", entries);
    json_object_set_new(report, "nothing_found", nothing_found_pack(check));
    json_object_set_new(report, "findings", pack_findings(&check->findings, &places));
    json_object_set_new(report, "counts", pack_counts(check));
    json_object_set_new(report, "not_judged", pack_not_judged(check, request));
    places_close(&places);
}
