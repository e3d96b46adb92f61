// findings.h: makes findings, and keeps them in a list.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CHECK_FINDINGS_H
#define BOOTLEAP_CHECK_FINDINGS_H

#include "finding.h"
#include "printf_format.h"
#include "problem.h"

// A finding without an answer yet. `about` and `point` are kept as they are, not copied.
struct finding finding_about(enum rule_id rule, const char *about, const char *point);

// The sentence that says what is so, and the one that says what to change. What does not fit is
// cut.
void finding_say(struct finding *finding, const char *format, ...) PRINTF_FORMAT(2, 3);
void finding_advise(struct finding *finding, const char *format, ...) PRINTF_FORMAT(2, 3);

// Appends a copy. Returns 0, or the exit code that was put into *problem.
int findings_add(struct findings *findings, const struct finding *finding, struct problem *problem);

// The finding of this rule about this question; NULL: none.
const struct finding *findings_about(const struct findings *findings, enum rule_id rule,
                                     const char *about);

// Drops all but what is broken, on every way or on some.
void findings_keep_broken(struct findings *findings);

void findings_close(struct findings *findings);

#endif
