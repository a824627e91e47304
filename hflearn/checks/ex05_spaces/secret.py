"""q5: a key in the program, in its log, in its errors, in its answers."""

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from .. import plain
from ..describe import describe, shorten
from ..patient import Patient
from ..question import Misconception, Question, Slip
from .errors import Outcome, outcome

NAME = "BOARD_TOKEN"
OLD = "brd_7Qm2xV9tLk41"
# Unknown to the learner. Two calls with one key, and one with another between them: what is the same with the
# first and other with the second comes from the key. No character of theirs is the same in its place.
_NEW = ["brd_Jw83hZpR0c6Y", "kx7-u5NfXe2Ga9Dq", "brd_Jw83hZpR0c6Y"]
_TEXT = "The boat leaves at nine."


class _Board:
    """The board on the quay: keeps what it is sent, or breaks and repeats what it was asked."""

    def __init__(self, broken: bool = False):
        self.broken = broken
        self.sent: list[tuple[Any, Any]] = []

    def post(self, text: Any, token: Any) -> None:
        self.sent.append((text, token))
        if self.broken:
            raise ConnectionError(f"no answer from https://board.example/post?key={token}")


@dataclass(frozen=True)
class _Case:
    """One call with this secret set (None: no such secret)."""

    secret: str | None
    board: _Board
    result: Outcome

    @property
    def tokens(self) -> list[Any]:
        return [token for _, token in self.board.sent]

    def in_answer(self) -> bool:
        return _leaks(self.result.gave, self.secret) or _leaks(self.result.told, self.secret)

    def in_log(self) -> bool:
        return _leaks(self.result.logged, self.secret)

    def in_traceback(self) -> bool:
        """Whether the traceback that Gradio writes into the log tells it."""
        error = self.result.raised
        if error is None or not getattr(error, "print_exception", True):
            return False
        return _leaks("".join(traceback.format_exception(error)), self.secret)


@dataclass(frozen=True)
class _Seen:
    fine: list[_Case] = field(default_factory=list)  # one for each of _NEW
    breaks: list[_Case] = field(default_factory=list)  # the same, with a board that breaks
    missing: Any = None
    in_code: bool = False  # the key stands in the function's code

    @property
    def broken(self) -> _Case:
        return self.breaks[0]


def _examine(post: Any) -> _Seen:
    return _Seen(
        [_call(post, secret, _Board()) for secret in _NEW],
        [_call(post, secret, _Board(broken=True)) for secret in _NEW],
        _call(post, None, _Board()),
        any("brd_" in constant for constant in _constants(getattr(post, "__code__", None))),
    )


def _answered(cases: list[_Case]) -> bool:
    """Whether something of the key stands in what the visitor reads."""
    said = [(str(case.result.gave), str(case.result.told)) for case in cases]
    return any(case.in_answer() for case in cases) or _by_key(said)


def _logged(cases: list[_Case]) -> bool:
    """Whether something of the key stands in the log."""
    said = [case.result.logged for case in cases]
    return any(case.in_log() for case in cases) or _by_key(said)


def _by_key(said: list[Any]) -> bool:
    """Whether it is the same for the same key, and other for another (a clock's time, say, is not)."""
    first, other, again = said
    return bool(first == again != other)


def _call(post: Callable[..., Any], secret: str | None, board: _Board) -> _Case:
    with _environment(secret):
        return _Case(secret, board, outcome(post, board, _TEXT))


@contextmanager
def _environment(secret: str | None) -> Iterator[None]:
    before = os.environ.pop(NAME, None)
    if secret is not None:
        os.environ[NAME] = secret
    try:
        yield
    finally:
        os.environ.pop(NAME, None)
        if before is not None:
            os.environ[NAME] = before


def _constants(code: CodeType | None) -> Iterator[str]:
    for constant in code.co_consts if code else ():
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, CodeType):
            yield from _constants(constant)


def _leaks(text: Any, secret: str | None) -> bool:
    """Whether a piece of the secret stands in the text: four characters beyond a `brd_`."""
    own = (secret or "").removeprefix("brd_")
    return any(own[i : i + 4] in str(text) for i in range(len(own) - 3))


def _complain(seen: _Seen) -> str | None:
    for case in seen.fine:
        if case.result.raised is not None:
            return f"With the secret set and the board in order it raised {_error(case.result)}."
        if case.board.sent != [(_TEXT, case.secret)]:
            return (
                f"The board got {len(case.board.sent)} posts. Expected is one, of the text as it is, with "
                f"the value of the secret `{NAME}` (which may change from one start to the next)."
            )
        if _TEXT not in (plain.text(case.result.gave) or ""):
            return f"Expected an answer with the text that was posted, got {describe(case.result.gave)}."
    if _answered(seen.fine) or _logged(seen.fine):
        return f"Something of the key stands in the {'answer' if _answered(seen.fine) else 'log'}."
    if seen.in_code:
        return "The key still stands in the code."
    if seen.missing.board.sent or seen.missing.result.told is None or NAME not in seen.missing.result.told:
        expected = f"expected a `gr.Error` that names `{NAME}`, and no post."
        return f"Without the secret: {expected} {_got(seen.missing)}"
    if seen.broken.result.told is None:
        return f"With a board that breaks: expected a `gr.Error`. {_got(seen.broken)}"
    if _answered(seen.breaks) or _logged(seen.breaks) or seen.broken.in_traceback():
        return "With a board that breaks, something of the key comes out."
    return None


