"""Our own numbers are claims too: every number in our words is bound to a quantity and compared.

A fact is a quantity of a run, the number as we print it, and the words that must stand in the same
sentence for a number to mean it. A number in a text that no fact accounts for has drifted from
the data, or was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from offences.analysis.findings import Findings
from offences.analysis.forces import NOT_PRINTED
from offences.analysis.scope import among
from offences.reference.periods import period_in_words
from offences.reference.statuses import Status
from offences.releases.clean import Cleaned
from offences.tables import rows_of
from offences.text import as_change, as_count, as_percent

_DATES = re.compile(
    r"\d{4}/\d{2}|\d{4}-\d{2}(-\d{2})?|(\d{1,2} )?"
    r"(January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{4}|[a-z]+(-[a-z]+)*-\d{4}(-\d{2})?"
)
_NUMBER = re.compile(r"(?<![\w.])[+-]?\d[\d,]*(?:\.\d+)?%?(?![\w])")


@dataclass(frozen=True)
class Fact:
    """A quantity of a run as our words print it.

    Attributes
    ----------
    quantity
        Its name, for the message when nothing fits.
    shown
        The number in the form our words use: ``1,234``, ``+12%``.
    beside
        Words that must stand in the same paragraph.
    """

    quantity: str
    shown: str
    beside: frozenset[str]


def unbound(text: str, facts: Iterable[Fact], quoted: Iterable[str] = ()) -> list[str]:
    """Return the numbers of a text that are no fact, each with the sentence it stands in.

    Parameters
    ----------
    quoted
        Texts from the data that may stand in it word for word: known issues, claims in our words.
    """
    held: dict[str, list[Fact]] = {}
    for fact in facts:
        held.setdefault(fact.shown, []).append(fact)
    found = []
    for paragraph in text.split("\n\n"):
        whole = " ".join(paragraph.replace("-\n", "-").split())
        bare = whole
        for quotation in sorted(set(quoted), key=len, reverse=True):
            if any(sign.isdigit() for sign in quotation):
                bare = bare.replace(" ".join(quotation.split()).rstrip("."), " ")
        for match in _NUMBER.finditer(_DATES.sub(" ", bare)):
            number = match[0].rstrip(",")
            about = held.get(number, [])
            if not any(all(word in whole for word in fact.beside) for fact in about):
                meant = sorted({fact.quantity for fact in about})
                hint = f" (elsewhere: {', '.join(meant)})" if meant else ""
                found.append(f"{number}{hint} in: {whole[:100]}")
    return found


def facts_of(found: Findings, ledger: pd.DataFrame) -> list[Fact]:
    """Return every quantity that the words of a run may state."""
    return [
        *_totals(found),
        *_changes(found),
        *_printed(found),
        *_shares(found),
        *_means_known(found),
        *_claims(ledger),
    ]


def quotations(known: Cleaned, ledger: pd.DataFrame) -> list[str]:
    """Return the texts that are data: known issues and the claims in our words."""
    return [*known.issues["text"], *ledger["says"]]


def _fact(quantity: str, shown: str, *beside: str) -> Fact:
    return Fact(quantity, shown, frozenset(beside))


def _totals(found: Findings) -> Iterator[Fact]:
    table, total = found.force_years, found.total
    yield _fact("offences_reported", as_count(total.bounds.lower), "offences")
    missing = int((table["status"] == Status.MISSING).sum())
    silent = int((table["note"] == NOT_PRINTED).sum())
    for quantity, number in (
        ("force_years_reported", total.reported),
        ("force_years_expected", total.expected),
        ("force_years_partial", total.partial),
        ("force_years_missing", missing),
        ("force_years_not_printed", silent),
    ):
        yield _fact(quantity, as_count(number), "force-years")
    for year in rows_of(found.by_year):
        for name in ("lower", "reported", "expected"):
            yield _fact(f"{name}, {year['year']}", as_count(year[name]), year["year"])


def _changes(found: Findings) -> Iterator[Fact]:
    for name, change, beside in (
        ("change_as_added", found.change_as_added, "Added up"),
        ("change_comparable", found.change_comparable, "reported both years in full"),
    ):
        for number in (change.before, change.after):
            yield _fact(name, as_count(number), beside)
        for percent in (change.pct, *change.interval_ends):
            yield _fact(name, as_change(percent), beside)
    yield _fact("level of the interval", "95%", "interval")


def _printed(found: Findings) -> Iterator[Fact]:
    """Yield the place's printed totals and every release's figure of it and its forces."""
    span = found.years.in_words()
    yield _fact("offences_published", as_count(found.printed_total.value), span)
    for number in range(1, len(found.years.years()) + 1):
        yield _fact("years printed", str(number), "years printed exactly")
    table = found.with_forces(found.known.vintages)
    for row in rows_of(table[table["value"].notna() & (table["measure"] == "offences")]):
        when = period_in_words(row["period"])
        yield _fact(f"{row['place']} {when}", as_count(row["value"]), when)
    settled = found.known.settled
    said = settled[settled["measure"] == "forces_responding"]
    for row in rows_of(said[among(said, found.place.keys)]):
        for number in (row["lower"], row["upper"]):
            yield _fact("forces_responding", as_count(number), "Forces that gave figures")


def _shares(found: Findings) -> Iterator[Fact]:
    for row in rows_of(found.own_shares):
        beside = (str(row["subject"]).replace("+", " + "), period_in_words(row["period"]))
        columns = ("share", "share_lower", "share_upper", "known_pct", "of_all_lower")
        for column in (*columns, "of_all_upper"):
            yield _fact(f"{column} of {row['subject']}", as_percent(row[column]), *beside)
        for column in ("means_known", "offences", "count"):
            yield _fact(f"{column} of {row['subject']}", as_count(row[column]), *beside)
        for number in _NUMBER.findall(row["printed"]):
            yield _fact(f"{row['subject']} as printed", number, *beside)


def _means_known(found: Findings) -> Iterator[Fact]:
    for row in rows_of(found.means_known):
        beside = (row["place"], period_in_words(row["period"]))
        yield _fact("means_known", as_count(row["means_known"]), *beside)
        yield _fact("offences", as_count(row["offences"]), *beside)
        yield _fact("means_known_pct", as_percent(row["pct"]), *beside)


def _claims(ledger: pd.DataFrame) -> Iterator[Fact]:
    yield _fact("claims", as_count(len(ledger)), "public statement")
    for verdict, number in ledger["verdict"].value_counts().items():
        yield _fact(str(verdict), as_count(int(number)), "public statement")
    for row in rows_of(ledger):
        for column in ("stated", "computed"):
            for number in _NUMBER.findall(row[column]):
                yield _fact(f"{column} for {row['claim']}", number.rstrip(","), row["says"])
