// cmd_example.c: `bootleap example`, writes a small firmware project for a chip.
// SPDX-License-Identifier: MIT
#include "example_board.h"
#include "example_folder.h"
#include "json_value.h"
#include "plain_text.h"
#include "shared_options.h"
#include "verb.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

// A small package can have the same USART at other pads, which its ordering code does not tell us.
static void print_other_pads(const struct example_board *board)
{
    const struct rom_interface *other = board->device->interfaces;

    for (; other->name; other++) {
        if (other->kind == INTERFACE_USART && other->packages[0] &&
            strcmp(other->name, board->pins->name) == 0 &&
            strcmp(other->pins[0].pin, board->pins->tx) != 0) {
            printf("On the packages %s: --usart %s:%s instead.\n", other->packages, other->name,
                   other->pins[0].pin);
        }
    }
}

static void print_refusal(const struct example_board *board)
{
    if (board->refuses) {
        printf("The option %s of a new %s keeps the program from entering (%s): docs/chips.md and "
               "src/bootleap.h say what to change.\n",
               board->refuses->name, board->part, words_option_refusal(board->refuses->refusal));
    }
}

static void add_json(json_t *report, const char *folder, const struct example_board *board)
{
    json_object_set_new(report, "folder", json_value_string(folder));
    json_object_set_new(report, "device", json_string(board->device->slug));
    json_object_set_new(report, "part", json_string(board->part));
    json_object_set_new(report, "usart", json_string(board->pins->name));
    json_object_set_new(report, "tx", json_string(board->pins->tx));
    json_object_set_new(report, "rx", json_string(board->pins->rx));
    json_object_set_new(report, "refused_by",
                        board->refuses ? json_string(board->refuses->name) : json_null());
}

static void print(const char *folder, const struct example_board *board)
{
    plain_text_print(stdout, folder);
    printf(": a project for %s (%s), %s on TX %s and RX %s\n", board->part, board->device->slug,
           board->pins->name, board->pins->tx, board->pins->rx);
    print_other_pads(board);
    print_refusal(board);
    printf("Next: README.txt there has three steps: connect, build, try.\n");
}

static int run(const struct options *options, struct problem *problem)
{
    const char *folder = options->arguments[0];
    const struct example_wish wish = {options->device, options->usart, options->led};
    struct example_board board;

    if (options->device == NULL) {
        return problem_set(problem, EXIT_USAGE, "--device STM32F411CE, or bootleap devices",
                           "--device is missing: for which chip?");
    }
    int error = example_board_choose(&board, &wish, problem);
    if (error == 0) {
        error = example_folder_write(folder, &board, BOOTLEAP_VERSION, problem);
    }
    if (error) {
        return error;
    }
    if (options->json) {
        add_json(options->report, folder, &board);
    } else {
        print(folder, &board);
    }
    return 0;
}

static const struct option_row rows[] = {
    {.name = "device",
     .argument = "NAME",
     .parse = option_text,
     .place = OPTIONS_PLACE(const char *, device),
     .value = OPTION_DEVICE,
     .help = "the chip: an ordering code, a CMSIS macro or a key of `bootleap devices`"},
    {.name = "usart",
     .argument = "NAME",
     .parse = option_text,
     .place = OPTIONS_PLACE(const char *, usart),
     .help = "the USART that the program talks on, of those on which the system bootloader "
             "listens; USART3:PC10 chooses by the TX pin. Without it: the first one"},
    {.name = "led",
     .argument = "PIN",
     .parse = option_text,
     .place = OPTIONS_PLACE(const char *, led),
     .help = "an LED that blinks, such as PC13"},
    {.name = NULL},
};
static const struct option_group groups[] = {{NULL, rows}, {NULL, options_json}};

const struct verb cmd_example = {
    .table = {.program = "bootleap",
              .verb = "example",
              .summary = "write a small firmware project that enters the ROM",
              .operands = "DIR",
              .values = {OPTION_FOLDER},
              .description =
                  "Writes a project into DIR, which must be empty or not be there: sources, the "
                  "library, a CMakeLists.txt, a Makefile and a README.txt. It needs "
                  "arm-none-eabi-gcc and nothing else.\n"
                  "\n"
                  "The program prints one line when it starts. On the character b it enters the "
                  "system bootloader through a reset, on j without one. `bootleap try-board` "
                  "flashes it and tries both.\n",
              .end =
                  "Examples:\n"
                  "  bootleap example --device STM32F411CE first\n"
                  "  bootleap example --device STM32F411CE --usart USART1 --led PC13 blackpill\n",
              .groups = groups,
              .group_count = sizeof groups / sizeof *groups},
    .least = 1,
    .most = 1,
    .run = run,
};
