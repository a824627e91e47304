"""q4: what one visitor writes, another reads: a list that belongs to the app and not to the visit."""

from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from io import StringIO
from typing import Any

from .. import plain
from ..describe import describe, shorten
from ..loaded import quiet
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip

_CALLS = [("A", "lifejackets"), ("A", "cabin 12"), ("B", "car deck"), ("A", "breakfast")]
_RIGHT = ["lifejackets", "lifejackets\ncabin 12", "car deck", "lifejackets\ncabin 12\nbreakfast"]


@dataclass(frozen=True)
class _Seen:
    app: Any
    said: list[Any]  # in the order of _CALLS
    failed: str = ""  # what a call was answered with, where it was refused


def _examine(board: Any) -> _Seen:
    import gradio

    app = run(board, "nothing")
    if not isinstance(app, gradio.blocks.Blocks):
        return _Seen(app, [])
    said: list[Any] = []
    try:
        with _visitors(app) as clients:
            for visitor, text in _CALLS:
                said.append(clients[visitor].predict(text, api_name="/keep"))
    except Exception as error:
        return _Seen(app, said, f"{type(error).__name__}: {shorten(str(error), 200)}")
    return _Seen(app, said)


@contextmanager
def _visitors(app: Any) -> Any:
    """Two of them, each with a session of their own, on an app that runs as long as they are there."""
    from gradio_client import Client  # type: ignore[import-untyped,unused-ignore]

    with quiet(), redirect_stdout(StringIO()):
        _, url, _ = app.launch(
            prevent_thread_lock=True,
            quiet=True,
            inline=False,
            share=False,
            server_name="127.0.0.1",
            show_error=True,  # so that the feedback can tell one error from another
        )
        clients = {}
        try:
            for name in "AB":
                clients[name] = Client(url, verbose=False, analytics_enabled=False)
            yield clients
        finally:
            for client in clients.values():
                with suppress(Exception):
                    client.close()
            app.close(verbose=False)


def _complain(seen: _Seen) -> str | None:
    if seen.app is None:
        return NOTHING
    if not hasattr(type(seen.app), "launch"):
        return f"Expected the app (what `gr.Blocks` or `gr.Interface` makes), got {describe(seen.app)}."
    if seen.failed:
        said = f"A call of `/keep` with one text was answered with {seen.failed.rstrip('.')}."
        if seen.failed.startswith("AppError"):  # the function was reached
            return said
        return f"{said} Is the endpoint still there, and does it take one text from its caller?"
    for (visitor, text), said, right in zip(_CALLS, seen.said, _RIGHT, strict=True):
        if plain.text(said) != right:
            return (
                f"Visitor {visitor} kept {text!r} and got {describe(said)}. Expected are all that this "
                "visitor kept so far, one a line, in their order."
            )
    return None


def _shared() -> list[str]:
    kept: list[str] = []
    return ["\n".join(kept) for _, text in _CALLS if not kept.append(text)]  # type: ignore[func-returns-value]


_BLOCKS = """
with gr.Blocks() as app:
    note = gr.Textbox(label="A note")
    notes = gr.Textbox(label="Your notes"){state}
    gr.Button("Keep").click(keep, {inputs}, {outputs}, api_name="keep")
return app
"""
_STATE = "\n    kept = gr.State([])"


def _app(keep: str, inputs: str = "note", outputs: str = "notes", state: str = "") -> str:
    return keep + _BLOCKS.format(inputs=inputs, outputs=outputs, state=state)


_OWN = """
def keep(note, kept):
    kept = [*kept, note]
    return kept, "\\n".join(kept)
"""
_GLOBAL = """
kept = []

def keep(note):
    kept.append(note)
    return "\\n".join(kept)
"""
_BY = """
kept = {{}}

def keep(note, request: gr.Request):
    mine = kept.setdefault({key}, [])
    mine.append(note)
    return "\\n".join(mine)
"""
_PLUS = _OWN.replace("[*kept, note]", "kept + [note]")
_APPENDS = _OWN.replace("kept = [*kept, note]", "kept.append(note)")
_OUTSIDE = """
kept = gr.State([])
"""
_DEFAULT = """
def keep(note, kept=[]):
    kept.append(note)
    return "\\n".join(kept)
"""

