// pages.h: files about a program that a package brings, made of what the program says about itself.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_COMMON_PAGES_H
#define BOOTLEAP_COMMON_PAGES_H

#include "program.h"

// The manual page, for man and groff.
void page_man(const struct program *program, FILE *file);

// The completions of bash and zsh. `rest` is completion_bash.sh.
void page_bash(const struct program *program, FILE *rest, FILE *file);
void page_zsh(const struct program *program, FILE *file);

#endif
