"""The command lines' own words: how each is built, and the options that several share."""

from __future__ import annotations

import argparse

from offences.analysis.parameters import Parameters

_DEFAULT = Parameters()


def parser(prog: str | None, description: str | None) -> argparse.ArgumentParser:
    """Return a parser that shows its description as it is written and takes whole names only."""
    return argparse.ArgumentParser(
        prog=prog,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_years(command: argparse.ArgumentParser) -> None:
    """Let a command be asked for financial years."""
    command.add_argument("--years", default=_DEFAULT.years, help="2017/18:2022/23, or 2017/18")


def add_as_of_and_scheme(command: argparse.ArgumentParser) -> None:
    """Let a command be asked for what was known by a day, and for a scheme of regions."""
    command.add_argument("--as-of", default=_DEFAULT.as_of, help="latest, or a day as 2023-08-15")
    command.add_argument("--scheme", default=_DEFAULT.scheme, help="English regions: ons or nspcc")
