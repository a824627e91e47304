"""q8: tests that a good app passes, whatever its model says, and a bad one does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..blank import NotAttempted
from ..describe import shorten
from ..patient import Patient
from ..question import Misconception, Question, Slip
from ..raised import line_in

App = Callable[[str], Any]


def _line(text: str) -> str:
    return f"{text.strip()[::-1]} [en]"


def _english(text: str, line: Callable[[str], str] = _line) -> str:
    return "\n".join(line(one) for one in text.splitlines())


def _refused(sentence: str) -> BaseException:
    import gradio

    return gradio.Error(sentence)


def app(
    *,
    line: Callable[[str], str] = _line,
    empty: str = "refuses",
    spaces: str = "refuses",
    limit: int = 300,
    long: str = "refuses",
    ends: Callable[[str], Any] = lambda english: english,
) -> App:
    """A translator that keeps the promise, but for what is said otherwise."""

    def translate(text: str) -> Any:
        kind = empty if not text else spaces if not text.strip() else long if len(text) > limit else "fine"
        if kind == "refuses":
            raise _refused("Please write 1 to 300 characters.")
        if kind == "raises":
            raise ValueError("Please write 1 to 300 characters.")
        if kind == "speaks":
            return "Please write 1 to 300 characters."
        if kind == "gives nothing":
            return ""
        return ends(_english(text[:limit], line))

    return translate


def _remembering() -> App:
    """Puts a line of what was asked before, if it was another text, in front of the answer."""
    last, before = "", ""
    plain = app()

    def translate(text: str) -> str:
        nonlocal last, before
        english = str(plain(text))
        if text != last:
            last, before = text, last
        return f"{before.split(chr(10))[-1]} {english}"

    return translate


def _numbering() -> App:
    plain, count = app(), 0

    def translate(text: str) -> str:
        nonlocal count
        english = plain(text)
        count += 1
        return f"{english} ({count})"

    return translate


_WORDS = {"hola": "Hello", "gracias": "Thank you", "adiós": "Goodbye", "uno": "One", "dos": "Two"}


def _worded() -> App:
    """Keeps the promise, and says what most people would say."""
    return app(line=lambda text: f"{_WORDS.get(text.strip().strip('.').lower(), text[::-1])}.")


GOOD: dict[str, Callable[[], App]] = {
    "an app that keeps the promise": lambda: app(),
    "an app that keeps the promise in other words": lambda: app(
        line=lambda text: f"Notice: {text.strip().title()}."
    ),
    "an app that keeps the promise in few words": lambda: app(line=lambda text: f"E{len(text)}"),
}
BAD: dict[str, Callable[[], App]] = {
    "gives an empty answer to an empty text": lambda: app(empty="gives nothing", spaces="gives nothing"),
    "gives a sentence where it should raise": lambda: app(empty="speaks", spaces="speaks", long="speaks"),
    "raises a ValueError where visitors need a gr.Error": lambda: app(
        empty="raises", spaces="raises", long="raises"
    ),
    "lets the empty text through": lambda: app(empty="gives nothing"),  # as `text.isspace()` does
    "translates a text of spaces": lambda: app(spaces="fine"),
    "cuts a text of more than 300 characters": lambda: app(long="fine"),
    "refuses a text of exactly 300 characters": lambda: app(limit=299),
    "takes 301 characters": lambda: app(limit=301),
    "gives the first line alone": lambda: app(ends=lambda english: english.splitlines()[0]),
    "runs the lines together": lambda: app(ends=lambda english: " ".join(english.splitlines())),
    "gives a list": lambda: app(ends=lambda english: [english]),
    "gives nothing back": lambda: app(ends=lambda english: None),
    "answers with an empty text": lambda: app(ends=lambda english: "\n" * english.count("\n")),
    "adds what the last visitor asked": _remembering,
    "gives another answer each time": _numbering,
}


@dataclass(frozen=True)
class _Seen:
    refused: dict[str, BaseException]  # good apps, and what was raised about them
    passed: list[str]  # bad apps that nothing was raised about
    line: str = ""  # where a good one was refused
    answered: bool = False  # it gave True or False instead of raising
    words: bool = False  # it passes an app that says what most people would


def _examine(check: Any) -> _Seen:
    refused, passed, answers, line = {}, [], [], ""
    for kind, make in GOOD.items():
        error, _ = _tried(check, make())
        if error:
            refused[kind] = error
            line = line or line_in(check, error)
    for kind, make in BAD.items():
        error, answer = _tried(check, make())
        answers.append(answer)
        if not error:
            passed.append(kind)
    return _Seen(
        refused,
        passed,
        line,
        any(type(answer) is bool or answer for answer in answers),
        _tried(check, _worded())[0] is None,
    )


def _tried(check: Callable[..., Any], translate: App) -> tuple[BaseException | None, Any]:
    """What the learner's test raised about an app, and what it gave."""
    try:
        return None, check(translate)
    except NotAttempted:
        raise
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # pytest's own is no Exception, so that `except Exception` misses it
        return error, None


