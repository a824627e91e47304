"""q10: a Space, built and pushed by the learner, and called by the check."""

import time
from dataclasses import dataclass, field
from typing import Any

from .. import plain
from ..describe import describe, shorten
from ..expect import Expectation, Text
from ..learner import api
from ..question import Misconception, Question, Slip

MINE = "learner/noticeboard"
GLOSSARY = {"retraso": "delay", "muelle": "quay", "chaleco salvavidas": "life jacket", "mareo": "seasickness"}
_CALLS = {"muelle": "quay", "  Retraso ": "delay", "CHALECO SALVAVIDAS": "life jacket"}
_UNKNOWN = "submarino"
_PATIENCE_S = 60.0  # it starts in about four seconds on a quiet machine
_STARTING = ("APP_STARTING", "BUILDING", "RUNNING_BUILDING", "RUNNING_APP_STARTING")


@dataclass(frozen=True)
class _Seen:
    """What stands on the Hub under the id that was handed in, and what it answers."""

    answer: Any
    exists: bool = False
    is_model: bool = False
    private: bool = False
    stage: str = ""
    error: str = ""
    endpoints: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)  # to each of _CALLS; an exception where it raised
    unknown: Any = None


class Pushed(Expectation):
    """The id of a private Space that runs and answers."""

    def observe(self, answer: Any) -> _Seen:
        from huggingface_hub.errors import RepositoryNotFoundError

        if not _is_mine(answer):
            return _Seen(answer)
        try:
            info = api().space_info(MINE)
        except RepositoryNotFoundError:
            return _Seen(answer, is_model=api().repo_exists(MINE))
        if not info.private:
            return _Seen(answer, exists=True)
        stage, error = _started()
        if stage != "RUNNING":
            return _Seen(answer, True, False, True, stage, error)
        return _called(answer)

    def complaint(self, seen: _Seen) -> str | None:
        if not _is_mine(seen.answer):
            return Text(MINE, kind=f"the Space's id, `{MINE}`").complaint(seen.answer)
        if not seen.exists:
            return f"There is no Space `{MINE}` on the Hub yet."
        if not seen.private:
            return "It is not private."
        if seen.stage in _STARTING:
            return f"It is still starting (`{seen.stage}`): wait some seconds and run the cell again."
        if seen.stage != "RUNNING":
            return f"Its stage is `{seen.stage}`: {both_ends(without_banner(seen.error))}"
        if "/translate" not in seen.endpoints:
            return (
                f"It runs, and has no `/translate`: its endpoints are {', '.join(seen.endpoints) or 'none'}."
            )
        return _amiss(seen)


def _amiss(seen: _Seen) -> str | None:
    for text, right in _CALLS.items():
        said = seen.said[text]
        if isinstance(said, Exception):
            raised = f"{type(said).__name__}: {shorten(str(said), 150)}"
            return f"`/translate`, asked for {text!r}, raised `{raised}`."
        if plain.text(said) != right:
            return f"`/translate`, asked for {text!r}, answered with {describe(said)}."
    if not isinstance(seen.unknown, Exception):
        return f"Asked for a word that is not in the glossary it answered with {describe(seen.unknown)}."
    if _UNKNOWN not in str(seen.unknown):
        return (
            f"A word that is not in the glossary: the error should repeat it, and says {str(seen.unknown)!r}."
        )
    return None


def without_banner(error: str) -> str:
    """Without what is logged up to the end of Gradio's banner, its lines with a star: that is no fault."""
    sentence, _, printed = error.partition("\n\n")
    lines = printed.splitlines()
    after = max((place for place, line in enumerate(lines, 1) if line.startswith("*")), default=0)
    return "\n".join([sentence, *lines[after:]])


def both_ends(error: str) -> str:
    """On one line: all of it, or the first line and the last, which says why."""
    lines = error.splitlines()
    if len(error) <= 350 or len(lines) < 2:
        return shorten(error, 350)
    return f"{shorten(lines[0], 150)} … {shorten(lines[-1], 200)}"


