// scenario.c: reads the command line of `bootleap-sim run`.
// SPDX-License-Identifier: MIT
#include "scenario.h"

#include "expected.h"
#include "words.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_DEVICE = 256,
    OPTION_ENTER_AT,
    OPTION_ENTRY,
    OPTION_ON_RESET,
    OPTION_HOST,
    OPTION_BOOT0,
    OPTION_NO_CRYSTAL,
    OPTION_NO_TRACE,
    OPTION_HARDWARE_WATCHDOG,
    OPTION_PRESS,
    OPTION_SEND,
    OPTION_USART,
    OPTION_LIMIT,
    OPTION_SEED,
    OPTION_EVENTS,
    OPTION_FLASH,
    OPTION_JSON,
    OPTION_STATE,
    OPTION_STACK_OVER_MARK,
    OPTION_OPTION,
    OPTION_FOREIGN_JUMP,
    OPTION_EMPTY,
    OPTION_BFB2,
    OPTION_CRYSTAL_AFTER,
    OPTION_ROM_INTERRUPT,
    OPTION_UNTIL,
    OPTION_NOISE_MARK,
    OPTION_PARITY,
    OPTION_POWER_CYCLES,
    OPTION_ENTER_AFTER,
    OPTION_TRACE,
    OPTION_GDB,
    DEFAULT_LIMIT = 200000,
};

static const struct option options[] = {
    {"device", required_argument, NULL, OPTION_DEVICE},
    {"enter-at", required_argument, NULL, OPTION_ENTER_AT},
    {"entry", required_argument, NULL, OPTION_ENTRY},
    {"on-reset", required_argument, NULL, OPTION_ON_RESET},
    {"host", required_argument, NULL, OPTION_HOST},
    {"boot0", no_argument, NULL, OPTION_BOOT0},
    {"no-crystal", no_argument, NULL, OPTION_NO_CRYSTAL},
    {"no-trace", no_argument, NULL, OPTION_NO_TRACE},
    {"hardware-watchdog", no_argument, NULL, OPTION_HARDWARE_WATCHDOG},
    {"send", required_argument, NULL, OPTION_SEND},
    {"press", required_argument, NULL, OPTION_PRESS},
    {"usart", required_argument, NULL, OPTION_USART},
    {"limit", required_argument, NULL, OPTION_LIMIT},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"events", required_argument, NULL, OPTION_EVENTS},
    {"flash", required_argument, NULL, OPTION_FLASH},
    {"json", no_argument, NULL, OPTION_JSON},
    {"state", required_argument, NULL, OPTION_STATE},
    {"stack-over-mark", required_argument, NULL, OPTION_STACK_OVER_MARK},
    {"option", required_argument, NULL, OPTION_OPTION},
    {"foreign-jump", no_argument, NULL, OPTION_FOREIGN_JUMP},
    {"empty", no_argument, NULL, OPTION_EMPTY},
    {"bfb2", no_argument, NULL, OPTION_BFB2},
    {"crystal-after", required_argument, NULL, OPTION_CRYSTAL_AFTER},
    {"rom-interrupt", required_argument, NULL, OPTION_ROM_INTERRUPT},
    {"until", required_argument, NULL, OPTION_UNTIL},
    {"noise-mark", required_argument, NULL, OPTION_NOISE_MARK},
    {"parity", no_argument, NULL, OPTION_PARITY},
    {"power-cycles", required_argument, NULL, OPTION_POWER_CYCLES},
    {"enter-after", required_argument, NULL, OPTION_ENTER_AFTER},
    {"trace", required_argument, NULL, OPTION_TRACE},
    {"gdb", required_argument, NULL, OPTION_GDB},
    {NULL, 0, NULL, 0},
};

static int set_device(struct scenario *scenario, const char *name, struct problem *problem)
{
    scenario->device = device_find(name);
    if (!scenario->device) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists them",
                           "no device is called %s: the nearest is %s", name,
                           device_nearest(name)->slug);
    }
    const char *why_not = expected_why_not(scenario->device);
    if (why_not) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists those that can",
                           "%s cannot be run: %s", scenario->device->slug, why_not);
    }
    return 0;
}

