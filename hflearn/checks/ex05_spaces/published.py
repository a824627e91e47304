"""q9: what `upload_folder` would publish, of a folder as folders are."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..learner import api
from ..patient import Patient, run
from ..question import Misconception, Question, Slip

_REPO = "learner/upload-rehearsal"
WANTED = [
    "README.md",
    "requirements.txt",
    "app.py",
    "pages/harbour.py",
    "pages/tables/fares.py",
    "data/fares.csv",
    "images/ferry.svg",
    "images/icons/anchor.svg",
]
KEPT = [  # these stay at home
    ".env",
    "config/.env",
    "__pycache__/app.cpython-311.pyc",
    "pages/__pycache__/harbour.cpython-311.pyc",
    ".venv/lib/python3.11/site-packages/six.py",
    ".venv/pyvenv.cfg",
    ".gradio/flagged/dataset1.csv",
    "data/passengers.csv",
    "data/old/passengers-2024.csv",
    "notes.md",
]
_HARMLESS = {".gitattributes", ".gitignore"}


@dataclass(frozen=True)
class _Seen:
    now: Sequence[str] = ()  # the files of the Space
    ever: Sequence[str] = ()  # those that any commit of it holds

    @property
    def leaked(self) -> list[str]:
        return [path for path in self.ever if path in KEPT]

    @property
    def missing(self) -> list[str]:
        return [path for path in WANTED if path not in self.now]


def _examine(publish: Any) -> _Seen:
    with _rehearsal() as folder:
        run(publish, "a folder", api(), str(folder), _REPO)
        return _published()


@contextmanager
def _rehearsal() -> Iterator[Path]:
    """A folder with everything in it, and an empty Space that is gone afterwards."""
    api().delete_repo(_REPO, repo_type="space", missing_ok=True)
    api().create_repo(_REPO, repo_type="space", space_sdk="static", private=True)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "noticeboard")
            for path in [*WANTED, *KEPT]:
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(_TEXTS.get(path, f"{path}\n"), encoding="utf-8")
            yield folder
    finally:
        api().delete_repo(_REPO, repo_type="space", missing_ok=True)


_TEXTS = {"README.md": "---\ntitle: Noticeboard\nsdk: gradio\n---\n", ".env": "BOARD_TOKEN=brd_0000\n"}


def _published() -> _Seen:
    commits = [commit.commit_id for commit in api().list_repo_commits(_REPO, repo_type="space")]
    files = [set(api().list_repo_files(_REPO, repo_type="space", revision=commit)) for commit in commits]
    now = files[0] - _HARMLESS
    if not _ours(api().space_info(_REPO).card_data):
        now -= {"README.md"}  # the Hub's own, made with the Space
    return _Seen(sorted(now), sorted(set().union(*files)))


def _ours(card: Any) -> bool:
    return card is not None and card.get("title") == "Noticeboard"


def _complain(seen: _Seen) -> str | None:
    if seen.leaked:
        return f"Published, and not to be: {_some(seen.leaked)}."
    if seen.missing:
        return f"Not published, and needed: {_some(seen.missing)}."
    odd = sorted(set(seen.now) - set(WANTED))
    return f"Published, and not in the folder: {_some(odd)}." if odd else None


def _some(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(f"`{path}`" for path in paths[:3]) + more


_UPLOAD = """
api.upload_folder(
    folder_path=folder, repo_id=repo_id, {repo_type}
    {patterns}
)
"""
_SPACE = 'repo_type="space",'
_ALLOW = (
    'allow_patterns=["README.md", "requirements.txt", "app.py", "pages/*.py", "data/fares.csv", '
    '"images/*.svg"],'
)
_IGNORE = (
    'ignore_patterns=["*.env", "*__pycache__/*", ".venv/*", ".gradio/*", "data/*passengers*", "notes.md"],'
)


def _sample(patterns: str, repo_type: str = _SPACE) -> str:
    return _UPLOAD.format(patterns=patterns, repo_type=repo_type)


question = Question(
    title="A folder as it lies there",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(_ALLOW),
    alternatives=[
        _sample(_IGNORE),
        _sample(
            'allow_patterns=["*.py", "data/fares.csv", "README.md", "requirements.txt", "images/"],\n'
            '    ignore_patterns=".venv/",'
        ),
        """
        Path(folder, ".gitignore").write_text(
            ".env\\n__pycache__/\\n.venv/\\n.gradio/\\npassengers*.csv\\nnotes.md\\n"
        )
        api.upload_folder(folder_path=folder, repo_id=repo_id, repo_type="space")
        """,
    ],
    hints=[
        "Try your patterns before they matter: `list(filter_repo_objects(paths, ignore_patterns=[…]))`, from "
        "`huggingface_hub.utils`, says what is left of a list of paths.",
        "They are no lines of a .gitignore. A pattern is held against the *whole* path, from its first "
        "letter to its last, and `*` crosses folders: `.env` is one file, `*.env` is all of them, "
        "`.venv/` means `.venv/*`.",
        "With so much that is to stay at home, name what is to go: `allow_patterns`. What lies in the folder "
        "tomorrow then stays at home as well.",
    ],
    misconceptions=[
        Misconception(
            "the type is known",
            _sample(_ALLOW, ""),
            when=lambda seen: type(seen).__name__ == "RepositoryNotFoundError",
            says="There is no *model* (or data set) of this name, and that is what the client looked for: a "
            "repository is "
            'a model unless you say `repo_type="space"`.',
        ),
        Misconception(
            "what is deleted is gone",
            _sample("")
            + """
