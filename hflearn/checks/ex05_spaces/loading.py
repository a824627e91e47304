"""q7: Streamlit runs the whole script at each key press, and the model is loaded in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType
from typing import Any

from ..called import name
from ..describe import shorten
from ..patient import Patient
from ..question import Misconception, Question, Slip
from ..raised import LearnersError

_VISITS = [["uno", "dos"], ["uno", "tres"]]  # what each visitor types, one after the other


class Translator:
    """Stands in for a model: cheap here, and it counts what would be dear."""

    loaded = copied = 0
    release = 0  # of the model: a new one each time that the caches are emptied

    def __init__(self) -> None:
        type(self).loaded += 1
        self.release = type(self).release

    def __call__(self, text: str) -> str:
        return english(text, self.release)

    def __getstate__(self) -> dict[str, Any]:
        type(self).copied += 1
        return vars(self)


def english(text: str, release: int) -> str:
    return f"<{text}> in English, says release {release}."


def load() -> Translator:
    """A translator; one that is counted."""
    return Translator()


@dataclass(frozen=True)
class _Seen:
    loaded: int  # models, in two visits with three runs of the script each
    copied: int
    shown: list[bool]  # whether what was typed stood there in English, in the order of _VISITS
    runs: int = 6
    a_session: bool = False  # what is cached is cached for a session: the two visits here would share that
    stays: bool = False  # whether a model from before the caches were emptied still answers


def _examine(page: Any) -> _Seen:
    import streamlit

    Translator.loaded = Translator.copied = 0
    with _fresh(streamlit):
        pages = [(text, found) for texts in _VISITS for text, found in _visit(page, texts)]
        loaded, copied = Translator.loaded, Translator.copied
        shown = [english(text, Translator.release) in found for text, found in pages]
    with _fresh(streamlit):
        later = list(_visit(page, _VISITS[0][:1]))
    older = range(Translator.release)
    return _Seen(
        loaded,
        copied,
        shown if len(shown) == sum(map(len, _VISITS)) else [],
        a_session=_has(page.__code__, "scope", "session"),
        stays=any(english(text, release) in found for text, found in later for release in older),
    )


def _visit(page: Any, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each text that is typed, and all that stands on the page then; none where there is no field for it."""
    visit = _open(page)
    for text in texts:
        if not visit.text_input:
            return
        _checked(page, visit.text_input[0].set_value(text).run())
        yield text, "\n".join(str(element.value) for element in _texts(visit))


def _has(code: CodeType, *words: str) -> bool:
    """Whether each of the words is a constant or a keyword somewhere in the code."""
    return all(word in set(_constants(code)) for word in words)