static int set_host(struct scenario *scenario, const char *name, struct problem *problem)
{
    static const char *const names[] = {[ROM_HOST_TERMINAL] = "terminal",
                                        [ROM_HOST_GO] = "go",
                                        [ROM_HOST_PIN] = "pin",
                                        [ROM_HOST_RESET] = "reset",
                                        [ROM_HOST_POWER] = "power",
                                        [ROM_HOST_BROWN_OUT] = "brown-out",
                                        [ROM_HOST_WATCHDOG] = "watchdog",
                                        [ROM_HOST_OPTION] = "option",
                                        [ROM_HOST_END] = "end"};

    for (int i = ROM_HOST_TERMINAL; i <= ROM_HOST_END; i++) {
        if (strcmp(names[i], name) == 0) {
            scenario->host = (enum rom_host)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-sim run --help` names them",
                       "no host is called %s", name);
}

static int set_state(struct scenario *scenario, const char *name, struct problem *problem)
{
    for (int i = 0; i < STATES; i++) {
        if (strcmp(state_name((enum application_state)i), name) == 0) {
            scenario->state = (enum application_state)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-sim run --help` names them",
                       "no state is called %s", name);
}

static int set_chip_option(struct scenario *scenario, const char *name, struct problem *problem)
{
    for (int i = 0; words_option_refusal((enum option_refusal)i); i++) {
        if (strcmp(words_option_refusal((enum option_refusal)i), name) == 0) {
            scenario->option = (enum option_refusal)i;
            scenario->has_option = true;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-sim run --help` names them",
                       "no option is called %s", name);
}

static int set_stack(struct scenario *scenario, const char *text, struct problem *problem)
{
    char *end;
    long offset = strtol(text, &end, 0);

    if (!*text || *end || offset % 4 || offset < -0x1000 || offset > 0x1000) {
        return problem_set(problem, EXIT_USAGE, "a multiple of 4 from -4096 to 4096",
                           "%s is no distance of the stack from the mark", text);
    }
    scenario->on_stack = true;
    scenario->stack_over_mark = (int)offset;
    return 0;
}

static int set_noise_mark(struct scenario *scenario, const char *text, struct problem *problem)
{
    char *end;
    long stage = strtol(text, &end, 0);

    if (!*text || *end || stage < -1 || stage > 18) {
        return problem_set(problem, EXIT_USAGE, "-1 to 18", "%s is no stage of a mark", text);
    }
    scenario->has_noise_mark = true;
    scenario->noise_mark = (int)stage;
    return 0;
}

static int set_number(uint64_t *number, const char *text, struct problem *problem)
{
    char *end;

    *number = strtoull(text, &end, 0);
    if (!*text || *end || *text == '-') {
        return problem_set(problem, EXIT_USAGE, NULL, "%s is not a number", text);
    }
    return 0;
}

static int set_port(struct scenario *scenario, const char *text, struct problem *problem)
{
    uint64_t port = 0;
    int error = set_number(&port, text, problem);

    if (!error && port > 65535) {
        return problem_set(problem, EXIT_USAGE, "--gdb 3333, or --gdb 0 for a free one",
                           "%s is no port", text);
    }
    scenario->has_gdb = true;
    scenario->gdb_port = (unsigned)port;
    return error;
}

// Cuts "NAME=VALUE" in two.
static int set_link(struct scenario *scenario, char *text, struct problem *problem)
{
    char *equals = strchr(text, '=');

    if (!equals || scenario->link_count == SCENARIO_LINKS) {
        return problem_set(problem, EXIT_USAGE, "--usart USART3=/tmp/board, at most four times",
                           "--usart %s cannot be used", text);
    }
    *equals = '\0';
    scenario->links[scenario->link_count++] = (struct scenario_link){text, equals + 1};
    return 0;
}

// Options that only keep their argument.
static bool set_text(struct scenario *scenario, int option, const char *argument)
{
    const struct {
        int option;
        const char **text;
    } texts[] = {
        {OPTION_ENTER_AT, &scenario->enter_at}, {OPTION_ENTRY, &scenario->entry},
        {OPTION_ON_RESET, &scenario->on_reset}, {OPTION_SEND, &scenario->send},
        {OPTION_PRESS, &scenario->press},       {OPTION_EVENTS, &scenario->events},
        {OPTION_FLASH, &scenario->flash},       {OPTION_UNTIL, &scenario->until},
        {OPTION_TRACE, &scenario->trace},
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].option == option) {
            *texts[i].text = argument;
            return true;
        }
    }
    return false;
}

// Options without an argument.
static void set_flag(struct scenario *scenario, int option)
{
    scenario->boot0 |= option == OPTION_BOOT0;
    if (option == OPTION_NO_CRYSTAL) {
        scenario->crystal_after = UINT_MAX;
    }
    scenario->no_trace |= option == OPTION_NO_TRACE;
    scenario->foreign_jump |= option == OPTION_FOREIGN_JUMP;
    scenario->empty |= option == OPTION_EMPTY;
    scenario->bfb2 |= option == OPTION_BFB2;
    scenario->parity |= option == OPTION_PARITY;
    scenario->hardware_iwdg |= option == OPTION_HARDWARE_WATCHDOG;
    scenario->json |= option == OPTION_JSON;
}

// Options that take a number of at most 32 bits.
static int set_small_number(struct scenario *scenario, int option, const char *argument,
                            struct problem *problem)
{
    uint64_t number = 0;
    int error = set_number(&number, argument, problem);
    unsigned *place = option == OPTION_CRYSTAL_AFTER   ? &scenario->crystal_after
                      : option == OPTION_ROM_INTERRUPT ? &scenario->rom_interrupt
                      : option == OPTION_POWER_CYCLES  ? &scenario->power_cycles
                                                       : &scenario->seed;

    if (!error && number > UINT_MAX) {
        return problem_set(problem, EXIT_USAGE, NULL, "%s is too large", argument);
    }
    *place = (unsigned)number;
    return error;
}

static int set_option(struct scenario *scenario, int option, char *argument,
                      struct problem *problem)
{
    switch (option) {
    case OPTION_DEVICE:
        return set_device(scenario, argument, problem);
    case OPTION_HOST:
        return set_host(scenario, argument, problem);
    case OPTION_NOISE_MARK:
        return set_noise_mark(scenario, argument, problem);
    case OPTION_USART:
        return set_link(scenario, argument, problem);
    case OPTION_LIMIT:
        return set_number(&scenario->limit, argument, problem);
    case OPTION_ENTER_AFTER:
        return set_number(&scenario->enter_after, argument, problem);
    case OPTION_GDB:
        return set_port(scenario, argument, problem);
    case OPTION_STATE:
        return set_state(scenario, argument, problem);
    case OPTION_STACK_OVER_MARK:
        return set_stack(scenario, argument, problem);
    case OPTION_OPTION:
        return set_chip_option(scenario, argument, problem);
    case OPTION_SEED:
    case OPTION_CRYSTAL_AFTER:
    case OPTION_ROM_INTERRUPT:
    case OPTION_POWER_CYCLES:
        return set_small_number(scenario, option, argument, problem);
    default:
        if (!set_text(scenario, option, argument)) {
            set_flag(scenario, option);
        }
        return 0;
    }
}

int scenario_parse(struct scenario *scenario, int argc, char **argv, struct problem *problem)
{
    int option, error;

    *scenario =
        (struct scenario){.seed = 1, .entry = "bootleap_enter", .on_reset = "bootleap_on_reset"};
    opterr = 0;
    optind = 1;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?') {
            return problem_set(problem, EXIT_USAGE, "bootleap-sim run --help",
                               "%s is not an option, or lacks its value", argv[optind - 1]);
        }
        error = set_option(scenario, option, optarg, problem);
        if (error) {
            return error;
        }
    }
    if (optind < argc) {
        scenario->elf = argv[optind++];
    }
    if (optind < argc || !scenario->device) {
        return problem_set(problem, EXIT_USAGE, "bootleap-sim run --help",
                           optind < argc ? "more than one ELF was given" : "no --device was given");
    }
    if (scenario->enter_at && scenario->enter_after) {
        return problem_set(problem, EXIT_USAGE, "one of them",
                           "--enter-at and --enter-after were both given");
    }
    if (scenario->limit == 0 && scenario->host != ROM_HOST_TERMINAL) {
        scenario->limit = DEFAULT_LIMIT + scenario->enter_after;
    }
    return 0;
}