api.delete_files(
    repo_id, ["*.env", "*__pycache__/*", ".venv/*", ".gradio/*", "data/*passengers*", "notes.md"],
    repo_type="space",
)
""",
            when=lambda seen: bool(seen.leaked) and not set(seen.now) & set(KEPT),
            says="The Space's files look right, and the commit before shows the others: the history keeps "
            "what was ever uploaded, for everybody who may read it. A key that was in a commit is spent. "
            "Leave such files out from the beginning.",
        ),
        Misconception(
            "deleting there is ignoring here",
            _sample(_IGNORE.replace("ignore", "delete")),
            when=lambda seen: len(seen.leaked) == len(KEPT),
            says="Everything was published, the keys and the passengers, too. If you gave patterns, they did "
            "not hold anything back: `delete_patterns` removes what lies in the repository from before, and "
            "`ignore_patterns` is what leaves files of the folder out.",
            also=[_sample("")],
        ),
        Misconception(
            "unrepaired",
            _sample(
                'ignore_patterns=[".env", "__pycache__/", ".venv/", ".gradio/", "passengers.csv", '
                '"notes.md"],'
            ),
            when=lambda seen: (
                "config/.env" in seen.leaked
                and "pages/__pycache__/harbour.cpython-311.pyc" in seen.leaked
                and not {".env", "__pycache__/app.cpython-311.pyc"} & set(seen.leaked)
                and not seen.missing
            ),
            says="These are lines of a .gitignore, where `.env` is meant at any depth. Here a pattern is "
            "held against the whole path: `.env` and `__pycache__/` hold back those at the top, and those in "
            "the folders below (`config/.env` with its key, and others) were published.",
            also=[
                _sample(
                    'ignore_patterns=[".env", "__pycache__/*", ".venv/*", ".gradio/*", '
                    '"data/passengers.csv", "data/old/*", "notes.md"],'
                )
            ],
        ),
        Misconception(
            "the tables of this year are all of them",
            _sample(_IGNORE.replace("data/*passengers*", "*passengers.csv")),
            when=lambda seen: seen.leaked == ["data/old/passengers-2024.csv"],
            says="One list of passengers stayed at home, and the one of 2024 was published: "
            "`data/old/passengers-2024.csv`. A pattern has to fit the whole path: `*passengers.csv` ends "
            "before the year, `data/passengers*` begins in another folder. Such a list is never complete. "
            "What is to go is a short one: `allow_patterns` names it.",
            also=[
                _sample(_IGNORE.replace("data/*passengers*", "data/passengers*")),
                _sample(_IGNORE.replace("data/*passengers*", "data/passengers.csv")),
                _sample(
                    _ALLOW.replace("data/fares.csv", "data/*.csv")
                    + '\n    ignore_patterns="*/passengers.csv",'
                ),
            ],
        ),
        Misconception(
            "a star stops at a folder",
            _sample(
                'allow_patterns=["*.py", "*.md", "requirements.txt", "data/fares.csv", "images/*"],\n'
                '    ignore_patterns=["notes.md"],'
            ),
            when=lambda seen: (
                bool(seen.leaked)
                and all(path.startswith(".venv/") for path in seen.leaked)
                and not seen.missing
            ),
            says="A `*` crosses folders: `*.py` took the whole of `.venv` along, thousands of files on a "
            "real machine. Give the folders by name, or hold `.venv/` back as well.",
        ),
        Misconception(
            "all tables are private",
            _sample(_IGNORE.replace("data/*passengers*", "*.csv")),
            when=lambda seen: not seen.leaked and seen.missing == ["data/fares.csv"],
            says="Nothing private went out, and the app will not start: `data/fares.csv` stayed at home with "
            "the passengers, and the app reads it.",
            also=[_sample(_IGNORE.replace("data/*passengers*", "data/"))],
        ),
        Misconception(
            "programs are all it needs",
            _sample('allow_patterns=["app.py", "pages/*.py", "data/fares.csv", "images/*"],'),
            when=lambda seen: (
                not seen.leaked
                and {"README.md", "requirements.txt"} & set(seen.missing) != set()
                and "app.py" in seen.now
            ),
            says="`README.md` or `requirements.txt` stayed at home: the first one's front matter says how "
            "the Space is run, the second which packages it is given.",
            also=[
                _sample(
                    'ignore_patterns=["*.env", "*__pycache__/*", ".venv/*", ".gradio/*", '
                    '"data/*passengers*", "*.md"],'
                )
            ],
        ),
        Misconception(
            "a folder is its direct files",
            _sample(
                _ALLOW.replace("pages/*.py", "pages/harbour.py").replace("images/*.svg", "images/ferry.svg")
            ),
            when=lambda seen: (
                not seen.leaked
                and {"app.py", "pages/harbour.py", "images/ferry.svg"} <= set(seen.now)
                and set(seen.missing) & {"pages/tables/fares.py", "images/icons/anchor.svg"} != set()
            ),
            says="What lies deeper stayed at home: `pages/tables/`, `images/icons/`. A pattern such as "
            "`pages/*.py` takes it along, since `*` crosses folders.",
        ),
        Misconception(
            "the folder goes as a folder",
            _sample(_ALLOW + '\n    path_in_repo="noticeboard",'),
            when=lambda seen: (
                bool(seen.now)
                and not seen.leaked
                and all("/" in path for path in seen.now)
                and "app.py" in seen.missing
            ),
            says="All files are in a folder of the Space, and the Hub looks for `README.md` and `app.py` at "
            "the top: leave `path_in_repo` out.",
        ),
        Misconception(
            "made is pushed",
            "patterns = ['*.py']",
            when=lambda seen: not seen.now,
            says="None of the folder's files is on the Hub: nothing was uploaded.",
        ),
    ],
    slips=[
        Slip(_sample(_IGNORE.replace(', "notes.md"', "")), "Published, and not to be: `notes.md`"),
        Slip(_sample(_IGNORE.replace("data/*passengers*", "data/old/*")), "`data/passengers.csv`"),
        Slip(_sample(_ALLOW.replace('"images/*.svg"', '"images/*.png"')), "`images/"),
    ],
    follows="Look at the list before you push: `filter_repo_objects` on the folder's paths shows it without "
    "a network. For files outside of a folder's habit, `allow_patterns` is the one that fails safe.",
)