def _got(case: _Case) -> str:
    return (
        f"It raised {_error(case.result)}."
        if case.result.raised
        else f"It gave {describe(case.result.gave)}."
    )


def _error(seen: Outcome) -> str:
    return f"`{type(seen.raised).__name__}: {shorten(str(seen.raised), 80)}`"


_POST = """
token = os.environ.get("BOARD_TOKEN")
if not token:
    raise gr.Error("The board cannot be reached: the secret BOARD_TOKEN is not set.")
try:
    board.post(text, token)
except Exception:
    raise gr.Error("The board does not answer. Try again in a minute.") from None
return f"On the board: {text}"
"""
_UNASKED = "\n".join(line for line in _POST.splitlines() if "if not" not in line and "reached" not in line)
_GET = 'os.environ.get("BOARD_TOKEN")'


question = Question(
    title="A key for the board on the quay",
    expects=lambda: Patient(_examine, _complain),
    reference=_POST,
    alternatives=[
        """
        try:
            token = os.environ["BOARD_TOKEN"]
        except KeyError:
            raise gr.Error("Set the secret BOARD_TOKEN in the Space's settings.")
        failed = False
        try:
            board.post(text, token)
        except Exception as error:
            print("the board failed:", type(error).__name__)
            failed = True
        if failed:
            raise gr.Error("The board does not answer.")
        return f"On the board: {text}"
        """,
        _POST.replace(_GET, 'os.getenv("BOARD_TOKEN", "")').replace(
            "except Exception:\n    raise",
            "except Exception as error:\n    print(str(error).replace(token, '***'))\n    raise",
        ),
    ],
    hints=[
        "A Space's files can be read by whoever may see it, and its history keeps what you delete. Where "
        "does a Space's program find a secret that was set in its settings?",
        "In its environment: `os.environ`. Then follow the value through the function: who gets it besides "
        "the board? There are three.",
        "An exception's text may hold the key (this board repeats the address, with the key in it), and an "
        "error raised inside an `except` drags the first one into the log: `raise … from None` cuts it off.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            f"""
            token = "{OLD}"
            print(f"posting with {{token}}: {{text}}")
            try:
                board.post(text, token)
            except Exception as error:
                raise gr.Error(f"The board does not answer: {{error}}")
            return f"On the board (key {{token[:10]}}…): {{text}}"
            """,
            when=lambda seen: OLD in seen.fine[0].tokens,
            says="The board still got the old key, out of the program. Hidden, split or encoded, it is there "
            "for everybody who can read the file, and in the history for good: the key is spent, so have it "
            "changed. The new one is a secret of the Space, and the program finds it in `os.environ`.",
            also=[
                _POST.replace(_GET, f'"{OLD}"'),
                _POST.replace(_GET, f'"{OLD[::-1]}"[::-1]'),
            ],
        ),
        Misconception(
            "a spare key does no harm",
            _POST.replace(_GET, f'os.environ.get("BOARD_TOKEN", "{OLD}")'),
            when=lambda seen: seen.in_code,
            says="The secret is read, and the old key still stands in the code as a spare. The code is what "
            "everybody can read. Without the secret there is no key: say so.",
            also=[f'spare = "{OLD}"' + _POST.replace(_GET, 'os.environ.get("BOARD_TOKEN") or spare')],
        ),
        Misconception(
            "the log is private",
            _POST.replace("try:\n    board", 'print(f"posting with {token}: {text}")\ntry:\n    board'),
            when=lambda seen: _logged(seen.fine) or _logged(seen.breaks),
            says="The key, or a piece of it, is in the log. Logs are read by colleagues, kept for long and "
            "pasted into issues. Log that you posted, and what; not with which key.",
            also=[
                _POST.replace(
                    "try:\n    board", 'import logging\nlogging.warning("key %s", token)\ntry:\n    board'
                ),
                _POST.replace(
                    "except Exception:\n    raise", "except Exception as error:\n    print(error)\n    raise"
                ),
            ],
        ),
        Misconception(
            "a piece of it is harmless",
            _POST.replace('"On the board: {text}"', '"On the board (key {token[:10]}…): {text}"'),
            when=lambda seen: _answered(seen.fine),
            says="Something of the key stands in what the visitor reads. They need none of it, and whoever "
            "collects pieces has less to guess.",
            also=[
                _POST.replace('"On the board: {text}"', f'"On the board: {{text}} ({piece})"')
                for piece in (
                    "{token}",
                    "{token[:7]}…",
                    "{token[:4]}…",
                    "{token[0]}…",
                    "********{token[-2:]}",
                )
            ],
        ),
        Misconception(
            "the error is only an error",
            _POST.replace(
                'Exception:\n    raise gr.Error("The board does not answer. Try again in a minute.")',
                'Exception as error:\n    raise gr.Error(f"The board does not answer: {error}")',
            ),
            when=lambda seen: "board.example" in seen.broken.result.told and _answered(seen.breaks),
            says="When the board breaks, the visitor reads its error, and this board's error repeats the "
            "address that was asked, key and all (as HTTP libraries do). Show a sentence of your own.",
        ),
        Misconception(
            "what I do not show is not shown",
            _POST.replace(" from None", ""),
            when=lambda seen: seen.broken.result.told is not None and seen.broken.in_traceback(),
            says="The visitor reads your sentence, and the log gets the key: Gradio writes the traceback, "
            "and with it the error that yours was raised from, which repeats the key. Here `from None` is "
            "right: it cuts the first error off. (In question 3 you wanted that error: it held no secret.)",
            also=[
                _POST.replace("except Exception:", "except Exception as error:").replace(
                    "from None", "from error"
                ),
            ],
        ),
        Misconception(
            "the board's error is the board's affair",
            _POST.replace(
                "try:\n    board.post(text, token)\nexcept Exception:\n"
                '    raise gr.Error("The board does not answer. Try again in a minute.") from None',
                "board.post(text, token)",
            ),
            when=lambda seen: seen.broken.in_traceback(),
            says="When the board breaks, an error that is no `gr.Error` goes out: the visitor reads `Error`, "
            "and Gradio writes it into the log, key and all. Catch it, and raise a `gr.Error` of your own in "
            "its place, `from None`.",
            also=[
                _POST.replace("except Exception:", "except ValueError:"),
                _POST.replace('gr.Error("The board does not', 'RuntimeError("The board does not').replace(
                    " from None", ""
                ),
            ],
        ),
        Misconception(
            "it is always set",
            _POST.replace(_GET, 'os.environ["BOARD_TOKEN"]'),
            when=lambda seen: seen.missing.result.raised is not None and seen.missing.result.told is None,
            says="Where the secret is not set (a copy of the Space, a colleague's laptop), a bare exception "
            "comes, and the visitor reads `Error`. Raise a `gr.Error` that names the secret which is wanted.",
        ),
        Misconception(
            "no key is a key",
            _UNASKED,
            when=lambda seen: bool(seen.missing.board.sent),
            says="Where the secret is not set, you knock at the board without a key (`None`, or an empty "
            "text). Look first, and say which secret is missing.",
            also=[_UNASKED.replace(_GET, 'os.environ.get("BOARD_TOKEN", "")')],
        ),
        Misconception(
            "silence is golden",
            _POST.replace(
                'raise gr.Error("The board does not answer. Try again in a minute.") from None', "pass"
            ),
            when=lambda seen: (
                bool(seen.broken.board.sent)
                and seen.broken.result.raised is None
                and seen.broken.result.gave == seen.fine[0].result.gave
            ),
            says="The board broke, and the visitor reads that the text is on it. Hide the key, not the "
            "failure.",
        ),
        Misconception(
            "a sentence is an error",
            _POST.replace(
                'raise gr.Error("The board does not answer. Try again in a minute.") from None',
                'return "The board does not answer. Try again in a minute."',
            ),
            when=lambda seen: bool(seen.broken.board.sent) and seen.broken.result.gave_something,
            says="When the board breaks, your sentence is returned: it stands where an answer should, and a "
            "program that calls the app takes it for one. Raise it, in a `gr.Error`.",
            also=[
                _POST.replace(
                    'raise gr.Error("The board does not answer. Try again in a minute.") from None',
                    'gr.Warning("Trouble.")\n    return f"Not on the board: {text}"',
                )
            ],
        ),
    ],
    slips=[
        Slip(_POST.replace("BOARD_TOKEN", "HF_TOKEN"), "With the secret set"),
        Slip(_POST.replace("board.post(text, token)", "pass"), "The board got 0 posts"),
        Slip(_POST.replace('return f"On the board: {text}"', ""), "got None"),
        Slip(
            _POST.replace('"The board does not answer.', 'f"The board does not answer {token[-3:]}.'),
            "something of the key comes out",
        ),
        Slip(_POST.replace("secret BOARD_TOKEN is", "key is"), "that names `BOARD_TOKEN`"),
        Slip(
            _POST.replace(
                'raise gr.Error("The board does not answer. Try again in a minute.") from None', "return None"
            ),
            "With a board that breaks: expected a `gr.Error`. It gave None.",
        ),
    ],
    follows="A variable of a Space is shown to everybody, and copied with it; a secret is neither. Give "
    "the key the least rights that do, and change it on the day that it was in a file.",
)
