// scenario.c: reads the command line of `bootleap-sim run`.
// SPDX-License-Identifier: MIT
#include "scenario.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const char scenario_help[] =
    "usage: bootleap-sim run [ELF] --device NAME [options]\n"
    "\n"
    "Runs the firmware ELF on a virtual STM32 and judges each entry into the ROM. Without ELF\n"
    "the chip is blank. Each USART of the chip is a pseudo-terminal, named at the start; a host\n"
    "tool may talk to the application there, and to the ROM (8 data bits, no parity).\n"
    "\n"
    "  --device NAME         slug or CMSIS macro: h723, STM32H723xx\n"
    "  --enter-at SYMBOL     when the application first gets there, make it enter the ROM\n"
    "  --entry SYMBOL        ... by calling this function (default bootleap_enter)\n"
    "  --on-reset SYMBOL     function whose calls are measured (default bootleap_on_reset)\n"
    "  --host HOST           who is at the other end when the ROM runs: terminal (default, a\n"
    "                        real tool), go (a Go comes at once), pin (the reset button),\n"
    "                        reset (a software reset), end (nobody: the run ends there)\n"
    "  --boot0               hold BOOT0 high at power-on, release it before the next reset\n"
    "  --no-crystal          no crystal where the ROM looks for one\n"
    "  --no-trace            the ROM leaves no trace of itself at Go\n"
    "  --hardware-watchdog   option bytes start the IWDG at each reset\n"
    "  --send TEXT           type TEXT on every USART when the application first waits\n"
    "  --press PIN=LEVEL     press a button then, PC13=1, until the next reset\n"
    "  --usart USART=LINK    make a symbolic link to the terminal of this USART\n"
    "  --limit N             end after N instructions (default: 200000 unless --host terminal)\n"
    "  --seed N              of the noise that RAM holds after power-on (default 1)\n"
    "  --events FILE         write what happens to FILE, one JSON object a line\n"
    "  --flash FILE          write the content of flash to FILE at the end\n"
    "  --json                print the result as JSON\n"
    "\n"
    "Ends at a fault, at a reset loop, when the ROM does not serve, at the limit, or when it is\n"
    "interrupted. Exit code 0: every point of the contract holds; 7: some does not, see the\n"
    "report; 1: the run could not be made; 2: the command line.\n"
    "\n"
    "Example:\n"
    "  bootleap-sim run build/firmware-gcc/examples/nucleo-h723zg.elf --device h723\n"
    "  # then, in another terminal, with the path that it printed:\n"
    "  bootleap flash build/firmware-gcc/examples/nucleo-h723zg-v2.elf /dev/pts/5\n";

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
    if (!scenario->device->peripherals->name) {
        return problem_set(problem, EXIT_USAGE, "one of those that `bootleap-sim devices` lists",
                           "this device cannot run yet: the row of %s has no peripherals",
                           scenario->device->slug);
    }
    return 0;
}

static int set_host(struct scenario *scenario, const char *name, struct problem *problem)
{
    static const char *const names[] = {[ROM_HOST_TERMINAL] = "terminal",
                                        [ROM_HOST_GO] = "go",
                                        [ROM_HOST_PIN] = "pin",
                                        [ROM_HOST_RESET] = "reset",
                                        [ROM_HOST_END] = "end"};

    for (int i = ROM_HOST_TERMINAL; i <= ROM_HOST_END; i++) {
        if (strcmp(names[i], name) == 0) {
            scenario->host = (enum rom_host)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "--host terminal, go, pin, reset or end",
                       "no host is called %s", name);
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
        {OPTION_FLASH, &scenario->flash},
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
    scenario->crystal &= option != OPTION_NO_CRYSTAL;
    scenario->no_trace |= option == OPTION_NO_TRACE;
    scenario->hardware_iwdg |= option == OPTION_HARDWARE_WATCHDOG;
    scenario->json |= option == OPTION_JSON;
}

static int set_option(struct scenario *scenario, int option, char *argument,
                      struct problem *problem)
{
    uint64_t number = 0;
    int error = 0;

    switch (option) {
    case OPTION_DEVICE:
        return set_device(scenario, argument, problem);
    case OPTION_HOST:
        return set_host(scenario, argument, problem);
    case OPTION_USART:
        return set_link(scenario, argument, problem);
    case OPTION_LIMIT:
        return set_number(&scenario->limit, argument, problem);
    case OPTION_SEED:
        error = set_number(&number, argument, problem);
        scenario->seed = (uint32_t)number;
        return error;
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

    *scenario = (struct scenario){
        .crystal = true, .seed = 1, .entry = "bootleap_enter", .on_reset = "bootleap_on_reset"};
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
    if (scenario->limit == 0 && scenario->host != ROM_HOST_TERMINAL) {
        scenario->limit = DEFAULT_LIMIT;
    }
    return 0;
}
