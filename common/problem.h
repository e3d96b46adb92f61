// problem.h: what went wrong, in the words that the user will read.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_PROBLEM_H
#define BOOTLEAP_COMMON_PROBLEM_H

#include "printf_format.h"

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

// Whose fault it is: where the cure is to be looked for.
enum fault {
    FAULT_UNKNOWN,
    FAULT_CALLER,      // the command line, or the arguments of a call
    FAULT_FILE,        // a file that it names
    FAULT_COMPUTER,    // this computer: permissions, a port in use, memory, disk
    FAULT_LINE,        // the cable, the adapter, or nothing is connected
    FAULT_CHIP,        // the chip does not let it, or does something else
    FAULT_APPLICATION, // the firmware that ran, or that was started
    FAULT_COUNT
};

// The word for it: "computer".
const char *fault_word(enum fault fault);

// One problem. Whoever finds it fills it in; whoever was called by the user prints it.
struct problem {
    enum exit_code code;
    enum fault fault;
    char what[320];     // "WHAT at WHERE: WHY", no full stop at the end
    char try_this[300]; // one sentence without "Try:"; empty where nothing helps
};

// Fills in *problem from a printf format and returns `code`, so that an error is one line:
//     return problem_set(problem, EXIT_USAGE, "give a FILE", "no file at %s", path);
// `try_this` may be NULL.
int problem_set(struct problem *problem, enum exit_code code, const char *try_this,
                const char *format, ...) PRINTF_FORMAT(4, 5);

// Says whose fault it is, where the code alone does not: problem_set() takes the one that is usual
// for its code. Returns the code.
int problem_blame(struct problem *problem, enum fault fault);

// Says that this computer has no memory left for it: "WHAT: out of memory". Returns EXIT_FAILED.
int problem_no_memory(struct problem *problem, const char *format, ...) PRINTF_FORMAT(2, 3);

// Writes "PROGRAM: VERB: WHAT. Try: ...\n" to stderr and returns the exit code. `verb` "": none.
int problem_print(const struct problem *problem, const char *program, const char *verb);

#endif
