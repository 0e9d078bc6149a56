"""The language of a text."""

from __future__ import annotations

from functools import cache
from typing import Any

_LOOKED_AT = 600  # characters: enough to be sure, and a tenth of the cost of an article
_LEAST = 100  # characters: with fewer, names decide
_SURE = 0.9


def other_language(text: str, wanted: str) -> str:
    """The ISO 639 code of a text that is surely not in the language wanted, or an empty string; `any` is always fine.

    Source of the method: Lui and Baldwin, "langid.py" (ACL 2012 system demonstrations).
    """
    head = text[:_LOOKED_AT]
    if wanted == "any" or len(head) < _LEAST:
        return ""
    found, probability = _identifier().classify(head)
    return found if found != wanted and probability >= _SURE else ""


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
