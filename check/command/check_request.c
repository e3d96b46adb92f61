// check_request.c: the options of bootleap-check, and what they are parsed into.
// SPDX-License-Identifier: MIT
#include "check_request.h"

#include "device_name.h"
#include "explain.h"

#include <string.h>

#define PLACE(type, member) OPTION_PLACE(struct check_request, type, member)

static int set_device(void *to, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    struct check_request *request = to;

    (void)row;
    return device_name_find_option(text, "bootleap devices", &request->report.device, problem);
}

static const char *accepted(unsigned number)
{
    return number == 0 ? "no-entry" : NULL;
}

static int set_accepted(void *to, const struct option_row *row, const char *text,
                        struct problem *problem)
{
    struct check_request *request = to;
    unsigned number;
    int error = option_word(&number, row, text, problem);

    if (!error) {
        request->report.accepts_no_entry = true;
    }
    return error;
}

static const char *rule_word(unsigned number)
{
    return number < RULE_COUNT ? rule_name((enum rule_id)number) : NULL;
}

static int set_explained(void *to, const struct option_row *row, const char *text,
                         struct problem *problem)
{
    struct check_request *request = to;

    (void)row;
    request->explains = true;
    return text ? explain_find(text, &request->rule, problem) : 0;
}

static const struct option_row rows[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = set_device,
     .help = "the chip: a name of `bootleap devices`, its CMSIS macro, or the code on the part; "
             "without it: all that fit, and what differs between them is unknown",
     .value = OPTION_DEVICE},
    {.name = "with",
     .argument = "ELF",
     .parse = option_text,
     .help =
         "an image that runs before or after this one, such as an old version or a loader: whether "
         "both have the mark of bootleap at the same address (B1)",
     .value = OPTION_FILE,
     .place = PLACE(const char *, with)},
    {.name = "json",
     .parse = option_flag,
     .help = "print one JSON object (docs/check-json.md)",
     .place = PLACE(bool, json)},
    {.name = "explain",
     .argument = "[=RULE]",
     .parse = set_explained,
     .help = "explain a rule, instead of a check; without RULE: list them:",
     .words = rule_word},
    {.name = "strict",
     .parse = option_flag,
     .help = "exit code 7 also where something is unknown",
     .place = PLACE(bool, report.strict)},
    {.name = "accept",
     .argument = "WORD",
     .parse = set_accepted,
     .help = "exit code 0 also for an ELF in which nothing enters a ROM:",
     .words = accepted},
    {.name = "verbose",
     .letter = 'v',
     .parse = option_flag,
     .help = "say in full what is ok, or as it was found",
     .place = PLACE(bool, report.verbose)},
    {.name = "quiet",
     .parse = option_flag,
     .help = "print errors alone, and nothing where there are none; the exit code tells",
     .place = PLACE(bool, report.quiet)},
    {.name = NULL},
};

static const struct option_group groups[] = {{NULL, rows}};

const struct option_table check_request_options = {
    .program = "bootleap-check",
    .verb = "",
    .summary = "read an ELF and say whether it enters the system bootloader",
    .operands = "ELF",
    .values = {OPTION_FILE, OPTION_OTHER},
    .description =
        "bootleap-check reads the instructions of any STM32 firmware, and says whether it will "
        "enter the system bootloader (ST's ROM) and come back. It needs no source code, no board "
        "and no run, and the firmware need not use bootleap. For each branch into a ROM it says "
        "which instruction of which function is at fault, and what to write instead.\n"
        "\n"
        "What it cannot decide it calls unknown, never ok. The clock tree and the peripherals are "
        "not judged here: `bootleap-sim run` does that.\n",
    .groups = groups,
    .group_count = sizeof groups / sizeof *groups,
};

// Of a command line that need not make sense. Options may be cut short: --js.
static bool asks_for_json(int argc, char **argv)
{
    static const char name[] = "--json";
    bool asks = false;

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        size_t length = strlen(argv[i]);
        asks = asks || (length >= sizeof "--j" - 1 && strncmp(argv[i], name, length) == 0);
    }
    return asks;
}

// What is no option: one ELF, or the rule of "--explain E5".
static int take_operands(struct check_request *request, int count, char **operands,
                         struct problem *problem)
{
    if (request->explains && count == 0) {
        return 0;
    }
    if (request->explains && count == 1 && request->rule == RULE_COUNT) {
        return explain_find(operands[0], &request->rule, problem);
    }
    if (request->explains) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-check --explain` lists the rules",
                           "command line: --explain takes one rule, and no ELF");
    }
    if (count == 0) {
        return problem_set(problem, EXIT_USAGE, "bootleap-check build/firmware.elf",
                           "command line: no ELF is named");
    }
    if (count > 1) {
        return problem_set(problem, EXIT_USAGE, "a run for each file",
                           "command line: %d files are too many, one ELF is checked", count);
    }
    request->elf = operands[0];
    return 0;
}

int check_request_parse(struct check_request *request, int argc, char **argv,
                        struct problem *problem)
{
    int operands;
    bool json = asks_for_json(argc, argv);

    *request = (struct check_request){.rule = RULE_COUNT};
    int error = option_table_parse(&check_request_options, request, argc, argv, &operands, problem);
    if (!error) {
        return take_operands(request, argc - operands, argv + operands, problem);
    }
    request->json = json;
    return error;
}
