// verb_matrix.c: `bootleap-sim matrix`: runs all cells and prints the table.
// SPDX-License-Identifier: MIT
#include "sim_verbs.h"

#include "matrix_report.h"

int verb_matrix(int argc, char **argv, struct problem *problem)
{
    struct matrix matrix;
    int error = matrix_parse(&matrix, argc, argv, problem);

    if (!error) {
        error = matrix_run(&matrix, problem);
    }
    if (!error) {
        matrix_print(&matrix, stdout);
        error = matrix_total(&matrix).failed ? EXIT_FINDINGS : EXIT_DONE;
        problem->what[0] = '\0'; // told in the table
    }
    matrix_close(&matrix);
    return error;
}
