"""Platforms named in free text, as officers type them: ``snap chat / insta``.

A string names a platform where it holds a spelling that the reference table lists, the same
letters with other spaces or punctuation, an inflection (``whatsapped``), or a near misspelling
that is no ordinary word. A word that is ambiguous names one only in the company that
``ambiguous_words.csv`` asks for. Every platform named counts once; a string that names none says
why: nothing is known, something unspecific is named, or a person has to look.
"""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from offences.errors import DataError, did_you_mean
from offences.project import Project
from offences.reference.places import normalise
from offences.reference.platforms import Platforms
from offences.tables import read_rows

UNSPECIFIC = ("non-specific", "residual", "missing")
"""Kinds of the platform table that name no platform: ``social media``, ``other``, ``unknown``."""

DECISIONS = "alias_decisions.csv"
DECISION_COLUMNS = ["spelling", "platform", "decided_by", "decided_on"]
_LONGEST = 6
_SHORTEST_MISSPELT = 5
_LONG = 12
"""Letters from which several words together can be one misspelt name."""
_SEPARATORS = re.compile(
    r"[/,;+&|\n\t()\[\]:\"\u201c\u201d]|\s-+\s|\.\s|\b(?:and|then|or|also|plus|aswell|n)\b"
)
_WORD = re.compile(r"[a-z0-9]+(?:['.\u2019][a-z0-9]+)*")
_CHANNEL_BEFORE_WORDS = (
    "on via through thru using over by called named use used uses with download install get "
    "onto contacted messaged added add adds met moved to joined downloaded chatted spoke talked"
)
_CHANNEL_BEFORE = frozenset(_CHANNEL_BEFORE_WORDS.split())
_CHANNEL_AFTER_WORDS = (
    "app apps application chat chats chatting message messages messaging msg msgs dm dms "
    "account accounts acc username user group server streak streaks story stories video call "
    "calls handle profile id live chatroom messenger sent link links map"
)
_CHANNEL_AFTER = frozenset(_CHANNEL_AFTER_WORDS.split())
_APP_WORDS = "app apps application dating"
_APP = frozenset(_APP_WORDS.split())
_FILLER_WORDS = (
    "the a an his her their my via on using through by only use used possibly poss then from "
    "platform site website online social media mainly mostly maybe both private"
)
_FILLER = _CHANNEL_AFTER | frozenset(_FILLER_WORDS.split())
_PERSON_WORDS = "he she they him them his her their my me i who"
_PERSON = frozenset(_PERSON_WORDS.split())
_ENDINGS = re.compile(
    r"(s|d|ed|ped|med|ted|ing|ping|ming|ting|er|rs|app|apps|msg|msgs|messages?|messenger|dm|dms|"
    r"chats?|live|com|couk|account)"
)


_ENOUGH = {
    "alone": ("alone",),
    "alone or channel": ("alone", "channel", "app"),
    "channel": ("channel", "app"),
    "app": ("app",),
}


@dataclass(frozen=True)
class Named:
    """What one string names.

    Attributes
    ----------
    platforms
        Canonical names, in the order of the alphabet.
    unspecific
        Whether it names a means that is no platform, as ``social media``.
    leftover
        Words that no rule explains; empty where the string is understood.
    """

    platforms: tuple[str, ...]
    unspecific: bool = False
    leftover: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    platform: str
    key: str


