"""What the tests of the formats share: one file read, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nutgraf.config import Read
from nutgraf.records import Article, Refusal


class Reading:
    """A format's reader with a name for the files that it is given."""

    def __init__(self, read: Callable[[bytes, str, Read], Iterator[Article | Refusal]], name: str) -> None:
        self.read, self.name = read, name

    def items(self, data: bytes) -> list[Article | Refusal]:
        """All that it gives."""
        return list(self.read(data, self.name, Read()))

    def only(self, data: bytes) -> Article:
        """The one article that it gives."""
        (found,) = self.items(data)
        assert isinstance(found, Article), found
        return found

    def reasons(self, data: bytes) -> list[str]:
        """The reasons of what it refuses."""
        return [item.reason for item in self.items(data) if isinstance(item, Refusal)]

    def told(self, data: bytes) -> list[str]:
        """For each thing that it gives, `article` or why it is refused."""
        return [item.reason if isinstance(item, Refusal) else "article" for item in self.items(data)]

    def texts(self, data: bytes) -> list[str]:
        """The paragraphs of the one article that it gives."""
        return self.only(data).text.split("\n\n")
