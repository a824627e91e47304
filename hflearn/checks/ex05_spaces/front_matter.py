"""q2: the lines at the top of README.md, which are read by a parser and not by a person."""

from dataclasses import dataclass, field
from typing import Any

from .. import plain
from ..describe import describe, shorten
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip

TITLE = "Noticeboard: what the captain says"
_COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}


@dataclass(frozen=True)
class _Seen:
    said: Any
    card: dict[str, Any] = field(default_factory=dict)  # the metadata; empty where nothing can be read
    unreadable: str = ""  # what the YAML parser complains of


def _examine(readme: Any) -> _Seen:
    said = run(readme, "nothing")
    text = plain.text(said)
    if text is None:
        return _Seen(said)
    import yaml
    from huggingface_hub import RepoCard

    try:
        return _Seen(said, RepoCard(text).data.to_dict())
    except (yaml.YAMLError, ValueError) as error:
        return _Seen(said, unreadable=shorten(str(error), 160))


def _complain(seen: _Seen) -> str | None:
    if seen.said is None:
        return NOTHING
    if plain.text(seen.said) is None:
        return f"Expected the text of README.md, got {describe(seen.said)}."
    if seen.unreadable:
        return f"YAML cannot read it: {seen.unreadable}"
    if not seen.card:
        return "No metadata were found: they stand at the very top, between two lines of `---`."
    for key, right in _wanted().items():
        if seen.card.get(key) != right:
            there = f"is {_written(seen.card[key])}" if key in seen.card else "is missing"
            return f"`{key}` {there}: that is not what was asked for, or not how it is written."
    colours = {seen.card.get("colorFrom"), seen.card.get("colorTo")} - {None}
    if not colours <= _COLOURS:
        return f"The Hub has no colour {_written(next(iter(colours - _COLOURS)))}."
    return None


def _wanted() -> dict[str, str]:
    import gradio

    return {
        "title": TITLE,
        "sdk": "gradio",
        "sdk_version": gradio.__version__,
        "python_version": "3.10",
        "app_file": "noticeboard.py",
    }


def _written(value: Any) -> str:
    return f"the text {value!r}" if isinstance(value, str) else describe(value)


_README = '''
return dedent("""\\
    ---
    title: {title}
    colorFrom: {colour}
    sdk: {sdk}
    sdk_version: {version}
    python_version: {python}
    {app}
    ---""")
'''


def _sample(
    title: str = f'"{TITLE}"',
    colour: str = "indigo",
    sdk: str = "gradio",
    version: str = "6.31.0",
    python: str = '"3.10"',
    app: str = "app_file: noticeboard.py",
) -> str:
    return _README.format(title=title, colour=colour, sdk=sdk, version=version, python=python, app=app)


