// serial_claim_posix.c: locks a serial port in each way that other programs know.
// SPDX-License-Identifier: MIT
#include "serial_claim.h"

#include "flock_holder.h"

#include <errno.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>

static int busy(const char *port, struct problem *problem)
{
    struct port_holder holder;

    if (flock_holder_find(&holder, port) || port_holder_find(&holder, "", port)) {
        problem_set(problem, EXIT_FAILED, "close that program",
                    "open %s: another program uses this port: pid %lu (%s)", port, holder.pid,
                    holder.name[0] ? holder.name : "?");
    } else {
        problem_set(problem, EXIT_FAILED,
                    holder.hidden ? "close the terminal program that holds it; sudo bootleap "
                                    "doctor names a program of another user"
                                  : "close the terminal program that holds it",
                    "open %s: another program uses this port", port);
    }
    return problem_blame(problem, FAULT_COMPUTER);
}

int serial_claim_refused(const char *port, int error, struct problem *problem)
{
    switch (error) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
        return problem_set(problem, EXIT_NO_DEVICE, "bootleap list", "open %s: no such port", port);
    case EBUSY:
    case EWOULDBLOCK:
        return busy(port, problem);
    case EACCES:
        problem_set(problem, EXIT_FAILED,
                    "become a member of the group that owns the port (often dialout), "
                    "then log in again",
                    "open %s: you may not use this port", port);
        return problem_blame(problem, FAULT_COMPUTER);
    default:
        return problem_set(problem, EXIT_FAILED, "bootleap list", "open %s: %s", port,
                           strerror(error));
    }
}

// A lock for programs that ask for one; on a real port also a lock file, and the tty's own
// exclusive flag for programs that ask for nothing. A pty keeps that flag when its holder is
// killed, and has a name that the next pty gets: it gets neither.
int serial_claim_take(struct serial_claim *claim, int file, const char *port, bool wired,
                      struct problem *problem)
{
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        return serial_claim_refused(port, errno, problem);
    }
    int error = wired ? uucp_lock_take(&claim->lock, uucp_lock_folder(), port, problem) : 0;
    if (error) {
        return error;
    }
    claim->exclusive = wired && ioctl(file, TIOCEXCL) == 0;
    return 0;
}

void serial_claim_end(struct serial_claim *claim, int file)
{
    if (claim->exclusive) {
        ioctl(file, TIOCNXCL);
    }
    claim->exclusive = false;
    uucp_lock_end(&claim->lock);
}
