"""q7: what the refusals of a gated, a private and a missing repository mean."""

from ..expect import Text
from ..function import Case, Function
from ..question import Misconception, Question
from .shop import BASE, PARTNERS, PAYROLL

_OPEN, _GATED, _HIDDEN = "open", "gated", "missing or private"
_ACCESS = {BASE: _OPEN, PARTNERS: _GATED, PAYROLL: _HIDDEN, "parcelshop/mail-sortr-base": _HIDDEN}

question = Question(
    title="Why can you not have it?",
    expects=lambda: Function(
        [Case((name,), Text(access, kind="one of the three answers")) for name, access in _ACCESS.items()]
    ),
    reference="""
        try:
            api.auth_check(repo_id)
        except GatedRepoError:
            return "gated"
        except RepositoryNotFoundError:
            return "missing or private"
        return "open"
    """,
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
            when=lambda seen: seen == [_OPEN, _HIDDEN, _HIDDEN, _HIDDEN],
            says="A gated repository is reported as missing: `GatedRepoError` is a kind of "
            "`RepositoryNotFoundError`, "
            "and the first `except` that fits wins. Ask for the narrower one first.",
        ),
        Misconception(
            "seeing the card is having the files",
            """
            try:
                api.model_info(repo_id)
            except GatedRepoError:
                return "gated"
            except RepositoryNotFoundError:
                return "missing or private"
            return "open"
            """,
            when=lambda seen: seen == [_OPEN, _OPEN, _HIDDEN, _HIDDEN],
            says="A gated repository shows its page and its list of files to everybody; the gate is "
            "before the files. "
            "`api.auth_check` asks about those.",
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
            when=lambda seen: seen == [_OPEN, _GATED, _GATED, _GATED],
            says="You call every refusal a gate. For a gate you ask the owner; behind "
            "`RepositoryNotFoundError` "
            "there may be nothing but a slip in the name.",
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
    ],
    follows="A private repository answers like one that does not exist: so check the spelling first, "
    "the token next.",
)
