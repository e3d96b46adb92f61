// command.c: checks a file and prints the report, or explains rules.
// SPDX-License-Identifier: MIT
#include "command.h"

#include "check.h"
#include "check_request.h"
#include "explain.h"
#include "json_report.h"
#include "program.h"
#include "rule_bootleap.h"

#include <stdio.h>
#include <string.h>

// Whether the image of --with agrees.
static int check_other(const struct check_request *request, struct check *check,
                       struct problem *problem)
{
    struct firmware other;
    size_t before = check->findings.count;
    int error = request->with ? firmware_open(&other, request->with, problem) : 0;

    if (error || !request->with) {
        return error;
    }
    error = rule_bootleap_agree(check->firmware, &other, &check->findings, problem);
    firmware_close(&other);
    for (size_t i = before; !error && i < check->findings.count; i++) {
        check->counts[check->findings.items[i].severity]++;
    }
    return error;
}

// The report of an open file goes into *json.
static int check_firmware(const struct check_request *request, const struct firmware *firmware,
                          json_t *json, struct problem *problem)
{
    struct check check;
    int error = check_run(&check, firmware, request->report.device, problem);

    if (error) {
        return error;
    }
    error = check_other(request, &check, problem);
    if (!error) {
        report_pack(&check, &request->report, json);
        error = report_exit_code(&check, &request->report);
    }
    check_close(&check);
    return error;
}

static int check_file(const struct check_request *request, json_t *json, struct problem *problem)
{
    struct firmware firmware;
    int error = firmware_open(&firmware, request->elf, problem);

    if (error) {
        return error;
    }
    error = check_firmware(request, &firmware, json, problem);
    firmware_close(&firmware);
    return error;
}

// Prints what was found; what went wrong is for the caller to print, too.
static void print(const struct check_request *request, json_t *json, int code,
                  const struct problem *problem)
{
    json_report_end(json, code, problem);
    if (request->json) {
        json_report_print(json);
        return;
    }
    if (!problem->what[0]) {
        report_print(json, &request->report, stdout);
    }
    json_decref(json);
}

int command_run(int argc, char **argv, struct problem *problem)
{
    struct check_request request;

    problem->what[0] = '\0';
    int code = check_request_parse(&request, argc, argv, problem);
    if (code == OPTION_HELP) {
        program_help(program_this(), stdout);
        return EXIT_DONE;
    }
    if (!code && request.explains) {
        explain_print(request.rule, stdout);
        return EXIT_DONE;
    }
    json_t *json = json_report_begin(NULL);
    if (!code) {
        code = check_file(&request, json, problem);
    }
    print(&request, json, code, problem);
    return code;
}
