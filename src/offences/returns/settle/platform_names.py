"""Platforms named in free text, as officers type them: ``snap chat / insta``.

A string names a platform where it holds a spelling that the reference table lists, the same
letters with other spaces or punctuation, an inflection (``whatsapped``), or a near misspelling
that is no ordinary word. A word that is ambiguous names one only in the company that
``ambiguous_words.csv`` asks for. Every platform named counts once; a string that names none says
why: nothing is known, something unspecific is named, or a person has to look.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from offences.project import Project
from offences.reference.places import normalise
from offences.reference.platforms import Platforms
from offences.returns.settle.decisions import letters, read_decisions
from offences.tables import TableRow, Text, read_table

UNSPECIFIC = ("non-specific", "residual", "missing")
"""Kinds of the platform table that name no platform: ``social media``, ``other``, ``unknown``."""

_LONGEST = 6
_SHORTEST_MISSPELT = 5
_LONG = 12
"""Letters from which several words together can be one misspelt name."""
_SEPARATORS = re.compile(
    r"[/,;+&|\n\t()\[\]:\"\u201c\u201d]|\s-+\s|\.\s|\b(?:and|then|or|also|plus|aswell|n)\b"
)
_WORD = re.compile(r"[a-z0-9]+(?:['.\u2019][a-z0-9]+)*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHANNEL_BEFORE = _words(
    "on via through thru using over by called named use used uses with download install get "
    "onto contacted messaged added add adds met moved to joined downloaded chatted spoke talked"
)
_CHANNEL_AFTER = _words(
    "app apps application chat chats chatting message messages messaging msg msgs dm dms "
    "account accounts acc username user group server streak streaks story stories video call "
    "calls handle profile id live chatroom messenger sent link links map"
)
_APP = _words("app apps application dating")
_FILLER = _CHANNEL_AFTER | _words(
    "the a an his her their my via on using through by only use used possibly poss then from "
    "platform site website online social media mainly mostly maybe both private"
)
_PERSON = _words("he she they him them his her their my me i who")
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
    platforms
        Their names, spellings, kinds and parents, and ambiguous words.
    ordinary
        Words that are near a platform's name and are no misspelling of it.
    """

    def __init__(self, platforms: Platforms, ordinary: Iterable[str]) -> None:
        self.kinds = platforms.kinds
        self.parents = platforms.parents
        self.enough = {letters(word): rule for word, rule in platforms.ambiguous.items()}
        self.spelt: dict[str, str] = {}
        for spelling, platform in platforms.spellings:
            self.spelt.setdefault(letters(spelling), platform)
        self.spelt.pop("", None)
        self.whole = {
            normalise(spelling): platform
            for spelling, platform in platforms.spellings
            if self._is_enough(letters(spelling), "alone")
        }
        self.two_words = frozenset(letters(word) for word in platforms.ambiguous if " " in word)
        self.ordinary = frozenset(map(letters, ordinary)) | _FILLER | _CHANNEL_BEFORE
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
                if n not in taken and len(word) > 2 and letters(word) not in self.ordinary
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

    def _is_enough(self, key: str, company: str) -> bool:
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
                key = letters("".join(words[start:end]))
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
        if any(letters(word) in self.ordinary for word in words):
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
        if hit.key not in self.enough or (hit.key in self.two_words and hit.end - hit.start == 1):
            return True
        before = words[hit.start - 1] if hit.start else ""
        after = words[hit.end] if hit.end < len(words) else ""
        rest = [w for n, w in enumerate(words) if not hit.start <= n < hit.end]
        alone = all(word in _FILLER for word in rest) and not (set(rest) & _PERSON)
        if after in _APP or (before in ("called", "named", "app")):
            return self._is_enough(hit.key, "app")
        if alone and self._is_enough(hit.key, "alone"):
            return True
        return (before in _CHANNEL_BEFORE or after in _CHANNEL_AFTER) and self._is_enough(
            hit.key, "channel"
        )


def suggestions(leftover: str, platforms: Platforms, most: int = 3) -> list[str]:
    """Return the platforms whose spellings are nearest to what was left over."""
    keys = {letters(spelling): platform for spelling, platform in platforms.spellings}
    near = process.extract(
        letters(leftover), keys.keys(), scorer=fuzz.ratio, score_cutoff=60, limit=most * 2
    )
    return list(dict.fromkeys(keys[key] for key, *_ in near))[:most]


def _parts(text: str) -> list[str]:
    """Return the parts of a string between its separators: ``snap / insta`` has two."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return [part for part in _SEPARATORS.split(plain) if part.strip()]


class OrdinaryWord(TableRow):
    """One row of ``ordinary_words.csv``: a word, and the platform that it is near to."""

    key: ClassVar = ("word",)

    word: Text
    near: Text


def read_attributor(project: Project, platforms: Platforms) -> Attributor:
    """Return the attributor of a project's reference tables, with what people decided since."""
    words = read_table(project, project.reference / "ordinary_words.csv", OrdinaryWord)
    decided = read_decisions(project, platforms).items()
    named = [(spelling, platform) for spelling, platform in decided if platform]
    unnamed = [spelling for spelling, platform in decided if not platform]
    with_decisions = replace(platforms, spellings=(*named, *platforms.spellings))
    return Attributor(with_decisions, [*(row.word for row in words), *unnamed])
