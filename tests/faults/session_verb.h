// session_verb.h: the verbs of the tool that a campaign disturbs, and what is right for each.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_TESTS_SESSION_VERB_H
#define BOOTLEAP_TESTS_SESSION_VERB_H

#include "session.h"

enum session_verb {
    SESSION_FLASH,
    SESSION_VERIFY,       // of the image, which is there
    SESSION_VERIFY_OTHER, // of the image, in a chip that holds another one
    SESSION_READ,
    SESSION_ERASE, // of the first page that the image touches
    SESSION_VERBS
};

// The verb of this name, "verify-other"; SESSION_VERBS if there is none.
enum session_verb session_verb_find(const char *name);

// The chip holds what the verb finds.
void session_verb_renew(struct bench *bench, enum session_verb verb);

// Runs the verb; `fault` may be NULL.
void session_verb_run(struct bench *bench, enum session_verb verb, const struct line_fault *fault,
                      struct session_end *end);

// Whether the verb did what it is for. One that did not, and ended with this code, said nothing of
// it.
bool session_verb_is_right(enum session_verb verb, const struct session_end *end);
int session_verb_good_code(enum session_verb verb);

#endif
