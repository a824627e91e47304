"""q3: what a visitor sees when something goes wrong, and what they must not see."""

import io
import logging
import re
from collections.abc import Callable, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from .. import plain
from ..blank import NotAttempted
from ..describe import describe, shorten
from ..patient import NOTHING, Patient
from ..question import Misconception, Question, Slip

LIMIT = 300
_INSIDE = "could not read /data/models/marian-es-en at 10.3.0.7"
_NOON = "The captain is writing: come back at noon."


@dataclass(frozen=True)
class Outcome:
    """What became of one call."""

    gave: Any = None
    raised: BaseException | None = None
    logged: str = ""  # what was printed or logged meanwhile

    @property
    def told(self) -> str | None:
        """What a visitor is told, where an error is shown to them."""
        import gradio

        return str(self.raised.message) if isinstance(self.raised, gradio.Error) else None

    @property
    def gave_something(self) -> bool:
        return self.raised is None and plain.text(self.gave) is not None and bool(self.gave.strip())

    @property
    def gave_nothing(self) -> bool:
        return self.raised is None and not self.gave_something


def outcome(function: Callable[..., Any], *args: Any) -> Outcome:
    """Calls the function. Raises NotAttempted where it met a blank, and nothing else."""
    with captured() as log:
        try:
            return Outcome(gave=function(*args), logged=log())
        except NotAttempted:
            raise
        except (Exception, SystemExit) as error:
            return Outcome(raised=error, logged=log())


@contextmanager
def captured() -> Any:
    """A function that says what has been printed or logged since."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(heard), redirect_stderr(heard):
            yield heard.getvalue
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


def _fine(text: str) -> str:
    return f"[{len(text.strip())}] in English"


def _broken(text: str) -> str:
    raise RuntimeError(_INSIDE)


def _busy(text: str) -> str:
    import gradio

    raise gradio.Error(_NOON)


_TEXTS: dict[str, tuple[Callable[[str], str], Any]] = {
    "a notice": (_fine, "El barco sale a las nueve."),
    f"a text of {LIMIT} characters": (_fine, "a" * LIMIT),
    "an empty text": (_fine, ""),
    "a text of spaces": (_fine, " \n "),
    f"a text of {LIMIT + 1} characters": (_fine, "a" * (LIMIT + 1)),
    "a translator that breaks": (_broken, "Hoy no hay cena."),
    "a translator with a word for the visitor": (_busy, "Hoy no hay cena."),
}
_GOOD, _FULL, _EMPTY, _SPACES, _LONG, _BREAKS, _WORD = range(len(_TEXTS))


def _examine(answer: Any) -> Sequence[Outcome]:
    return [outcome(answer, translate, text) for translate, text in _TEXTS.values()]


def _complain(seen: Sequence[Outcome]) -> str | None:
    for place, (kind, (translate, text)) in enumerate(_TEXTS.items()):
        said = _amiss(place, seen[place], translate, text)
        if said:
            return f"With {kind}: {said}"
    return _SAME if _one_for_all(seen) else None


def _amiss(place: int, seen: Outcome, translate: Callable[[str], str], text: str) -> str | None:
    if place in (_GOOD, _FULL):
        if seen.raised is not None:
            return f"it raised {_error(seen.raised)}."
        if seen.gave is None:
            return NOTHING[0].lower() + NOTHING[1:]
        if plain.text(seen.gave) != translate(text):
            return f"expected what the translator says, as it is, got {describe(seen.gave)}."
        return None
    if seen.raised is None:
        return f"no error was raised; it gave {describe(seen.gave)}, which stands there as a translation."
    if seen.told is None:
        return f"it raised {_error(seen.raised)}. A visitor is shown the message of a `gr.Error` alone."
    if place == _LONG and str(LIMIT) not in seen.told:
        return f"the message ({seen.told!r}) does not say how long a text may be."
    if place == _WORD and _NOON not in seen.told:
        return "the message that was meant for the visitor is lost."
    if place == _BREAKS:
        return _amiss_inside(seen)
    return None if len(seen.told.split()) > 2 and seen.told != "Error raised." else _BARE


def _amiss_inside(seen: Outcome) -> str | None:
    if _shares(seen.told or ""):
        return "the message tells the visitor what is inside."
    if not _found_by_you(seen):
        return "the cause is lost: it stands neither in the log nor behind the error that you raise."
    return None if len((seen.told or "").split()) > 2 and seen.told != "Error raised." else _BARE


def _one_for_all(seen: Sequence[Outcome]) -> bool:
    """Whether two of the three faults are told in the same words, numbers apart."""
    empty, spaces, long, breaks = (
        _unnumbered(seen[place].told) for place in (_EMPTY, _SPACES, _LONG, _BREAKS)
    )
    return long in (empty, spaces) or breaks in (empty, spaces, long)


def _unnumbered(told: str | None) -> str:
    return re.sub(r"\d+", "", told or "")


_SAME = (
    "Two of the three faults are told in the same sentence, and what helps with one does not help with the "
    "other. Give each its own."
)
_BARE = "the message should be a sentence that says what the visitor can do."


def _shares(told: str) -> bool:
    return any(word in told for word in ("/data", "10.3.0.7", "could not read", "marian"))


def _found_by_you(seen: Outcome) -> bool:
    """Whether the cause reaches the log: printed, or in the traceback that Gradio writes."""
    error = seen.raised
    if _INSIDE in seen.logged:
        return True
    if error is None or not getattr(error, "print_exception", True):
        return False
    shown = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return isinstance(shown, RuntimeError)


def _error(error: BaseException) -> str:
    return f"`{type(error).__name__}: {shorten(str(error), 80)}`"


_ANSWER = """
if not text.strip():
    raise gr.Error("There is nothing to translate: write a sentence first.")
