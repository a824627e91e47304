"""q7: what the refusals of a gated, a private and a missing repository mean, and who is refused."""

from ..expect import Expectation, Text
from ..function import Case, Function
from ..learner import api
from ..question import Misconception, Question, Slip
from .shop import BASE, PARTNERS, PAYROLL, TRIAL, keeper, quiet

_DRAFTS = "learner/drafts"  # private, and the learner's
_IN_DRAFTS = {"README.md": b"---\nlicense: other\n---\n# Drafts\n", "config.json": b"{}"}
_OPEN, _GATED, _HIDDEN = "open", "gated", "missing or private"
_ACCESS = {
    BASE: _OPEN,
    PARTNERS: _GATED,
    TRIAL: _OPEN,  # gated, and the learner was let in
    PAYROLL: _HIDDEN,
    _DRAFTS: _OPEN,
    "parcelshop/mail-sortr-base": _HIDDEN,
}


def _doors() -> Expectation:
    """Makes what the stock cannot hold: a repository of the learner's, and files fetched in better days."""
    learner, shop = api(), keeper()
    learner.create_repo(_DRAFTS, private=True, exist_ok=True)
    with quiet():
        for name, content in _IN_DRAFTS.items():
            if not learner.file_exists(
                _DRAFTS, name
            ):  # uploading it again would make the client remark on it
                learner.upload_file(path_or_fileobj=content, path_in_repo=name, repo_id=_DRAFTS)
        for closed in (PARTNERS, PAYROLL):  # whichever of their files is asked for
            shop.snapshot_download(closed)
    return Function(
        [Case((name,), Text(access, kind="one of the three answers")) for name, access in _ACCESS.items()]
    )


_CATCHING = """
try:
    {asking}
except GatedRepoError:
    return "gated"
except RepositoryNotFoundError:
    return "missing or private"
return "open"
"""

