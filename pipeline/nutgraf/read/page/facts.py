"""Title, date, source and byline of a page, without the site's name, links and roles that pages add to them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nutgraf.read.article import Known
from nutgraf.read.dates import iso_day
from nutgraf.read.encoding import repair
from nutgraf.read.page.data import Told

_BETWEEN = re.compile(r" (?:[-–—|•·»:]|::) | ?\| ?")  # a title and the site's name
_LEADS = re.compile(r"(?:(?:written|story|text|report(?:ed|ing)?) )?(?:by|von|par|por|di|door)\b:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|[@\d/<>{}]|\.(?:com|net|org)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|columnist|journalist|producer|photographer|bureau chief|contributor|"
    r"redakteur(?:in)?|korrespondent(?:in)?)s?\b",
    re.IGNORECASE,
)
_AUTHORS = re.compile(r"\s*[;|•]\s*|\s*,\s+(?:and\s+)?|\s+(?:and|und|&)\s+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST = 60  # characters of a name
_FAR = 1000  # characters of any field


def facts(title: str, date: str, site: str, host: str, authors: str, told: Told) -> Known:
    """What is known of an article, from the words that an extraction found and those that the page tells machines.

    Names of authors are joined by "; ". What only repeats the site's name is no author.
    """
    source = _source(_clean(site), host, _clean(told.publisher))
    names: dict[str, str] = {}
    for name in _names(told.authors or _AUTHORS.split(_clean(authors))):
        names[_folded(name)] = max(names.get(_folded(name), name), name, key=_well_spelt)
    people = [name for folded, name in names.items() if folded not in {_folded(source), _folded(told.publisher)}]
    return Known(
        title=_title(_clean(title) or _clean(told.title), source, host),
        date=iso_day(told.date) or date,
        source=source,
        byline="; ".join(people),
        place=_clean(told.place) if len(told.place) <= _LONGEST else "",
    )


def _clean(text: str) -> str:
    """The text without control characters, wrong encodings and needless spaces, cut where it goes on and on."""
    return " ".join(_CONTROL.sub(" ", repair(text[:_FAR]).text).split())


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _well_spelt(name: str) -> tuple[int, int]:
    """How well a name is spelt: "Ada Fictive" before "Ada fictive" before "ada-fictive"."""
    return name.count(" "), sum(character.isupper() for character in name)


def _source(site: str, host: str, publisher: str) -> str:
    """The site's name; the publisher's where it spells the same better, or the site has no name but its address."""
    if publisher and (not site or "." in site or _folded(site) == _folded(publisher)):
        return publisher
    return site or host


def _title(title: str, source: str, host: str) -> str:
    """The title without the site's name behind or before it."""
    names = {_folded(source), _folded(host), _folded(host.split(".")[0])} - {""}
    for mark in _BETWEEN.finditer(title):
        if _folded(title[mark.end() :]) in names:
            return title[: mark.start()].strip()
    first = _BETWEEN.search(title)
    if first and _folded(title[: first.start()]) in names:
        return title[first.end() :].strip()
    return title


def _names(written: Iterable[str]) -> Iterable[str]:
    names = [_LEADS.sub("", _clean(name), count=1).strip(" .,;:-–—") for name in written]
    names = [name for name in names if name and len(name) <= _LONGEST and not _NO_NAME.search(name)]
    people = [name for name in names if not _ROLE.search(name)]
    return people or names[:1]
