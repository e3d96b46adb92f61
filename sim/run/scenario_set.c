// scenario_set.c: reads the values of single options of `bootleap-sim run`.
// SPDX-License-Identifier: MIT
#include "scenario_set.h"

#include "arguments.h"
#include "runnable.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

int scenario_set_device(struct scenario *scenario, const char *text, struct problem *problem)
{
    scenario->device = device_find(text);
    if (!scenario->device) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists them",
                           "no device is called %s: the nearest is %s", text,
                           device_nearest(text)->slug);
    }
    const char *why_not = runnable_why_not(scenario->device);
    if (why_not) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists those that can",
                           "%s cannot be run: %s", scenario->device->slug, why_not);
    }
    return 0;
}

int scenario_set_host(struct scenario *scenario, const char *text, struct problem *problem)
{
    static const char *const names[] = {
        [ROM_HOST_TERMINAL] = "terminal", [ROM_HOST_GO] = "go",
        [ROM_HOST_PIN] = "pin",           [ROM_HOST_RESET] = "reset",
        [ROM_HOST_POWER] = "power",       [ROM_HOST_BROWN_OUT] = "brown-out",
        [ROM_HOST_WATCHDOG] = "watchdog", [ROM_HOST_OPTION] = "option",
        [ROM_HOST_RESTORE] = "restore",   [ROM_HOST_END] = "end"};

    for (int i = ROM_HOST_TERMINAL; i <= ROM_HOST_END; i++) {
        if (strcmp(names[i], text) == 0) {
            scenario->host = (enum rom_host)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-sim run --help` names them",
                       "--host %s: no host is called that", text);
}

int scenario_set_state(struct scenario *scenario, const char *text, struct problem *problem)
{
    for (int i = 0; i < STATES; i++) {
        if (strcmp(state_name((enum application_state)i), text) == 0) {
            scenario->state = (enum application_state)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-sim run --help` names them",
                       "--state %s: no state is called that", text);
}

int scenario_set_way(struct scenario *scenario, const char *text, struct problem *problem)
{
    scenario->direct = strcmp(text, "direct") == 0;
    if (!scenario->direct && strcmp(text, "reset") != 0) {
        return problem_set(problem, EXIT_USAGE, "reset or direct",
                           "--way %s: no way into the ROM is called that", text);
    }
    return 0;
}

int scenario_set_reset(struct scenario *scenario, const char *text, struct problem *problem)
{
    for (int i = RESET_POWER_ON; i <= RESET_OPTION; i++) {
        if (strcmp(chip_reset_name((enum reset_kind)i), text) == 0) {
            scenario->reset = (enum reset_kind)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-sim run --help` names them",
                       "--reset %s: no reset is called that", text);
}

int scenario_set_chip_option(struct scenario *scenario, const char *text, struct problem *problem)
{
    for (int i = 0; words_option_refusal((enum option_refusal)i); i++) {
        if (strcmp(words_option_refusal((enum option_refusal)i), text) == 0) {
            scenario->options |= 1u << i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "`bootleap-sim run --help` names them",
                       "--option %s: no option is called that", text);
}

int scenario_set_stack(struct scenario *scenario, const char *text, struct problem *problem)
{
    char *end;
    long offset = strtol(text, &end, 0);

    if (!*text || *end || offset % 4 || offset < -0x1000 || offset > 0x1000) {
        return problem_set(problem, EXIT_USAGE, "a multiple of 4 from -4096 to 4096",
                           "--stack-over-mark %s: is no distance of the stack from the mark", text);
    }
    scenario->on_stack = true;
    scenario->stack_over_mark = (int)offset;
    return 0;
}

int scenario_set_noise_mark(struct scenario *scenario, const char *text, struct problem *problem)
{
    char *end;
    long stage = strtol(text, &end, 0);

    if (!*text || *end || stage < -1 || stage > 18) {
        return problem_set(problem, EXIT_USAGE, "a number from -1 to 18",
                           "--noise-mark %s: is no stage of a mark", text);
    }
    scenario->has_noise_mark = true;
    scenario->noise_mark = (int)stage;
    return 0;
}

// "0x91" or "V9.1".
int scenario_set_rom_version(struct scenario *scenario, const char *text, struct problem *problem)
{
    char *end = NULL;
    unsigned long version = 0;

    if (text[0] == 'V') {
        unsigned long major = strtoul(text + 1, &end, 10);
        version = *end == '.' ? major << 4 | strtoul(end + 1, &end, 10) : 0;
    } else {
        version = strtoul(text, &end, 0);
    }
    if (version == 0 || version > 0xFFF || *end) {
        return problem_set(problem, EXIT_USAGE, "0x91 or V9.1", "%s is no version of a ROM", text);
    }
    scenario->rom_version = (uint16_t)version;
    return 0;
}

int scenario_set_mark(struct scenario *scenario, const char *text, struct problem *problem)
{
    uint64_t address = 0;
    int error = arguments_number(&address, "--mark", text, 4, UINT32_MAX - 7, problem);

    scenario->mark = (uint32_t)address;
    return error;
}

int scenario_set_port(struct scenario *scenario, const char *text, struct problem *problem)
{
    uint64_t port = 0;
    int error = arguments_number(&port, "--gdb", text, 0, 65535, problem);

    scenario->has_gdb = true;
    scenario->gdb_port = (unsigned)port;
    return error;
}

int scenario_set_tie(struct scenario *scenario, const char *text, struct problem *problem)
{
    if (scenario->hold_count == SCENARIO_HOLDS) {
        return problem_set(problem, EXIT_USAGE, "--tie PB15=0, at most eight times",
                           "--tie %s: there is no room for more than eight", text);
    }
    scenario->holds[scenario->hold_count++] = text;
    return 0;
}

// "0x58024500=0x1"
int scenario_set_poke(struct scenario *scenario, const char *text, struct problem *problem)
{
    const char *equals = strchr(text, '=');
    char *end = NULL, *last = NULL;
    unsigned long long address = strtoull(text, &end, 0);
    unsigned long long value = equals ? strtoull(equals + 1, &last, 0) : 0;

    if (!equals || end != equals || end == text || !equals[1] || *last || address > UINT32_MAX ||
        value > UINT32_MAX || address % 4 || scenario->poke_count == SCENARIO_POKES) {
        return problem_set(problem, EXIT_USAGE, "--register 0x40007000=0x400, at most four times",
                           "--register %s: is no register and its value", text);
    }
    scenario->pokes[scenario->poke_count++] =
        (struct scenario_poke){(uint32_t)address, (uint32_t)value};
    return 0;
}

// Cuts "NAME=VALUE" in two.
int scenario_set_link(struct scenario *scenario, char *text, struct problem *problem)
{
    char *equals = strchr(text, '=');

    if (!equals || scenario->link_count == SCENARIO_LINKS) {
        return problem_set(problem, EXIT_USAGE, "--usart USART3=/tmp/board, at most four times",
                           "--usart %s: %s", text,
                           equals ? "there is no room for more than four" : "no '=' in it");
    }
    *equals = '\0';
    scenario->links[scenario->link_count++] = (struct scenario_link){text, equals + 1};
    return 0;
}
