// options.c: getopt_long, and conversions that accept nothing half.
// SPDX-License-Identifier: MIT
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum key {
    KEY_HELP = 'h',
    KEY_FIRST = 256,
    KEY_JSON,
    KEY_NO_GO,
    KEY_FORCE,
    KEY_ONLY_FLASH,
    KEY_FULL,
    KEY_RECOVER,
    KEY_UDEV,
    KEY_SVG,
    KEY_ADDRESS,
    KEY_ASK,
    KEY_BAUD,
    KEY_APP_BAUD,
    KEY_WAIT,
    KEY_TIMEOUT,
    KEY_ROM_PORT,
    KEY_DEVICE,
    KEY_KEEP,
    KEY_EXPECT,
    KEY_TEXT
};

static const struct option known[] = {
    {"help", no_argument, NULL, KEY_HELP},
    {"json", no_argument, NULL, KEY_JSON},
    {"no-go", no_argument, NULL, KEY_NO_GO},
    {"force", no_argument, NULL, KEY_FORCE},
    {"only-flash", no_argument, NULL, KEY_ONLY_FLASH},
    {"full", no_argument, NULL, KEY_FULL},
    {"recover", no_argument, NULL, KEY_RECOVER},
    {"udev", no_argument, NULL, KEY_UDEV},
    {"svg", no_argument, NULL, KEY_SVG},
    {"address", required_argument, NULL, KEY_ADDRESS},
    {"ask", required_argument, NULL, KEY_ASK},
    {"baud", required_argument, NULL, KEY_BAUD},
    {"app-baud", required_argument, NULL, KEY_APP_BAUD},
    {"wait", required_argument, NULL, KEY_WAIT},
    {"timeout", required_argument, NULL, KEY_TIMEOUT},
    {"rom-port", required_argument, NULL, KEY_ROM_PORT},
    {"device", required_argument, NULL, KEY_DEVICE},
    {"keep", required_argument, NULL, KEY_KEEP},
    {"expect", required_argument, NULL, KEY_EXPECT},
    {"text", required_argument, NULL, KEY_TEXT},
    {NULL, 0, NULL, 0},
};

static int number(const char *text, unsigned long most, unsigned long *value)
{
    char *end;

    errno = 0;
    if (text[0] < '0' || text[0] > '9') { // strtoul would take "-1" and " 1"
        return -1;
    }
    *value =
        strtoul(text, &end, strncmp(text, "0x", 2) == 0 || strncmp(text, "0X", 2) == 0 ? 16 : 10);
    return errno || *end || *value > most ? -1 : 0;
}

int options_address(const char *text, uint32_t *address, struct problem *problem)
{
    unsigned long value;

    if (number(text, UINT32_MAX, &value) != 0) {
        return problem_set(problem, EXIT_USAGE, "0x08000000", "address \"%s\": not a 32-bit number",
                           text);
    }
    *address = (uint32_t)value;
    return 0;
}

