# confidence.py: says how sure one key of a group is.
# SPDX-License-Identifier: MIT


def confidence_of(group, key):
    for confidence in ("inferred", "measured"):
        if key in group.get(confidence, []):
            return confidence
    return group.get("confidence", "inferred")
