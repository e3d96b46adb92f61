// scenario.c: reads the command line of `bootleap-sim run`.
// SPDX-License-Identifier: MIT
#include "scenario.h"

#include "arguments.h"
#include "scenario_set.h"

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
    OPTION_CRYSTAL_CHANCE,
    OPTION_ROM_VERSION,
    OPTION_WORST,
    OPTION_PLAIN_JUMP,
    OPTION_UNTIL,
    OPTION_RESET_AT,
    OPTION_RESET,
    OPTION_NOISE_MARK,
    OPTION_PARITY,
    OPTION_POWER_CYCLES,
    OPTION_ENTER_AFTER,
    OPTION_TRACE,
    OPTION_GDB,
    OPTION_WAY,
    OPTION_HOLD,
    OPTION_DEAD_OSCILLATOR,
    OPTION_REGISTER,
    OPTION_TIE,
    OPTION_NOISE_ON,
    OPTION_BOOT0_PIN,
    OPTION_SECOND_BANK,
    OPTION_GO_TO,
    OPTION_MARK,
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
    {"plain-jump", no_argument, NULL, OPTION_PLAIN_JUMP},
    {"empty", no_argument, NULL, OPTION_EMPTY},
    {"bfb2", no_argument, NULL, OPTION_BFB2},
    {"crystal-after", required_argument, NULL, OPTION_CRYSTAL_AFTER},
    {"crystal-chance", required_argument, NULL, OPTION_CRYSTAL_CHANCE},
    {"rom-version", required_argument, NULL, OPTION_ROM_VERSION},
    {"worst", no_argument, NULL, OPTION_WORST},
    {"rom-interrupt", required_argument, NULL, OPTION_ROM_INTERRUPT},
    {"until", required_argument, NULL, OPTION_UNTIL},
    {"noise-mark", required_argument, NULL, OPTION_NOISE_MARK},
    {"parity", no_argument, NULL, OPTION_PARITY},
    {"reset-at", required_argument, NULL, OPTION_RESET_AT},
    {"reset", required_argument, NULL, OPTION_RESET},
    {"power-cycles", required_argument, NULL, OPTION_POWER_CYCLES},
    {"enter-after", required_argument, NULL, OPTION_ENTER_AFTER},
    {"trace", required_argument, NULL, OPTION_TRACE},
    {"gdb", required_argument, NULL, OPTION_GDB},
    {"way", required_argument, NULL, OPTION_WAY},
    {"hold", required_argument, NULL, OPTION_HOLD},
    {"dead-oscillator", required_argument, NULL, OPTION_DEAD_OSCILLATOR},
    {"register", required_argument, NULL, OPTION_REGISTER},
    {"tie", required_argument, NULL, OPTION_TIE},
    {"noise-on", required_argument, NULL, OPTION_NOISE_ON},
    {"boot0-pin", required_argument, NULL, OPTION_BOOT0_PIN},
    {"second-bank", no_argument, NULL, OPTION_SECOND_BANK},
    {"go-to", required_argument, NULL, OPTION_GO_TO},
    {"mark", required_argument, NULL, OPTION_MARK},
    {NULL, 0, NULL, 0},
};

static int check_rom_version(const struct scenario *scenario, struct problem *problem)
{
    const uint16_t *id = scenario->device->rom_ids;

    while (*id && *id != scenario->rom_version) {
        id++;
    }
    if (scenario->rom_version && !*id) {
        return problem_set(problem, EXIT_USAGE, "`bootleap devices` and docs/devices.md list them",
                           "no ROM of %s is 0x%02X", scenario->device->slug,
                           (unsigned)scenario->rom_version);
    }
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
        {OPTION_TRACE, &scenario->trace},       {OPTION_HOLD, &scenario->hold},
        {OPTION_NOISE_ON, &scenario->noise_on}, {OPTION_BOOT0_PIN, &scenario->boot0_pin},
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].option == option) {
            *texts[i].text = argument;
            scenario->on_reset_asked |= option == OPTION_ON_RESET;
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
    scenario->plain_jump |= option == OPTION_PLAIN_JUMP;
    scenario->foreign_jump |= option == OPTION_FOREIGN_JUMP || option == OPTION_PLAIN_JUMP;
    scenario->empty |= option == OPTION_EMPTY;
    scenario->bfb2 |= option == OPTION_BFB2;
    scenario->worst |= option == OPTION_WORST;
    scenario->second_bank |= option == OPTION_SECOND_BANK;
    scenario->parity |= option == OPTION_PARITY;
    scenario->hardware_iwdg |= option == OPTION_HARDWARE_WATCHDOG;
    scenario->json |= option == OPTION_JSON;
}

// Options that take a number of at most 32 bits.
static int set_small_number(struct scenario *scenario, int option, const char *argument,
                            struct problem *problem)
{
    const struct {
        int option;
        const char *name;
        unsigned *place;
        unsigned most;
    } numbers[] = {
        {OPTION_CRYSTAL_AFTER, "--crystal-after", &scenario->crystal_after, UINT_MAX},
        {OPTION_ROM_INTERRUPT, "--rom-interrupt", &scenario->rom_interrupt, UINT_MAX},
        {OPTION_POWER_CYCLES, "--power-cycles", &scenario->power_cycles, UINT_MAX},
        {OPTION_RESET_AT, "--reset-at", &scenario->reset_at, UINT_MAX},
        {OPTION_CRYSTAL_CHANCE, "--crystal-chance", &scenario->crystal_chance, 100},
        {OPTION_SEED, "--seed", &scenario->seed, UINT_MAX},
        {OPTION_DEAD_OSCILLATOR, "--dead-oscillator", &scenario->dead_oscillator,
         RCC_READY_BITS + 1},
        {OPTION_GO_TO, "--go-to", &scenario->go_to, UINT_MAX},
    };
    uint64_t number = 0;
    size_t i = 0;