class Attributor:
    """Attributes strings to platforms by the reference tables.

    Parameters
    ----------
    means
        Platforms, their spellings, and ambiguous words.
    ordinary
        Words that are near a platform's name and are no misspelling of it.
    """

    def __init__(self, means: Platforms, ordinary: Iterable[str]) -> None:
        self.kinds = means.kinds
        self.parents = means.parents
        self.enough = {_key(word): rule for word, rule in means.ambiguous.items()}
        self.spelt: dict[str, str] = {}
        for spelling, platform in means.spellings:
            self.spelt.setdefault(_key(spelling), platform)
        self.spelt.pop("", None)
        self.whole = {
            normalise(spelling): platform
            for spelling, platform in means.spellings
            if self._stands(_key(spelling), "alone")
        }
        self.apart = frozenset(_key(word) for word in means.ambiguous if " " in word)
        self.ordinary = frozenset(map(_key, ordinary)) | _FILLER | _CHANNEL_BEFORE
        self._asked: dict[tuple[str, ...], str | None] = {}
        self.near = sorted(
            key
            for key, platform in self.spelt.items()
            if len(key) >= _SHORTEST_MISSPELT
            and key.isalpha()
            and key not in self.enough
            and self.kinds[platform] not in UNSPECIFIC
        )

    def named(self, text: str) -> Named:
        """Return what a string names."""
        platforms: set[str] = set()
        leftover: list[str] = []
        waiting: list[_Hit] = []
        parts = [_WORD.findall(part) for part in _parts(text)]
        if (whole := normalise(text)) in self.whole:
            parts = []
            platforms.add(self.whole[whole])
        for words in parts:
            hits = self._hits(words)
            found = [hit for hit in hits if self._counts(hit, words)]
            platforms.update(hit.platform for hit in found)
            taken = {n for hit in hits for n in range(hit.start, hit.end)}
            leftover += [
                word
                for n, word in enumerate(words)
                if n not in taken and len(word) > 2 and _key(word) not in self.ordinary
            ]
            waiting += [hit for hit in hits if hit not in found]
        parents = {self.parents[name] for name in platforms if self.parents[name]}
        for hit in waiting:  # "messenger" is Meta's where another of Meta's is named
            if self.enough[hit.key] == "beside" and self.parents[hit.platform] in parents:
                platforms.add(hit.platform)
            else:
                leftover.append(hit.key)
        specific = {name for name in platforms if self.kinds[name] not in UNSPECIFIC}
        left = () if specific else tuple(leftover)
        return Named(tuple(sorted(specific)), unspecific=platforms != specific, leftover=left)

    def _stands(self, key: str, company: str) -> bool:
        """Return whether a company (``alone``, ``channel``, ``app``) is enough for a key."""
        if key not in self.enough:
            return True
        return company in _ENOUGH.get(self.enough[key], ())

    def _hits(self, words: list[str]) -> list[_Hit]:
        """Return the spellings found in a part, the longest first at each word."""
        hits = []
        start = 0
        while start < len(words):
            for end in range(min(start + _LONGEST, len(words)), start, -1):
                key = _key("".join(words[start:end]))
                platform = self.spelt.get(key) or self._misspelt(words[start:end], key)
                if platform:
                    hits.append(_Hit(start, end, platform, key))
                    start = end - 1
                    break
            start += 1
        return hits

    def _misspelt(self, words: list[str], key: str) -> str | None:
        """Return the platform that a key inflects or misspells, or None; each is asked once."""
        asked = tuple(words)
        if asked not in self._asked:
            self._asked[asked] = self._nearest(words, key)
        return self._asked[asked]

    def _nearest(self, words: list[str], key: str) -> str | None:
        if len(words) > 3 or len(key) < (_SHORTEST_MISSPELT if len(words) < 3 else _LONG):
            return None
        if any(_key(word) in self.ordinary for word in words):
            return None
        for cut in range(len(key) - 1, _SHORTEST_MISSPELT - 2, -1):
            stem = key[:cut]
            if stem in self.spelt and _ENDINGS.fullmatch(key[cut:]) and self._inflects(stem, words):
                return self.spelt[stem]
        if len(words) > 1 and len(key) < _LONG and any(word in self.spelt for word in words):
            return None
        best = process.extractOne(
            key, self.near, scorer=OSA.distance, score_cutoff=1 if len(key) < 8 else 2
        )
        if (
            best is None
            or best[0][0] != key[0]
            or (len(words) > 1 and len(key) < _LONG and best[1] > 1)
        ):
            return None
        return self.spelt[best[0]]

    def _inflects(self, stem: str, words: list[str]) -> bool:
        specific = self.kinds[self.spelt[stem]] not in UNSPECIFIC
        return len(words) == 1 and specific and stem not in self.enough

    def _counts(self, hit: _Hit, words: list[str]) -> bool:
        """Return whether a spelling names its platform in the company it is in."""
        if hit.key not in self.enough or (hit.key in self.apart and hit.end - hit.start == 1):
            return True
        before = words[hit.start - 1] if hit.start else ""
        after = words[hit.end] if hit.end < len(words) else ""
        rest = [w for n, w in enumerate(words) if not hit.start <= n < hit.end]
        alone = all(word in _FILLER for word in rest) and not (set(rest) & _PERSON)
        if after in _APP or (before in ("called", "named", "app")):
            return self._stands(hit.key, "app")
        if alone and self._stands(hit.key, "alone"):
            return True
        return (before in _CHANNEL_BEFORE or after in _CHANNEL_AFTER) and self._stands(
            hit.key, "channel"
        )


