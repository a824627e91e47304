"""What all explorers share: how one is shown, and what it says when it has nothing to show."""

import html
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from hflearn.errors import CourseError
from hflearn.figures.described import Described

from .running import one_thread

STYLE = f"<style>{Path(__file__).with_name('explorer.css').read_text(encoding='utf-8')}</style>"


class Explorer:
    """Controls above a picture that is drawn anew at every change, and the same in words below.

    A subclass says how: `look` finds out what is to be seen, `render` (HTML) and `in_words` tell it, and
    `still` is the figure for readers without a kernel. Any of them may raise CourseError, whose sentence then
    stands in the picture's place. A large model runs in `prepare`, with all of torch's threads; the rest is
    small work.
    """

    def __init__(self, *controls: Any):
        self.picture = widgets.HTML()
        self.words = widgets.HTML()
        self.box = widgets.VBox([widgets.HTML(STYLE), *controls, self.picture])
        self.box.add_class("hflearn-explorer")
        self.draw()

    def prepare(self) -> None:
        """Run the model, if what it is to read has changed."""

    def look(self) -> Any:
        """What is to be seen at the controls' setting: asked for once a change, and given to both."""
        raise NotImplementedError

    def render(self, seen: Any) -> str:
        raise NotImplementedError

    def in_words(self, seen: Any) -> str:
        raise NotImplementedError

    def still(self) -> Described:
        raise NotImplementedError

    def draw(self, _: Any = None) -> None:
        try:
            self.prepare()
            with one_thread():
                seen = self.look()
                picture, words = self.render(seen), fold("The picture in words", self.in_words(seen))
        except CourseError as said:
            picture, words = f'<p class="hflearn-sentence" role="alert">{html.escape(str(said))}</p>', ""
        self.picture.value, self.words.value = picture, words

    def _ipython_display_(self) -> None:
        from IPython.display import display

        try:
            self.prepare()
            with one_thread():
                figure = self.still()
        except CourseError as said:
            display(self._beside(self.box, {"text/plain": str(said)}), raw=True)
            return
        # A front end takes the richest that it knows, and a notebook is kept without the widget. Two outputs,
        # because GitHub prefers HTML to a picture and would show the words alone.
        image = {"image/png": figure.png(), "text/plain": repr(figure)}
        display(self._beside(self.box, image), raw=True, metadata={"image/png": {"alt": figure.alt}})
        page = fold("The figure in words", figure.alt)
        words = {"text/html": page, "text/plain": f"The figure in words: {figure.alt}"}
        display(self._beside(self.words, words), raw=True)

    @staticmethod
    def _beside(widget: Any, still: dict[str, Any]) -> dict[str, Any]:
        return {**widget._repr_mimebundle_(), **still}


def fold(title: str, text: str) -> str:
    return f"<details><summary>{title}</summary>{html.escape(text)}</details>"
