// flash_job.h: everything that is known about one run of `bootleap flash`, and its report.
// SPDX-License-Identifier: MIT
#ifndef BOOTLEAP_CLI_FLASH_JOB_H
#define BOOTLEAP_CLI_FLASH_JOB_H

#include "connection.h"
#include "flasher.h"
#include "keep.h"
#include "options.h"

struct flash_job {
    const struct options *options;
    const char *file;
    struct image image;
    const struct device *wanted; // NULL without --device
    struct keep keep;
    struct plan plan;
    struct flasher flasher;
    struct connection connection;
    struct target target;
    struct progress progress;
    struct watch watch;
    char line[CONNECTION_LINE_BYTES]; // that the application printed when it started
    uint64_t started_ms;
    bool identified, verified, started;
};

// Does all of `bootleap flash` but its report. `options` and `file` of the job are set; the job
// must be closed afterwards, whatever the result. Returns 0, or the exit code that is in *problem.
int flash_job_run(struct flash_job *job, struct problem *problem);
void flash_job_close(struct flash_job *job);

// Does all of `bootleap flash`. Returns 0, or the exit code that is in *problem.
int flash_run(const struct options *options, struct problem *problem);

// For people, on stdout: what was done by a run without a problem.
void flash_report_text(const struct flash_job *job);

// Adds the same to `report`, also after a problem.
void flash_report_json(json_t *report, const struct flash_job *job);

#endif