def _constants(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _constants(constant)
        yield from [constant] if isinstance(constant, str) else constant if type(constant) is tuple else []


def _open(page: Any) -> Any:
    from streamlit.testing.v1 import AppTest

    return _checked(page, AppTest.from_function(page, default_timeout=30, args=(load,)).run())


def _checked(page: Any, visit: Any) -> Any:
    """The page as it is shown. Raises LearnersError where an exception is what is shown."""
    for shown in visit.exception:
        error = RuntimeError(shorten(str(shown.message), 200))
        raise LearnersError(f"Streamlit, running `{name(page)}`,", error)
    return visit


def _texts(visit: Any) -> list[Any]:
    kinds = (visit.markdown, visit.success, visit.info, visit.text, visit.code, visit.title, visit.header)
    return [element for kind in (*kinds, visit.text_area, visit.subheader, visit.caption) for element in kind]


@contextmanager
def _fresh(streamlit: Any) -> Any:
    """Empty caches before and after, and a quiet log: run without a server, Streamlit warns of that."""
    from streamlit import config, logger

    Translator.release += 1
    level = config.get_option("logger.level")  # which reads the settings: they would set the level later
    logger.set_log_level("CRITICAL")
    streamlit.cache_resource.clear()
    streamlit.cache_data.clear()
    try:
        yield
    finally:
        streamlit.cache_resource.clear()
        streamlit.cache_data.clear()
        logger.set_log_level(level)


def _complain(seen: _Seen) -> str | None:
    if not seen.shown:
        return "The page has no `st.text_input`, in which a visitor types."
    if not all(seen.shown) and not seen.stays:
        right = sum(seen.shown)
        return f"Of {len(seen.shown)} texts that were typed, {right} stood on the page in English afterwards."
    if seen.copied:
        return "The model was copied."
    if seen.a_session:
        return "A model is kept for each session."
    if seen.stays:
        return "The page went on with an old model after Streamlit's caches were emptied."
    if seen.loaded != 1:
        return (
            f"In two visits, and {seen.runs} runs of the script, {seen.loaded} models were loaded. "
            "One is enough."
        )
    return None


_PAGE = """
import streamlit as st

{model}
st.title("Noticeboard")
text = st.text_input("Spanish")
if text:
    st.write({translate}(text))
"""
_CACHED = """
@st.cache_resource
def translator():
    return load()

translate = translator()
"""


def _sample(model: str, translate: str = "translate") -> str:
    return _PAGE.format(model=model.strip(), translate=translate)


question = Question(
    title="A model for every key press",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(_CACHED),
    alternatives=[
        _sample("translate = st.cache_resource(load)()"),
        _sample(
            _CACHED.replace("resource", 'resource(show_spinner="Loading the model, once")').rsplit("\n", 2)[
                0
            ],
            "translator()",
        ),
    ],
    hints=[
        "Count: put a `print` beside `load()` and think of a visitor who types two sentences. Which lines "
        "run again?",
        "All of them, for each visitor: also the `def`s, so nothing that the script itself defines lasts. "
        "Streamlit keeps what a decorated function gave.",
        "There are two decorators. `st.cache_data` hands out copies, for tables; `st.cache_resource` hands "
        "out the thing itself, to all visitors, for models and connections.",
    ],
    misconceptions=[
        Misconception(
            "copies are free",
            _sample(_CACHED.replace("cache_resource", "cache_data")),
            when=lambda seen: seen.copied > 0,
            says="It is loaded once, and copied at every run: `st.cache_data` keeps a pickle and makes a new "
            "object of it each time, so that nobody spoils the others' data. Right for a table; a model "
            "would be copied whole, each time. There is another decorator, for things that are shared.",
        ),
        Misconception(
            "once a visitor is once",
            _sample(
                """
if "translate" not in st.session_state:
    st.session_state.translate = load()
translate = st.session_state.translate
"""
            ),
            when=lambda seen: (seen.a_session or seen.loaded == len(_VISITS)) and all(seen.shown),
            says="Once a visitor: each gets a model of their own, and a hundred visitors need the memory of "
            "a hundred. The session is for what belongs to a visitor; a model belongs to all.",
            also=[_sample(_CACHED.replace("cache_resource", 'cache_resource(scope="session")'))],
        ),
        Misconception(
            "any place that lasts will do",
            _sample(
                """
import builtins
if not hasattr(builtins, "noticeboard"):
    builtins.noticeboard = load()
translate = builtins.noticeboard
"""
            ),
            when=lambda seen: seen.stays,
            says="One model, but kept where Streamlit knows nothing of it: “Clear cache” in the page's menu "
            "leaves the old one in place, and two visitors who come first at once load two, since nobody "
            "waits. Streamlit has a place for what all share, with a lock.",
            also=[_sample('if not hasattr(st, "board"):\n    st.board = load()\ntranslate = st.board')],
        ),
        Misconception(
            "the answers are what to keep",
            _sample("@st.cache_resource\ndef translate(text):\n    return load()(text)"),
            when=lambda seen: (
                seen.loaded == len({text for visit in _VISITS for text in visit}) and all(seen.shown)
            ),
            says="You keep the answers: who types a sentence that was typed before gets it at once, and "
            "every new sentence loads the model again. Cache what gives the model, not what it says.",
            also=[_sample("@st.cache_data\ndef translate(text):\n    return load()(text)")],
        ),
        Misconception(
            "unrepaired",
            _sample("translate = load()"),
            when=lambda seen: seen.loaded in (4, 6) and all(seen.shown),
            says="A model is loaded whenever somebody types: Streamlit runs the whole script again, from the "
            "first line, for each change on the page. What the script defines is new each time: variables, "
            "functions, and what an `lru_cache` on one of them has kept.",
            also=[
                _sample("", "load()"),
                _sample("def translator():\n    return load()\n\ntranslate = translator()"),
                _sample(
                    "import functools\n\n@functools.lru_cache\ndef translator():\n    return load()\n\n"
                    "translate = translator()"
                ),
                _sample("st.cache_resource(load)\ntranslate = load()"),
                _sample('if "translate" not in locals():\n    translate = load()'),
            ],
        ),
    ],
    slips=[
        Slip(_sample(_CACHED).replace("st.write(", "print("), "Of 4 texts that were typed, 0"),
        Slip(_sample(_CACHED).replace('st.text_input("Spanish")', '"hola"'), "no `st.text_input`"),
        Slip(_sample(_CACHED, "load()(text) and translate"), "models were loaded"),
        Slip(
            _sample(_CACHED).replace("translate(text)", 'f"<{text}> in English"'),
            "Of 4 texts that were typed, 0",
        ),
    ],
    follows="In Gradio the same question has a plainer answer: the script runs once, so load the model at "
    "its top, outside of the handler.",
)