question = Question(
    title="Configuration error",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(),
    alternatives=[
        _sample(title=f"'{TITLE}'", version='"6.31.0"', python="'3.10'", colour="gray"),
        """
        from huggingface_hub import SpaceCard, SpaceCardData

        data = SpaceCardData(title="Noticeboard: what the captain says", sdk="gradio", sdk_version="6.31.0",
                             python_version="3.10", app_file="noticeboard.py")
        return f"---\\n{data}\\n---\\n# Noticeboard\\n"
        """,
    ],
    hints=[
        "Read it as the Hub does: `RepoCard(readme()).data.to_dict()` from huggingface_hub. It raises at "
        "first; then look at each value and its type.",
        "In YAML, a colon and a space begin a value, and what looks like a number is one. Quotes make a text "
        "of either.",
        "`sdk` is one of the words `gradio`, `docker` and `static`, in small letters; "
        "`app_file` is a path in the repository; the version is the one that you tested with, in full.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _sample(TITLE, "navy", "Gradio", "6.31", "3.10", "app_file: noticeboard"),
            when=lambda seen: "mapping values are not allowed" in seen.unreadable,
            says="YAML gives up at the title: a colon followed by a space begins a value, and `title: "
            "Noticeboard: what …` has two of them. Put the title in quotes. (The other lines have faults of "
            "their own, which nobody sees before this one is mended.)",
            also=[_sample(TITLE)],
        ),
        Misconception(
            "YAML keeps what I write",
            _sample(python="3.10"),
            when=lambda seen: seen.card.get("python_version") == 3.1,
            says="The Hub reads Python 3.1: without quotes, `3.10` is a number, and its last nought is "
            'dropped. Versions are texts: `"3.10"`.',
        ),
        Misconception(
            "the SDK is a name",
            _sample(sdk="Gradio"),
            when=lambda seen: str(seen.card.get("sdk")).lower() == "gradio" and seen.card["sdk"] != "gradio",
            says="The SDK is a key word, not a product's name: `gradio`, in small letters.",
            also=[_sample(sdk="GRADIO")],
        ),
        Misconception(
            "a part of the version will do",
            _sample(version="6.31"),
            when=lambda seen: isinstance(seen.card.get("sdk_version"), float | int),
            says="`sdk_version` has become a number: `6.31` is one, `6.31.0` is not. Write the version that "
            "you tested with, whole, as `gradio.__version__` says it.",
            also=[_sample(version="6")],
        ),
        Misconception(
            "the newest is the best",
            _sample(version="latest"),
            when=lambda seen: any(
                mark in str(seen.card["sdk_version"]) for mark in ("latest", ">", "<", "~", "*", "=")
            ),
            says="`sdk_version` is one version, not a wish: neither `latest` nor a range. The "
            "app was tested with one; a Space that takes another on the day it is rebuilt stops as this one "
            "did.",
            also=[_sample(version='">=6"'), _sample(version="6.*")],
        ),
        Misconception(
            "a module's name is its file's",
            _sample(app="app_file: noticeboard"),
            when=lambda seen: seen.card.get("app_file") == "noticeboard",
            says="`app_file` is the path of a file in the repository, with its ending, as you would give it "
            "to `python`; not the name by which it is imported.",
        ),
        Misconception(
            "it finds the program",
            _sample(app="pinned: false"),
            when=lambda seen: bool(seen.card) and "app_file" not in seen.card,
            says="Without `app_file` the Hub looks for `app.py`, and there is none: this program is called "
            "`noticeboard.py`. The stage would be `NO_APP_FILE`.",
            also=[_sample(app="main: noticeboard.py")],
        ),
        Misconception(
            "any colour will do",
            _sample(colour="navy"),
            when=lambda seen: seen.card.get("colorFrom") not in {*_COLOURS, None},
            says="The Hub has eight colours for the two ends of a card, and huggingface.co refuses a commit "
            "whose README names another: take one of the eight in the question.",
            also=[_sample(colour="teal"), _sample(colour='"#001f3f"')],
        ),
        Misconception(
            "the heading comes first",
            _sample().replace("    ---\n    title", "    # Noticeboard\n\n    ---\n    title"),
            when=lambda seen: not seen.card and plain.text(seen.said).strip().startswith("#"),  # type: ignore
            says="The metadata are read only at the very top of the file, and a heading stands there. "
            "For the Hub, yours are two rulers with text between them.",
        ),
        Misconception(
            "the block ends by itself",
            _sample().replace('    ---"', '    # Noticeboard"'),
            when=lambda seen: not seen.card and plain.text(seen.said).count("---") == 1,  # type: ignore
            says="The block has a beginning and no end: a second line of `---` belongs below the last key.",
        ),
    ],
    slips=[
        Slip(_sample(sdk="streamlit"), "`sdk` is the text 'streamlit'"),
        Slip(_sample(app="app_file: src/noticeboard.py"), "`app_file`"),
        Slip(_sample(version="4.44.1"), "`sdk_version`"),
        Slip(_sample(title="Noticeboard"), "`title`"),
        Slip(_sample(python='"3.1"'), "`python_version`"),
        Slip("return {'title': 'Noticeboard', 'sdk': 'gradio'}", "Expected the text of README.md"),
    ],
    follows="Print what the parser made of it before you push: "
    "`SpaceCard.load('README.md').data.to_dict()` reads the file as the Hub does.",
)
