"""The ledger of a place: its claims with their verdicts, every reading tried, and the rows used."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pandas as pd

from offences.analysis.parameters import Request
from offences.claims.readings.reading import Reading
from offences.claims.statements import Claim
from offences.claims.verdicts import Judgement, Verdict, gives, is_evidence, judge
from offences.reference.places import Place
from offences.reference.statuses import Status
from offences.releases.clean import Cleaned
from offences.releases.schemas import CELL
from offences.tables import rows_of
from offences.text import listed, several

LEDGER = [
    "claim",
    "published",
    "day",
    "publisher",
    "says",
    "stated",
    "computed",
    "verdict",
    "on_the_day",
    "reading",
    "stated_value",
    "shown_value",
    "shown_lower",
    "shown_upper",
    "caveats",
    "sentence",
    "sentence_on_the_day",
    "quantity",
    "place_kind",
    "place",
    "years",
    "subject",
    "basis",
    "url",
    "file",
    "row",
]

READINGS = ["claim", "reading", "value", "lower", "upper", "gives_it", "plain", "evidence", "how"]

ROWS = [
    "claim",
    "reading",
    "place",
    "period",
    "measure",
    "subject",
    "printed",
    "source",
    "file",
    "row",
    "column",
]


_OF_ONE_AND_OF_SEVERAL = {
    Verdict.HOLDS: ("holds", "hold"),
    Verdict.CAVEAT: ("holds with a caveat", "hold with a caveat"),
    Verdict.OTHER: ("only on another reading", "only on another reading"),
    Verdict.STRETCHED: ("is stretched", "are stretched"),
    Verdict.CONTRADICTED: ("is contradicted", "are contradicted"),
    Verdict.CANNOT: ("cannot be checked", "cannot be checked"),
}
"""What is said of one statement with a verdict and of several, the best verdict first."""


def about(claims: list[Claim], place: Place, day: datetime.date | None) -> list[Claim]:
    """Return the claims about a place, by whatever name, that were made by ``day``."""
    return [
        claim
        for claim in claims
        if (claim.question.place.kind, claim.question.place.name) in place.keys
        and (day is None or claim.published <= day)
    ]


def tables(
    claims: list[Claim],
    known: Cleaned,
    as_known_on: Callable[[datetime.date], Cleaned],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the verdicts, every reading tried, and the rows they rest on.

    Parameters
    ----------
    known
        What the run knows.
    as_known_on
        What was known on a day: for the verdict as of the day of the claim.

    Returns
    -------
    tuple
        Tables with the columns :data:`LEDGER`, :data:`READINGS` and :data:`ROWS`.
    """
    on_day = lru_cache(maxsize=None)(as_known_on)
    verdicts, readings, rows = [], [], []
    for claim in claims:
        now, then = judge(claim, known), judge(claim, on_day(claim.published))
        verdicts.append(_ledger_row(claim, now, then))
        readings += [_reading_row(claim, reading) for reading in now.readings]
        rows.append(rests_on(now, known))
    return (
        pd.DataFrame(verdicts, columns=LEDGER),
        pd.DataFrame(readings, columns=READINGS),
        pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=ROWS),
    )


def rules_used(claims: list[Claim]) -> pd.DataFrame:
    """Return what the wordings of the claims allow: ``stated``, ``from``, ``to``, ``reason``.

    An open end is a number that is not known.
    """
    rows = [
        (claim.stated.text, *claim.stated.allowed.bounds.columns().values(), claim.stated.reason)
        for claim in claims
    ]
    table = pd.DataFrame(rows, columns=["stated", "from", "to", "reason"])
    return table.drop_duplicates(ignore_index=True)


def rests_on(judged: Judgement, known: Cleaned) -> pd.DataFrame:
    """Return the printed figures that a verdict rests on, with file, row and page."""
    shown = [judged.reading, judged.plain]
    if judged.verdict == Verdict.CANNOT:
        shown += [r for r in judged.readings if r.own or r.beside]
    used = [r for r in dict.fromkeys(shown) if r is not None]
    table = known.observations
    found = []
    for reading in used:
        keys = pd.MultiIndex.from_frame(table[[*CELL, "release"]])
        rows = table[keys.isin(list(reading.rests_on))]
        if reading.gives_number:
            # A wording beside an exact figure of the same release decides nothing.
            rows = rows[rows["status"] != Status.APPROXIMATE]
        found.append(rows.assign(claim=judged.claim.name, reading=reading.name)[ROWS])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=ROWS)


def summary_of(request: Request, table: pd.DataFrame) -> str:
    """Return how many claims there are about the place of a run and how many of each verdict."""
    if table.empty:
        return f"{request.title}: no statements to check"
    counts = table["verdict"].value_counts()
    said = [
        f"{counts[verdict]} {singular if counts[verdict] == 1 else plural}"
        for verdict, (singular, plural) in _OF_ONE_AND_OF_SEVERAL.items()
        if verdict in counts
    ]
    return f"{request.title}: of {several(len(table), 'public statement')}, {listed(said)}"


def in_words(request: Request, table: pd.DataFrame) -> str:
    """Return the ledger in words: each claim with both numbers and the verdict."""
    lines = [f"{summary_of(request, table)}."]
    for row in rows_of(table):
        then = "" if row["on_the_day"] == row["verdict"] else f" (on the day: {row['on_the_day']})"
        lines.append(
            f"{row['publisher']}, {row['published']}: {row['says']} Stated {row['stated']}, "
            f"{_found(row)}: {row['verdict']}{then}."
        )
    return " ".join(lines)


def _found(row: dict[str, Any]) -> str:
    nothing_public = math.isnan(row["shown_lower"])
    return "nothing public to compute it from" if nothing_public else f"computed {row['computed']}"


def _ledger_row(claim: Claim, now: Judgement, then: Judgement) -> dict[str, object]:
    reading, shown = now.reading, now.shown
    asked = claim.question
    none = {"shown_lower": math.nan, "shown_upper": math.nan}
    return {
        "claim": claim.name,
        "published": claim.source.published_on,
        "day": claim.published.isoformat(),
        "publisher": claim.source.publisher,
        "says": claim.says,
        "stated": claim.stated.text,
        "computed": now.computed,
        "verdict": now.verdict,
        "on_the_day": then.verdict,
        "reading": reading.name if reading else "",
        "stated_value": claim.stated.value,
        "shown_value": shown.value if shown else math.nan,
        **(shown.bounds.columns("shown_") if shown else none),
        "caveats": " ".join(dict.fromkeys(now.caveats)),
        "sentence": now.sentence,
        "sentence_on_the_day": then.sentence,
        "quantity": asked.quantity,
        "place_kind": asked.place.kind,
        "place": asked.place.name,
        "years": str(asked.years),
        "subject": asked.subject,
        "basis": asked.basis,
        "url": claim.source.url,
        "file": claim.file,
        "row": claim.row,
    }


def _reading_row(claim: Claim, reading: Reading) -> dict[str, object]:
    return {
        "claim": claim.name,
        "reading": reading.name,
        "value": reading.value,
        **reading.bounds.columns(),
        "gives_it": gives(reading, claim),
        "plain": reading.plain,
        "evidence": is_evidence(reading, claim),
        "how": reading.how,
    }
