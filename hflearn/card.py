"""The card at the head of a lesson: what it takes, and what it runs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from hflearn import machine
from hflearn.course import Lesson
from hflearn.stock import Item


@dataclass(frozen=True, repr=False)
class Card:
    """Shows itself as HTML in a notebook and as text elsewhere."""

    lesson: Lesson
    items: Sequence[Item]
    hub: str
    online: bool
    download_mb: float
    """What is still to be fetched for the practice Hub."""

    def __str__(self) -> str:
        facts = [f"{name + ':':<10} {fact}" for name, fact in self._facts()]
        items = [f"  {_in_one_line(*self._item(item))}" for item in self.items]
        return "\n".join([f"{self.lesson.title}", *facts, "models and data:", *items])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        facts = "".join(f"<tr>{_left('th', name)}{_left('td', fact)}</tr>" for name, fact in self._facts())
        items = "".join(
            "<tr>" + "".join(_left("td", part) for part in self._item(item)) + "</tr>" for item in self.items
        )
        names = ("role", "here", "licence", "size", "stands in for")
        head = "<tr>" + "".join(_left("th", name) for name in names) + "</tr>"
        return (
            f"<p><b>{escape(self.lesson.title)}</b></p><table>{facts}</table>"
            f"<table><thead>{head}</thead><tbody>{items}</tbody></table>"
        )

    def _facts(self) -> list[tuple[str, str]]:
        return [
            ("time", f"about {self.lesson.minutes} minutes, {self.lesson.seconds} seconds of it computing"),
            ("memory", _memory(self.lesson.memory_gb)),
            ("download", self._download()),
            ("device", device()),
            ("Hub", self._hub()),
        ]

    def _hub(self) -> str:
        if self.online:
            return f"{self.hub} (the real ids)"
        return f"the practice Hub on this machine, {self.hub}"

    def _download(self) -> str:
        if self.online:
            return "as the lesson asks for each model, unless your cache holds it"
        if not self.download_mb:
            return "0 MB: everything is here"
        return f"{self.download_mb:.0f} MB now, once"

    def _item(self, item: Item) -> tuple[str, str, str, str, str]:
        if self.online and item.stands_in_for:
            return item.role, item.online, "licence: see its card", "", ""
        return item.role, item.id, item.licence, f"{item.size_mb:.3g}\N{NO-BREAK SPACE}MB", _its_name(item)


def _its_name(item: Item) -> str:
    """The id that an item stands in for; how the two differ is told on the item's own page."""
    return item.stands_in_for.partition(":")[0]


def _left(tag: str, text: str) -> str:
    """A cell of a table that reads from the left: JupyterLab sets tables to the right, as for numbers."""
    return f'<{tag} style="text-align:left">{escape(text)}</{tag}>'


def _in_one_line(role: str, here: str, licence: str, size: str, stands_in_for: str) -> str:
    instead = f"stands in for {stands_in_for}" if stands_in_for else ""
    return " · ".join(part for part in (f"{role}: {here}", licence, size, instead) if part)


def device() -> str:
    """What models will run on here, in one line."""
    cpu = machine.cpu()
    number_format = "AVX512-BF16, so bfloat16 is fast" if cpu.bfloat16 else "no AVX512-BF16, so use float32"
    gpu = machine.gpu()
    return f"{f'{gpu} GPU, ' if gpu else ''}{cpu.name} CPU, {cpu.cores} cores, {number_format}"


def _memory(needed_gb: float) -> str:
    available, total = machine.memory_gb()
    line = f"{needed_gb:g} GB needed, {available:.1f} of {total:.1f} GB available"
    return line if available >= needed_gb else f"{line}: close other programs and notebooks first"