if len(text) > 300:
    raise gr.Error(f"At most 300 characters, please: yours has {len(text)}.")
try:
    return translate(text)
except gr.Error:
    raise
except Exception as error:
    raise gr.Error("The translator is out of order. Try again in a minute.") from error
"""

_SENTENCE = re.compile(r'(?<=raise gr\.Error\()f?".*?"(?=\))')
_ALL_IN_ONE = '"Your text is empty or has over 300 characters, or the translator broke."'

question = Question(
    title="“Error: could not read /data”, said the board",
    expects=lambda: Patient(_examine, _complain),
    reference=_ANSWER,
    alternatives=[
        """
        length = len(text)
        if text == "" or text.isspace():
            raise gr.Error("Write a sentence in Spanish first.", duration=5)
        if length >= 301:
            raise gr.Error(f"{length} characters are too many; 300 is the limit.", title="Too long")
        try:
            english = translate(text)
        except Exception as error:
            if isinstance(error, gr.Error):
                raise
            print(f"translate() failed: {error!r}")
            raise gr.Error("We cannot translate now: please try again later.") from None
        return english
        """,
        _ANSWER.replace(" from error", ""),
    ],
    hints=[
        "What is returned is shown as a translation, to people and to programs that call the app. An error "
        "has to be *raised*; of whose errors does Gradio show the message?",
        'Of `gr.Error("a sentence")` and no other. Two things to raise it for before the translator is '
        "asked, and one after it failed.",
        "What the translator raises is of three kinds of use: its text is for you (the log has it, when you "
        "raise inside the `except`), a sentence of your own is for the visitor, and a `gr.Error` was meant "
        "for the visitor from the beginning: let it through.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            """
            try:
                if text == "":
                    return "Error: nothing to translate"
                return translate(text[:300])
            except Exception as error:
                return f"Error: {error}"
            """,
            when=lambda seen: seen[_EMPTY].gave_something and seen[_BREAKS].gave_something,
            says="Errors are still returned, so they stand where the English should: a visitor reads them "
            "out as a notice, and a program that calls the app takes them for one. And the last one gives "
            "away a path and an address. Raise a `gr.Error`.",
            also=[
                """
                if not text.strip() or len(text) > 300:
                    return "Please write 1 to 300 characters."
                try:
                    return translate(text)
                except Exception:
                    return "The translator is out of order."
                """
            ],
        ),
        Misconception(
            "made is raised",
            _ANSWER.replace("raise gr.Error(", "return gr.Error(").replace(" from error", ""),
            when=lambda seen: seen[_EMPTY].told is None and type(seen[_EMPTY].gave).__name__ == "Error",
            says="You gave the error back instead of raising it: the box shows the text of an object. An "
            "error must be raised to be one.",
        ),
        Misconception(
            "naming it is enough",
            _ANSWER.replace("raise gr.Error(", "gr.Error(").replace(" from error", ""),
            when=lambda seen: (
                plain.text(seen[_EMPTY].gave) == _fine("")
                and plain.text(seen[_LONG].gave) == _fine("a" * 301)
            ),
            says="The empty text and the long one went to the translator all the same: `gr.Error(…)` on a "
            "line of its own makes an error and drops it. Write `raise` before it.",
        ),
        Misconception(
            "a warning stops",
            _ANSWER.replace(
                'raise gr.Error("There is nothing to translate: write a sentence first.")',
                'gr.Warning("Write a sentence first.")\n    return ""',
            ),
            when=lambda seen: seen[_EMPTY].gave_nothing or seen[_SPACES].gave_nothing,
            says="For a text without words the visitor gets an empty box, and a program that calls the app "
            "gets an empty translation, as if all were well. `gr.Warning` and `gr.Info` show a message and "
            "go on; `raise gr.Error(…)` ends the call for both.",
            also=[
                _ANSWER.replace(
                    'raise gr.Error("There is nothing to translate: write a sentence first.")', "return None"
                )
            ],
        ),
        Misconception(
            "any error is shown",
            _ANSWER.replace("raise gr.Error(", "raise ValueError("),
            when=lambda seen: isinstance(seen[_EMPTY].raised, Exception) and seen[_EMPTY].told is None,
            says="Gradio hides what an ordinary exception says, because it may be about your insides: the "
            "visitor would read `Error` and no more. The sentence of a `gr.Error` is the one that is shown.",
            also=['assert text.strip(), "Write a sentence first."' + _ANSWER],
        ),
        Misconception(
            "a cut text is a translated text",
            _ANSWER.replace("translate(text)", "translate(text[:300])").replace(
                '    raise gr.Error(f"At most 300 characters, please: yours has {len(text)}.")',
                "    text = text[:300]",
            ),
            when=lambda seen: plain.text(seen[_LONG].gave) == _fine("a" * LIMIT),
            says="You cut the long text off and said nothing. Half a notice may say the opposite of the "
            "whole one: refuse it, and say how long it may be.",
        ),
        Misconception(
            "300 is too many",
            _ANSWER.replace("> 300", ">= 300"),
            when=lambda seen: seen[_FULL].told is not None,
            says="300 characters are allowed, and you refuse them: at most 300 is `> 300` for those that are "
            "too long.",
        ),
        Misconception(
            "empty is the empty text",
            _ANSWER.replace("not text.strip()", 'text == ""'),
            when=lambda seen: seen[_EMPTY].told is not None and seen[_SPACES].gave_something,
            says="The empty text is refused, a text of spaces and new lines is not: they come from a key "
            "pressed by mistake. `text.strip()` takes them off.",
            also=[_ANSWER.replace("not text.strip()", "len(text) == 0")],
        ),
        Misconception(
            "the visitor wants the cause",
            _ANSWER.replace(
                '"The translator is out of order. Try again in a minute."',
                'f"The translator failed: {error}"',
            ),
            when=lambda seen: seen[_BREAKS].told is not None and _shares(seen[_BREAKS].told),
            says="The visitor reads the error's own text: a folder and an address of your machine, which "
            "help nobody but an intruder. For them a sentence of yours; the cause is for the log.",
            also=[
                _ANSWER.replace('"The translator is out of order. Try again in a minute."', "str(error)"),
            ],
        ),
        Misconception(
            "errors of others look after themselves",
            "\n".join(_ANSWER.splitlines()[:5]) + "\nreturn translate(text)",
            when=lambda seen: isinstance(seen[_BREAKS].raised, RuntimeError),
            says="What the translator raises goes out as it is. The visitor reads `Error`, and does not know "
            "whether it was their text or whether it is worth another try. Catch it and say so.",
        ),
        Misconception(
            "one net for everything",
            _ANSWER.replace("except gr.Error:\n    raise\n", ""),
            when=lambda seen: seen[_WORD].told is not None and _NOON not in seen[_WORD].told,
            says="`except Exception` catches a `gr.Error` as well: the translator had a sentence for the "
            "visitor (when to come back), and you put yours in its place. Let a `gr.Error` through.",
        ),
        Misconception(
            "an error that is raised is logged",
            _ANSWER.replace('a minute.") from error', 'a minute.", print_exception=False) from error'),
            when=lambda seen: (
                seen[_BREAKS].told is not None
                and seen[_BREAKS].raised.print_exception is False
                and not _found_by_you(seen[_BREAKS])
            ),
            says="The visitor is told well, and you are told nothing: `print_exception=False` keeps the "
            "error out of the log, and with it the cause. That is for what a visitor can mend; leave it off "
            "here, or log the cause yourself.",
            also=[_ANSWER.replace('a minute.") from error', 'a minute.", print_exception=False)')],
        ),
        Misconception(
            "no message, no trouble",
            _ANSWER.replace("from error", "from None"),
            when=lambda seen: seen[_BREAKS].told is not None and not _found_by_you(seen[_BREAKS]),
            says="The visitor is told well, and you are told nothing: the cause stands neither in the log "
            "nor behind the error that you raise. Raise it inside the `except` (`from error` says it "
            "plainly), or log the cause first.",
            also=[
                _ANSWER.replace(
                    """except Exception as error:
    raise gr.Error("The translator is out of order. Try again in a minute.") from error""",
                    """except Exception:
    broken = True
