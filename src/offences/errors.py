"""Problems that a person can mend: each message says where it is and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class OffencesError(Exception):
    """A problem with what was given, not with the code; the message is meant to be read."""


class DataError(OffencesError):
    """Something in a data file is wrong.

    Parameters
    ----------
    file
        The file, shown from the project's root where it lies inside it.
    problem
        What is wrong there, and what to do.
    row
        Line number in the file, the header being line 1.
    column
        Name of the column.
    """

    def __init__(
        self, file: Path | str, problem: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        where = [str(file)]
        if row is not None:
            where.append(f"row {row}")
        if column is not None:
            where.append(f"column '{column}'" if column else "the column without a heading")
        super().__init__(f"{', '.join(where)}: {problem}")


class UnreadableError(ValueError):
    """A text that cannot be read; the whole sentence is its message.

    Attributes
    ----------
    why
        What is wrong with it, without a full stop.
    """

    def __init__(self, why: str, what_to_do: str = "") -> None:
        super().__init__(f"{why}. {what_to_do}".rstrip())
        self.why = why


class ParameterError(OffencesError):
    """What a run was asked for does not make sense or is not in the data."""


class RunError(OffencesError):
    """A run did not end as it should; the last good one is untouched."""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return at most three known words that look like a word, the nearest first.

    Case and surrounding space do not count.
    """
    by_folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.strip().casefold(), list(by_folded), n=3, cutoff=0.6)
    return [by_folded[name] for name in near]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``: did you mean 'Wales'?`` for the nearest known words, or an empty string."""
    return offer(nearest(word, known))


def offer(names: Iterable[str]) -> str:
    """Return ``: did you mean 'Wales'?`` for names, or an empty string where there are none."""
    quoted = " or ".join(repr(name) for name in names)
    return f": did you mean {quoted}?" if quoted else ""