def _started() -> tuple[str, str]:
    """The stage that it has come to, and what is wrong."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        runtime = api().get_space_runtime(MINE)
        if runtime.stage not in _STARTING or time.monotonic() > until:
            return str(runtime.stage), str(runtime.raw.get("errorMessage") or "")
        time.sleep(0.2)


def _called(answer: Any) -> _Seen:
    from gradio_client import Client  # type: ignore[import-untyped,unused-ignore]

    client = Client(MINE, token=api().token, verbose=False, analytics_enabled=False)
    try:
        endpoints = list(client.view_api(print_info=False, return_format="dict")["named_endpoints"])
        if "/translate" not in endpoints:
            return _Seen(answer, True, False, True, "RUNNING", endpoints=endpoints)
        said = {text: _said(client, text) for text in _CALLS}
        return _Seen(answer, True, False, True, "RUNNING", "", endpoints, said, _said(client, _UNKNOWN))
    finally:
        client.close()


def _said(client: Any, text: str) -> Any:
    try:
        return client.predict(text, api_name="/translate")
    except Exception as error:
        return error


def _is_mine(answer: Any) -> bool:
    return isinstance(answer, str) and str.__str__(answer) == MINE


_CREATE = """
repo_id = "learner/noticeboard"
api.create_repo(repo_id, repo_type="space", space_sdk="gradio", private=True, exist_ok=True)
"""
_APP = """
app = '''
import json

import gradio as gr

GLOSSARY = json.load(open("glossary.json", encoding="utf-8"))

def translate(word):
    key = word.strip().lower()
    if key not in GLOSSARY:
        raise gr.Error(f"{word} is not in the glossary.")
    return GLOSSARY[key]

demo = gr.Interface(translate, gr.Textbox(label="Spanish"), gr.Textbox(label="English"), api_name="translate")
demo.launch()
'''
"""
_PUSH = """
files = {"app.py": app, "glossary.json": json.dumps(glossary)}
api.create_commit(
    repo_id,
    [CommitOperationAdd(path, text.encode()) for path, text in files.items()],
    commit_message="The noticeboard's glossary", repo_type="space",
)
"""
_ALL = _CREATE + _APP + _PUSH
_FROM_A_FOLDER = """
folder = Path("noticeboard")
folder.mkdir(exist_ok=True)
Path(folder, "README.md").write_text("---\\ntitle: Noticeboard\\nsdk: gradio\\napp_file: board.py\\n---\\n")
Path(folder, "requirements.txt").write_text("gradio>=6\\n")
Path(folder, "board.py").write_text(f'''
import gradio as gr

WORDS = {glossary!r}

def look_up(word):
    for spanish, english in WORDS.items():
        if spanish == word.strip().casefold():
            return english
    raise gr.Error("Not in the glossary: " + word)

with gr.Blocks() as demo:
    word, english = gr.Textbox(), gr.Textbox()
    gr.Button("Translate").click(look_up, word, english, api_name="translate", concurrency_limit=4)

if __name__ == "__main__":
    demo.launch()
''')
repo_id = api.create_repo("noticeboard", repo_type="space", space_sdk="gradio", private=True,
                          exist_ok=True).repo_id
