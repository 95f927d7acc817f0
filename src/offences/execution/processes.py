"""Processes for notebooks: forked from one that holds only imports, one notebook each.

Importing pandas, matplotlib and the rest costs more than a second; a server process pays it once
and forks a child for each notebook. The server runs no notebook, so no state of one reaches
another. Where a system cannot fork, each child starts from nothing.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import Any

from offences.errors import OffencesError, RunError

PRELOADED = "offences.execution.preload"
"""Module whose imports the server holds."""

WARM, COLD = "warm", "cold"
ENGINES = (WARM, COLD)
"""How notebooks are executed: in a process forked with all imports done, or in a new kernel."""

_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one notebook may use.

    Attributes
    ----------
    seconds
        For a cell; after that it counts as hanging. None for no limit.
    memory
        MiB of address space for the process of a notebook; 0 for no limit.
    """

    seconds: float | None = 600.0
    memory: int = 6144


@dataclass
class Children:
    """The processes that run now, so that all can be stopped at once."""

    stopping: threading.Event = field(default_factory=threading.Event)
    _running: set[Any] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(
        self, work: Callable[..., None], arguments: tuple[Any, ...], limits: Limits, what: str
    ) -> None:
        """Do the work in a process of its own and wait for it.

        ``work`` is called with a function to report each cell it starts, then the arguments.

        Raises
        ------
        RunError
            When the work raises, its process dies, or a cell runs too long.
        """
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = context().Process(target=_child, args=(theirs, work, arguments, limits.memory))
        with self._lock:
            if self.stopping.is_set():
                raise RunError(f"{what}: stopped.")
            process.start()
            self._running.add(process)
        theirs.close()
        try:
            _watch(ours, process, limits.seconds, what)
        finally:
            process.kill()
            process.join()
            ours.close()
            with self._lock:
                self._running.discard(process)
        if self.stopping.is_set():
            raise RunError(f"{what}: stopped.")

    def stop(self) -> None:
        """Stop every process, and let no other start."""
        with self._lock:
            self.stopping.set()
            for process in self._running:
                process.kill()


def can_fork() -> bool:
    """Return whether processes can be forked from a server here."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def default_engine() -> str:
    """Return ``warm`` where processes can be forked, else ``cold``."""
    return WARM if can_fork() else COLD


def context() -> ForkServerContext | SpawnContext:
    """Return how children are started: forked from the server, else from nothing."""
    if not can_fork():
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload([PRELOADED])
    return forking


def after_fork() -> None:
    """Make anew what must not be the same in every child: the state of random numbers."""
    import numpy as np

    random.seed()
    np.random.seed()


def _watch(connection: Connection, process: Any, seconds: float | None, what: str) -> None:
    """Follow a child cell by cell until it is done."""
    cell = 0
    while True:
        if not connection.poll(seconds):
            raise RunError(f"{what}, cell {cell}: ran longer than {seconds:g} s.")
        try:
            kind, said = connection.recv()
        except (EOFError, OSError):
            process.join(5)
            code = process.exitcode
            how = f"was killed by signal {-code}" if code and code < 0 else f"ended with {code}"
            hint = " (out of memory, perhaps)" if code == -9 else ""
            raise RunError(f"{what}, cell {cell}: its process {how}{hint}.") from None
        if kind == "cell":
            cell = int(said)
        elif kind == "failed":
            raise RunError(said)
        else:
            return


def _child(
    connection: Connection, work: Callable[..., None], arguments: tuple[Any, ...], memory: int
) -> None:
    """Do the work in this process and say how it went."""
    after_fork()
    _limit_memory(memory)
    try:
        work(lambda number: connection.send(("cell", number)), *arguments)
    except OffencesError as error:
        connection.send(("failed", str(error)))
    except OSError as error:
        where = f": {Path(str(error.filename)).name}" if error.filename else ""
        connection.send(("failed", f"{error.strerror or error}{where}"))
    else:
        connection.send(("done", ""))


def _limit_memory(mebibytes: int) -> None:
    if not mebibytes:
        return
    with suppress(ImportError, ValueError, OSError):  # not every system has such a limit
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = mebibytes * _MEBIBYTE
        resource.setrlimit(resource.RLIMIT_AS, (soft if hard < 0 else min(soft, hard), hard))


def environment(name: str, value: object) -> None:
    """Say something to code that runs later in this process, as JSON."""
    os.environ[name] = json.dumps(value)
