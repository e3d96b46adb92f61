// fuzz_answers.c: gives the tool any answers in place of a ROM's.
// SPDX-License-Identifier: MIT
//
// The first byte chooses a row and a verb; the rest are edits of what the second ROM answers
// (tests/faults/line.h), on a clock of its own.
#include "fuzz.h"

#include "session.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 4, VERBS = 3, MOST_BYTES = 4096 };

// Opened once: libFuzzer hands nothing through.
static struct {
    struct bench benches[ROWS];
    char folder[32];
    int nowhere;
} stage;

static void clear(void)
{
    for (int i = 0; i < ROWS; i++) {
        bench_close(&stage.benches[i]);
    }
    rmdir(stage.folder);
}

static void set_up(void)
{
    static const char *const rows[ROWS] = {"f10medium", "g0b1", "l07", "h743@90"};

    strcpy(stage.folder, "/tmp/answersXXXXXX");
    stage.nowhere = open("/dev/null", O_WRONLY);
    if (!mkdtemp(stage.folder) || stage.nowhere < 0) {
        abort();
    }
    for (int i = 0; i < ROWS; i++) {
        if (!bench_open(&stage.benches[i], rows[i], stage.folder, CHIP_ANSWERS_ACK)) {
            abort();
        }
    }
    atexit(clear);
}

// What the tool prints goes nowhere; libFuzzer's lines are on stderr.
static void run(struct bench *bench, unsigned verb, struct session_end *end)
{
    const char *const verbs[VERBS][3] = {
        {"flash", bench->image.path, "line"}, {"info", "line", NULL}, {"go", "line", NULL}};
    int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);

    dup2(stage.nowhere, STDOUT_FILENO);
    dup2(stage.nowhere, STDERR_FILENO);
    session_run(bench, verb == 0 ? 3 : 2, verbs[verb], NULL, end);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    close(out);
    close(err);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct session_end end;

    if (size == 0 || size > MOST_BYTES) {
        return 0;
    }
    if (stage.folder[0] == '\0') {
        set_up();
    }
    struct bench *bench = &stage.benches[bytes[0] % ROWS];
    bench_renew(bench);
    bench->edits = bytes + 1;
    bench->edit_size = size - 1;
    run(bench, bytes[0] / ROWS % VERBS, &end);
    bool told = end.code >= EXIT_DONE && end.code <= EXIT_VERIFY &&
                (end.code == EXIT_DONE || (end.problem.what[0] && !strchr(end.problem.what, '\n')));
    if (!told) {
        abort();
    }
    return 0;
}
