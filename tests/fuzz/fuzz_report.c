// fuzz_report.c: checks bytes as bootleap-check does, and looks at the report.
// SPDX-License-Identifier: MIT
#include "fuzz_report.h"

#include "check.h"
#include "fuzz.h"
#include "report.h"
#include "source_lines.h"

#include <stdlib.h>
#include <string.h>

// So much that an input takes some milliseconds.
enum { STEPS = 100000, BYTES = 32 * 1024 * 1024 };

// Lines are read in a process of its own, which other tests are for.
bool source_lines_can_be_read(void)
{
    return false;
}

bool source_lines_read(struct source_lines *lines, const char *path, const uint32_t *addresses,
                       size_t count)
{
    (void)path;
    (void)addresses;
    (void)count;
    *lines = (struct source_lines){0};
    return false;
}

// Where the walk did not come to its end, nothing is ok.
static void check_findings(const struct findings *findings, bool finished)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!finding->text[0] || (!finished && finding->verdict == VERDICT_OK)) {
            fprintf(stderr, "%s %s: %s\n", rule_name(finding->rule), finding->about, finding->text);
            abort();
        }
    }
}

// Nothing that a file brings may get through to a terminal.
static void check_text(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if ((unsigned char)text[i] < ' ' && text[i] != '\n') {
            fprintf(stderr, "byte 0x%02X in the report\n", (unsigned char)text[i]);
            abort();
        }
    }
}

static void print(const struct check *check, const struct report_request *request)
{
    json_t *report = json_object();
    char *text = NULL, *json;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    report_pack(check, request, report);
    json = json_dumps(report, 0);
    if (!stream || !json) {
        abort(); // something in it is no JSON
    }
    report_print(report, request, stream);
    fclose(stream);
    check_text(text, size);
    free(text);
    free(json);
    json_decref(report);
}

static void look_at(const struct firmware *firmware, const struct device *device)
{
    const struct effort effort = {.steps = STEPS, .bytes = BYTES};
    const struct report_request request = {.device = device, .verbose = firmware->start_count % 2};
    struct problem problem = {0};
    struct check check;
    int error = check_run_within(&check, firmware, device, &effort, &problem);

    if (error) {
        fuzz_check_refusal(error, &problem);
        return;
    }
    for (size_t i = 0; i < check.entry_count; i++) {
        check_findings(&check.entries[i].findings, check.entries[i].finished);
    }
    check_findings(&check.findings, true);
    print(&check, &request);
    check_close(&check);
}

void fuzz_report(const uint8_t *bytes, size_t size, const struct device *device)
{
    struct firmware firmware;
    struct problem problem = {0};
    uint8_t *owned = malloc(size ? size : 1);

    if (!owned || size == 0) {
        free(owned);
        return; // a file is never empty here
    }
    memcpy(owned, bytes, size);
    int error = firmware_open_bytes(&firmware, "fuzz", owned, size, &problem);
    if (error) {
        fuzz_check_refusal(error, &problem);
        return;
    }
    look_at(&firmware, device);
    firmware_close(&firmware);
}