question = Question(
    title="Why can you not have it?",
    expects=_doors,
    reference=_CATCHING.format(asking="api.auth_check(repo_id)"),
    alternatives=[
        """
        try:
            api.auth_check(repo_id)
            return "open"
        except RepositoryNotFoundError as error:
            return "gated" if isinstance(error, GatedRepoError) else "missing or private"
        """
    ],
    hints=[
        "`api.auth_check(repo_id)` gives nothing where you may read, and raises where you may not.",
        "It raises `GatedRepoError` or `RepositoryNotFoundError`. The first is a kind of the second.",
        "Python takes the first `except` that fits: put the narrower one first.",
    ],
    misconceptions=[
        Misconception(
            "the wider exception first",
            """
            try:
                api.auth_check(repo_id)
            except RepositoryNotFoundError:
                return "missing or private"
            except GatedRepoError:
                return "gated"
            return "open"
            """,
            when=lambda seen: seen == [_OPEN, _HIDDEN, _OPEN, _HIDDEN, _OPEN, _HIDDEN],
            says="A gated repository is reported as missing. `GatedRepoError` is a kind of "
            "`RepositoryNotFoundError`, and of `Exception`: give it an `except` of its own, above any "
            "wider one.",
            also=[
                """
                try:
                    api.auth_check(repo_id)
                except Exception:
                    return "missing or private"
                return "open"
                """
            ],
        ),
        Misconception(
            "seeing the card is having the files",
            _CATCHING.format(asking="api.model_info(repo_id)"),
            when=lambda seen: seen == [_OPEN, _OPEN, _OPEN, _HIDDEN, _OPEN, _HIDDEN],
            says="A gated repository shows its page and its list of files to everybody; the gate is before "
            "the files, and one that came all the same came from your cache. `api.auth_check` asks the Hub "
            "whether you may have them.",
            also=[_CATCHING.format(asking="hf_hub_download(repo_id, api.list_repo_files(repo_id)[0])")],
        ),
        Misconception(
            "a file that comes was let through",
            _CATCHING.format(asking='hf_hub_download(repo_id, "config.json")'),
            when=lambda seen: seen == [_OPEN, _OPEN, _OPEN, _OPEN, _OPEN, _HIDDEN],
            says="You fetched a file to find out, and some of these were in your cache from before: they "
            "come even where the Hub refuses you now. `api.auth_check` asks the Hub and fetches nothing.",
            also=[
                _CATCHING.format(asking='api.hf_hub_download(repo_id, "README.md")'),
                _CATCHING.format(asking="snapshot_download(repo_id)"),
                """
                from huggingface_hub.errors import EntryNotFoundError

                try:
                    hf_hub_download(repo_id, "model.safetensors")
                except GatedRepoError:
                    return "gated"
                except RepositoryNotFoundError:
                    return "missing or private"
                except EntryNotFoundError:
                    pass
                return "open"
                """,
            ],
        ),
        Misconception(
            "a gate is shut for everybody",
            """
            try:
                return "gated" if api.model_info(repo_id).gated else "open"
            except RepositoryNotFoundError:
                return "missing or private"
            """,
            when=lambda seen: seen == [_OPEN, _GATED, _GATED, _HIDDEN, _OPEN, _HIDDEN],
            says="You asked whether it has a gate, not whether you are through: the owner has let you into "
            "`parcelshop/mail-sorter-trial`. `api.auth_check` answers for you.",
        ),
        Misconception(
            "private is private to everybody",
            """
            try:
                if api.model_info(repo_id).private:
                    return "missing or private"
                api.auth_check(repo_id)
            except GatedRepoError:
                return "gated"
            except RepositoryNotFoundError:
                return "missing or private"
            return "open"
            """,
            when=lambda seen: seen == [_OPEN, _GATED, _OPEN, _HIDDEN, _HIDDEN, _HIDDEN],
            says="`learner/drafts` is private and yours: you may read it. `api.auth_check` answers for you.",
        ),
        Misconception(
            "a stranger is asked",
            _CATCHING.format(asking="api.auth_check(repo_id, token=False)"),
            when=lambda seen: seen == [_OPEN, _GATED, _GATED, _HIDDEN, _HIDDEN, _HIDDEN],
            says="That is what a stranger may read: so `token=False` asks, and so speak the flags `.private` "
            "and `.gated`. You own one of these and were let into another: `api.auth_check` answers for you.",
            also=[
                """
                try:
                    info = api.model_info(repo_id)
                except RepositoryNotFoundError:
                    return "missing or private"
                if info.private:
                    return "missing or private"
                return "gated" if info.gated else "open"
                """
            ],
        ),
        Misconception(
            "not allowed means gated",
            """
            try:
                api.auth_check(repo_id)
            except Exception:
                return "gated"
            return "open"
            """,
            when=lambda seen: seen == [_OPEN, _GATED, _OPEN, _GATED, _OPEN, _GATED],
            says="You call every refusal a gate. For a gate you ask the owner; behind "
            "`RepositoryNotFoundError` there may be nothing but a slip in the name.",
        ),
        Misconception(
            "no refusal needs no answer",
            """
            try:
                api.auth_check(repo_id)
            except GatedRepoError:
                return "gated"
            except RepositoryNotFoundError:
                return "missing or private"
            """,
            when=lambda seen: seen == [None, _GATED, None, _HIDDEN, None, _HIDDEN],
            says="Both refusals are right. Where nothing is refused `auth_check` is silent, and so is your "
            'function: `return "open"` after it.',
        ),
        Misconception(
            "the exception takes care of itself",
            """
            api.auth_check(repo_id)
            return "open"
            """,
            when=lambda seen: type(seen).__name__ == "GatedRepoError",
            says="The gated repository raised `GatedRepoError`, and your function let it through. "
            "Catch it, and give the answer that it means.",
        ),
        Misconception(
            "a gate is the only refusal",
            """
            try:
                api.auth_check(repo_id)
            except GatedRepoError:
                return "gated"
            return "open"
            """,
            when=lambda seen: type(seen).__name__ == "RepositoryNotFoundError",
            says="A repository that you cannot see raised `RepositoryNotFoundError`, and your function let "
            "it through. Catch it, too.",
        ),
    ],
    slips=[
        Slip(
            _CATCHING.format(asking="api.auth_check(repo_id)").replace("open", "Open"),
            "right but for capitals or spaces",
        ),
        Slip(
            """
            try:
                api.auth_check(repo_id)
                print("open")
            except RepositoryNotFoundError as error:
                print(error)
            """,
            "gave nothing back",
        ),
    ],
    follows="A private repository answers like one that does not exist: so check the spelling first, "
    "the token next.",
)