def suggestions(leftover: str, means: Platforms, most: int = 3) -> list[str]:
    """Return the platforms whose spellings are nearest to what was left over."""
    keys = {_key(spelling): platform for spelling, platform in means.spellings}
    near = process.extract(
        _key(leftover), keys.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=most * 2
    )
    return list(dict.fromkeys(keys[key] for key, *_ in near))[:most]


def _parts(text: str) -> list[str]:
    """Return the parts of a string that stand apart: ``snap / insta`` has two."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return [part for part in _SEPARATORS.split(plain) if part.strip()]


def _key(text: str) -> str:
    """Return the letters and digits of a text."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


@dataclass(frozen=True)
class Measured:
    """How well labelled strings are attributed, over all (string, platform) pairs.

    Attributes
    ----------
    strings
        How many were labelled.
    right, wrong, missed
        Pairs found and labelled, found and not labelled, labelled and not found.
    errors
        (text, labelled, found) of each string that is not right.
    """

    strings: int
    right: int
    wrong: int
    missed: int
    errors: tuple[tuple[str, frozenset[str], frozenset[str]], ...]

    @property
    def precision(self) -> float:
        """Share of the platforms found that are labelled."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the platforms labelled that are found."""
        return self.right / (self.right + self.missed)


def measure(attributor: Attributor, labelled: Iterable[tuple[str, frozenset[str]]]) -> Measured:
    """Compare what is attributed with what a person labelled."""
    right = wrong = missed = strings = 0
    errors = []
    for text, wanted in labelled:
        found = frozenset(attributor.named(text).platforms)
        strings += 1
        right += len(found & wanted)
        wrong += len(found - wanted)
        missed += len(wanted - found)
        if found != wanted:
            errors.append((text, wanted, found))
    return Measured(strings, right, wrong, missed, tuple(errors))


def read_attributor(project: Project) -> Attributor:
    """Return the attributor of a project's reference tables, with what people decided since."""
    path = project.reference / "ordinary_words.csv"
    words = [row.cells["word"] for row in read_rows(project, path, ["word", "near"])]
    means = Platforms.read(project)
    decided = read_decisions(project)
    named = [(spelling, platform) for spelling, platform in decided.items() if platform]
    unnamed = [spelling for spelling, platform in decided.items() if not platform]
    means = replace(means, spellings=(*named, *means.spellings))
    return Attributor(means, [*words, *unnamed])


def read_decisions(project: Project) -> dict[str, str]:
    """Return what people decided: the platform of each spelling, empty where it names none.

    Raises
    ------
    DataError
        When a decision names a platform that is not in the table, or nobody took it.
    """
    path = project.reference / DECISIONS
    kinds = Platforms.read(project).kinds
    decided = {}
    for row in read_rows(project, path, DECISION_COLUMNS):
        platform = row.cells["platform"]
        if platform and platform not in kinds:
            hint = did_you_mean(platform, kinds) or "."
            raise DataError(
                project.relative(path),
                f"unknown platform {platform!r}{hint}",
                row=row.line,
                column="platform",
            )
        if not row.cells["decided_by"] or not row.cells["decided_on"]:
            raise DataError(
                project.relative(path), "a decision needs who took it and when.", row=row.line
            )
        decided[row.cells["spelling"]] = platform
    return decided


def decide(project: Project, spelling: str, platform: str, by: str, on: datetime.date) -> None:
    """Record once that a spelling names a platform, or (empty) none.

    Raises
    ------
    DataError
        When the spelling is decided already, or the platform is not known.
    """
    path = project.reference / DECISIONS
    decided = read_decisions(project)
    if _key(spelling) in map(_key, decided):
        raise DataError(project.relative(path), f"{spelling!r} is decided already; change its row.")
    kinds = Platforms.read(project).kinds
    if platform and platform not in kinds:
        hint = did_you_mean(platform, kinds) or "; add it to platforms.csv first."
        raise DataError(project.relative(path), f"unknown platform {platform!r}{hint}")
    if not by.strip() or not spelling.strip():
        raise DataError(project.relative(path), "a decision needs a spelling and who decides.")
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            [spelling.strip(), platform, by.strip(), on.isoformat()]
        )
