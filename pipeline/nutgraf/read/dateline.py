"""The place of a dateline: the town before the dash that opens an agency's first paragraph."""

from __future__ import annotations

import re

# "BEIRUT, Lebanon (AP) — The", "KYIV, 3 March (Reuters) - The", "GENEVA/PARIS, Aug 5 -- The": a place begins with a
# word in capitals; what stands between it and the dash is the country, the day or the agency
_WORD = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+"
_MORE = rf"[ /-](?:{_WORD}|(?:al|de|del|el|la|le|of|the)\b)"
_PLACE = rf"(?P<place>{_WORD}(?:{_MORE}){{0,4}}(?:, [A-Z][A-Za-zÀ-ÿ.'’ -]{{1,30}}?)??)"
_DAY = (
    r"(?:, (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2})?(?:,? \d{4})?)?"
)
_DATELINE = re.compile(rf"\s*{_PLACE}{_DAY}(?:,? ?\([^()]{{2,40}}\))?,? ?(?:[—–]|--| - |:(?= [A-Z\"“]))")
_LOOKED_AT = 160  # characters; a dateline is shorter


def place_of(text: str) -> str:
    """The dateline's place as it stands at the head of the text, or an empty string."""
    found = _DATELINE.match(text[:_LOOKED_AT])
    return found["place"].strip() if found else ""