else:
    broken = False
if broken:
    raise gr.Error("The translator is out of order. Try again in a minute.")""",
                ).replace("try:\n    return translate(text)", "try:\n    english = translate(text)")
                + "return english\n",
            ],
        ),
        Misconception(
            "an error speaks for itself",
            _ANSWER.replace('"There is nothing to translate: write a sentence first."', ""),
            when=lambda seen: seen[_EMPTY].told in ("Error raised.", "Error", ""),
            says="The visitor reads `Error`, or nothing at all. Give `gr.Error` a sentence: what was wrong, "
            "and what they can do about it.",
            also=[_ANSWER.replace("There is nothing to translate: write a sentence first.", "")],
        ),
    ],
    slips=[
        Slip(_ANSWER.replace("At most 300 characters, please", "Too long"), "how long a text may be"),
        Slip(_ANSWER.replace("return translate", "translate"), "gave nothing back"),
        Slip(_ANSWER.replace("return translate(text)", "return translate(text).upper()"), "as it is"),
        Slip(_ANSWER.replace("The translator is out of order. Try again in a minute.", "Oops"), "a sentence"),
        Slip(_SENTENCE.sub(_ALL_IN_ONE, _ANSWER), "told in the same sentence"),
        Slip(_SENTENCE.sub(_ALL_IN_ONE + "[:-1] + f': {len(text)}.'", _ANSWER), "told in the same sentence"),
    ],
    follows="Three readers: the visitor gets a sentence, a program gets an error, the log gets the cause. "
    "(`launch(show_error=True)` would show every exception's text to everybody: leave it off.)",
)
