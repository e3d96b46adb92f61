// usb_stage.c: runs a program on a stage where the devices of usbip servers are plugged in.
// SPDX-License-Identifier: MIT
//
// usb_stage [OPTIONS] --device ADDRESS:PORT... -- COMMAND [ARGUMENT]...
//
// The command sees one USB hub. The first --device is in its port 1 (1-1), the second one in port
// 2, and so on; each is there while its server has a device. The exit code is that of the command,
// or 125 where there is no stage.
//
// --ready N      the command begins when N devices are there; if nothing is said, when those are
//                that the servers have now
// --fault N:KIND its control transfer N goes wrong, see control_fault.h; up to 16 of them
// --count FILE   the control transfers of each device by kind, as JSON
// --log FILE     a line for each control transfer
//
// Not so on this stage: nothing loads drivers (a CDC-ACM device has no /dev/ttyACM0;
// script/real-kernel has the kernel's cdc_acm), a reset of a port does nothing, and a transfer
// takes the time that the server takes.
#include "testbed.h"

#include <getopt.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <umockdev.h>
#include <unistd.h>

enum { BOARDS = 16, NO_STAGE = 125, SIGNALLED = 128, READY_MS = 10000 };

#define PRELOAD "libumockdev-preload.so.0"

extern char **environ;

struct options {
    struct usbip_address addresses[BOARDS];
    unsigned count, ready;
    const char *counts, *log;
};

static int fail(const char *what, const char *which)
{
    fprintf(stderr, "usb_stage: %s: %s\n", what, which);
    return NO_STAGE;
}

static bool add_fault(struct stage *stage, const char *text)
{
    return stage->fault_count < BOARD_FAULTS &&
           fault_parse(text, &stage->faults[stage->fault_count++]);
}

static int parse(int argc, char **argv, struct options *options, struct stage *stage)
{
    static const struct option known[] = {
        {"device", required_argument, NULL, 'd'}, {"ready", required_argument, NULL, 'r'},
        {"fault", required_argument, NULL, 'f'},  {"count", required_argument, NULL, 'c'},
        {"log", required_argument, NULL, 'l'},    {0}};
    int option;
    bool right = true;

    while (right && (option = getopt_long(argc, argv, "+", known, NULL)) != -1) {
        switch (option) {
        case 'd':
            right = options->count < BOARDS &&
                    usbip_parse(optarg, &options->addresses[options->count++]);
            break;
        case 'r':
            options->ready = (unsigned)strtoul(optarg, NULL, 10);
            break;
        case 'f':
            right = add_fault(stage, optarg);
            break;
        case 'c':
            options->counts = optarg;
            break;
        case 'l':
            options->log = optarg;
            break;
        default:
            return NO_STAGE;
        }
    }
    if (!right) {
        return fail("no such device or fault", optarg);
    }
    return optind < argc ? 0 : fail("what is missing", "the command");
}

// umockdev works by a library that is loaded before all others.
static bool is_preloaded(void)
{
    const char *loaded = getenv("LD_PRELOAD");

    return loaded && strstr(loaded, PRELOAD);
}

static int restart(char **argv)
{
    const char *before = getenv("LD_PRELOAD");
    char *with = g_strjoin(":", PRELOAD, before, NULL);

    setenv("LD_PRELOAD", with, 1);
    g_free(with);
    execvp("/proc/self/exe", argv);
    return fail("cannot start again", argv[0]);
}

static void plugged(struct board *board)
{
    testbed_plug(board->stage->context, board);
}

static void unplugged(struct board *board)
{
    testbed_unplug(board->stage->context, board);
}

static bool is_ready(struct board *boards, const struct options *options)
{
    unsigned found = 0, looked = 0;

    for (unsigned i = 0; i < options->count; i++) {
        pthread_mutex_lock(&boards[i].lock);
        found += boards[i].announced;
        looked += boards[i].looked;
        pthread_mutex_unlock(&boards[i].lock);
    }
    return options->ready ? found >= options->ready : looked == options->count;
}

static bool await(struct board *boards, const struct options *options)
{
    const struct timespec millisecond = {0, 1000000};

    for (unsigned ms = 0; ms < READY_MS; ms++) {
        if (is_ready(boards, options)) {
            return true;
        }
        nanosleep(&millisecond, NULL);
    }
    return false;
}

// The signals that the stage waits for; all its threads have them blocked.
static sigset_t waited_for(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

// Signals that would end the stage go to the command, whose end is that of the stage.
static int run(char **command, const sigset_t *mask)
{
    posix_spawnattr_t attributes;
    const sigset_t waited = waited_for();
    pid_t child;
    int signal, status, error;

    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, mask);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    error = posix_spawnp(&child, command[0], NULL, &attributes, command, environ);
    posix_spawnattr_destroy(&attributes);
    if (error) {
        return fail(command[0], strerror(error));
    }
    while (waitpid(child, &status, WNOHANG) == 0) {
        if (sigwait(&waited, &signal) == 0 && signal != SIGCHLD) {
            kill(child, signal);
        }
    }
    return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
}

static int write_counts(const char *path, const struct board *boards, unsigned count)
{
    FILE *file = fopen(path, "w");

    if (!file) {
        return fail("cannot write", path);
    }
    for (unsigned i = 0; i < count; i++) {
        fputs(i ? ",\n" : "[", file);
        control_print(file, boards[i].counts);
    }
    fputs("]\n", file);
    return fclose(file) ? fail("cannot write", path) : 0;
}

static int perform(struct stage *stage, struct board *boards, const struct options *options,
                   char **command, const sigset_t *mask)
{
    unsigned started = 0;
    int code;

    for (; started < options->count; started++) {
        boards[started].stage = stage;
        boards[started].address = options->addresses[started];
        boards[started].port = started + 1;
        if (board_start(&boards[started])) {
            break;
        }
    }
    code = started < options->count ? fail("cannot start", "a thread")
           : await(boards, options) ? run(command, mask)
                                    : fail("not there", "as many devices as --ready says");
    pthread_mutex_lock(&stage->lock);
    stage->ends = true;
    pthread_mutex_unlock(&stage->lock);
    while (started > 0) {
        board_stop(&boards[--started]);
    }
    if (options->counts && write_counts(options->counts, boards, options->count)) {
        code = NO_STAGE;
    }
    return code;
}

int main(int argc, char **argv)
{
    struct stage stage = {.plugged = plugged, .unplugged = unplugged};
    const sigset_t waited = waited_for();
    struct options options = {0};
    struct board *boards;
    sigset_t mask;
    int code = parse(argc, argv, &options, &stage);

    if (code) {
        return code;
    }
    if (!is_preloaded()) {
        return restart(argv);
    }
    if (options.log && !(stage.log = fopen(options.log, "w"))) {
        return fail("cannot write", options.log);
    }
    boards = calloc(BOARDS, sizeof *boards);
    if (!boards) {
        return fail("cannot start", "no memory");
    }
    pthread_sigmask(SIG_BLOCK, &waited, &mask);
    pthread_mutex_init(&stage.lock, NULL);
    stage.context = testbed_new();
    code = stage.context ? perform(&stage, boards, &options, argv + optind, &mask)
                         : fail("no stage", "umockdev");
    testbed_free(stage.context); // ends the threads that look at the boards
    free(boards);
    if (stage.log) {
        fclose(stage.log);
    }
    return code;
}
