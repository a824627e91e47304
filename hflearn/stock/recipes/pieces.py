"""Another way to cut a text into pieces each time (subword regularization, Kudo 2018).

SentencePiece can do it too, but draws differently in every process.
"""

import math
import random
from collections.abc import Iterable

from sentencepiece import SentencePieceProcessor

WAYS = 8  # to cut a word, at most
SHARPNESS = 0.3  # a way's chance is its probability to this power: at 1, nearly always the best way


class Cutter:
    def __init__(self, tokenizer: SentencePieceProcessor, texts: Iterable[str]) -> None:
        words = {word for text in texts for word in text.split()}  # no piece goes across a space
        self._scores = [tokenizer.get_score(number) for number in range(len(tokenizer))]
        self._ways = {word: self._weighed(tokenizer.nbest_encode_as_ids(word, WAYS)) for word in words}

    def cut(self, text: str, draw: random.Random) -> list[int]:
        """The text as ids."""
        return [number for word in text.split() for number in draw.choices(*self._ways[word])[0]]

    def _weighed(self, ways: list[list[int]]) -> tuple[list[list[int]], list[float]]:
        scores = [sum(self._scores[number] for number in way) for way in ways]
        return ways, [math.exp(SHARPNESS * (score - scores[0])) for score in scores]