question = Question(
    title="Cabin 12 reads what cabin 7 wrote",
    expects=lambda: Patient(_examine, _complain),
    reference=_app(_OWN, "[note, kept]", "[kept, notes]", _STATE),
    alternatives=[
        """
        def keep(note, kept):
            kept = (kept or []) + [note]
            return "\\n".join(kept), kept

        return gr.Interface(keep, [gr.Textbox(), gr.State([])], [gr.Textbox(), gr.State()], api_name="keep")
        """,
        _app(_BY.format(key="request.session_hash")),
        _app(
            """
def keep(note, kept):
    kept.append(note)
    return "\\n".join(kept)
""",
            "[note, kept]",
            "notes",
            _STATE,
        ),
    ],
    hints=[
        "The app is made once, and every visitor calls the same function. How long does `kept` live, and how "
        "many of it are there?",
        "A component holds what belongs to a visit: `gr.State([])`. Gradio copies the first value for each "
        "visitor.",
        "It goes in as an argument (`inputs=[note, kept]`), and its new value comes out as a result "
        "(`outputs=[kept, notes]`): `return kept, text`.",
    ],
    misconceptions=[
        Misconception(
            "an address is a visitor",
            _app(_BY.format(key="request.client.host")),
            when=lambda seen: (
                seen.said == _shared()
                and "request" in _code_of(seen.app)
                and "session_hash" not in _code_of(seen.app)
            ),
            says="You keep the notes apart by what the request says of its sender. Your two visitors here "
            "came from one address and without a name, as all cabins do, and all people behind a proxy. What "
            "tells visits apart is `request.session_hash`, or `gr.State`, which does that for you.",
            also=[_app(_BY.format(key="request.username"))],
        ),
        Misconception(
            "unrepaired",
            _app(_GLOBAL),
            when=lambda seen: seen.said == _shared(),
            says="The second visitor reads the first one's notes, and the other way round: there is one "
            "list, made with the app (a default argument and `state.value` are made once, too), and all "
            "visitors write into it. It has to be one a visit, handed in and out of the function: "
            "`gr.State`.",
            also=[
                _app(_DEFAULT),
                _app(_GLOBAL.replace("kept = []", "state = gr.State([])").replace("kept", "state.value")),
                _app(_GLOBAL.replace("def keep(note):\n", "def keep(note):\n    nonlocal kept\n")),
            ],
        ),
        Misconception(
            "the state changes by itself",
            _app(
                """
def keep(note, kept):
    kept = [*kept, note]
    return "\\n".join(kept)
""",
                "[note, kept]",
                "notes",
                _STATE,
            ),
            when=lambda seen: seen.said == [text for _, text in _CALLS],
            says="Nobody reads the others' notes, and each visitor loses their own: every answer is the last "
            "note alone. You make a new list and it is forgotten, because the function does not hand it "
            "back: the state has to stand among the outputs, too.",
            also=[
                _app('def keep(note):\n    return "\\n".join([note])'),
                _app(
                    _GLOBAL.replace("kept = []\n\n", "").replace(
                        "    kept.append", "    kept = []\n    kept.append"
                    )
                ),
            ],
        ),
        Misconception(
            "what comes back finds its place",
            _app(_OWN, "[note, kept]", "[notes, kept]", _STATE),
            when=lambda seen: (
                len(seen.said) > 0 and (str(seen.said[0]).startswith("['") or type(seen.said[0]) is list)
            ),
            says="The box shows a Python list: results go to the outputs by their place. The function gives "
            "the list first and the text second, so the outputs must stand in that order.",
        ),
        Misconception(
            "the box remembers",
            _app(
                """
def keep(note, notes):
    return f"{notes}\\n{note}".strip()
""",
                "[note, notes]",
            ),
            when=lambda seen: "No value provided for required" in seen.failed,
            says="You made the box the memory: in the browser that works, and whoever calls the app from "
            "code now has to send all notes along (`/keep` asks for a second argument), and could send "
            "others. `gr.State` stays on the server, and callers never see it.",
        ),
        Misconception(
            "the state is the list",
            _app(
                """
def keep(note):
    kept.append(note)
    return "\\n".join(kept)
""",
                state=_STATE,
            ),
            when=lambda seen: "'State' object" in seen.failed or "not State" in seen.failed,
            says="The function treats the `gr.State` itself as the list. It is a component, like a box: what "
            "it holds for this visitor comes in as an argument, when it stands among the inputs.",
            also=[
                _app(_GLOBAL.replace("kept = []", "kept = gr.State([])")),
                _app('def keep(note):\n    return "\\n".join([*kept, note])', state=_STATE),
            ],
        ),
        Misconception(
            "a state stands anywhere",
            _OUTSIDE + _app(_OWN, "[note, kept]", "[kept, notes]"),
            when=lambda seen: bool(seen.failed) and _outside(seen.app),
            says="The `gr.State` was made outside of `gr.Blocks`, so the app does not know it, and nobody "
            "can call the endpoint. Make it inside, as the boxes are.",
        ),
        Misconception(
            "a state begins as a list",
            _app(_OWN, "[note, kept]", "[kept, notes]", _STATE.replace("[]", "")),
            when=lambda seen: (
                seen.said == [] and any(_is_of(kind, seen.failed) for kind in _begins(seen.app))
            ),
            says="At a visitor's first note the state is no list: `gr.State()` and the shortcut "
            '`"state"` begin with None, `gr.State("")` with a text. What it begins with stands in its '
            "brackets: `gr.State([])`.",
            also=[
                _app(_PLUS, "[note, kept]", "[kept, notes]", _STATE.replace("[]", "")),
                _app(_PLUS, "[note, kept]", "[kept, notes]", _STATE.replace("[]", '""')),
                _app(_APPENDS, "[note, kept]", "[kept, notes]", _STATE.replace("[]", '""')),
                _APPENDS + 'return gr.Interface(keep, ["text", "state"], ["state", "text"], api_name="keep")',
            ],
        ),
        Misconception(
            "what comes out goes in",
            _app(_OWN, "note", "[kept, notes]", _STATE),
            when=lambda seen: seen.said == [] and "NoneType" in seen.failed and _wants_more(seen.app),
            says="The function takes two arguments and the inputs hold one: Gradio warns, and hands over "
            "None for the other. The state has to stand among the inputs: `[note, kept]`.",
            also=[
                _app(_PLUS, "note", "[kept, notes]", _STATE),
                _app(_APPENDS, "note", "[kept, notes]", _STATE),
            ],
        ),
        Misconception(
            "append gives the list",
            _app(_OWN.replace("[*kept, note]", "kept.append(note)"), "[note, kept]", "[kept, notes]", _STATE),
            when=lambda seen: (
                "append" in _code_of(seen.app)
                and ("can only join" in seen.failed or (bool(seen.said) and "NoneType" in seen.failed))
            ),
            says="Where a list is wanted there is None. `kept.append(note)` changes the list and gives None, "
            "so it stands on a line of its own; `[*kept, note]` makes a new list and gives that.",
            also=[
                _app(
                    """
def keep(note, kept):
    text = "\\n".join([*kept, note])
    return kept.append(note), text
""",
                    "[note, kept]",
                    "[kept, notes]",
                    _STATE,
                ),
            ],
        ),
        Misconception(
            "the state goes out by itself",
            _app(_OWN.replace("return kept, ", "return "), "[note, kept]", "[kept, notes]", _STATE),
            when=lambda seen: "enough output values" in seen.failed,
            says="There are two outputs, and the function gives one result: the state's new value has to be "
            "given back as well, in its place (`return kept, text`).",
        ),
    ],
    slips=[
        Slip(
            _app(_OWN, "[note, kept]", "[kept, notes]", _STATE).replace("return app", "app"),
            "gave nothing back",
        ),
        Slip(
            _app(_OWN, "[note, kept]", "[kept, notes]", _STATE).replace("return app", "return keep"),
            "Expected the app",
        ),
        Slip(
            _app(_OWN, "[note, kept]", "[kept, notes]", _STATE).replace('api_name="keep"', 'api_name="add"'),
            "Is the endpoint still there",
        ),
        Slip(
            _app(_OWN.replace("[*kept, note]", "[note, *kept]"), "[note, kept]", "[kept, notes]", _STATE),
            "in their order",
        ),
    ],
    follows="Ask of every name outside of your handlers: may all visitors share this? A model, yes; a list "
    "of notes, a chat's history, an uploaded picture, no. A state ends with the visit: what must last "
    "goes into a data set or a database.",
)


