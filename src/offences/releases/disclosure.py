"""What a run may show of returns that are not public: suppress small counts, then round the rest.

The policy is applied to the printed cells, before anything is made of them, so that figures,
words, tables, workbook, page and executed notebooks can hold nothing else. Totals are sums of
rounded cells. Only single forces' counts for a financial year are kept: printed totals, spans,
part years and percentages are withheld, as they could be set against the cells.

Rounding to M with M at least N - 1 keeps a suppressed cell, 1 to N - 1, out of reach of
subtraction: two rounded numbers whose difference it is leave at least M on either side.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import pandas as pd

from offences.errors import ParameterError
from offences.reference.periods import Period
from offences.reference.statuses import PlaceKind, Status
from offences.releases.known_issues import Effect

PUBLISHED = "as published"
SHORTHAND = "[c]"
"""What stands for a suppressed cell: confidential."""

_CERTAIN = (Status.REPORTED, Status.PARTIAL, Status.MISSING, Status.REFUSED, Status.NOT_HELD)
_FORM = re.compile(r"suppress below (\d+), round to (\d+)")


@dataclass(frozen=True)
class Policy:
    """A disclosure policy.

    Attributes
    ----------
    below
        Counts from 1 to one less than this are suppressed; 0 for as published.
    to
        The others are rounded to a multiple of this, halves to the even one.
    """

    below: int = 0
    to: int = 1

    @classmethod
    def parse(cls, text: str) -> Policy:
        """Return the policy that a parameter names.

        Raises
        ------
        ParameterError
            When it is no policy, or one under which suppressed cells could be worked out.
        """
        if text == PUBLISHED:
            return cls()
        match = _FORM.fullmatch(text.strip())
        how = f"write '{PUBLISHED}', or 'suppress below 5, round to 5'"
        if not match:
            raise ParameterError(f"disclosure {text!r} is not a policy: {how}.")
        below, to = int(match[1]), int(match[2])
        if below < 2 or to < below - 1:
            raise ParameterError(
                f"disclosure {text!r} protects nothing: suppress below 2 or more, and round to "
                f"{max(below, 2) - 1} or more, or a suppressed cell follows by subtraction; {how}."
            )
        return cls(below, to)

    @property
    def protects(self) -> bool:
        """Whether anything is withheld."""
        return self.below > 0

    def __str__(self) -> str:
        """Return the policy as the parameter has it."""
        return f"suppress below {self.below}, round to {self.to}" if self.protects else PUBLISHED

    def in_words(self) -> str:
        """Return the policy for a reader."""
        if not self.protects:
            return "Figures as published"
        return f"Counts below {self.below} suppressed, others rounded to {self.to}"

    def rounded(self, value: float) -> float:
        """Return a count as the policy shows it, NaN where it is suppressed."""
        if math.isnan(value) or 0 < value < self.below:
            return math.nan
        return float(round(value / self.to) * self.to)

    def applied(self, observations: pd.DataFrame) -> pd.DataFrame:
        """Return the printed figures as the policy lets them be seen.

        Columns as :data:`offences.releases.schemas.OBSERVATIONS`; of texts only the status remains.
        """
        if not self.protects:
            return observations
        year = observations["period"].map(lambda text: Period.parse(text).is_year)
        force = observations["place_kind"] == PlaceKind.FORCE
        count = observations["unit"] == "count"
        # A wording or a range is neither small nor large for certain: its bounds would tell.
        plain = observations["status"].isin(_CERTAIN)
        table = observations[year & force & count & plain].copy()
        given = table["value"].notna()
        small = given & (table["value"] > 0) & (table["value"] < self.below)
        table["value"] = table["value"].map(self.rounded)
        shown = table["value"].map(lambda number: "" if math.isnan(number) else f"{number:.0f}")
        table["printed"] = shown.where(given, table["printed"]).where(~small, SHORTHAND)
        # A rounded count is known to half the rounding; a part year is open above as before.
        large, half = given & ~small, self.to / 2
        least = (table["value"] - half).clip(lower=float(self.below)).where(table["value"] > 0, 0.0)
        table["lower"] = least.where(large, table["lower"]).where(~small, 1.0)
        closed, most = large & table["upper"].notna(), self.below - 1.0
        above = (table["value"] + half).where(table["value"] > 0, 0.0)
        table["upper"] = above.where(closed, table["upper"]).where(~small, most)
        table["status"] = table["status"].where(~small, Status.SUPPRESSED)
        table["note"] = ""
        return table.reset_index(drop=True)

    def issues(self, issues: pd.DataFrame) -> pd.DataFrame:
        """Return the known issues without their texts and bounds, which hold figures."""
        if not self.protects:
            return issues
        kept = issues[issues["effect"].isin([Effect.PARTIAL, Effect.FLAG])].copy()
        kept["text"] = "Withheld under the disclosure policy."
        kept[["lower", "upper"]] = math.nan
        return kept.reset_index(drop=True)
