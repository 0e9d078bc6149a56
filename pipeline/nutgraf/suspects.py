"""Annotations that are most likely wrong, by what models say that did not see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from nutgraf.dataset import label_matrix
from nutgraf.errors import NutgrafError
from nutgraf.judged import Judged


class Suspect(Struct, frozen=True, kw_only=True):
    """One label of one paragraph that a person should look at again; `quality` is low where an error is likely."""

    id: str
    article: str
    label: str
    given: bool
    probability: float
    quality: float
    text: str


def suspects(judged: Sequence[Judged], labels: Sequence[str], most: int) -> Iterator[Suspect]:
    """The labels given or left out that are least likely right, worst first; `most` of them at most.

    Quality is cleanlab's self-confidence of each label by itself: Thyagarajan et al., "Identifying incorrect
    annotations in multi-label classification data" (ICLR 2023, workshop). Raises NutgrafError if it is not installed.
    """
    try:
        from cleanlab.multilabel_classification import rank
    except ImportError:
        raise NutgrafError("cleanlab is not installed: pip install 'nutgraf[review]'") from None
    borne = label_matrix([row.labels for row in judged], labels)
    probabilities = np.array([row.probabilities for row in judged])
    quality = rank.get_label_quality_scores_per_class([np.flatnonzero(row).tolist() for row in borne], probabilities)
    order = np.argsort(quality, axis=None, kind="stable")
    for row, column in zip(*np.unravel_index(order[:most], quality.shape), strict=True):
        one = judged[row]
        yield Suspect(
            id=one.id,
            article=one.article,
            label=labels[column],
            given=bool(borne[row, column]),
            probability=float(probabilities[row, column]),
            quality=float(quality[row, column]),
            text=one.text,
        )
