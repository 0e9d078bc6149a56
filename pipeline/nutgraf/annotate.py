"""Annotations: what people decided, and what named rules propose where no person has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from nutgraf import rules
from nutgraf.codebook import NONE, Codebook, Rule
from nutgraf.config import Annotate
from nutgraf.records import Annotation, Article, Paragraph, Refusal


class Decision(Struct, frozen=True, kw_only=True):
    """One row of a person's annotation file: the labels of the paragraph that begins with `opening`."""

    article: str  # the article's name: its path under the corpus, without extension
    opening: str
    labels: str
    pair: str = ""
    path: str
    row: int


class CatalogueEntry(Struct, frozen=True, kw_only=True):
    """What the corpus's catalogue says of an article: the conflict it belongs to, and its kind of text."""

    article: str
    conflict: str = ""
    kind: str = ""


class RuleScore(Struct, frozen=True, kw_only=True):
    """How a rule fares: votes for its label, and how many of them people share, out of `annotated`."""

    label: str
    rule: str
    version: int
    paragraphs: int
    coverage: int  # paragraphs it votes for
    checked: int  # of these, annotated by people
    agreed: int  # of these, with the label
    positives: int  # paragraphs that people gave the label

    @property
    def precision(self) -> float | None:
        """Share of its votes that people agree with."""
        return self.agreed / self.checked if self.checked else None

    @property
    def recall(self) -> float | None:
        """Share of the paragraphs that people gave the label, that it finds."""
        return self.agreed / self.positives if self.positives else None


def annotate(
    paragraphs: Iterable[Paragraph],
    articles: Iterable[Article],
    decisions: Iterable[Decision],
    catalogue: Iterable[CatalogueEntry],
    codebook: Codebook,
    knobs: Annotate,
) -> Iterator[Annotation | Refusal]:
    """Join paragraphs with what people decided of them; where nobody has, with what rules propose.

    A person's decision is never changed. A decision with an unknown label, or for a paragraph or an article
    that does not exist, is a Refusal; so is a second decision for the same paragraph.
    """
    known = {article.id: article for article in articles}
    entries = {entry.article: entry for entry in catalogue}
    by_article: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in paragraphs:
        by_article[paragraph.article].append(paragraph)
    by_name: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        by_name[one.article].append(one)

    voters = rules.voters(codebook)
    owners = {name: _owner(name, known.values()) for name in by_name}
    names = {owner: name for name, owner in owners.items() if owner}
    for article_id, members in by_article.items():
        article = known.get(article_id) or Article(id=article_id, text="")
        decided = yield from _decided(members, by_name.pop(names.get(article_id, ""), []), codebook)
        key = max((key for key in entries if _is_named(article.path, key)), key=len, default="")
        entry = entries.get(key, CatalogueEntry(article=""))
        for paragraph in members:
            decision = decided.get(paragraph.id)
            if decision is None and not knobs.propose:
                continue
            yield Annotation(
                id=paragraph.id,
                text=paragraph.text,
                labels=_proposed(paragraph.passage, voters) if decision is None else _labels(decision, codebook),
                article=article_id,
                title=article.title,
                index=paragraph.index,
                group=entry.conflict or entry.article or article_id,
                by="rules" if decision is None else "people",
                kind=entry.kind,
                source=article.source,
                date=article.date,
                pair=decision.pair if decision else "",
                quotes=paragraph.quotes,
            )
    for name, left in by_name.items():
        for decision in left:
            if owners[name] is None:
                yield _refusal(decision, "no_such_article", f"no article, or more than one, is named {name!r}")
            else:
                yield _refusal(decision, "no_such_paragraph", f"the article {name!r} has no paragraphs")


def _owner(name: str, articles: Iterable[Article]) -> str | None:
    """The id of the one article of this name: the whole path goes before its end; None if that is not one."""
    named = [article for article in articles if _is_named(article.path, name)]
    whole = [article for article in named if PurePosixPath(article.path).with_suffix("").as_posix() == name]
    shortest = min((len(article.path) for article in named), default=0)
    nearest = whole or [article for article in named if len(article.path) == shortest]
    ids = {article.id for article in nearest}
    return ids.pop() if len(ids) == 1 else None


def _is_named(path: str, name: str) -> bool:
    stem = PurePosixPath(path).with_suffix("").as_posix() if path else ""
    return stem == name or stem.endswith(f"/{name}")


def _decided(
    paragraphs: list[Paragraph], decisions: list[Decision], codebook: Codebook
) -> Generator[Refusal, None, dict[str, Decision]]:
    """Yield refusals; return the decisions by paragraph id."""
    decided: dict[str, Decision] = {}
    for decision in decisions:
        if not decision.labels.strip():
            continue
        labels = tuple(name for name in decision.labels.split() if name != NONE)
        found = [p for p in paragraphs if p.text.startswith(decision.opening)] if decision.opening else []
        if wrong := codebook.check(labels):
            yield _refusal(decision, "unknown_label", wrong)
        elif labels and NONE in decision.labels.split():
            yield _refusal(decision, "contradiction", f"{NONE!r} stands beside labels")
        elif not found:
            yield _refusal(decision, "no_such_paragraph", f"no paragraph begins with {decision.opening!r}")
        elif len(found) > 1:
            yield _refusal(decision, "ambiguous", f"{len(found)} paragraphs begin with {decision.opening!r}")
        elif found[0].id in decided:
            yield _refusal(decision, "decided_twice", f"{decision.opening!r} stands twice")
        else:
            decided[found[0].id] = decision
    return decided


def _labels(decision: Decision, codebook: Codebook) -> tuple[str, ...]:
    """In the codebook's order."""
    return tuple(name for name in codebook.names if name in decision.labels.split())


def _refusal(decision: Decision, reason: str, detail: str) -> Refusal:
    return Refusal(path=decision.path, record=decision.row, reason=reason, detail=detail)


def _proposed(text: str, voters: Mapping[str, list[tuple[Rule, rules.Voter]]]) -> tuple[str, ...]:
    return tuple(name for name, those in voters.items() if rules.verdict([vote(text) for _, vote in those]))


def scores(annotations: Iterable[Annotation], codebook: Codebook) -> list[RuleScore]:
    """Each rule's coverage, and its agreement with people; what rules proposed is not held for agreement."""
    everything = list(annotations)
    people = [annotation for annotation in everything if annotation.by == "people"]
    table = []
    for label, those in rules.voters(codebook).items():
        for rule, vote in those:
            hits = [annotation for annotation in people if vote(annotation.passage)]
            others = sum(bool(vote(annotation.passage)) for annotation in everything if annotation.by != "people")
            table.append(
                RuleScore(
                    label=label,
                    rule=rule.name,
                    version=rule.version,
                    paragraphs=len(everything),
                    coverage=len(hits) + others,
                    checked=len(hits),
                    agreed=sum(label in annotation.labels for annotation in hits),
                    positives=sum(label in annotation.labels for annotation in people),
                )
            )
    return table