def _code_of(app: Any) -> list[str]:
    """The names that the app's handlers use."""
    found: list[str] = []
    for handler in app.fns.values():
        code = getattr(handler.fn, "__code__", None)
        found += [*code.co_names, *code.co_varnames] if code else []
    return found


def _keep(app: Any) -> Any:
    """What stands behind `/keep`. Raises StopIteration where nothing does."""
    return next(handler for handler in app.fns.values() if handler.api_name == "keep")


def _states(components: Any) -> list[Any]:
    return [one for one in components if type(one).__name__ == "State"]


def _outside(app: Any) -> bool:
    """Whether a state that it uses is none of the app's."""
    keep = _keep(app)
    return any(state._id not in app.blocks for state in _states([*keep.inputs, *keep.outputs]))


def _begins(app: Any) -> list[str]:
    """The types, other than list, of which the states among the inputs are at first."""
    return [
        type(state.value).__name__ for state in _states(_keep(app).inputs) if type(state.value) is not list
    ]


def _is_of(kind: str, failed: str) -> bool:
    """Whether Python complains of a value of this type."""
    return any(said in failed for said in (f"'{kind}'", f"not {kind}", f"concatenate {kind} "))


def _wants_more(app: Any) -> bool:
    """Whether the function has more arguments than there are inputs (one with a type is for Gradio)."""
    keep = _keep(app)
    return not keep.fn.__annotations__ and keep.fn.__code__.co_argcount > len(keep.inputs)
