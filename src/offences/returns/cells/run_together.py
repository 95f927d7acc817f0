"""Figures that lost the space between them: ``1521812911827995`` is six numbers for seven years.

They are separated only where the column totals and every other row say what each must be.
"""

from __future__ import annotations

from collections.abc import Sequence


def resolve(
    digits: str, totals: Sequence[str], others: Sequence[Sequence[str]]
) -> list[str] | None:
    """Return the figures of a row that ran together, or None where they cannot be separated.

    Parameters
    ----------
    digits
        The run, as written.
    totals
        The printed total of each column.
    others
        The figures of every other row, by column.

    Returns
    -------
    One text a column. A column for which nothing is left over was blank, or held the ``0`` that
    the run shows.
    """
    remainders = []
    for column, total in enumerate(totals):
        parts = [total, *(row[column] for row in others)]
        if not all(part.replace(",", "").isdecimal() for part in parts):
            return None
        whole, *known = (int(part.replace(",", "")) for part in parts)
        remainders.append(whole - sum(known))
    if min(remainders, default=-1) < 0:
        return None
    run = digits.replace(",", "")
    for zero in ("", "0"):
        texts = [str(left) if left else zero for left in remainders]
        if "".join(texts) == run:
            return texts
    return None
