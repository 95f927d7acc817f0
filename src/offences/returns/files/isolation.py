"""The files of a round, each read in a process of its own within limits of memory and time.

A library can hang on a damaged file, ask for all memory, or crash. It then takes a child process
with it and nothing else: the file is set aside and the next one is read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as TooLong
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from offences.returns.files.grids import Grid, SetAsideError
from offences.returns.files.readers import read_file

MOST_MEMORY = 1 << 30
"""Bytes of memory that reading one file may take."""

MOST_SECONDS = 30
"""Seconds that reading one file may take."""

OURS = (".yaml", ".yml")
"""Endings of what people type: layouts, prose answers and the round itself."""


@dataclass(frozen=True)
class Received:
    """A received file: its tables, or the reason why it is set aside."""

    path: Path
    grids: tuple[Grid, ...] = ()
    set_aside: str = ""


def received_paths(folder: Path) -> list[Path]:
    """Return the received files of a folder, by name; hidden ones and ours are left out."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.name.startswith((".", "~$")) and path.suffix not in OURS
    ]


def read_each(paths: Sequence[Path]) -> Iterator[Received]:
    """Yield every file as read or set aside, in order, as soon as each is done."""
    if not paths:
        return
    workers = min(len(paths), os.cpu_count() or 1)
    with ProcessPool(max_workers=workers, initializer=_limit, context=get_context("spawn")) as pool:
        waiting = [pool.schedule(_read, args=[path], timeout=MOST_SECONDS) for path in paths]
        for path, future in zip(paths, waiting, strict=True):
            try:
                yield future.result()
            except TooLong:
                yield Received(path, set_aside=f"takes more than {MOST_SECONDS} seconds to read.")
            except (ProcessExpired, MemoryError):
                yield Received(
                    path, set_aside="cannot be read: its reader ran out of memory or crashed on it."
                )


def _limit() -> None:
    """Bound the memory of a child process, where the system can, and silence its crash."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    try:
        import resource
    except ImportError:  # Windows has no such bound; time and cell limits remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(path: Path) -> Received:
    try:
        return Received(path, tuple(read_file(path)))
    except SetAsideError as reason:
        return Received(path, set_aside=str(reason))
    except OSError as error:
        return Received(path, set_aside=f"cannot be opened ({error.strerror}).")
