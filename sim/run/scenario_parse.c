// scenario_parse.c: reads the command line of `bootleap-sim run`.
// SPDX-License-Identifier: MIT
#include "scenario.h"

#include "scenario_options.h"
#include "usb_options.h"
#include "wires.h"

#include <unistd.h>

// HAL_Delay(500) at 480 MHz, behind what a stock firmware does to get there.
enum { DEFAULT_LIMIT = 300000000 };

static int check_rom_version(const struct scenario *scenario, struct problem *problem)
{
    const uint16_t *id = scenario->device->rom_ids;

    while (*id && *id != scenario->rom_version) {
        id++;
    }
    if (scenario->rom_version && !*id) {
        return problem_set(problem, EXIT_USAGE, "`bootleap devices NAME` lists them",
                           "--rom-version 0x%02X: no ROM of %s is this version",
                           (unsigned)scenario->rom_version, scenario->device->slug);
    }
    return 0;
}

// Some rows have two ROMs that listen on different interfaces: the newest one with all those that
// are asked about is meant.
static void choose_rom(struct scenario *scenario)
{
    const uint16_t *id = scenario->device->rom_ids;
    unsigned wires = scenario->wires | (scenario->has_usbip ? 1u << WIRE_USB : 0);
    uint16_t chosen = 0;

    for (; *id; id++) {
        if (!(wires & ~wires_of(scenario->device, *id))) {
            chosen = *id;
        }
    }
    scenario->rom_version_named = scenario->rom_version != 0;
    if (wires && !scenario->rom_version) {
        scenario->rom_version = chosen; // none: 0, which is refused below
    }
}

static int check_interfaces(const struct scenario *scenario, struct problem *problem)
{
    unsigned lacks = scenario->wires & ~wires_of(scenario->device, scenario->rom_version);

    for (unsigned wire = WIRE_USB; wire < WIRE_COUNT; wire++) {
        if (lacks & 1u << wire) {
            return problem_set(problem, EXIT_USAGE, "`bootleap pins NAME` lists what it has",
                               "--interface %s: the ROM of %s does not listen on one",
                               wire_name((enum wire)wire), scenario->device->slug);
        }
    }
    return 0;
}

// Whether somebody may come: to a link or with GDB, or a user who sees the terminals' names.
static bool waits_for_host(const struct scenario *scenario)
{
    return scenario->link_count || scenario->has_gdb || scenario->has_usbip || isatty(STDIN_FILENO);
}

// What follows from other options where nobody said it.
static void set_defaults(struct scenario *scenario)
{
    if (!scenario->host_named && !waits_for_host(scenario)) {
        scenario->host = ROM_HOST_END;
    }
    if (!scenario->entry) {
        scenario->entry = scenario->direct ? SCENARIO_DIRECT_ENTRY : "bootleap_enter";
    }
    if (scenario->usb_device && !scenario->usb_callback) {
        scenario->usb_callback = scenario->entry;
    }
    scenario->limit_named = scenario->limit != 0;
    if (scenario->limit == 0 && scenario->host != ROM_HOST_REAL) {
        scenario->limit = DEFAULT_LIMIT + scenario->enter_after;
    }
    scenario->foreign_jump |= scenario->plain_jump;
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

const char *entry_path_name(enum entry_path path)
{
    static const char *const names[] = {[PATH_RESET] = "reset", [PATH_DIRECT] = "direct"};

    return path < ENTRY_PATHS ? names[path] : NULL;
}

const char *accept_name(enum accept accept)
{
    static const char *const names[] = {
        [ACCEPT_NOTHING] = "nothing", [ACCEPT_POINTS] = "points", [ACCEPT_AT_RISK] = "at-risk"};

    return names[accept];
}

int scenario_parse(struct scenario *scenario, int argc, char **argv, struct problem *problem)
{
    int operands, error;

    *scenario = (struct scenario){.seed = 1, .on_reset = "bootleap_on_reset"};
    error = option_table_parse(&scenario_options, scenario, argc, argv, &operands, problem);
    if (error) {
        return error;
    }
    if (argc - operands > 1) {
        return problem_set(problem, EXIT_USAGE, "one run for each of them",
                           "%s: more than one ELF was given", argv[operands + 1]);
    }
    scenario->elf = operands < argc ? argv[operands] : NULL;
    error = check_together(scenario, problem);
    if (error) {
        return error;
    }
    set_defaults(scenario);
    choose_rom(scenario);
    error = check_rom_version(scenario, problem);
    if (!error) {
        error = check_interfaces(scenario, problem);
    }
    return error ? error : usb_options_check(scenario, problem);
}
