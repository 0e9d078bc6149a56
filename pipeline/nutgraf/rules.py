"""Labelling rules: named and versioned, each votes for or against its label, or abstains."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nutgraf import quotes
from nutgraf.codebook import Codebook, Rule
from nutgraf.errors import NutgrafError, unknown

Vote = bool | None  # None: the rule abstains
Voter = Callable[[str], Vote]


def attributed_quotation(text: str) -> Vote:
    """Vote for attributed words in quotation marks, against where there are no marks; else abstain."""
    found = quotes.spans(text)
    if not found:
        return False
    return True if any(span.attributed for span in found) else None


FUNCTIONS: dict[str, Voter] = {"attributed_quotation": attributed_quotation}


def pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Compile phrases: whole words, any case; `*` stands for any ending, `...` for up to three words."""
    alternatives = []
    for phrase in phrases:
        words = [re.escape(word).replace(r"\*", r"[\w’'-]*") for word in phrase.split()]
        joined = r"\s+".join(words).replace(r"\s+\.\.\.\s+", r"\s+(?:[\w’'-]+\s+){0,3}?")
        alternatives.append(joined)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w])", re.IGNORECASE)


def voter(rule: Rule) -> Voter:
    """Make the function that a rule of the codebook describes; NutgrafError if it names an unknown one."""
    if rule.function:
        if rule.function not in FUNCTIONS:
            raise NutgrafError(f"rule {rule.name!r}: {unknown('function', rule.function, FUNCTIONS)}")
        return FUNCTIONS[rule.function]
    wanted = pattern(rule.phrases)
    passed_over = pattern(rule.unless) if rule.unless else None

    def vote(text: str) -> Vote:
        return True if wanted.search(passed_over.sub(" · ", text) if passed_over else text) else None

    return vote


def voters(codebook: Codebook) -> dict[str, list[tuple[Rule, Voter]]]:
    """The rules of each label with their voters; a label may have none."""
    return {label.name: [(rule, voter(rule)) for rule in label.rules] for label in codebook.labels}


def verdict(votes: Sequence[Vote]) -> Vote:
    """Sum up one label's rules: any vote for it wins, then any against it; else all abstain."""
    if True in votes:
        return True
    return False if False in votes else None