def _complain(seen: _Seen) -> str | None:
    for kind, error in seen.refused.items():
        where = f" (your {seen.line})" if seen.line else ""
        return (
            f"It raises at {kind}: `{type(error).__name__}: {shorten(str(error), 100)}`{where}. "
            "It asks for something that was not promised, or stops at an error that was."
        )
    if len(seen.passed) == len(BAD):
        return "No app is bad enough for it: it never raises."
    if seen.passed:
        others = f" (and {len(seen.passed) - 1} more)" if len(seen.passed) > 1 else ""
        return f"An app that {seen.passed[0]} passes{others}."
    return None


_HELPERS = """
def refuses(text):
    try:
        translate(text)
    except gr.Error:
        return True
    return False

"""
_REFUSED = """
for text in ["", " \\n ", "a" * 301]:
    assert refuses(text), repr(text)
"""
_ANSWERED = """
for text in ["Hola.", "a" * 300, "Hola.\\nAdiós.\\nGracias."]:
    english = translate(text)
    assert isinstance(english, str) and english.strip()
    assert len(english.splitlines()) == len(text.splitlines())
"""
_AGAIN = """
first = translate("Hola.")
translate("Adiós.")
assert translate("Hola.") == first
"""
_CAUGHT = """
for text in ["", "   ", "a" * 301]:
    try:
        translate(text)
        assert False, "not refused"
    except Exception:
        pass
"""
_REFUSING = """
import pytest
for text in ["", "a" * 301]:
    with pytest.raises(gr.Error):
        translate(text)
"""
_TEST = _HELPERS + _REFUSED + _ANSWERED + _AGAIN


def _only(*kinds: str) -> Callable[[Any], bool]:
    """Whether the bad apps that pass are these, or some of them."""
    return lambda seen: bool(seen.passed) and not seen.refused and set(seen.passed) <= {*kinds}


