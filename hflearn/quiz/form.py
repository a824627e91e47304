"""The quiz as widgets.

A question appears below the one before it when that is done: focus never moves by itself, and Tab leads on.
Only controls that want Tab, Space and Enter: outside text fields JupyterLab keeps arrows and digits itself.
"""

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from . import page
from .controls import Controls, controls
from .schema import Question
from .sitting import Sitting

STYLE = f"<style>{Path(__file__).with_name('form.css').read_text(encoding='utf-8')}</style>"


class Form:
    """All of it: `box` is the widget to show; `asked` are the questions on the screen so far."""

    def __init__(self, sitting: Sitting):
        self.sitting = sitting
        self.asked: list[Asking] = []
        self.again = widgets.Button(description="Answer the missed ones again", layout={"width": "auto"})
        self.again.on_click(lambda _: self._start(Sitting(self.sitting.lesson_id, self.sitting.missed)))
        self.box = widgets.VBox([widgets.HTML(STYLE)])
        self.box.add_class("hflearn-quiz")
        self._start(sitting)

    def _start(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.again.layout.display = "none"
        self._remaining = list(enumerate(sitting.questions, start=1))
        self._next()

    def _next(self) -> None:
        if not self._remaining:
            return self._review()
        number, question = self._remaining.pop(0)
        asking = Asking(self.sitting, question, number, self._next)
        self.asked.append(asking)
        self._append(asking.box)

    def _review(self) -> None:
        missed = self.sitting.missed
        self._append(widgets.HTML(_review(self.sitting)))
        if missed:
            self.again.layout.display = ""
            # The same button after each review: it moves down with it.
            self.box.children = [child for child in self.box.children if child is not self.again]
            self._append(self.again)

    def _append(self, widget: Any) -> None:
        self.box.children = [*self.box.children, widget]


class Asking:
    """One question: its controls, Check, Show the answer, and what is said to an answer."""

    def __init__(self, sitting: Sitting, question: Question, number: int, done: Any):
        self.question = question
        self._sitting, self._done, self._is_done = sitting, done, False
        heading = f"<strong>{page.heading(number, len(sitting.questions))}</strong>"
        self.controls: Controls = controls(question)
        self.check = widgets.Button(description="Check", layout={"width": "auto"})
        self.show = widgets.Button(description="Show the answer", layout={"width": "auto"})
        self.said = widgets.HTML()
        self.check.on_click(lambda _: self._check())
        self.show.on_click(lambda _: self._give_up())
        self.box = widgets.VBox(
            [
                widgets.HTML(f"<hr>{heading} <em>({page.kind(question)})</em>{page.html(question.asks)}"),
                *self.controls.widgets,
                widgets.HBox([self.check, self.show]),
                self.said,
            ]
        )

    def _check(self) -> None:
        if self._is_done:  # a key pressed twice
            return
        try:
            given = self.controls.given()
        except ValueError as expected:
            self._say("", str(expected))
            return
        outcome = self._sitting.answer(self.question, given)
        if not outcome.right:
            self._say("Not yet.", outcome.says)
            return
        rest = (
            f"<details><summary>All answers explained</summary>{page.explanations(self.question)}</details>"
        )
        self._say("Right.", outcome.says, rest)
        self._end()

    def _give_up(self) -> None:
        if not self._is_done:
            self._sitting.give_up(self.question)
            self._say("The answer.", "", page.explanations(self.question))
            self._end()

    def _end(self) -> None:
        # The buttons stay: one has the focus, and to take it away would lose the learner's place.
        for button in (self.check, self.show):
            button.tabbable = False
            button.add_class("hflearn-done")
        self._is_done = True
        self.controls.freeze()
        self._done()

    def _say(self, verdict: str, text: str, more: str = "") -> None:
        solid = " hflearn-right" if verdict == "Right." else ""
        said = page.html(f"**{verdict}** {text}" if verdict else text)
        # An alert is read out when it appears; the word and the line's shape say what a colour would.
        self.said.value = f'<div class="hflearn-said{solid}"><div role="alert">{said}</div>{more}</div>'


def _review(sitting: Sitting) -> str:
    missed = "".join(
        f"<li>{page.html(question.asks)}{page.explanations(question)}</li>" for question in sitting.missed
    )
    rest = f"<p>Once more, what you missed:</p><ol>{missed}</ol>" if missed else ""
    return f'<hr><div class="hflearn-review"><p role="alert"><strong>{sitting.score}</strong></p>{rest}</div>'
