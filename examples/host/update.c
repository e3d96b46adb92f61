// update.c: an updater for one's own product, on libbootleap: asks the board, flashes what differs.
// SPDX-License-Identifier: MIT
//
//     cc update.c $(pkg-config --cflags --libs libbootleap) -o update
//     ./update                            lists the ports
//     ./update /dev/ttyACM0 app.elf f411  flashes app.elf into an STM32F411, and no other chip
#include <libbootleap.h>

#include <stdio.h>

static int say(const struct libbootleap_problem *problem)
{
    fprintf(stderr, "%s (%s). Try: %s\n", problem->what, libbootleap_fault_word(problem->fault),
            problem->try_this);
    return problem->code;
}

static void show_port(const struct libbootleap_port *port, void *context)
{
    (void)context;
    printf("%-16s %s\n", port->port, port->description ? port->description : "");
}

static int list(void)
{
    struct libbootleap_problem problem;

    return libbootleap_list(show_port, NULL, &problem) ? say(&problem) : 0;
}

static void show_progress(void *context, const char *phase, size_t done, size_t total)
{
    (void)context;
    fprintf(stderr, "\r%-8s %zu of %zu%s", phase, done, total, done == total ? "\n" : "");
}

// The board is in its ROM. A difference is what an update is for, and no problem.
static int bring_in(struct libbootleap *chip, struct libbootleap_file *file)
{
    const struct libbootleap_start_settings start = {.wait_ms = 5000};
    struct libbootleap_flash_result result;
    struct libbootleap_problem problem;
    char line[LIBBOOTLEAP_LINE_BYTES];

    int code = libbootleap_flash(chip, file, NULL, &result, &problem);
    if (code == 0) {
        printf("%s: %zu pages erased, %u bytes written\n", libbootleap_chip(chip)->name,
               result.pages_erased, result.bytes_written);
        code = libbootleap_start(chip, &start, line, &problem);
    }
    if (code) {
        return say(&problem);
    }
    printf("it runs: %s\n", line);
    return 0;
}

static int update(struct libbootleap *chip, const char *path)
{
    struct libbootleap_problem problem;
    struct libbootleap_file *file;

    int code = libbootleap_file_open(&file, path, NULL, &problem);
    if (code) {
        return say(&problem);
    }
    // Before the board is asked: a file for another chip does not stop the application.
    code = libbootleap_file_check(chip, file, &problem);
    if (code == 0) {
        code = libbootleap_enter(chip, &problem);
    }
    code = code ? say(&problem) : bring_in(chip, file);
    libbootleap_file_close(file);
    return code;
}

int main(int argc, char **argv)
{
    const struct libbootleap_callbacks callbacks = {.progress = show_progress};
    struct libbootleap_settings settings = {.port = argc > 1 ? argv[1] : NULL};
    struct libbootleap_problem problem;
    struct libbootleap *chip;

    if (argc < 3) {
        return list();
    }
    settings.device = argc > 3 ? argv[3] : NULL;
    int code = libbootleap_open(&chip, &settings, &callbacks, &problem);
    if (code) {
        return say(&problem);
    }
    code = update(chip, argv[2]);
    libbootleap_close(chip);
    return code;
}