api.upload_folder(folder_path=folder, repo_id=repo_id, repo_type="space")
"""

question = Question(
    title="Online by Saturday",
    expects=Pushed,
    reference=_ALL,
    alternatives=[_FROM_A_FOLDER],
    hints=[
        'Three calls: `api.create_repo(repo_id, repo_type="space", space_sdk="gradio", private=True, '
        'exist_ok=True)`, then two files, with `repo_type="space"` each: `app.py` and `glossary.json`.',
        "`app.py` is a program that goes on running: it ends with `demo.launch()`. The name of the endpoint "
        'is `api_name="translate"`, in `gr.Interface(…)` or in `click(…)`.',
        "Where it does not run, the Hub says why: `api.get_space_runtime(repo_id).raw`, or the Space's page "
        "(its address is `hflearn.endpoint()` and `/spaces/learner/noticeboard`). Try `app.py` on its own "
        "first.",
    ],
    misconceptions=[
        Misconception(
            "a repository is a repository",
            _ALL.replace('repo_type="space", space_sdk="gradio", ', "").replace(', repo_type="space"', ""),
            when=lambda seen: not seen.exists and seen.is_model,
            says="You made a *model* of this name: that is what a repository is unless you say "
            '`repo_type="space"`, in this call and in every one that follows. (`api.delete_repo(repo_id)` '
            "removes it.)",
        ),
        Misconception(
            "a new Space is private",
            _ALL.replace("private=True, ", ""),
            when=lambda seen: seen.exists and not seen.private,
            says="Everybody can see it, use it and read its files: a Space is public unless you say "
            "`private=True`, and an existing one stays as it is. "
            '`api.update_repo_settings(repo_id, private=True, repo_type="space")` mends this one.',
        ),
        Misconception(
            "any program is the app",
            _ALL.replace('{"app.py"', '{"noticeboard.py"'),
            when=lambda seen: seen.stage == "NO_APP_FILE",
            says="The Hub finds no program: it starts `app.py` at the top of the Space, unless the README's "
            "front matter names another file (`app_file: noticeboard.py`).",
            also=[_CREATE],
        ),
        Misconception(
            "it works on my machine",
            _ALL.replace(', "glossary.json": json.dumps(glossary)', ""),
            when=lambda seen: seen.stage == "RUNTIME_ERROR" and "FileNotFoundError" in seen.error,
            says="The program stopped: a file that it opens is not in the Space. It runs in a folder that "
            "holds the Space's files and nothing of yours: commit everything that it reads.",
        ),
        Misconception(
            "a name is a name there, too",
            _ALL.replace('json.load(open("glossary.json", encoding="utf-8"))', "glossary"),
            when=lambda seen: seen.stage == "RUNTIME_ERROR" and "NameError" in seen.error,
            says="The program stopped at a name that it does not know. `app.py` runs in a process of its "
            "own, where nothing that you defined or imported in the notebook exists.",
        ),
        Misconception(
            "to define it is to run it",
            _ALL.replace("demo.launch()\n", ""),
            when=lambda seen: seen.stage == "RUNTIME_ERROR" and "ended with status 0" in seen.error,
            says="The program ran to its end without an error, and that is the error: it has to go on "
            "running. The last line is `demo.launch()`.",
        ),
        Misconception(
            "an endpoint is called like its function",
            _ALL.replace(', api_name="translate"', "")
            .replace("translate(word)", "look_up(word)")
            .replace("(translate,", "(look_up,"),
            when=lambda seen: seen.stage == "RUNNING" and "/translate" not in seen.endpoints,
            says="It runs, and has no `/translate`: unless told otherwise Gradio takes the function's name, "
            "and programs that call it break on the day that you rename it. Say "
            '`api_name="translate"` (no stroke).',
        ),
        Misconception(
            "an unknown word is an answer",
            _ALL.replace(
                'raise gr.Error(f"{word} is not in the glossary.")',
                'return f"{word} is not in the glossary."',
            ),
            when=lambda seen: seen.stage == "RUNNING" and plain.text(seen.unknown) is not None,
            says="A word that is not in the glossary is answered with a text, and the program that calls "
            "your Space puts it on the board. Raise a `gr.Error`: then the caller's `predict` raises as "
            "well.",
        ),
        Misconception(
            "any error is told",
            _ALL.replace("raise gr.Error(", "raise KeyError("),
            when=lambda seen: (
                seen.stage == "RUNNING"
                and plain.text(seen.said["muelle"]) == "quay"
                and isinstance(seen.unknown, Exception)
                and "show_error" in str(seen.unknown)
            ),
            says="For a word that is not in the glossary the caller gets an error without your sentence: "
            "Gradio passes on the message of a `gr.Error` alone.",
        ),
        Misconception(
            "people type as the glossary does",
            _ALL.replace("word.strip().lower()", "word"),
            when=lambda seen: (
                seen.stage == "RUNNING"
                and plain.text(seen.said["muelle"]) == "quay"
                and sum(plain.text(seen.said[text]) == right for text, right in _CALLS.items()) < len(_CALLS)
            ),
            says="Capitals or spaces around a word make it unknown: visitors type both. "
            "`word.strip().lower()` before you look it up.",
            also=[_ALL.replace("word.strip().lower()", "word.lower()")],
        ),
    ],
    slips=[
        Slip(_ALL + 'repo_id = "noticeboard"', "the owner is missing"),
        Slip('repo_id = "learner/noticeboard"', "There is no Space"),
        Slip(_ALL.replace('{"app.py"', '{"requirements.txt": "torch==1.0", "app.py"'), "`BUILD_ERROR`"),
        Slip(_ALL.replace('f"{word} is', '"It is'), "should repeat it"),
        Slip(_ALL.replace("key not in GLOSSARY", "key not in glossary"), "asked for 'muelle', raised"),
    ],
    follows="The same calls with `HF_ENDPOINT` at huggingface.co and your own token put it on the real Hub, "
    "where a Space of this kind takes a paid plan (see the lesson), and on the smallest machine sleeps after "
    "two days without a visitor.",
)
