// problem.h: what went wrong, in the words that the user will read.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_PROBLEM_H
#define BOOTLEAP_COMMON_PROBLEM_H

// Exit codes of all host programs.
enum exit_code {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,          // it was tried and went wrong
    EXIT_USAGE = 2,           // the command line, or a file it names, cannot be used
    EXIT_NO_DEVICE = 3,       // nothing there, or nothing answers
    EXIT_SEVERAL_DEVICES = 4, // more than one fits
    EXIT_REFUSED = 5,         // the chip said no
    EXIT_VERIFY = 6,          // what was read back differs from the file
    EXIT_FINDINGS = 7,        // the judged firmware has findings
};

// One problem. Whoever finds it fills it in; whoever was called by the user prints it.
struct problem {
    enum exit_code code;
    char what[320];     // "WHAT at WHERE: WHY", no full stop at the end
    char try_this[300]; // one sentence without "Try:"; empty where nothing helps
};

// Fills in *problem from a printf format and returns `code`, so that an error is one line:
//     return problem_set(problem, EXIT_USAGE, "give a FILE", "no file at %s", path);
// `try_this` may be NULL.
int problem_set(struct problem *problem, enum exit_code code, const char *try_this,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

// Writes "PROGRAM: VERB: WHAT. Try: ...\n" to stderr and returns the exit code.
int problem_print(const struct problem *problem, const char *program, const char *verb);

#endif
