"""A page as a tree, read by the standard library's parser: tests ask about structure, not about strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOID = {"meta", "link", "br"}


@dataclass
class Node:
    """An element: its children are elements and texts in order."""

    tag: str
    attrs: dict[str, str | None] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *tags: str) -> list[Node]:
        """The elements of these kinds."""
        return [node for node in self.walk() if node.tag in tags]

    def labelled(self, name: str) -> Node:
        """The one element labelled by the heading with id `name`."""
        (found,) = (node for node in self.walk() if node.attrs.get("aria-labelledby") == name)
        return found

    @property
    def text(self) -> str:
        """All text, whitespace folded."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(parts).split())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack = [Node("#document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.stack[-1].children.append(node)
        if tag not in _VOID:
            self.stack.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"</{tag}> closes <{self.stack[-1].tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def parse(page: str) -> Node:
    """The tree of a page in which every element that opens also closes, in order."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    (document,) = builder.stack
    return document
