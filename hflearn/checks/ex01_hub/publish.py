"""q9: a private repository with a file and a card."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..describe import shorten
from ..expect import Expectation, Text
from ..learner import api
from ..question import Misconception, Question, Slip
from .mine import MINE, text_on_hub
from .shop import LABELS


@dataclass(frozen=True)
class Repository:
    """What stands on the Hub under the id that was handed in."""

    answer: Any
    exists: bool = False
    private: bool = False
    files: Sequence[str] = ()
    card: dict[str, Any] = field(default_factory=dict)  # its metadata, as the Hub's filters read them
    labels: str = ""  # the text of labels.json


class Published(Expectation):
    """The id of a private repository with labels.json and a card that tells licence and task."""

    def observe(self, answer: Any) -> Repository:
        from huggingface_hub.errors import RepositoryNotFoundError

        if not _is_mine(answer):
            return Repository(answer)
        try:
            info = api().model_info(MINE)
        except RepositoryNotFoundError:
            return Repository(answer)
        files = [file.rfilename for file in info.siblings or []]
        card = info.card_data.to_dict() if info.card_data else {}
        labels = text_on_hub(MINE, "labels.json") if "labels.json" in files else ""
        return Repository(answer, True, bool(info.private), files, card, labels)

    def complaint(self, seen: Repository) -> str | None:
        if not _is_mine(seen.answer):
            return Text(MINE, kind=f"the repository's id, `{MINE}`").complaint(seen.answer)
        if not seen.exists:
            return f"There is no `{MINE}` on the Hub yet."
        if not seen.private:
            return "It is not private."
        if _parsed(seen.labels) != LABELS["main"]:
            return "Its `labels.json` is missing, or holds something else than the list `labels`."
        return missing_metadata(seen.card)


def missing_metadata(card: dict[str, Any]) -> str | None:
    """What is amiss with a card's metadata."""
    for key, value in (("license", "apache-2.0"), ("pipeline_tag", "text-classification")):
        if card.get(key) != value:
            there = f"`{key}: {shorten(str(card[key]), 60)}`" if key in card else f"no `{key}`"
            return f"The card's metadata have {there}; asked for was the {_MEANS[key]} `{value}`."
    return None


_MEANS = {"license": "licence", "pipeline_tag": "task"}


def _is_mine(answer: Any) -> bool:
    return isinstance(answer, str) and str.__str__(answer) == MINE


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


_CREATE = 'repo_id = "learner/mail-sorter"\napi.create_repo(repo_id, private=True, exist_ok=True)'
_FILES = """
api.upload_file(path_or_fileobj=json.dumps(labels).encode(), path_in_repo="labels.json", repo_id=repo_id)
"""
_README = '''
card = ModelCard("""---
license: apache-2.0
pipeline_tag: text-classification
---
# Mail sorter
Sorts the shop's mail into four piles.
""")
card.push_to_hub(repo_id)
'''

question = Question(
    title="Publish it, for yourself at first",
    expects=Published,
    reference=_CREATE + _FILES + _README,
    alternatives=[
        """
        repo_id = api.create_repo("mail-sorter", exist_ok=True).repo_id
        api.update_repo_settings(repo_id, visibility="private")
        readme = "---\\nlicense: apache-2.0\\npipeline_tag: text-classification\\n---\\n# Mail sorter\\n"
        files = {"labels.json": json.dumps(labels, indent=2), "README.md": readme}
        for name, text in files.items():
            api.upload_file(path_or_fileobj=text.encode(), path_in_repo=name, repo_id=repo_id)
        """,
        _CREATE + _FILES + _README.replace("---\nlicense", "\n---\nlicense"),
    ],
    hints=[
        "`api.create_repo(repo_id, private=True, exist_ok=True)` makes it; `exist_ok` lets you run "
        "the cell again.",
        "`api.upload_file` takes bytes (`json.dumps(labels).encode()`) or the path of a file, and "
        "the name in the repository as `path_in_repo`.",
        "What the Hub's filters read stands at the top of README.md between two lines of `---`: "
        "`license: apache-2.0` and `pipeline_tag: text-classification`. "
        "`ModelCard(text).push_to_hub(repo_id)` uploads a card.",
    ],
    misconceptions=[
        Misconception(
            "a new repository is private",
            _CREATE.replace("private=True, ", "") + _FILES + _README,
            when=lambda seen: seen.exists and not seen.private,
            says="Everybody can see it: a repository is public unless you say `private=True`, and an "
            "existing one stays as it is. `api.update_repo_settings(repo_id, private=True)` mends this one.",
        ),
        Misconception(
            "an address is an id",
            _CREATE.replace("api.create", "url = api.create") + _FILES + _README + "repo_id = url",
            when=lambda seen: type(seen.answer).__name__ == "RepoUrl",
            says="That is the repository's address, which `create_repo` gives back. The id is its "
            "`.repo_id`.",
        ),
        Misconception(
            "no card is needed",
            _CREATE + _FILES,
            when=lambda seen: seen.exists and "README.md" not in seen.files,
            says="It has no card: upload a `README.md`. Without one nobody can tell what it is or "
            "whether they may use it.",
        ),
        Misconception(
            "a licence in the text counts",
            _CREATE
            + _FILES
            + """
card = "# Mail sorter\\nLicence: Apache 2.0. It classifies text.\\n"
api.upload_file(path_or_fileobj=card.encode(), path_in_repo="README.md", repo_id=repo_id)
""",
            when=lambda seen: "README.md" in seen.files and not seen.card,
            says="The card has text and no metadata: the Hub's filters read only the block between "
            "two lines of `---` at the top. Write licence and task there.",
        ),
        Misconception(
            "the key is spelt as in Britain",
            _CREATE + _FILES + _README.replace("license:", "licence:"),
            when=lambda seen: "licence" in seen.card and "license" not in seen.card,
            says="The card says `licence`. The Hub's key is spelt the American way, `license`, and any "
            "other word there means nothing to its filters.",
        ),
        Misconception(
            "a list's text is JSON",
            _CREATE + _FILES.replace("json.dumps(labels)", "str(labels)") + _README,
            when=lambda seen: seen.labels.startswith("['"),
            says="`labels.json` holds the list as Python writes it, in single quotes, which no JSON reader "
            "takes. `json.dumps(labels)` writes JSON.",
            also=[_CREATE + _FILES.replace("json.dumps(labels)", "repr(labels)") + _README],
        ),
        Misconception(
            "anywhere in the repository will do",
            _CREATE + _FILES.replace('"labels.json"', '"data/labels.json"') + _README,
            when=lambda seen: (
                "labels.json" not in seen.files and any(path.endswith("/labels.json") for path in seen.files)
            ),
            says="`labels.json` is in a folder, and the service looks for it at the top. "
            '`path_in_repo="labels.json"` is its whole path there.',
        ),
    ],
    slips=[
        Slip(_CREATE + _FILES + _README + 'repo_id = "mail-sorter"', "the owner is missing"),
        Slip(
            _CREATE + _FILES + _README.replace("apache-2.0", "mit"), "asked for was the licence `apache-2.0`"
        ),
        Slip(_CREATE + _FILES + _README.replace("pipeline_tag", "task"), "no `pipeline_tag`"),
        Slip(_CREATE + _README, "Its `labels.json` is missing"),
    ],
    follows="Publish privately, look at the page, then open it: a licence is hard to take back.",
)
