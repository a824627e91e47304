"""q5: the file of a revision, and the commit that pins it."""

from ..expect import Expectation, Parts, Strings, Text
from ..learner import api
from ..question import Misconception, Question
from .shop import BASE, LABELS


def _pinned() -> Expectation:
    commit = api().model_info(BASE, revision="v1.0").sha
    return Parts(
        {
            "labels": Strings(LABELS["v1.0"], kind="labels"),
            "commit": Text(commit or "", kind="a commit id"),
        }
    )


question = Question(
    title="Which labels was the service built on?",
    expects=_pinned,
    reference="""
        path = hf_hub_download("parcelshop/mail-sorter-base", "labels.json", revision="v1.0")
        labels = json.loads(Path(path).read_text())
        commit = api.model_info("parcelshop/mail-sorter-base", revision="v1.0").sha
    """,
    alternatives=[
        """
        refs = api.list_repo_refs("parcelshop/mail-sorter-base")
        commit = next(tag.target_commit for tag in refs.tags if tag.name == "v1.0")
        with open(api.hf_hub_download("parcelshop/mail-sorter-base", "labels.json", revision=commit)) as file:
            labels = json.load(file)
        """
    ],
    hints=[
        "`hf_hub_download` takes a `revision`: a branch, a tag or a commit. Without one it takes main.",
        "It gives the path of a file on this machine; `json.loads(Path(path).read_text())` gives the "
        "list in it.",
        "`api.model_info(repo_id, revision=...).sha` is the commit on which a tag stands.",
    ],
    misconceptions=[
        Misconception(
            "main is what was released",
            """
            path = hf_hub_download("parcelshop/mail-sorter-base", "labels.json")
            labels = json.loads(Path(path).read_text())
            commit = api.model_info("parcelshop/mail-sorter-base").sha
            """,
            when=lambda seen: list(seen[0]) == LABELS["main"],
            says="Those are the labels on main, which has moved on since: class 0 is another label "
            "there, and every "
            "answer of the service would be misread. Name the revision.",
        ),
        Misconception(
            "a branch with the tag's name in it",
            """
            path = hf_hub_download("parcelshop/mail-sorter-base", "labels.json", revision="v1.0-fixes")
            labels = json.loads(Path(path).read_text())
            commit = api.model_info("parcelshop/mail-sorter-base", revision="v1.0-fixes").sha
            """,
            when=lambda seen: list(seen[0]) == LABELS["v1.0-fixes"],
            says="Those are the labels on the branch `v1.0-fixes`, where work goes on. The release "
            "is the tag `v1.0`.",
        ),
        Misconception(
            "a path is its content",
            """
            labels = hf_hub_download("parcelshop/mail-sorter-base", "labels.json", revision="v1.0")
            commit = api.model_info("parcelshop/mail-sorter-base", revision="v1.0").sha
            """,
            when=lambda seen: seen[0].endswith("labels.json"),
            says="`labels` is the path of the file on this machine. Read it, and parse the JSON in it.",
        ),
        Misconception(
            "a tag is as good as a commit",
            """
            path = hf_hub_download("parcelshop/mail-sorter-base", "labels.json", revision="v1.0")
            labels = json.loads(Path(path).read_text())
            commit = "v1.0"
            """,
            when=lambda seen: seen[1] == "v1.0",
            says="The labels are right. `v1.0` is a name, and who owns the repository can move it to "
            "another commit. "
            "The 40 hexadecimal digits cannot change their meaning.",
        ),
        Misconception(
            "the commit of main",
            """
            path = hf_hub_download("parcelshop/mail-sorter-base", "labels.json", revision="v1.0")
            labels = json.loads(Path(path).read_text())
            commit = api.model_info("parcelshop/mail-sorter-base").sha
            """,
            when=lambda seen: list(seen[0]) == LABELS["v1.0"] and seen[1] == api().model_info(BASE).sha,
            says="The labels are those of v1.0, but the commit is where main stands now. Ask "
            "`model_info` for the "
            "revision too.",
        ),
        Misconception(
            "a short commit id will do",
            """
            path = hf_hub_download("parcelshop/mail-sorter-base", "labels.json", revision="v1.0")
            labels = json.loads(Path(path).read_text())
            commit = api.model_info("parcelshop/mail-sorter-base", revision="v1.0").sha[:7]
            """,
            when=lambda seen: (
                6 < len(seen[1]) < 40 and str(api().model_info(BASE, revision="v1.0").sha).startswith(seen[1])
            ),
            says="The right commit, cut short. Settings want all 40 digits: a short form is for reading.",
        ),
    ],
    follows="With the commit in its settings, the service loads the same bytes next year.",
)
