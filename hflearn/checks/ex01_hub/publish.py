"""q9: a private repository with a file and a card."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..describe import describe
from ..expect import Expectation
from ..question import Misconception, Question
from .learner import MINE, api, text_on_hub
from .shop import LABELS


@dataclass(frozen=True)
class Repository:
    """What stands on the Hub under the id that was handed in."""

    answer: Any
    exists: bool = False
    private: bool = False
    files: Sequence[str] = ()
    card: dict[str, Any] = field(default_factory=dict)  # its metadata, as the Hub's filters read them
    labels: Any = None


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
        return Repository(answer, True, bool(info.private), files, card, _labels(files))

    def complaint(self, seen: Repository) -> str | None:
        if not _is_mine(seen.answer):
            return f"Expected the repository's id, `{MINE}`, got {describe(seen.answer)}."
        if not seen.exists:
            return f"There is no `{MINE}` on the Hub yet."
        if not seen.private:
            return "It is not private."
        if seen.labels != LABELS["v1.0"]:
            return "Its `labels.json` is missing, or holds something else than the list `labels`."
        if (seen.card.get("license"), seen.card.get("pipeline_tag")) != ("apache-2.0", "text-classification"):
            return "The metadata of its card do not tell the licence and the task that were asked for."
        return None


def _is_mine(answer: Any) -> bool:
    return isinstance(answer, str) and str.__str__(answer) == MINE


def _labels(files: Sequence[str]) -> Any:
    try:
        return json.loads(text_on_hub(MINE, "labels.json")) if "labels.json" in files else None
    except ValueError:
        return None


_FILES = """
api.upload_file(path_or_fileobj=json.dumps(labels).encode(), path_in_repo="labels.json", repo_id=repo_id)
"""
_README = """
card = "---\\nlicense: apache-2.0\\npipeline_tag: text-classification\\n---\\n# Mail sorter\\n"
api.upload_file(path_or_fileobj=card.encode(), path_in_repo="README.md", repo_id=repo_id)
"""

question = Question(
    title="Publish it, for yourself at first",
    expects=Published,
    reference='repo_id = "learner/mail-sorter"\napi.create_repo(repo_id, private=True, exist_ok=True)'
    + _FILES
    + _README,
    alternatives=[
        """
        data = ModelCardData(license="apache-2.0", pipeline_tag="text-classification")
        card = ModelCard.from_template(data)
        repo_id = api.create_repo("mail-sorter", private=True, exist_ok=True).repo_id
        operations = [
            CommitOperationAdd("labels.json", json.dumps(labels).encode()),
            CommitOperationAdd("README.md", str(card).encode()),
        ]
        api.create_commit(repo_id, operations, commit_message="First release")
        """
    ],
    hints=[
        "`api.create_repo(repo_id, private=True, exist_ok=True)` makes it; `exist_ok` lets you run "
        "the cell again.",
        "`api.upload_file` takes bytes (`json.dumps(labels).encode()`) or the path of a file, and "
        "the name in the "
        "repository as `path_in_repo`.",
        "What the Hub's filters read stands at the top of README.md between two lines of `---`: "
        "`license: apache-2.0` and `pipeline_tag: text-classification`.",
    ],
    misconceptions=[
        Misconception(
            "a new repository is private",
            'repo_id = "learner/mail-sorter"\napi.create_repo(repo_id, exist_ok=True)' + _FILES + _README,
            when=lambda seen: seen.exists and not seen.private,
            says="Everybody can see it: a repository is public unless you say `private=True`. "
            '`api.update_repo_settings(repo_id, visibility="private")` mends this one.',
        ),
        Misconception(
            "no card is needed",
            'repo_id = "learner/mail-sorter"\napi.create_repo(repo_id, private=True, exist_ok=True)' + _FILES,
            when=lambda seen: seen.exists and "README.md" not in seen.files,
            says="It has no card: upload a `README.md`. Without one nobody can tell what it is or "
            "whether they may "
            "use it.",
        ),
        Misconception(
            "a licence in the text counts",
            'repo_id = "learner/mail-sorter"\napi.create_repo(repo_id, private=True, exist_ok=True)'
            + _FILES
            + """
card = "# Mail sorter\\nLicence: Apache 2.0. It classifies text.\\n"
api.upload_file(path_or_fileobj=card.encode(), path_in_repo="README.md", repo_id=repo_id)
""",
            when=lambda seen: "README.md" in seen.files and not seen.card,
            says="The card has text and no metadata: the Hub's filters read only the block between "
            "two lines of "
            "`---` at the top. Write licence and task there.",
        ),
        Misconception(
            "anywhere in the repository will do",
            """
            repo_id = "learner/mail-sorter"
            api.create_repo(repo_id, private=True, exist_ok=True)
            api.upload_file(
                path_or_fileobj=json.dumps(labels).encode(), path_in_repo="data/labels.json", repo_id=repo_id
            )
            """
            + _README.replace("\n", "\n            "),
            when=lambda seen: (
                "labels.json" not in seen.files and any(path.endswith("/labels.json") for path in seen.files)
            ),
            says="`labels.json` is in a folder, and the service looks for it at the top. "
            '`path_in_repo="labels.json"` is its whole path there.',
        ),
    ],
    follows="Publish privately, look at the page, then open it: a licence is hard to take back.",
)
