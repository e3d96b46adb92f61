// trial_report.c: writes the line that somebody can report.
// SPDX-License-Identifier: MIT
#include "trial_report.h"

#include "json_value.h"
#include "rom_version_text.h"
#include "system_name.h"
#include "text_draft.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const step_names[TRIAL_STEPS] = {"reset", "back", "jump", "jump-back"};

bool trial_report_is_good(const struct trial_report *report)
{
    for (unsigned i = 0; i < TRIAL_STEPS; i++) {
        if (strcmp(report->results[i], "ok") != 0 && strcmp(report->results[i], "none") != 0) {
            return false;
        }
    }
    return true;
}

bool trial_report_port_failed(const struct trial_report *report)
{
    bool found = false;

    for (unsigned i = 0; i < TRIAL_STEPS; i++) {
        found = found || strcmp(report->results[i], "failed:port") == 0;
    }
    return found;
}

static const char *kind_of(const struct trial_report *report)
{
    static const char *const words[] = {
        [CHIP_BOARD] = "board", [CHIP_VIRTUAL] = "virtual-chip", [CHIP_UNKNOWN] = "unknown"};

    return words[chip_line_kind(&report->chip)];
}

void trial_report_line(const struct trial_report *report, const char *version,
                       char line[TRIAL_LINE_BYTES])
{
    const struct text_draft draft = {line, TRIAL_LINE_BYTES};
    char system[SYSTEM_NAME_BYTES], rom[ROM_VERSION_TEXT_BYTES];

    line[0] = '\0';
    text_say(&draft, "bootleap-report 1 on=%s device=%s part=%s idcode=%08" PRIX32 " rom=%s",
             kind_of(report), report->device->slug, report->chip.part, report->chip.idcode,
             rom_version_text(report->rom_id, rom));
    text_say(&draft, " wire=usart usart=%s", report->chip.usart);
    for (unsigned i = 0; i < TRIAL_STEPS; i++) {
        text_say(&draft, " %s=%s", step_names[i], report->results[i]);
    }
    text_say(&draft, " host=%s firmware=%s version=%s", system_name(system), report->chip.version,
             version);
}

json_t *trial_report_json(const struct trial_report *report, const char *version)
{
    char line[TRIAL_LINE_BYTES], rom[ROM_VERSION_TEXT_BYTES];
    json_t *object = json_object(), *steps = json_object();

    trial_report_line(report, version, line);
    json_object_set_new(object, "report", json_value_string(line));
    json_object_set_new(object, "on", json_value_string(kind_of(report)));
    json_object_set_new(object, "device", json_value_string(report->device->slug));
    json_object_set_new(object, "part", json_value_string(report->chip.part));
    json_object_set_new(object, "usart", json_value_string(report->chip.usart));
    json_object_set_new(object, "idcode", json_value_hex(report->chip.idcode, 8));
    json_object_set_new(object, "rom_version",
                        report->rom_id ? json_value_string(rom_version_text(report->rom_id, rom))
                                       : json_null());
    for (unsigned i = 0; i < TRIAL_STEPS; i++) {
        json_object_set_new(steps, step_names[i], json_value_string(report->results[i]));
    }
    json_object_set_new(object, "steps", steps);
    json_object_set_new(object, "good", json_boolean(trial_report_is_good(report)));
    return object;
}
