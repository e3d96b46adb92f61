// source_lines_dwarf.c: reads functions, files and lines from DWARF by libdw.
// SPDX-License-Identifier: MIT
#include "source_lines_dwarf.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <stdlib.h>

struct place {
    const char *file;
    int line;
};

// Tabs and ends of lines part the answers.
static void write_text(const char *text, FILE *answers)
{
    for (; *text; text++) {
        fputc((unsigned char)*text < ' ' ? '?' : *text, answers);
    }
}

static void write_frame(size_t index, Dwarf_Die *function, struct place place, FILE *answers)
{
    const char *name = dwarf_diename(function);

    if (name && *name && place.file && *place.file && place.line > 0) {
        fprintf(answers, "%zu\t", index);
        write_text(name, answers);
        fputc('\t', answers);
        write_text(place.file, answers);
        fprintf(answers, "\t%d\n", place.line);
    }
}

// Where an inlined function is called.
static struct place place_of_call(Dwarf_Die *unit, Dwarf_Die *inlined)
{
    Dwarf_Attribute attribute;
    Dwarf_Word file = 0, line = 0;
    Dwarf_Files *files;
    size_t count;

    if (dwarf_formudata(dwarf_attr(inlined, DW_AT_call_file, &attribute), &file) ||
        dwarf_formudata(dwarf_attr(inlined, DW_AT_call_line, &attribute), &line) ||
        dwarf_getsrcfiles(unit, &files, &count) || file >= count) {
        return (struct place){NULL, 0};
    }
    return (struct place){dwarf_filesrc(files, file, NULL, NULL), (int)line};
}

// The functions around an address: copies of inlined ones, then the one that they are in.
static void write_frames(size_t index, Dwarf_Die *unit, struct place place, Dwarf_Die *scopes,
                         int count, FILE *answers)
{
    for (int i = 0; i < count; i++) {
        int tag = dwarf_tag(&scopes[i]);
        if (tag == DW_TAG_inlined_subroutine) {
            write_frame(index, &scopes[i], place, answers);
            place = place_of_call(unit, &scopes[i]);
        } else if (tag == DW_TAG_subprogram) {
            write_frame(index, &scopes[i], place, answers);
            return;
        }
    }
}

static void look_up(size_t index, Dwarf_Die *unit, Dwarf_Addr address, FILE *answers)
{
    Dwarf_Line *line = dwarf_getsrc_die(unit, address);
    Dwarf_Die *scopes = NULL, *nested = NULL;
    struct place place = {line ? dwarf_linesrc(line, NULL, NULL) : NULL, 0};
    int count = dwarf_getscopes(unit, address, &scopes);

    if (line) {
        dwarf_lineno(line, &place.line);
    }
    // The first scope is right; those around it are where an inlined function was written.
    count = count > 0 ? dwarf_getscopes_die(&scopes[0], &nested) : 0;
    write_frames(index, unit, place, nested, count, answers);
    free(nested);
    free(scopes);
}

void source_lines_dwarf(const char *path, const uint32_t *addresses, size_t count, FILE *answers)
{
    int file = open(path, O_RDONLY);
    Dwarf *dwarf = file < 0 ? NULL : dwarf_begin(file, DWARF_C_READ);
    Dwarf_Off offset = 0, next;
    size_t header;

    while (dwarf && dwarf_nextcu(dwarf, offset, &next, &header, NULL, NULL, NULL) == 0) {
        Dwarf_Die unit;
        for (size_t i = 0; dwarf_offdie(dwarf, offset + header, &unit) && i < count; i++) {
            if (dwarf_haspc(&unit, addresses[i]) > 0) {
                look_up(i, &unit, addresses[i], answers);
            }
        }
        offset = next;
    }
    // What is open is closed by the end of the process.
}
