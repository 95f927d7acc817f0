"""One command for everything: what is typed first names what is to be done."""

from __future__ import annotations

import argparse
import importlib
import sys

from offences.errors import did_you_mean

COMMANDS = {
    "run": "execute the notebooks for one region, for every region, or for every force as well",
    "review": "check a run that somebody made, compare it with another, sign it",
    "claim": "draft an honest sentence, or list the verdicts on public statements",
    "evidence": "say what all printed figures imply together, with proofs and conflicts",
    "ingest": "take in what forces sent: check, accept, queries, decide, count, measure",
    "simulate": "write a SIMULATED round of returns, to try the taking in on",
    "describe": "write what is made from data and code: data package, READMEs, architecture page",
}
_HELP = """
Start with:

    offences run                          every nation and English region
    offences run --region Wales           one place; the result lands in figures/wales
    offences review check figures/wales   is that run what it says it is?
    offences claim "offences in Wales 2017/18:2022/23"
    offences evidence "North East"        what all printed figures imply together

It works from any folder of a checkout. offences COMMAND --help says more about one command.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {said}" for name, said in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="offences",
        usage="%(prog)s [-h] COMMAND ...",
        description="What police forces say about sexual communication with a child.",
        epilog=f"commands:\n{listed}\n{_HELP}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("command", metavar="COMMAND", help="one of the commands below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    if not given:
        parser.print_help()
        return 2
    asked = parser.parse_args(given)
    if asked.command not in COMMANDS:
        hint = did_you_mean(asked.command, COMMANDS) or f". Known: {', '.join(COMMANDS)}."
        print(f"offences: unknown command {asked.command!r}{hint}", file=sys.stderr)
        return 2
    # Only the command asked for is imported: a plan must not wait for what draws.
    module = importlib.import_module(f"offences.commands.{asked.command}")
    status: int = module.main(asked.rest, f"offences {asked.command}")
    return status
