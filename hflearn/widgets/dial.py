"""A number to turn: a field for the keyboard and a slider for the mouse, linked."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets


class Dial:
    """`box` is the widget to show. `minimum`, `maximum` and `step` are whole numbers, or none of them is.

    JupyterLab keeps the arrow keys to itself outside text fields, so a slider with the focus would lead out
    of the explorer: the field takes the keys, and the slider (see explorer.css) never has the focus.
    """

    def __init__(self, label: str, value: float, minimum: float, maximum: float, step: float = 1):
        whole = isinstance(step, int)
        field_of, slider_of = (
            (widgets.BoundedIntText, widgets.IntSlider)
            if whole
            else (widgets.BoundedFloatText, widgets.FloatSlider)
        )
        limits = {"value": value, "min": minimum, "max": maximum, "step": step}
        self.field = field_of(**limits, description=label, style={"description_width": "7em"})
        self.field.layout.width = "13em"
        self.slider = slider_of(**limits, readout=False)
        # The slider counts its steps up from the minimum and arrives at 1.2000000000000002.
        widgets.link((self.field, "value"), (self.slider, "value"), transform=(_rounded, _rounded))
        self.box = widgets.HBox([self.field, self.slider])
        self.box.add_class("hflearn-dial")

    @property
    def value(self) -> Any:
        return self.field.value

    def up_to(self, maximum: int) -> None:
        """Move the upper end; a value above it comes down with it."""
        self.field.max = self.slider.max = maximum

    def on_change(self, act: Callable[[Any], None]) -> None:
        self.field.observe(act, "value")


def _rounded(value: float) -> float:
    return round(value, 2)
