// report_layout.h: the columns of the text report, and how texts get into them.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_REPORT_LAYOUT_H
#define BOOTLEAP_CHECK_REPORT_LAYOUT_H

#include "paragraph.h"

#include <jansson.h>
#include <stdio.h>

// Where texts begin behind their label, where those of findings do, and how long lines are at most.
enum { REPORT_COLUMN = 12, REPORT_FINDING_COLUMN = 20, REPORT_WIDTH = 100 };

// A member of an object that is a text; "" where there is none.
const char *report_text(const json_t *object, const char *key);

// Whether it is this one.
bool report_is(const json_t *object, const char *key, const char *value);

// Adds the words of a text that a file may have brought: control characters become '?'.
void report_put(struct paragraph *paragraph, const char *text);

// A line, or more, behind its label.
void report_line(const char *label, const char *text, FILE *file);

// "jump_to_rom+0x12 (main.c:57)", of an object with the keys of a place.
void report_place(struct paragraph *paragraph, const json_t *place);

// "main > enter > jump_to_rom"; nothing where nobody called.
void report_chain(const json_t *place, size_t column, FILE *file);

#endif