question = Question(
    title="What must hold before it goes out",
    expects=lambda: Patient(_examine, _complain),
    reference=_TEST,
    alternatives=[
        """
        for text in ["", "   ", "\\n", "a" * 301, "palabra " * 100]:
            try:
                said = translate(text)
            except gr.Error as error:
                assert error.message
            else:
                raise AssertionError(f"{text[:20]!r} was not refused but answered: {said!r}")
        answers = {}
        for text in ["El barco sale.", "¿Dónde?", "b" * 300, "Uno\\nDos", "Uno\\nDos\\nTres"]:
            answers[text] = translate(text)
            assert type(answers[text]) is str, type(answers[text])
            assert answers[text].strip() != ""
            assert answers[text].count("\\n") == text.count("\\n")
        for text, answer in answers.items():
            assert translate(text) == answer
        """,
        "from contextlib import suppress\n"
        + _HELPERS
        + _REFUSED
        + """
english = [translate(text) for text in ("a" * 300, "Hola.", "Hola.\\nAdiós.", "Hola.")]
for text in english:
    if not isinstance(text, str) or not text.strip():
        raise ValueError(text)
if english[1] != english[3] or english[1:3] == english[2:4] or len(english[2].split("\\n")) != 2:
    raise ValueError(english)
""",
        "import pytest\n"
        + """
for text in ["", " \\n ", "a" * 301]:
    with pytest.raises(gr.Error):
        translate(text)
"""
        + _ANSWERED
        + _AGAIN,
    ],
    hints=[
        "A test says what must hold with every model, so it may not know what the model says. Go through the "
        "promise sentence by sentence: how would an app break it?",
        "A limit is tested on both sides: 300 passes, 301 does not. And “nothing” is the empty text, and one "
        "of spaces.",
        "That an error comes is tested by `try: translate(text)`, `except gr.Error: return True`, and "
        "`return False` after it. Beware of an `assert` inside the `try`: it raises, too.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            'assert translate("Hola.") == "Hello."\nassert translate("Gracias.") == "Thank you."',
            when=lambda seen: len(seen.refused) == len(GOOD) and seen.words,
            says="It refuses every app, the good ones too: it knows the words that a model says, and "
            "tomorrow's model says it otherwise (“Hi.”), and just as well. Test what was promised: a text, "
            "as many lines, a refusal.",
            also=[_TEST + '\nassert "hello" in translate("Hola.").lower()'],
        ),
        Misconception(
            "a test answers",
            """
            try:
                return isinstance(translate("Hola."), str) and translate("") == ""
            except Exception:
                return False
            """,
            when=lambda seen: len(seen.passed) == len(BAD) and seen.answered,
            says="It gives True or False, and nobody looks: a test that finds something has to raise, which "
            "is what `assert` does.",
            also=[
                """
                said = "no" if translate("Hola.") else "yes"
                return said == "no"
            """
            ],
        ),
        Misconception(
            "the net catches its own test",
            _CAUGHT + _ANSWERED + _AGAIN,
            when=lambda seen: (
                not seen.refused
                and {
                    "gives a sentence where it should raise",
                    "raises a ValueError where visitors need a gr.Error",
                }
                <= set(seen.passed)
                and "gives a list" not in seen.passed
                and "refuses a text of exactly 300 characters" not in seen.passed
            ),
            says="Whatever an app does with an empty text, it passes. Either nothing of yours looks, or the "
            "`assert` stands inside the `try`, whose `except Exception` catches the assertion as well. Say "
            "which error you expect: `except gr.Error`.",
            also=[_ANSWERED + _AGAIN],
        ),
        Misconception(
            "it works for me",
            'english = translate("Hola.")\nassert isinstance(english, str)\nassert english',
            when=lambda seen: (
                not seen.refused
                and not seen.answered
                and len(seen.passed) < len(BAD)
                and {"lets the empty text through", "gives the first line alone"} <= set(seen.passed)
            ),
            says="An app that answers an empty text passes, and so does one that loses all lines but the "
            "first. One short text always works; most of the promise is about the other cases.",
            also=[
                'assert translate("Hola.") is not None',
                "for text in ['Hola.', 'Gracias.']:\n    assert translate(text).strip()",
                """
                for text in ["", "  ", "a" * 301]:
                    try:
                        translate(text)
                    except gr.Error:
                        continue
                """,
            ],
        ),
        Misconception(
            "any error is a refusal",
            _TEST.replace("except gr.Error", "except Exception"),
            when=_only("raises a ValueError where visitors need a gr.Error"),
            says="An app that raises a `ValueError` passes, and its visitors read `Error` and no more. The "
            "promise names the error: `gr.Error`.",
        ),
        Misconception(
            "a limit has one side",
            _TEST.replace('"a" * 301', '"a" * 1000'),
            when=_only("takes 301 characters", "refuses a text of exactly 300 characters"),
            says="You test far from the limit: an app that is one off passes. Test both sides of it, 300 and "
            "301.",
            also=[_TEST.replace('"a" * 300, ', "")],
        ),
        Misconception(
            "empty is empty",
            _TEST.replace('" \\n ", ', ""),
            when=_only("translates a text of spaces"),
            says="The empty text is tested, the one of spaces is not: an app that looks at `text == ''` "
            "passes.",
        ),
        Misconception(
            "a text is a line",
            _TEST.replace(', "Hola.\\nAdiós.\\nGracias."', ""),
            when=_only("gives the first line alone", "runs the lines together"),
            says="All your texts have one line: an app that gives the first line alone, or runs the lines "
            "together, passes. Notices have several.",
            also=[_TEST.replace("    assert len(english.splitlines()) == len(text.splitlines())\n", "")],
        ),
        Misconception(
            "a call is as good as the next",
            _HELPERS + _REFUSED + _ANSWERED,
            when=lambda seen: _only("adds what the last visitor asked", "gives another answer each time")(
                seen
            ),
            says="You never ask a text again after another one: an app that carries something over from the "
            "visitor before passes. Ask, ask another, ask the first again, and compare.",
            also=[_HELPERS + _REFUSED + _ANSWERED + '\nassert translate("Hola.") == translate("Hola.")'],
        ),
    ],
    slips=[
        Slip(_TEST.replace('["", ', "["), "An app that lets the empty text through passes."),
        Slip(_TEST + '\nassert refuses("a" * 300)', "It raises at an app that keeps the promise"),
        Slip("translate('')", "It raises at an app that keeps the promise"),
        Slip("translate('Hola.')", "never raises"),
        Slip(_REFUSING + _ANSWERED, "An app that translates a text of spaces passes (and 2 more)"),
    ],
    follows="Such a test runs before every push, with the real model or a quick stand-in. How well it "
    "translates is another measurement, on many sentences (chrF or BLEU), with a line below which you "
    "do not go.",
)
