# bits.py: says which leftovers an observation has, and which it has not.
# SPDX-License-Identifier: MIT


def holds(alternatives, left):
    """True if all keys of one of the alternatives are among what was left, with a value that it names."""
    return any(
        all(left.get(key) in values for key, values in alternative.items())
        for alternative in alternatives
    )


def was_left(leftover, observation):
    return holds(leftover.get("left", []), observation.left())


def was_likely(leftover, observation):
    """The observation does not say it, and programs of this kind leave it."""
    sure = was_left(leftover, observation) or was_absent(leftover, observation)
    return not sure and holds(leftover.get("likely", []), observation.left())


def was_absent(leftover, observation):
    return not was_left(leftover, observation) and holds(leftover.get("absent", []), observation.left())


def mask(leftovers, fits):
    """A word with the bit of each leftover that `fits`: bits count in the order of the leftovers."""
    return sum(1 << bit for bit, leftover in enumerate(leftovers) if fits(leftover))


def cause(leftovers, observation):
    return mask(leftovers, lambda leftover: leftover["id"] in observation.get("cause", []))
