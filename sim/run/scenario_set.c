// scenario_set.c: reads the values of those options of `bootleap-sim run` that are unlike others.
// SPDX-License-Identifier: MIT
#include "scenario_set.h"

#include "device_name.h"
#include "evidence.h"
#include "runnable.h"
#include "scenario.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

const struct host_word *scenario_host(unsigned host)
{
    static const struct host_word hosts[] = {
        [ROM_HOST_REAL] =
            {"terminal",
             "a real tool, on the terminal of a USART or with --usbip (default with --usart, "
             "--usbip or --gdb, or where stdin is a terminal)"},
        [ROM_HOST_GO] = {"go", "a Go comes at once, or when a blank flash holds ELF"},
        [ROM_HOST_PIN] = {"pin", "the reset button"},
        [ROM_HOST_RESET] = {"reset", "a software reset"},
        [ROM_HOST_POWER] = {"power", "a power cycle"},
        [ROM_HOST_BROWN_OUT] = {"brown-out", "power sags, RAM keeps what it holds"},
        [ROM_HOST_WATCHDOG] = {"watchdog", "a watchdog bites"},
        [ROM_HOST_OPTION] = {"option", "an option-byte load"},
        [ROM_HOST_RESTORE] = {"restore",
                              "it programs option bytes that start flash, and loads them"},
        [ROM_HOST_END] = {"end", "nobody: the run ends there (default otherwise)"},
        {NULL, NULL},
    };

    return &hosts[host];
}

int scenario_set_device(void *request, const struct option_row *row, const char *text,
                        struct problem *problem)
{
    struct scenario *scenario = request;

    (void)row;
    int error = device_name_find_option(text, "bootleap-sim devices", &scenario->device, problem);
    if (error) {
        return error;
    }
    const char *why_not = runnable_why_not(scenario->device);
    if (why_not) {
        return problem_set(problem, EXIT_USAGE, "`bootleap-sim devices` lists those that can",
                           "%s cannot be run: %s", scenario->device->slug, why_not);
    }
    return 0;
}

int scenario_set_host(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    struct scenario *scenario = request;
    unsigned host = scenario->host;
    int error = option_word(&host, row, text, problem);

    scenario->host = (enum rom_host)host;
    scenario->host_named = true;
    return error;
}

int scenario_set_state(void *request, const struct option_row *row, const char *text,
                       struct problem *problem)
{
    struct scenario *scenario = request;
    unsigned state = scenario->state;
    int error = option_word(&state, row, text, problem);

    scenario->state = (enum application_state)state;
    return error;
}

int scenario_set_path(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    struct scenario *scenario = request;
    unsigned path = PATH_RESET;
    int error = option_word(&path, row, text, problem);

    scenario->direct = path == PATH_DIRECT;
    return error;
}

int scenario_set_reset(void *request, const struct option_row *row, const char *text,
                       struct problem *problem)
{
    struct scenario *scenario = request;
    unsigned kind = scenario->reset;
    int error = option_word(&kind, row, text, problem);

    scenario->reset = (enum reset_kind)kind;
    return error;
}

int scenario_set_on_reset(void *request, const struct option_row *row, const char *text,
                          struct problem *problem)
{
    struct scenario *scenario = request;

    (void)row;
    (void)problem;
    scenario->on_reset = text;
    scenario->on_reset_named = true;
    return 0;
}

// "usb,can": a bit for each word of row->words.
static int set_words(unsigned *set, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    char word[32];

    do {
        size_t length = strcspn(text, ",");
        unsigned number = 0;
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        int error = option_word(&number, row, word, problem);
        if (error) {
            return error;
        }
        *set |= 1u << number;
        text += length;
    } while (*text++ == ',');
    return 0;
}

int scenario_set_accept(void *request, const struct option_row *row, const char *text,
                        struct problem *problem)
{
    struct scenario *scenario = request;

    return set_words(&scenario->accepts, row, text, problem);
}

int scenario_add_interface(void *request, const struct option_row *row, const char *text,
                           struct problem *problem)
{
    struct scenario *scenario = request;
    unsigned words = 0;
    int error = set_words(&words, row, text, problem);

    scenario->wires |= words << WIRE_USB; // the first word
    return error;
}

int scenario_add_project(void *request, const struct option_row *row, const char *text,
                         struct problem *problem)
{
    struct scenario *scenario = request;

    if (scenario->without_count == SCENARIO_PROJECTS) {
        return problem_set(problem, EXIT_USAGE, "fewer of them", "--%s: more than %d were given",
                           row->name, SCENARIO_PROJECTS);
    }
    for (const struct observation *one = observations; one->id; one++) {
        if (strcmp(one->project, text) == 0) {
            scenario->without_projects[scenario->without_count++] = text;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "a `project` of evidence/, see docs/evidence.md",
                       "--%s: nobody observed anything in %s", row->name, text);
}

int scenario_set_no_crystal(void *request, const struct option_row *row, const char *text,
                            struct problem *problem)
{
    struct scenario *scenario = request;

    (void)row;
    (void)text;
    (void)problem;
    scenario->crystal_after = UINT_MAX;
    return 0;
}

int scenario_set_crystal_chance(void *request, const struct option_row *row, const char *text,
                                struct problem *problem)
{
    struct scenario *scenario = request;

