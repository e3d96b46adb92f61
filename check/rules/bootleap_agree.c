// bootleap_agree.c: says whether two images of one product have bootleap's mark at the same place.
// SPDX-License-Identifier: MIT
#include "bootleap_image.h"
#include "findings.h"
#include "rule_bootleap.h"

static void differ(const struct firmware *one, const struct bootleap_image *a,
                   const struct firmware *other, const struct bootleap_image *b,
                   struct finding *finding)
{
    finding->verdict = VERDICT_BROKEN;
    finding->severity = SEVERITY_ERROR;
    finding->ground = "must";
    finding->pc = a->words;
    finding_say(finding,
                "the mark is at 0x%08X in %.120s, and at 0x%08X in %.120s: a request that one "
                "writes the other does not see",
                (unsigned)a->mark, one->path, (unsigned)b->mark, other->path);
    finding_advise(finding, "build both with the same BOOTLEAP_MARK, for the same part");
}

static void has_none(const struct firmware *with, const struct firmware *without,
                     struct finding *finding)
{
    finding->verdict = VERDICT_BROKEN;
    finding->severity = SEVERITY_WARNING;
    finding_say(finding,
                "%.120s has bootleap, and %.120s has not: a request of the one is not seen by "
                "the other",
                with->path, without->path);
    finding_advise(finding, "build bootleap into both");
}

int rule_bootleap_agree(const struct firmware *one, const struct firmware *other,
                        struct findings *findings, struct problem *problem)
{
    struct finding finding = finding_about(RULE_B1, "bootleap", "");
    const struct bootleap_image a = bootleap_image_find(one), b = bootleap_image_find(other);

    if (!a.found && !b.found) {
        return 0;
    }
    if (!a.found || !b.found) {
        has_none(a.found ? one : other, a.found ? other : one, &finding);
    } else if (a.mark != b.mark) {
        differ(one, &a, other, &b, &finding);
    } else {
        finding.verdict = VERDICT_OK;
        finding.severity = SEVERITY_OK;
        finding_say(&finding, "both images have the mark at 0x%08X", (unsigned)a.mark);
    }
    return findings_add(findings, &finding, problem);
}