static int set_number(const char *text, unsigned *option, const char *name, struct problem *problem)
{
    enum { MOST = 600000000 };
    unsigned long value;
    char range[48];

    snprintf(range, sizeof range, "a number from 0 to %d", MOST);
    if (number(text, MOST, &value) != 0) {
        return problem_set(problem, EXIT_USAGE, range, "--%s \"%s\": not a number in this range",
                           name, text);
    }
    *option = (unsigned)value;
    return 0;
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

static int set_text(struct options *options, const char *text, struct problem *problem)
{
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

static int set_ask(struct options *options, const char *word, struct problem *problem)
{
    static const char *const words[] = {
        [ASK_TEXT] = "text", [ASK_TOUCH] = "1200", [ASK_DETACH] = "dfu"};

    for (unsigned i = ASK_TEXT; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) {
            options->ask = (enum connection_ask)i;
            return 0;
        }
    }
    return problem_set(problem, EXIT_USAGE, "text, 1200 or dfu",
                       "--ask \"%s\": there is no such way to ask an application", word);
}

// What an option without a value sets, NULL for others.
static bool *flag_of(struct options *options, int key)
{
    switch (key) {
    case KEY_HELP:
        return &options->help;
    case KEY_JSON:
        return &options->json;
    case KEY_NO_GO:
        return &options->no_go;
    case KEY_FORCE:
        return &options->force;
    case KEY_ONLY_FLASH:
        return &options->only_flash;
    case KEY_FULL:
        return &options->full;
    case KEY_RECOVER:
        return &options->recover;
    case KEY_UDEV:
        return &options->udev;
    case KEY_SVG:
        return &options->svg;
    default:
        return NULL;
    }
}

static int set(struct options *options, int key, const char *value, struct problem *problem)
{
    bool *flag = flag_of(options, key);

    if (flag) {
        *flag = true;
        return 0;
    }
    switch (key) {
    case KEY_ADDRESS:
        options->has_address = true;
        return options_address(value, &options->address, problem);
    case KEY_ASK:
        return set_ask(options, value, problem);
    case KEY_BAUD:
        return set_number(value, &options->baud, "baud", problem);
    case KEY_APP_BAUD:
        return set_number(value, &options->app_baud, "app-baud", problem);
    case KEY_WAIT:
        return set_number(value, &options->wait_ms, "wait", problem);
    case KEY_TIMEOUT:
        return set_number(value, &options->timeout_ms, "timeout", problem);
    case KEY_ROM_PORT:
        options->rom_port = value;
        return 0;
    case KEY_DEVICE:
        options->device = value;
        return 0;
    case KEY_KEEP:
        return keep_parse(&options->keep, value, problem);
    case KEY_EXPECT:
        options->expect = value;
        return 0;
    default:
        return set_text(options, value, problem);
    }
}

static bool is_allowed(const char *allowed, const char *name)
{
    char word[32];

    snprintf(word, sizeof word, " %s ", name);
    return strcmp(name, "help") == 0 || strstr(allowed, word) != NULL;
}

static int take_arguments(struct options *options, int argc, char **argv, int least, int most,
                          struct problem *problem)
{
    char help[64];

    snprintf(help, sizeof help, "bootleap %s --help", argv[0]);
    options->argument_count = argc - optind;
    if (options->argument_count < least) {
        return problem_set(problem, EXIT_USAGE, help, "it needs %d argument%s, there %s %d", least,
                           least == 1 ? "" : "s", options->argument_count == 1 ? "is" : "are",
                           options->argument_count);
    }
    if (options->argument_count > most) {
        return problem_set(problem, EXIT_USAGE, help, "\"%s\" is one argument too many",
                           argv[optind + most]);
    }
    for (int i = 0; i < options->argument_count; i++) {
        options->arguments[i] = argv[optind + i];
    }
    return 0;
}

int options_parse(struct options *options, int argc, char **argv, const char *allowed, int least,
                  int most, struct problem *problem)
{
    char help[64];
    int key, index = 0;

    *options = (struct options){
        .baud = 115200, .app_baud = 115200, .wait_ms = 5000, .text = "b", .text_length = 1};
    snprintf(help, sizeof help, "bootleap %s --help", argv[0]);
    opterr = 0; // its messages do not say what to try
    while ((key = getopt_long(argc, argv, ":h", known, &index)) != -1) {
        if (key == ':') {
            return problem_set(problem, EXIT_USAGE, help, "%s needs a value", argv[optind - 1]);
        }
        if (key == '?') {
            return problem_set(problem, EXIT_USAGE, help, "unknown option %s", argv[optind - 1]);
        }
        if (key != KEY_HELP && !is_allowed(allowed, known[index].name)) {
            return problem_set(problem, EXIT_USAGE, help, "--%s is not an option of this verb",
                               known[index].name);
        }
        int error = set(options, key, optarg, problem);
        if (error) {
            return error;
        }
    }
    return options->help ? 0 : take_arguments(options, argc, argv, least, most, problem);
}

struct connection_settings options_connection(const struct options *options, const char *port,
                                              struct progress *progress)
{
    struct connection_settings settings = {
        .port = port,
        .rom_port = options->rom_port,
        .ask = options->ask,
        .rom_baud = options->baud,
        .app_baud = options->app_baud,
        .text_length = options->text_length,
        .timeout_ms = options->timeout_ms,
        .wait_ms = options->wait_ms,
        .expect = options->expect,
        .wait = {progress_wait, progress},
        .recovery = options->recover ? RECOVERY_FINISHES_ANY : RECOVERY_NONE,
    };

    memcpy(settings.text, options->text, options->text_length);
    return settings;
}
