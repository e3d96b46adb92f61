// paced_line.c: a serial line between two pseudo-terminals, at the pace of 115200 baud and 8E1.
// SPDX-License-Identifier: MIT
//
//     paced-line CHIP LINK    CHIP is a terminal of bootleap-sim, LINK what a host shall open
//
// A byte takes the time of 11 bits. It begins when it is there and the one before it is over. Bytes
// without a gap between them arrive together when the last one is over, as they do behind a USB
// adapter: who waits for all of them sees no difference, and this machine has less to do. Each
// direction has a clock of its own. SIGTERM or SIGINT ends it; then it prints how many bytes went
// each way, and the seconds from the start of the first one to the end of the last one.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define SECOND_NS 1000000000ull
// Start, eight, parity, stop. Rounded up: the line is never too fast.
#define BYTE_NS ((11 * SECOND_NS + 115200 - 1) / 115200)

enum { MOST = 4096 };

struct direction {
    int from, to;
    uint8_t bytes[MOST]; // under way
    size_t count;
    uint64_t over; // when the last one is, or was, in nanoseconds
    unsigned long passed;
};

struct paced_line {
    struct direction to_chip, to_host;
    uint64_t began, ended; // in nanoseconds; 0: no byte yet
};

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static void die(const char *what)
{
    fprintf(stderr, "paced-line: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

static uint64_t now(void)
{
    struct timespec time = {0};

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * SECOND_NS + (uint64_t)time.tv_nsec;
}

// Nothing is translated, and nothing waits for a reader who does not read.
static void make_raw(int terminal)
{
    struct termios settings;

    if (tcgetattr(terminal, &settings)) {
        die("not a terminal");
    }
    settings.c_iflag = 0;
    settings.c_oflag = 0;
    settings.c_lflag = 0;
    settings.c_cc[VMIN] = 1;
    settings.c_cc[VTIME] = 0;
    tcsetattr(terminal, TCSANOW, &settings);
}

static int open_chip(const char *path)
{
    int chip = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);

    if (chip < 0) {
        die(path);
    }
    make_raw(chip);
    return chip;
}

// The host's end stays open here, too, so that hosts may come and go.
static int open_host(const char *link)
{
    int host = posix_openpt(O_RDWR | O_NOCTTY);
    const char *name = host < 0 || grantpt(host) || unlockpt(host) ? NULL : ptsname(host);
    int end = name ? open(name, O_RDWR | O_NOCTTY) : -1;

    if (end < 0 || symlink(name, link)) {
        die(link);
    }
    make_raw(end);
    fcntl(host, F_SETFL, O_NONBLOCK);
    return host;
}

// Bytes that have come. Each is over a byte's time after the one before it, or after now.
static void take(struct paced_line *line, struct direction *direction)
{
    ssize_t got =
        read(direction->from, direction->bytes + direction->count, MOST - direction->count);
    uint64_t came = now();

    if (got <= 0) {
        return;
    }
    direction->over = (direction->over > came ? direction->over : came) + (uint64_t)got * BYTE_NS;
    direction->count += (size_t)got;
    line->began = line->began ? line->began : came;
}

// Bytes arrive when all that are under way are over.
static void pass(struct paced_line *line, struct direction *direction)
{
    uint64_t at = now();

    if (direction->count == 0 || at < direction->over) {
        return;
    }
    // Lost where it finds no room, as on a wire: it is counted all the same.
    if (write(direction->to, direction->bytes, direction->count) < 0 && errno != EAGAIN) {
        die("an end of the line is gone");
    }
    direction->passed += direction->count;
    direction->count = 0;
    line->ended = at;
}

static uint64_t next_over(const struct direction *direction)
{
    return direction->count ? direction->over : UINT64_MAX;
}

// Waits until a byte comes or is over, or a signal does.
static void wait_for_next(const struct paced_line *line, const sigset_t *unblocked, fd_set *ready)
{
    uint64_t to_chip = next_over(&line->to_chip), to_host = next_over(&line->to_host);
    uint64_t next = to_chip < to_host ? to_chip : to_host, at = now();
    uint64_t left = next > at ? next - at : 0;
    const struct timespec most = {(time_t)(left / SECOND_NS), (long)(left % SECOND_NS)};
    int chip = line->to_chip.to, host = line->to_host.to;

    FD_ZERO(ready);
    if (line->to_host.count < MOST) {
        FD_SET(chip, ready);
    }
    if (line->to_chip.count < MOST) {
        FD_SET(host, ready);
    }
    if (pselect((chip > host ? chip : host) + 1, ready, NULL, NULL,
                next == UINT64_MAX ? NULL : &most, unblocked) <= 0) {
        FD_ZERO(ready);
    }
}

static void run(struct paced_line *line, const sigset_t *unblocked)
{
    fd_set ready;

    while (!stop) {
        wait_for_next(line, unblocked, &ready);
        pass(line, &line->to_chip);
        pass(line, &line->to_host);
        if (FD_ISSET(line->to_chip.from, &ready)) {
            take(line, &line->to_chip);
        }
        if (FD_ISSET(line->to_host.from, &ready)) {
            take(line, &line->to_host);
        }
    }
}

// Signals come while it waits, and at no other time.
static void catch_signals(sigset_t *unblocked)
{
    const int numbers[] = {SIGTERM, SIGINT};
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t blocked;

    sigemptyset(&blocked);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaddset(&blocked, numbers[i]);
        sigaction(numbers[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &blocked, unblocked);
}

// Linux lets a sleeper oversleep by 50 us, half a byte, unless it is told not to. Elsewhere there
// is no such file.
static void sleep_exactly(void)
{
    FILE *slack = fopen("/proc/self/timerslack_ns", "w");

    if (slack) {
        fputs("1", slack);
        fclose(slack);
    }
}

int main(int argc, char **argv)
{
    static struct paced_line line;
    sigset_t unblocked;

    if (argc != 3) {
        fprintf(stderr, "usage: paced-line CHIP LINK\n");
        return 2;
    }
    catch_signals(&unblocked);
    sleep_exactly();
    int chip = open_chip(argv[1]), host = open_host(argv[2]);
    line.to_chip.from = line.to_host.to = host;
    line.to_chip.to = line.to_host.from = chip;
    run(&line, &unblocked);
    unlink(argv[2]);
    printf("{\"to_chip\": %lu, \"to_host\": %lu, \"seconds\": %.6f}\n", line.to_chip.passed,
           line.to_host.passed, (double)(line.ended - line.began) / (double)SECOND_NS);
    return EXIT_SUCCESS;
}
