// option_values.c: values of options that are neither plain numbers nor plain texts.
// SPDX-License-Identifier: MIT
#include "shared_options.h"

#include "ask_find.h"
#include "ask_peers.h"
#include "escape.h"
#include "modem_preset.h"
#include "monitor_text.h"
#include "monotonic.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int options_address(const char *text, uint32_t *address, struct problem *problem)
{
    bool hexadecimal = strncmp(text, "0x", 2) == 0 || strncmp(text, "0X", 2) == 0;
    char *end;

    errno = 0;
    unsigned long value = strtoul(text, &end, hexadecimal ? 16 : 10);
    // strtoul would take "-1" and " 1".
    if (text[0] < '0' || text[0] > '9' || errno || *end || value > UINT32_MAX) {
        return problem_set(problem, EXIT_USAGE, "0x08000000", "address \"%s\": not a 32-bit number",
                           text);
    }
    *address = (uint32_t)value;
    return 0;
}

int option_set_address(void *request, const struct option_row *row, const char *text,
                       struct problem *problem)
{
    struct options *options = request;

    (void)row;
    options->has_address = true;
    return options_address(text, &options->address, problem);
}

int option_set_keep(void *request, const struct option_row *row, const char *text,
                    struct problem *problem)
{
    struct options *options = request;

    (void)row;
    if (options->keep_count == OPTIONS_KEEP) {
        return problem_set(problem, EXIT_USAGE, NULL, "--keep %s: more than %d of them", text,
                           OPTIONS_KEEP);
    }
    int error = address_range_parse(&options->keep[options->keep_count], "--keep", text, problem);
    options->keep_count += error == 0;
    return error;
}

int option_set_unit(void *request, const struct option_row *row, const char *text,
                    struct problem *problem)
{
    struct options *options = request;
    const char *equals = strchr(text, '=');
    char address[32];

    if (equals == NULL || equals[1] == '\0' || equals - text >= (int)sizeof address) {
        return problem_set(problem, EXIT_USAGE, "--set 0x0800F800=units.csv:serial",
                           "--%s %s: no address, \"=\" and a file", row->name, text);
    }
    if (options->unit_count == OPTIONS_UNITS) {
        return problem_set(problem, EXIT_USAGE, NULL, "--%s %s: more than %d of them", row->name,
                           text, OPTIONS_UNITS);
    }
    memcpy(address, text, (size_t)(equals - text));
    address[equals - text] = '\0';
    struct option_unit *unit = &options->units[options->unit_count++];
    unit->source = equals + 1;
    return options_address(address, &unit->address, problem);
}

// The last one would win, and who writes two wants both.
static int refuse_second(const struct option_row *row, struct problem *problem)
{
    return problem_set(problem, EXIT_USAGE, "one command for each", "--%s: it is there twice",
                       row->name);
}

int option_set_pages(void *request, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    struct options *options = request;
    struct option_pages *pages = &options->pages;
    int second = 0, end = 0;

    if (options->has_pages) {
        return refuse_second(row, problem);
    }
    options->has_pages = true;
    bool digits = text[strspn(text, "0123456789-")] == '\0' && text[0] != '-';
    if (digits && sscanf(text, "%5u%n", &pages->first, &end) == 1 && text[end] == '\0') {
        pages->last = pages->first;
        return 0;
    }
    if (digits && sscanf(text, "%5u-%n%5u%n", &pages->first, &second, &pages->last, &end) == 2 &&
        text[end] == '\0' && text[second] != '-' && pages->first <= pages->last) {
        return 0;
    }
    return problem_set(problem, EXIT_USAGE, "--pages 8, or --pages 8-15",
                       "--pages %s: no page number, and not two with \"-\" between them", text);
}

int option_set_range(void *request, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    struct options *options = request;

    if (options->has_range) {
        return refuse_second(row, problem);
    }
    options->has_range = true;
    return address_range_parse(&options->range, "--range", text, problem);
}

// Ways that are no sequences, in the order of enum connection_ask; then the sequences.
static const char *const plain_ways[] = {"text", "1200", "dfu"};

enum { PLAIN_WAYS = sizeof plain_ways / sizeof *plain_ways };

const char *option_ask_word(unsigned number)
{
    return number < PLAIN_WAYS ? plain_ways[number] : ask_peers[number - PLAIN_WAYS].name;
}

const char *option_ask_help(unsigned number)
{
    static const char *const texts[] = {
        "send TEXT over the serial port, the usual way",
        "open and close the serial port at 1200 baud, as Arduino does",
        "send DFU_DETACH, the usual way for a place on USB",
    };

    return number < PLAIN_WAYS ? texts[number] : ask_peers[number - PLAIN_WAYS].help;
}

int option_set_ask(void *request, const struct option_row *row, const char *text,
                   struct problem *problem)
{
    struct options *options = request;

    (void)row;
    options->ask_word = text;
    for (unsigned i = 0; i < PLAIN_WAYS; i++) {
        if (strcmp(plain_ways[i], text) == 0) {
            options->ask = (enum connection_ask)(ASK_TEXT + i);
            return 0;
        }
    }
    options->ask = ASK_SEQUENCE;
    return ask_find(&options->sequence, text, problem);
}

int option_set_board_seconds(void *request, const struct option_row *row, const char *text,
                             struct problem *problem)
{
    enum { MOST_S = 86400 };
    struct options *options = request;
    unsigned seconds = OPTIONS_BOARD_S;
    const struct option_row number = {.name = row->name, .place = 0, .least = 1, .most = MOST_S};

    int error = text ? option_unsigned(&seconds, &number, text, problem) : 0;
    options->board_ms = error ? 0 : seconds * 1000;
    return error;
}

const char *option_lines_word(unsigned number)
{
    const struct modem_preset *preset = modem_preset_at(number);

    return preset ? preset->name : NULL;
}

const char *option_lines_help(unsigned number)
{
    return modem_preset_at(number)->help;
}

int option_set_lines(void *request, const struct option_row *row, const char *text,
                     struct problem *problem)
{
    struct options *options = request;

    (void)row;
    options->has_lines = true;
    options->lines_word = text;
    return modem_sequence_parse(&options->lines, text, problem);
}

int option_set_verbose(void *request, const struct option_row *row, const char *text,
                       struct problem *problem)
{
    struct options *options = request;

    (void)row;
    (void)text;
    (void)problem;
    options->verbose = true;
    options->monitor = (struct monitor){.tell = monitor_text_print, .start_ms = monotonic_ms()};
    return 0;
}

int option_set_text(void *request, const struct option_row *row, const char *text,
                    struct problem *problem)
{
    struct options *options = request;

    (void)row;
    options->text_length = 0;
    while (*text) {
        if (options->text_length == sizeof options->text) {
            return problem_set(problem, EXIT_USAGE, NULL, "--text: longer than %zu characters",
                               sizeof options->text);
        }
        int character = escape_read(&text);
        if (character < 0) {
            return problem_set(problem, EXIT_USAGE, ESCAPE_HELP,
                               "--text: an escape that does not exist");
        }
        options->text[options->text_length++] = (char)character;
    }
    if (options->text_length == 0) {
        return problem_set(problem, EXIT_USAGE, "--text b", "--text: empty");
    }
    return 0;
}
