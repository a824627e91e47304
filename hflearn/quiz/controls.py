"""The native controls for each kind of question."""

from typing import Any, Protocol

import ipywidgets as widgets

from . import page
from .schema import Choice, Number, Order, Question, Several, Step
from .typed import number


class Controls(Protocol):
    widgets: list[Any]

    def given(self) -> Any:
        """The answer as `question.judge` wants it; ValueError tells what is missing."""

    def freeze(self) -> None:
        """Take no more input."""


def controls(question: Question) -> Controls:
    """The controls for a question."""
    match question:
        case Choice():
            return Radios(question)
        case Several():
            return Boxes(question)
        case Number():
            return Field(question)
        case Order():
            return Steps(question)


class Radios:
    def __init__(self, question: Choice):
        # A radio button's label is text: no code in it can be set in another type.
        options = [(option.says.replace("`", ""), option) for option in question.shown]
        self.radios = widgets.RadioButtons(options=options, index=None)
        self.widgets = [self.radios]

    def given(self) -> Any:
        if self.radios.index is None:
            raise ValueError("Choose an answer first.")
        return self.radios.value

    def freeze(self) -> None:
        self.radios.disabled = True


class Boxes:
    def __init__(self, question: Several):
        self.options = question.shown
        self.widgets = [
            widgets.Checkbox(
                description=page.html_inline(option.says), description_allow_html=True, indent=False
            )
            for option in self.options
        ]

    def given(self) -> Any:
        chosen = [option for option, box in zip(self.options, self.widgets, strict=True) if box.value]
        if not chosen:
            raise ValueError("Tick every answer that is right.")
        return chosen

    def freeze(self) -> None:
        for box in self.widgets:
            box.disabled = True


class Field:
    """Sent as a whole when the field is left, and so before Check is pressed.

    Digit by digit, the last one may come after the press; so may all of them after Enter, which does nothing.
    """

    def __init__(self, question: Number):
        self.unit = question.unit
        self.field = widgets.Text(
            description=f"Your answer ({self.unit}):",
            placeholder="a number, then Check",
            continuous_update=False,
            style={"description_width": "initial"},
            layout={"width": "24em"},
        )
        self.widgets = [self.field]

    def given(self) -> Any:
        return number(self.field.value, self.unit)

    def freeze(self) -> None:
        self.field.disabled = True


class Steps:
    """A button for each step: press them in order, press one again to take it back."""

    def __init__(self, question: Order):
        self.order: list[Step] = []
        self.steps = question.shown
        self.buttons = [widgets.Button(tooltip="Press the steps in their order") for _ in self.steps]
        for step, button in zip(self.steps, self.buttons, strict=True):
            button.add_class("hflearn-step")
            button.on_click(lambda _, step=step: self.press(step))
        self.widgets = [
            widgets.HTML("Press the steps in their order; press one again to take it back."),
            *self.buttons,
        ]
        self._frozen = False
        self._label()

    def press(self, step: Step) -> None:
        if self._frozen:
            return
        if step in self.order:
            self.order.remove(step)
        else:
            self.order.append(step)
        self._label()

    def given(self) -> Any:
        if len(self.order) < len(self.steps):
            raise ValueError("Press every step, in order.")
        return list(self.order)

    def freeze(self) -> None:
        self._frozen = True

    def _label(self) -> None:
        for step, button in zip(self.steps, self.buttons, strict=True):
            place = f"{self.order.index(step) + 1}." if step in self.order else "–"
            button.description = f"{place}  {step.says.replace('`', '')}"
