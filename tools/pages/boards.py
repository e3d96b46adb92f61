# boards.py: the line of docs/boards.md that says which boards have reported.
# SPDX-License-Identifier: MIT
BEGIN, END = "<!-- boards: written by tools/gen_devices.py -->\n", "<!-- end of boards -->"


def boards_page(page, devices):
    """The page with what stands between the marks made anew. A page without marks stays as it is."""
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    return before + mark + boards_line(devices) + "\n" + end + after if end else page


def boards_line(devices):
    """How many boards, and which: what the rows have as `tested`."""
    boards = [f"{board} ({device.slug})" for device in devices for board in device.get("tested", [])]
    if not boards:
        return "**Boards that reported so far: none.**"
    return f"**Boards that reported so far: {len(boards)}.** {', '.join(boards)}."
