// page_man.c: writes a manual page.
// SPDX-License-Identifier: MIT
//
// In the requests of man(7). Examples stand between EX and EE, which groff has had since 2007.
#include "pages.h"

#include "manual_text.h"

#include <ctype.h>
#include <string.h>

// A letter of a text. To groff a plain "-" is a hyphen, which nobody can paste into a shell.
static void put_letter(char letter, FILE *file)
{
    static const char special[] = "\\-'`^~\"";
    static const char *const escapes[] = {"\\e",   "\\-",   "\\(aq", "\\(ga",
                                          "\\(ha", "\\(ti", "\\(dq"};
    const char *at = letter ? strchr(special, letter) : NULL;

    if (at) {
        fputs(escapes[at - special], file);
    } else {
        fputc(letter, file);
    }
}

static void put(const char *text, size_t length, FILE *file)
{
    for (size_t i = 0; i < length; i++) {
        put_letter(text[i], file);
    }
}

// A whole line of text. A request would begin with a point or an apostrophe.
static void put_line(const char *text, size_t length, FILE *file)
{
    if (length && text[0] == '.') {
        fputs("\\&", file);
    }
    put(text, length, file);
    fputc('\n', file);
}

static void put_text(const char *text, FILE *file)
{
    enum manual_line kind, last = MANUAL_EMPTY;
    const char *line;
    size_t length;

    while ((kind = manual_text_next(&text, &line, &length)) != MANUAL_END) {
        if (kind == MANUAL_AS_IT_IS && last != MANUAL_AS_IT_IS) {
            fputs(".RS 4\n.EX\n", file);
        } else if (kind != MANUAL_AS_IT_IS && last == MANUAL_AS_IT_IS) {
            fputs(".EE\n.RE\n", file);
        }
        if (kind == MANUAL_EMPTY) {
            fputs(".PP\n", file);
        } else if (kind == MANUAL_AS_IT_IS) {
            put_line(line + 2, length - 2, file);
        } else {
            put_line(line, length, file);
        }
        last = kind;
    }
    if (last == MANUAL_AS_IT_IS) {
        fputs(".EE\n.RE\n", file);
    }
}

static void put_words(const struct option_row *row, const struct option_table *verb, FILE *file)
{
    bool told = option_row_is_told_by(row, verb);

    if (!row->word_help || !told) {
        for (unsigned i = 0; row->words(i); i++) {
            fputs(i ? ", " : "", file);
            put(row->words(i), strlen(row->words(i)), file);
        }
        if (!told) {
            fputs(" (`", file);
            put(verb->program, strlen(verb->program), file);
            fprintf(file, " %s \\-\\-help` explains them)", row->told_by);
        }
        fputc('\n', file);
        return;
    }
    fputs(".RS\n", file);
    for (unsigned i = 0; row->words(i); i++) {
        fputs(".TP\n.B ", file);
        put_line(row->words(i), strlen(row->words(i)), file);
        put_line(row->word_help(i), strlen(row->word_help(i)), file);
    }
    fputs(".RE\n", file);
}

static void put_option(const struct option_row *row, const struct option_table *verb, FILE *file)
{
    const char *argument = row->argument ? row->argument : "";

    fputs(".TP\n\\fB\\-\\-", file);
    put(row->name, strlen(row->name), file);
    fputs("\\fR", file);
    if (row->letter) {
        fprintf(file, ", \\fB\\-%c\\fR", row->letter);
    }
    if (*argument) {
        fprintf(file, "%s\\fI", *argument == '[' ? "" : " ");
        put(argument, strlen(argument), file);
        fputs("\\fR", file);
    }
    fputc('\n', file);
    put_line(row->help, strlen(row->help), file);
    if (row->words) {
        put_words(row, verb, file);
    }
}

static void put_options(const struct option_table *verb, FILE *file)
{
    for (size_t i = 0; i < verb->group_count; i++) {
        if (verb->groups[i].title) {
            fputs(".PP\n", file);
            put_line(verb->groups[i].title, strlen(verb->groups[i].title), file);
        }
        for (const struct option_row *row = verb->groups[i].rows; row->name; row++) {
            put_option(row, verb, file);
        }
    }
    if (verb->end) {
        fputs(".PP\n", file);
        put_text(verb->end, file);
    }
}

static void put_verb(const struct option_table *verb, FILE *file)
{
    char call[OPTION_CALL];

    option_table_call(verb, call);
    fputs(".SS \"", file);
    put(call, strlen(call), file);
    fputs(*verb->operands ? " " : "", file);
    put(verb->operands, strlen(verb->operands), file);
    fputs(verb->group_count ? " [options]\"\n" : "\"\n", file);
    put_text(verb->description, file);
    put_options(verb, file);
}

static void put_terms(const struct program_term *terms, FILE *file)
{
    for (; terms->term; terms++) {
        fputs(".TP\n.B ", file);
        put_line(terms->term, strlen(terms->term), file);
        put_line(terms->text, strlen(terms->text), file);
    }
}

static void put_head(const struct program *program, FILE *file)
{
    // AD: lines are not stretched, which groff 1.23 asks for at each heading anew.
    fputs(".\\\" Made of the texts of --help. SPDX-License-Identifier: MIT\n.ds AD l\n.TH ", file);
    for (const char *letter = program->name; *letter; letter++) {
        put_letter((char)toupper((unsigned char)*letter), file);
    }
    // No date: the same version gives the same page. Words are not parted at line ends: they are
    // code.
    fprintf(file, " 1 \"\" \"bootleap %s\" \"User Commands\"\n.nr HY 0\n.nh\n.ad l\n.SH NAME\n",
            program->version);
    put(program->name, strlen(program->name), file);
    fputs(" \\- ", file);
    put_line(program->title, strlen(program->title), file);
    fputs(".SH SYNOPSIS\n.B ", file);
    put(program->name, strlen(program->name), file);
    if (program_has_verbs(program)) {
        fputs("\n.I VERB\n.RI [ ARGUMENTS ]\n.br\n.B ", file);
        put(program->name, strlen(program->name), file);
        fputs("\n.RI [ VERB ]\n.B \\-\\-help\n.br\n.B ", file);
    } else {
        fprintf(file, "\n.I %s\n.RI [ options ]\n.br\n.B ", program->verb(0)->operands);
    }
    put(program->name, strlen(program->name), file);
    fputs(" \\-\\-version\n", file);
}

static void put_verbs(const struct program *program, FILE *file)
{
    const struct option_table *verb;

    fputs(".SH DESCRIPTION\n", file);
    if (!program_has_verbs(program)) {
        put_text(program->verb(0)->description, file);
        fputs(".SH OPTIONS\n", file);
        put_options(program->verb(0), file);
        return;
    }
    put_text(program->description, file);
    fputs(".SH VERBS\n", file);
    for (size_t i = 0; (verb = program->verb(i)) != NULL; i++) {
        put_verb(verb, file);
    }
}

void page_man(const struct program *program, FILE *file)
{
    put_head(program, file);
    put_verbs(program, file);
    fputs(".SH EXIT STATUS\n", file);
    put_terms(program->exits, file);
    fputs(".SH FILES\n", file);
    put_terms(program->files, file);
    fputs(".SH EXAMPLES\n", file);
    put_text(program->examples, file);
    fputs(".SH SEE ALSO\n.BR bootleap (1),\n.BR bootleap\\-check (1),\n.BR bootleap\\-sim (1)\n",
          file);
}
