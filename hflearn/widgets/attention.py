"""Which tokens each token attends to, layer by layer and head by head."""

import html
from typing import Any

import ipywidgets as widgets

from hflearn.errors import CourseError
from hflearn.figures.attention_map import attention_map
from hflearn.figures.described import Described

from .dial import Dial
from .explorer import Explorer
from .given import a_model, a_text, a_tokenizer, name, token_text
from .heat import heat_map
from .running import in_use

MOST = 40
"""Tokens in the map: with more, a cell is too small to point at."""

Rows = list[list[float]]


def attention(model: Any, tokenizer: Any, text: str) -> "Attention":
    """An explorer of the attention weights of a model that reads `text`; its attention must be "eager".

    :raises CourseError: what was given is no model, no tokenizer, or no text.
    """
    return Attention(
        a_model(model, "attention"), a_tokenizer(tokenizer, "attention"), a_text(text, "attention")
    )


class Attention(Explorer):
    def __init__(self, model: Any, tokenizer: Any, text: str):
        self.model, self.tokenizer = model, tokenizer
        self.text = widgets.Text(value=text, description="Text", continuous_update=False)
        self.layer = Dial("layer", 0, 0, 0)
        self.head = Dial("head", 0, 0, 0)
        self.token = Dial("token", 0, 0, 0)
        self._read = ""
        self.weights: Any = None  # layers × heads × tokens × tokens
        self.labels: list[str] = []
        self.count = 0
        super().__init__(self.text, *(dial.box for dial in (self.layer, self.head, self.token)))
        self.text.observe(self.draw, "value")
        for dial in (self.layer, self.head, self.token):
            dial.on_change(self.draw)

    def prepare(self) -> None:
        if self._read == self.text.value and self.weights is not None:
            return
        self.weights = None
        ids, self.weights = weights(self.model, self.tokenizer, self.text.value)
        self._read, self.labels = self.text.value, [token_text(id, self.tokenizer) for id in ids]
        self.count = len(self.tokenizer(self.text.value, verbose=False)["input_ids"])
        layers, heads, tokens, _ = self.weights.shape
        for dial, many in ((self.layer, layers), (self.head, heads), (self.token, tokens)):
            dial.up_to(many - 1)

    def look(self) -> Rows:
        """The weights of the chosen layer and head: row by row, the token that attends."""
        found: Rows = self.weights[self.layer.value, self.head.value].tolist()
        return found

    def render(self, seen: Rows) -> str:
        light = max(map(max, seen))
        caption = (
            f"{self._where()}. Each row is a token that attends, each column one that is attended to; "
            f"a row adds up to 1. Dark is 0, the lightest here is {light:.2f}."
        )
        picture = heat_map(seen, self.labels, self.labels, caption, True, self.token.value, light)
        note = f"<p>{self._cut()}</p>" if self._cut() else ""
        return f"{note}<p>{html.escape(self._row_in_words(seen))}</p>{picture}"

    def _where(self) -> str:
        return f"Layer {self.layer.value}, head {self.head.value} of {name(self.model)}"

    def _cut(self) -> str:
        if self.count <= len(self.labels):
            return ""
        return f"The model was given only the first {len(self.labels)} of {self.count} tokens."

    def _row_in_words(self, seen: Rows) -> str:
        row = seen[self.token.value]
        most = sorted(zip(row, self.labels, strict=True), reverse=True)[:5]
        shares = ", ".join(f"{label} {share:.2f}" for share, label in most)
        return f"Token {self.token.value}, {self.labels[self.token.value]}, attends most to: {shares}."

    def in_words(self, seen: Rows) -> str:
        most = [max(zip(row, self.labels, strict=True)) for row in seen]
        pairs = ", ".join(
            f"{label} to {to} {share:.2f}" for label, (share, to) in zip(self.labels, most, strict=True)
        )
        said = f"Heat map of attention. {self._where()}, text “{self.text.value}”. {self._cut()}".strip()
        return f"{said} Where most of each token's attention goes: {pairs}."

    def still(self) -> Described:
        seen = self.look()
        return attention_map(seen, self.labels, self._where(), self.in_words(seen))


def weights(model: Any, tokenizer: Any, text: str) -> tuple[list[int], Any]:
    """The ids of the text's tokens, and the weights: a tensor of layers × heads × tokens × tokens.

    :raises CourseError: there is no text, or the model gives no weights.
    """
    import torch

    if getattr(model.config, "is_encoder_decoder", False):
        model = model.get_encoder()
    inputs = tokenizer(text, return_tensors="pt", truncation=True, max_length=MOST).to(model.device)
    if not text.strip() or not inputs["input_ids"].numel():
        raise CourseError("There is no text to read: type a sentence, and press Enter.")
    with in_use(model):
        given = getattr(model(**inputs, output_attentions=True), "attentions", None)
    if not given:
        raise CourseError(
            f"{type(model).__name__} gave no attention weights. If it has any, it does not keep them as it "
            'computes now: run model.set_attn_implementation("eager"), then this cell again.'
        )
    return inputs["input_ids"][0].tolist(), torch.stack([layer[0].float().cpu() for layer in given])
