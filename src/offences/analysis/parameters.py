"""What a run is asked for: one definition for notebooks, the command line and Python.

Papermill checks neither names nor types of parameters, so everything goes through
:func:`checked` before a notebook is started, and again inside it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from offences.errors import ParameterError, did_you_mean
from offences.project import Project
from offences.reference.periods import Period
from offences.reference.places import Place
from offences.reference.statuses import PlaceKind
from offences.releases.disclosure import PUBLISHED, Policy
from offences.releases.load import Loaded, load

LATEST = "latest"
NSPCC = " (NSPCC region)"
"""What the title of a region of the charity ends with."""


class Parameters(BaseModel):
    """The parameters of a run, as a person types them.

    Attributes
    ----------
    region
        UK, a nation, an English region or a force, by any name in the reference tables.
    years
        Financial years: ``2017/18:2022/23``, or one year.
    as_of
        ``latest``, or the day (``2023-08-15``) up to which releases count as known.
    scheme
        Whose English regions: ``ons`` or ``nspcc``.
    disclosure
        ``as published``, or ``suppress below 5, round to 5`` for returns that are not public.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    region: str = "Wales"
    years: str = "2017/18:2022/23"
    as_of: str = LATEST
    scheme: Literal["ons", "nspcc"] = "ons"
    disclosure: str = PUBLISHED


@dataclass(frozen=True)
class Request:
    """Parameters that were checked, and what they mean.

    Attributes
    ----------
    parameters
        With the region's canonical name.
    place
        The place the region names.
    years
        The span of financial years.
    day
        The day up to which releases count; None for all.
    newest
        The day of the newest release among them.
    folder
        The place's folder under ``figures/``.
    policy
        What the run may show.
    """

    parameters: Parameters
    place: Place
    years: Period
    day: datetime.date | None
    newest: datetime.date
    folder: str
    policy: Policy = Policy()

    @property
    def is_default(self) -> bool:
        """Whether all but the place is the default, so that ``latest`` may name this run."""
        default = Parameters()
        asked = self.parameters
        ours = (asked.years, asked.as_of, asked.disclosure)
        return ours == (default.years, default.as_of, default.disclosure)

    @property
    def title(self) -> str:
        """The place's name as a heading shows it; no two places share one."""
        scheme = NSPCC if self.place.kind == PlaceKind.NSPCC_REGION else ""
        return f"{self.parameters.region}{scheme}"

    @property
    def known_in_words(self) -> str:
        """Which releases count, for a reader."""
        if self.day is None:
            return f"all releases, the newest of {long_date(self.newest)}"
        return f"releases to {long_date(self.day)}, the newest of {long_date(self.newest)}"

    def in_words(self) -> str:
        """Return what the run is about, for a reader."""
        return f"{self.title}, {self.years.in_words()}; {self.known_in_words}"


def checked(project: Project, loaded: Loaded | None = None, **given: object) -> Request:
    """Return what the given parameters ask for; those not given take their defaults.

    Raises
    ------
    ParameterError
        For a name that is not a parameter, a value of the wrong type, a region that does not
        exist, years that are none or lie outside the data, and a day before the first release.
    DataError
        When the data themselves cannot be read.
    """
    try:
        parameters = Parameters.model_validate(given)
    except ValidationError as error:
        raise ParameterError("; ".join(_sentence(dict(e)) for e in error.errors())) from error
    loaded = loaded or load(project)
    places = loaded.vocabulary.places
    place = places.asked_for(parameters.region, parameters.scheme)
    years = _years(parameters.years, loaded.years)
    day = day_of(parameters.as_of, loaded)
    policy = Policy.parse(parameters.disclosure)
    canonical = {
        "region": places.typed(place),
        "years": str(years).replace("..", ":"),
        "as_of": day.isoformat() if day else LATEST,
        # A nation or a force is the same whosoever's regions were asked for.
        "scheme": "nspcc" if place.kind == PlaceKind.NSPCC_REGION else "ons",
        "disclosure": str(policy),
    }
    return Request(
        parameters.model_copy(update=canonical),
        place,
        years,
        day,
        max(r.published for r in loaded.releases if day is None or r.published <= day),
        places.folder(place),
        policy,
    )


def day_of(as_of: str, loaded: Loaded) -> datetime.date | None:
    """Return the day that ``as_of`` means, None for ``latest``.

    Raises
    ------
    ParameterError
        When it is neither, or lies before the first release.
    """
    if as_of == LATEST:
        return None
    try:
        day = datetime.date.fromisoformat(as_of)
    except ValueError:
        raise ParameterError(
            f"as_of {as_of!r} is not a day: write 2023-08-15, or 'latest' for all releases."
        ) from None
    first = loaded.releases[0]
    if day < first.published:
        raise ParameterError(
            f"as_of {as_of} is before the first release, {first.title}, published on "
            f"{long_date(first.published)}: nothing was known."
        )
    return day


def long_date(day: datetime.date) -> str:
    """Return ``15 August 2023``."""
    return f"{day.day} {day:%B %Y}"


def _years(text: str, held: Period) -> Period:
    how = "write 2017/18:2022/23, or one year as 2017/18"
    try:
        span = Period.parse(text.replace(":", ".."))
        whole = span.whole_years
    except ValueError as error:
        raise ParameterError(f"years {text!r}: {error} For a span {how}.") from None
    if not whole:
        raise ParameterError(f"years {text!r} are not whole financial years: {how}.")
    if span not in held:
        raise ParameterError(
            f"years {text!r} lie outside the data, which hold {held.in_words()}: {how}."
        )
    return span


def _sentence(error: dict[str, object]) -> str:
    location = error["loc"]
    name = str(location[0]) if isinstance(location, tuple) and location else "?"
    if error["type"] == "extra_forbidden":
        hint = did_you_mean(name, Parameters.model_fields)
        return f"unknown parameter {name!r}{hint or f'; known: {_known()}'}"
    if error["type"] == "string_type":
        return f"{name} must be text, not {error['input']!r}"
    return f"{name} {error['input']!r}: {error['msg'][0].lower()}{error['msg'][1:]}"  # type: ignore[index]


def _known() -> str:
    return ", ".join(Parameters.model_fields)
