// fuzz_command.c: reads any bytes as the command lines of `bootleap-sim run` and `matrix`.
// SPDX-License-Identifier: MIT
//
// An argument ends with a line or with a byte that is 0.
#include "fuzz.h"

#include "matrix.h"
#include "option_table.h"
#include "scenario.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 40, MOST_BYTES = 4096 };

// Cuts `text` at its lines; arguments[0] is the verb and the list ends with NULL.
static int cut(char *text, const char *end, char **arguments)
{
    int count = 0;

    while (text < end && count < MOST_ARGUMENTS) {
        arguments[count++] = text;
        text += strcspn(text, "\n");
        *text++ = '\0';
    }
    arguments[count] = NULL;
    return count;
}

static void parse_run(int count, char **arguments)
{
    struct problem problem = {0};
    struct scenario scenario;
    int error = scenario_parse(&scenario, count, arguments, &problem);

    if (error == OPTION_HELP) {
        return;
    }
    if (error) {
        fuzz_check_refusal(error, &problem);
    } else if (!scenario.device || scenario.link_count > SCENARIO_LINKS) {
        abort();
    }
}

static void parse_matrix(int count, char **arguments)
{
    struct problem problem = {0};
    struct matrix *matrix = malloc(sizeof *matrix);
    int error = matrix ? matrix_parse(matrix, count, arguments, &problem) : EXIT_DONE;

    if (error && error != OPTION_HELP) {
        fuzz_check_refusal(error, &problem);
    } else if (!error && matrix && (matrix->jobs == 0 || matrix->build_count > MATRIX_BUILDS)) {
        abort();
    }
    free(matrix);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *arguments[MOST_ARGUMENTS + 1];
    char text[MOST_BYTES + 1];

    if (size == 0 || size > MOST_BYTES) {
        return 0;
    }
    memcpy(text, bytes, size);
    text[size] = '\0';
    int count = cut(text, text + size, arguments);
    // Either parser may sort the arguments, and cut one in two.
    if (strcmp(arguments[0], "matrix") == 0) {
        parse_matrix(count, arguments);
    } else {
        parse_run(count, arguments);
    }
    return 0;
}