    scenario->has_crystal_chance = true;
    return option_unsigned(request, row, text, problem);
}

int scenario_set_gdb(void *request, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    struct scenario *scenario = request;

    scenario->has_gdb = true;
    return option_unsigned(request, row, text, problem);
}

int scenario_add_option(void *request, const struct option_row *row, const char *text,
                        struct problem *problem)
{
    struct scenario *scenario = request;
    unsigned refusal = 0;
    int error = option_word(&refusal, row, text, problem);

    if (!error) {
        scenario->options |= 1u << refusal;
    }
    return error;
}

int scenario_set_stack(void *request, const struct option_row *row, const char *text,
                       struct problem *problem)
{
    struct scenario *scenario = request;
    char *end;
    long offset = strtol(text, &end, 0);

    if (!*text || *end || offset % 4 || offset < -0x1000 || offset > 0x1000) {
        return problem_set(problem, EXIT_USAGE, "a multiple of 4 from -4096 to 4096",
                           "--%s %s: is no distance of the stack from the mark", row->name, text);
    }
    scenario->on_stack = true;
    scenario->stack_over_mark = (int)offset;
    return 0;
}

int scenario_set_noise_mark(void *request, const struct option_row *row, const char *text,
                            struct problem *problem)
{
    struct scenario *scenario = request;
    char *end;
    long stage = strtol(text, &end, 0);

    if (!*text || *end || stage < -1 || stage > 18) {
        return problem_set(problem, EXIT_USAGE, "a number from -1 to 18",
                           "--%s %s: is no stage of a mark", row->name, text);
    }
    scenario->has_noise_mark = true;
    scenario->noise_mark = (int)stage;
    return 0;
}

int scenario_set_rom_version(void *request, const struct option_row *row, const char *text,
                             struct problem *problem)
{
    struct scenario *scenario = request;
    char *end = NULL;
    unsigned long version = 0;

    if (text[0] == 'V') {
        unsigned long major = strtoul(text + 1, &end, 10);
        version = *end == '.' ? major << 4 | strtoul(end + 1, &end, 10) : 0;
    } else {
        version = strtoul(text, &end, 0);
    }
    if (version == 0 || version > 0xFFF || *end) {
        return problem_set(problem, EXIT_USAGE, "0x91 or V9.1", "--%s %s: is no version of a ROM",
                           row->name, text);
    }
    scenario->rom_version = (uint16_t)version;
    return 0;
}

int scenario_add_tie(void *request, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    struct scenario *scenario = request;

    if (scenario->tie_count == SCENARIO_TIES) {
        return problem_set(problem, EXIT_USAGE, "--tie PB15=0, at most eight times",
                           "--%s %s: there is no room for more than eight", row->name, text);
    }
    scenario->ties[scenario->tie_count++] = text;
    return 0;
}

int scenario_set_size_register(void *request, const struct option_row *row, const char *text,
                               struct problem *problem)
{
    struct scenario *scenario = request;

    scenario->has_size_register = true;
    return option_unsigned(request, row, text, problem);
}

int scenario_set_unique_id(void *request, const struct option_row *row, const char *text,
                           struct problem *problem)
{
    struct scenario *scenario = request;

    scenario->has_unique_id = true;
    return option_unsigned(request, row, text, problem);
}

// An address and a value, behind those that are there.
static int add_word(struct scenario_poke *words, size_t *count, const char *example,
                    const struct option_row *row, const char *text, struct problem *problem)
{
    const char *equals = strchr(text, '=');
    char *end = NULL, *last = NULL;
    unsigned long long address = strtoull(text, &end, 0);
    unsigned long long value = equals ? strtoull(equals + 1, &last, 0) : 0;

    if (!equals || end != equals || end == text || !equals[1] || *last || address > UINT32_MAX ||
        value > UINT32_MAX || address % 4 || *count == SCENARIO_POKES) {
        return problem_set(problem, EXIT_USAGE, example, "--%s %s: is no register and its value",
                           row->name, text);
    }
    words[(*count)++] = (struct scenario_poke){(uint32_t)address, (uint32_t)value};
    return 0;
}

int scenario_add_poke(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    struct scenario *scenario = request;

    return add_word(scenario->pokes, &scenario->poke_count,
                    "--register 0x40007000=0x400, at most four times", row, text, problem);
}

int scenario_add_option_word(void *request, const struct option_row *row, const char *text,
                             struct problem *problem)
{
    struct scenario *scenario = request;

    return add_word(scenario->option_words, &scenario->option_word_count,
                    "--option-word 0x1FFF7800=0xFFBFF8AA, at most four times", row, text, problem);
}

int scenario_add_link(void *request, const struct option_row *row, const char *text,
                      struct problem *problem)
{
    static const char example[] = "--usart USART3=/tmp/board, at most four times";
    struct scenario *scenario = request;
    struct scenario_link *link = &scenario->links[scenario->link_count];
    size_t length = strcspn(text, "=");

    if (!text[length]) {
        return problem_set(problem, EXIT_USAGE, example, "--%s %s: no '=' in it", row->name, text);
    }
    if (scenario->link_count == SCENARIO_LINKS) {
        return problem_set(problem, EXIT_USAGE, example,
                           "--%s %s: there is no room for more than four", row->name, text);
    }
    if (length >= sizeof link->usart) {
        return problem_set(problem, EXIT_USAGE, example, "--%s %s: no USART has so long a name",
                           row->name, text);
    }
    memcpy(link->usart, text, length);
    link->usart[length] = '\0';
    link->path = text + length + 1;
    scenario->link_count++;
    return 0;
}
