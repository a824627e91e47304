"""Temperature, top-k and top-p, and what they make of the model's chances for the next token."""

import html
from typing import Any

import ipywidgets as widgets

from hflearn.figures.described import Described
from hflearn.figures.next_token import Bar, next_token

from .dial import Dial
from .distribution import Distribution, next_logits, shape
from .explorer import Explorer
from .given import a_model, a_text, a_tokenizer, token_text

SHOWN = 15
SHAPES = [(1.0, 0, 1.0), (2.0, 0, 1.0), (1.0, 0, 0.9)]
"""What the still figure compares: temperature, top-k (0: no limit), top-p."""


def sampling(model: Any, tokenizer: Any, prompt: str) -> "Sampling":
    """An explorer of the next token's distribution after `prompt`.

    The model, one that generates text, runs once for each prompt; the dials reshape what it gave.

    :raises CourseError: what was given is no model, no tokenizer, or no text.
    """
    return Sampling(
        a_model(model, "sampling"), a_tokenizer(tokenizer, "sampling"), a_text(prompt, "sampling")
    )


class Sampling(Explorer):
    def __init__(self, model: Any, tokenizer: Any, prompt: str):
        self.model, self.tokenizer = model, tokenizer
        self.prompt = widgets.Textarea(value=prompt, description="Prompt", rows=2, continuous_update=False)
        self.ask = widgets.Button(description="Ask the model")
        self.temperature = Dial("temperature", 1.0, 0.1, 3.0, 0.1)
        self.top_k = Dial("top-k (0: off)", 0, 0, 100)
        self.top_p = Dial("top-p (1: off)", 1.0, 0.05, 1.0, 0.05)
        self.dials = [self.temperature, self.top_k, self.top_p]
        self._asked: str | None = None
        self.logits: Any = None  # of every token to come after the prompt
        super().__init__(self.prompt, self.ask, *(dial.box for dial in self.dials))
        # The prompt is sent when its field is left; where the kernel is busy, a press overtakes it.
        self.prompt.observe(self.draw, "value")
        self.ask.on_click(self.draw)
        for dial in self.dials:
            dial.on_change(self.draw)

    def prepare(self) -> None:
        if self._asked != self.prompt.value:
            self.logits = next_logits(self.model, self.tokenizer, self.prompt.value)
            self._asked = self.prompt.value

    def look(self) -> Distribution:
        return shape(self.logits, *(dial.value for dial in self.dials))

    def render(self, seen: Distribution) -> str:
        bars = self._bars(seen)
        full = full_scale(bars)
        rows = "".join(_row(bar, full) for bar in bars)
        return (
            f"<p>After “{html.escape(self.prompt.value)}”, "
            f"<strong>{seen.kept:,} of {len(seen.after):,} tokens</strong> can be chosen, "
            f"as open a choice as between <strong>{seen.perplexity:,.1f}</strong> equally likely ones "
            f"(entropy {seen.entropy:z.2f} bits).</p>"
            f'<table class="hflearn-bars"><caption>The {len(bars)} tokens that the model finds likeliest. '
            f"Solid: the chance now; outlined: as the model gave it; the full width is {full:.0%}.</caption>"
            '<thead><tr><th scope="col">token</th><th scope="col"></th><th scope="col">now</th>'
            '<th scope="col">model</th><th scope="col"></th></tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _bars(self, shaped: Distribution) -> list[Bar]:
        return [
            Bar(
                token=token_text(index, self.tokenizer),
                now=float(shaped.after[index]),
                before=float(shaped.before[index]),
                cut=shaped.cut_by(index),
            )
            for index in shaped.likeliest(SHOWN)
        ]

    def in_words(self, seen: Distribution) -> str:
        settings = named(*(dial.value for dial in self.dials))
        return f"After “{self.prompt.value}”: " + self._described(settings, seen)

    def _described(self, settings: str, shaped: Distribution) -> str:
        likely = ", ".join(
            f"{bar.token} {bar.now:.1%}{' (cut)' if bar.cut else ''}" for bar in self._bars(shaped)[:5]
        )
        return (
            f"With {settings}: {likely}; {shaped.kept:,} can be chosen, as open as between "
            f"{shaped.perplexity:,.1f} equally likely tokens."
        )

    def still(self) -> Described:
        shapes = [(named(*settings), shape(self.logits, *settings)) for settings in SHAPES]
        alt = f"Bars of the chances of the next token after “{self.prompt.value}”. " + " ".join(
            self._described(settings, shaped) for settings, shaped in shapes
        )
        return next_token([(settings, self._bars(shaped)[:10]) for settings, shaped in shapes], alt)


def named(temperature: float, top_k: int, top_p: float) -> str:
    """The settings in words, those that do nothing left out."""
    parts = [f"temperature {temperature:.1f}"]
    parts += [f"top-k {top_k}"] if top_k else []
    parts += [f"top-p {top_p:.2f}"] if top_p < 1 else []
    return ", ".join(parts)


def full_scale(bars: list[Bar]) -> float:
    """The chance that fills a bar: the least of a few round ones that none exceeds."""
    most = max(max(bar.now, bar.before) for bar in bars)
    return next((scale for scale in (0.1, 0.25, 0.5) if most <= scale), 1.0)


def _row(bar: Bar, full: float) -> str:
    kind = ' class="cut"' if bar.cut else ""
    remark = f"cut by {bar.cut}" if bar.cut else ""
    return (
        f'<tr{kind}><th scope="row">{html.escape(bar.token)}</th><td class="bar">'
        f'<div class="now" style="width:{bar.now / full:.1%}"></div>'
        f'<div class="before" style="width:{bar.before / full:.1%}"></div></td>'
        f'<td class="number">{bar.now:.1%}</td><td class="number">{bar.before:.1%}</td><td>{remark}</td></tr>'
    )
