// option_values.c: values of options that are neither plain numbers nor plain texts.
// SPDX-License-Identifier: MIT
#include "shared_options.h"

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
    return keep_parse(&options->keep, text, problem);
}

const char *option_ask_word(unsigned number)
{
    static const char *const words[] = {"text", "1200", "dfu"};

    return number < sizeof words / sizeof *words ? words[number] : NULL;
}

int option_set_ask(void *request, const struct option_row *row, const char *text,
                   struct problem *problem)
{
    struct options *options = request;
    unsigned number = 0;
    int error = option_word(&number, row, text, problem);

    if (!error) {
        options->ask = (enum connection_ask)(number + ASK_TEXT); // in the order of the words
    }
    return error;
}

// One character of `text`, escapes \n \r \t \\ \xHH resolved; moves on past it. -1: no such escape.
static int next_character(const char **text)
{
    static const char names[] = "nrt\\", values[] = "\n\r\t\\";
    const char *at = *text;
    unsigned code;

    if (*at != '\\') {
        *text = at + 1;
        return (unsigned char)*at;
    }
    if (at[1] == 'x' && strspn(at + 2, "0123456789abcdefABCDEF") >= 2 &&
        sscanf(at + 2, "%2x", &code) == 1) {
        *text = at + 4;
        return (int)code;
    }
    const char *name = at[1] ? strchr(names, at[1]) : NULL;
    *text = at + 2;
    return name ? values[name - names] : -1;
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
        int character = next_character(&text);
        if (character < 0) {
            return problem_set(problem, EXIT_USAGE, "\\n, \\r, \\t, \\\\ or \\x and two digits",
                               "--text: an escape that does not exist");
        }
        options->text[options->text_length++] = (char)character;
    }
    if (options->text_length == 0) {
        return problem_set(problem, EXIT_USAGE, "--text b", "--text: empty");
    }
    return 0;
}
