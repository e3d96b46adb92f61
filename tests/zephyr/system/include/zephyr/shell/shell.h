// shell.h: the few names of Zephyr's shell that the application of docs/zephyr.md uses.
// SPDX-License-Identifier: MIT
#ifndef ZEPHYR_SHELL_H
#define ZEPHYR_SHELL_H

#include <stddef.h>

struct shell;

struct shell_command {
    const char *name;
    int (*handler)(const struct shell *, size_t, char **);
};

#define SHELL_CMD_REGISTER(name, subcommands, help, handler)                                       \
    __attribute__((section(".shell_root_cmds"),                                                    \
                   used)) static const struct shell_command shell_command_##name = {#name,         \
                                                                                    handler}

void shell_error(const struct shell *shell, const char *format, const char *text);

#endif
