# refusals.py: says which row of which file a refusal is about.
# SPDX-License-Identifier: MIT


def reporter(device, refusals):
    """A function of a key and a reason that adds "FILE: SLUG: KEY: why" to `refusals`."""

    def report(key, why):
        refusals.append(f"{device.file}: {device.slug}: {key}: {why}")

    return report
