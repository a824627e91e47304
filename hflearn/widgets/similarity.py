"""Sentences, one a line, and how alike they are to a model that embeds them."""

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

import ipywidgets as widgets

from hflearn import figures
from hflearn.errors import CourseError
from hflearn.figures.described import Described
from hflearn.figures.similarity import in_words

from .explorer import Explorer
from .given import a_text
from .heat import heat_map

MOST = 15
"""Sentences in the map: with more, nobody finds a pair."""

Rows = list[list[float]]


def similarity(embedder: Any, sentences: Sequence[str]) -> "Similarity":
    """An explorer of the similarities that `embedder`, a SentenceTransformer, finds between sentences.

    :raises CourseError: `embedder` is none, or one of the sentences is no text.
    """
    if not hasattr(embedder, "similarity"):
        raise CourseError(
            f"similarity() wants a SentenceTransformer, and this is a {type(embedder).__name__}."
        )
    given = [sentences] if isinstance(sentences, str) else sentences
    return Similarity(embedder, [a_text(sentence, "similarity") for sentence in given])


class Similarity(Explorer):
    def __init__(self, embedder: Any, sentences: Sequence[str]):
        self.embedder = embedder
        self.known: dict[str, Any] = {}  # the vector of each sentence that was encoded
        lines = "\n".join(" ".join(sentence.split()) for sentence in sentences)
        self.text = widgets.Textarea(
            value=lines,
            description="Sentences",
            placeholder="one sentence a line",
            rows=min(len(sentences) + 1, 10),
        )
        super().__init__(self.text)
        self.text.observe(self.draw, "value")

    @property
    def written(self) -> list[str]:
        return [line.strip() for line in self.text.value.splitlines() if line.strip()]

    @property
    def sentences(self) -> list[str]:
        return self.written[:MOST]

    def look(self) -> Rows:
        """The similarity of each sentence to each. Only sentences that are new are encoded."""
        if len(self.sentences) < 2:
            raise CourseError("Write at least two sentences, each on a line of its own, to compare them.")
        import torch

        new = [sentence for sentence in dict.fromkeys(self.sentences) if sentence not in self.known]
        if new:
            vectors = self.embedder.encode(new, convert_to_tensor=True, show_progress_bar=False)
            self.known |= dict(zip(new, vectors, strict=True))
        rows = torch.stack([self.known[sentence] for sentence in self.sentences])
        found: Rows = self.embedder.similarity(rows, rows).tolist()
        return found

    def render(self, seen: Rows) -> str:
        numbers = [str(number) for number in range(1, len(self.sentences) + 1)]
        labels = [f"{_short(text)}  {number}" for number, text in zip(numbers, self.sentences, strict=True)]
        caption = "Similarity: light is alike (1 is the same), dark is unrelated (0)."
        return heat_map(seen, labels, numbers, caption) + f"<p>{self._cut()}</p>"

    def _cut(self) -> str:
        if len(self.written) <= MOST:
            return ""
        return f"Only the first {MOST} of {len(self.written)} sentences are compared."

    def in_words(self, seen: Rows) -> str:
        return f"{in_words(seen, self.sentences)} {self._cut()}".strip()

    def still(self) -> Described:
        return figures.similarity(self.look(), self.sentences)


def _short(text: str) -> str:
    return shorten(text, 60, placeholder=" …")