    while (numbers[i].option != option) {
        i++;
    }
    int error = arguments_number(&number, numbers[i].name, argument, 0, numbers[i].most, problem);
    if (!error) {
        *numbers[i].place = (unsigned)number;
    }
    scenario->has_crystal_chance |= option == OPTION_CRYSTAL_CHANCE;
    return error;
}

// Options that have a reader of their own.
static const struct {
    int option;
    int (*set)(struct scenario *scenario, const char *text, struct problem *problem);
} setters[] = {
    {OPTION_DEVICE, scenario_set_device},
    {OPTION_HOST, scenario_set_host},
    {OPTION_STATE, scenario_set_state},
    {OPTION_STACK_OVER_MARK, scenario_set_stack},
    {OPTION_OPTION, scenario_set_chip_option},
    {OPTION_RESET, scenario_set_reset},
    {OPTION_NOISE_MARK, scenario_set_noise_mark},
    {OPTION_ROM_VERSION, scenario_set_rom_version},
    {OPTION_GDB, scenario_set_port},
    {OPTION_WAY, scenario_set_way},
    {OPTION_REGISTER, scenario_set_poke},
    {OPTION_TIE, scenario_set_tie},
    {OPTION_MARK, scenario_set_mark},
};

static int set_option(struct scenario *scenario, int option, char *argument,
                      struct problem *problem)
{
    for (size_t i = 0; i < sizeof setters / sizeof setters[0]; i++) {
        if (setters[i].option == option) {
            return setters[i].set(scenario, argument, problem);
        }
    }
    switch (option) {
    case OPTION_USART:
        return scenario_set_link(scenario, argument, problem);
    case OPTION_LIMIT:
        return arguments_number(&scenario->limit, "--limit", argument, 0, INT64_MAX, problem);
    case OPTION_ENTER_AFTER:
        return arguments_number(&scenario->enter_after, "--enter-after", argument, 1, INT64_MAX,
                                problem);
    case OPTION_SEED:
    case OPTION_CRYSTAL_AFTER:
    case OPTION_CRYSTAL_CHANCE:
    case OPTION_ROM_INTERRUPT:
    case OPTION_POWER_CYCLES:
    case OPTION_RESET_AT:
    case OPTION_DEAD_OSCILLATOR:
    case OPTION_GO_TO:
        return set_small_number(scenario, option, argument, problem);
    default:
        if (!set_text(scenario, option, argument)) {
            set_flag(scenario, option);
        }
        return 0;
    }
}

// What follows from other options where nobody said it.
static void set_defaults(struct scenario *scenario)
{
    if (!scenario->entry) {
        scenario->entry = scenario->direct ? SCENARIO_DIRECT_ENTRY : "bootleap_enter";
    }
    if (scenario->limit == 0 && scenario->host != ROM_HOST_TERMINAL) {
        scenario->limit = DEFAULT_LIMIT + scenario->enter_after;
    }
}

// What one option says of another.
static int check_together(const struct scenario *scenario, struct problem *problem)
{
    if (!scenario->device) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists them",
                           "command line: no --device was given");
    }
    if (scenario->enter_at && scenario->enter_after) {
        return problem_set(problem, EXIT_USAGE, "one of them",
                           "--enter-at and --enter-after were both given");
    }
    if (scenario->state != STATE_THREAD && !scenario->enter_at && !scenario->enter_after) {
        return problem_set(problem, EXIT_USAGE, "--enter-at or --enter-after besides",
                           "--state %s: nothing says when the application enters",
                           state_name(scenario->state));
    }
    if (!state_exists(scenario->device, scenario->state)) {
        return problem_set(problem, EXIT_USAGE, "another state, or another device",
                           "--state %s: %s cannot be in it", state_name(scenario->state),
                           scenario->device->slug);
    }
    return 0;
}

int scenario_parse(struct scenario *scenario, int argc, char **argv, struct problem *problem)
{
    int option, error;

    *scenario = (struct scenario){.seed = 1, .on_reset = "bootleap_on_reset"};
    arguments_start();
    while ((option = getopt_long(argc, argv, arguments_short, options, NULL)) != -1) {
        if (option == '?' || option == ':') {
            return arguments_refuse(option, argv, "run", problem);
        }
        error = set_option(scenario, option, optarg, problem);
        if (error) {
            return error;
        }
    }
    if (optind < argc) {
        scenario->elf = argv[optind++];
    }
    if (optind < argc) {
        return problem_set(problem, EXIT_USAGE, "one run for each of them",
                           "%s: more than one ELF was given", argv[optind]);
    }
    error = check_together(scenario, problem);
    if (error) {
        return error;
    }
    set_defaults(scenario);
    return check_rom_version(scenario, problem);
}
