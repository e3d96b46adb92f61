# many_boards.py: boards of one USB id come and go in any order while they are flashed: none is mixed up.
# SPDX-License-Identifier: MIT
"""many_boards.py SIM BOOTLEAP STAGE ELF [--boards N] [--rounds N] [--seed N]

ELF is an application for an F405. Virtual boards that differ by their unique id are plugged into one
hub. In each round each of them is flashed once, four at a time, in another order: its application is
asked, leaves USB, and its ROM comes at the same port with a new number, while others do the same. They
are named by path and by serial number, in turn. Each has a file of its own, one block, another one
each round. A board that holds another one's, or was flashed when another one was meant, is mixed up."""
import argparse
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from virtual_board import Board, on_stage

SLUG, BLOCK, BOARDS, AT_ONCE = "f405", 2048, 16, 4
START, OFFSET = 0x08000000, 0x10000 # where the block goes: the application is left alone
INSIDE = "inside"  # the first argument where it runs on the stage
FIRST_ID, FIRST_SUM = 0x00340012, 0x4283545E  # of the unique id, and what the ROM makes of it
MIDDLE = "4541"


def content(board, turn):
    """What a board is flashed with in a round. It begins as no format of files does."""
    return bytes(4) + random.Random(board * 100003 + turn).randbytes(BLOCK - 4)


def port_of(board, turn):
    if (board + turn) % 2:
        return f"usb:1-{board + 1}"
    return f"usb:serial={FIRST_SUM + board:08X}{MIDDLE}"


def inside(bootleap, folder, turn, boards, seed):
    """On the stage: each board once. 1 if one of them fails."""
    order, failed = list(range(int(boards))), []
    random.Random(f"{seed} {turn}").shuffle(order)

    def work(worker):
        # umockdev knows who listens to udev's events by the number of their file: each has its own.
        others = " ".join(f"{number}</dev/null" for number in range(3, 3 + 30 * worker))
        while order:
            board = order.pop()
            port = port_of(board, int(turn))
            done = subprocess.run(["bash", "-c", f'exec "$@" {others}', "bash", bootleap, "flash",
                                   Path(folder, f"{board}.bin"), port, "--device", SLUG,
                                   "--address", f"{START + OFFSET:#x}", "--start-wait", "0"],
                                  capture_output=True, text=True, check=False)
            if done.returncode:
                failed.append(f"board {board}, {port}: {done.stderr.strip()}")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work, range(AT_ONCE)))
    print("\n".join(failed), end="")
    return 1 if failed else 0


def flash_round(tools, boards, folder, turn):
    """Flashes each board once, in a random order. What went wrong."""
    for number in range(len(boards)):
        Path(folder, f"{number}.bin").write_bytes(content(number, turn))
    done = on_stage(tools.stage, boards, sys.executable, "-B", __file__, INSIDE, tools.bootleap,
                    folder, turn, len(boards), tools.seed, ready=len(boards),
                    patience=20 * len(boards))
    wrong = done.out.splitlines()
    for number, board in enumerate(boards):
        if not wrong:
            board.await_events("go", turn)
        count = len(board.events("go"))
        if count != turn:
            wrong.append(f"board {number}: flashed {count} times after {turn} rounds")
    return wrong


def rounds(tools, folder):
    """What went wrong in all of them, and which boards hold a file that is not theirs."""
    wrong = []
    with ExitStack() as stack:
        boards = [stack.enter_context(Board(
            tools.sim, tools.elf, "--device", SLUG, "--usb-device", "dfu", "--unique-id",
            f"{FIRST_ID + number:#x}", "--flash", Path(folder, f"{number}.flash")))
            for number in range(tools.boards)]
        for turn in range(1, tools.rounds + 1):
            wrong += [f"round {turn}: {one}" for one in flash_round(tools, boards, folder, turn)]
            if wrong:
                break
    for number, board in enumerate(boards):
        if board.flash[OFFSET:OFFSET + BLOCK] != content(number, turn):
            wrong.append(f"board {number} holds a file that is not its own")
        why = board.came_back()
        wrong += [f"board {number}: {why}"] if why else []
    return wrong


def main(arguments):
    if arguments[0] == INSIDE:
        return inside(*arguments[1:])
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("sim", "bootleap", "stage", "elf"):
        parser.add_argument(name)
    parser.add_argument("--boards", type=int, default=BOARDS)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=16)
    tools = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        wrong = rounds(tools, folder)
    for one in wrong[:20]:
        print(one)
    print(f"{tools.boards} boards, {tools.rounds} rounds, {len(wrong)} findings")
    return 7 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
