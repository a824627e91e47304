"""What the Hub refuses, and a Hub that does not answer."""

import re
import sys
from typing import Any
from urllib.parse import unquote, urlsplit

from .. import ask
from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule
from ..words import did_you_mean, every

_HUB_ERROR = "huggingface_hub.errors.HfHubHTTPError"
_SIGN_IN = "from huggingface_hub import login\nlogin()  # on the practice Hub: login(hflearn.token())"
_ARGUMENT = {"model": "", "dataset": 'repo_type="dataset"', "space": 'repo_type="space"'}


def _request(raised: Raised) -> Any:
    return raised.error.response.request  # type: ignore[attr-defined]


def _hub(raised: Raised) -> str:
    url = urlsplit(str(_request(raised).url))
    return f"{url.scheme}://{url.netloc}"


def _signed_in(raised: Raised) -> bool:
    return "authorization" in _request(raised).headers


def _repo(raised: Raised) -> tuple[str, str]:
    """Type and id of the repository that was asked for."""
    error: Any = raised.error
    repo_type = error.repo_type or raised.local("repo_type") or "model"
    return repo_type, error.repo_id or raised.local("repo_id")  # not every address tells


def _revision(raised: Raised) -> str:
    return (
        unquote(m[1])
        if (m := re.search(r"/(?:resolve|revision|tree)/([^/?]+)", str(_request(raised).url)))
        else ""
    )


@rule(
    "01_hub",
    "huggingface_hub.errors.GatedRepoError",
    samples={
        'AutoModel.from_pretrained("shop/gate")': ("`shop/gate`", "without a token", "/shop/gate"),
        'hf_hub_download("shop/gate", "config.json", token=OTHER_TOKEN)': ("`shop/gate`", "not been granted"),
    },
)
def gated(raised: Raised, match: re.Match[str]) -> Diagnosis:
    repo_type, repo_id = _repo(raised)
    happened = f"The {repo_type} `{repo_id}` is gated: its owner decides who may download it."
    page = f"{_hub(raised)}/{'' if repo_type == 'model' else repo_type + 's/'}{repo_id}"
    if _signed_in(raised):
        cause = "Your token was accepted, and its account has not been granted access to this repository."
        return Diagnosis(
            happened, cause, f"Ask for access on its page, {page}, and wait until it is granted."
        )
    cause = "The request was sent without a token, so the Hub cannot know whether you were granted access."
    return Diagnosis(
        happened,
        cause,
        f"Ask for access on {page}, then sign in.",
        _SIGN_IN,
    )


@rule(
    "01_hub",
    "huggingface_hub.errors.RepositoryNotFoundError",
    samples={
        'hf_hub_download("shop/parcel", "config.json")': ("`shop/parcel`", "Did you mean `shop/parcels`?"),
        'AutoModel.from_pretrained("openai-community/gpt2")': ("`openai-community/gpt2`", "are not on it"),
        'HfApi(token=TOKEN).delete_repo("learner/nothing")': ("`learner/nothing`",),
        'AutoModel.from_pretrained("shop/percels")': ("`shop/percels`", "`shop/parcels`", "without a token"),
        'AutoTokenizer.from_pretrained("shop/reviews")': ("`shop/reviews`", "is a dataset", "load_dataset"),
        'AutoModel.from_pretrained("reviewer/secret", token=TOKEN)': ("private", "may not read it"),
        'pipeline("text-classification", "bert-base")': ("`bert-base`", "namespace"),
        'signed_in(); HfApi().model_info("learner/drafts", token=False)': ("It is there", "`token=False`"),
    },
)
def repository_not_found(raised: Raised, match: re.Match[str]) -> Diagnosis:
    repo_type, repo_id = _repo(raised)
    hub = _hub(raised)
    happened = f"The Hub at {hub} shows you no {repo_type} called `{repo_id}`."
    near = ask.near_ids(hub, repo_type, repo_id)
    if repo_id in near:  # we asked as the learner who is signed in, the call did not
        cause = (
            "It is there, and it is private: the call asked as a stranger, or with another account's token."
        )
        return Diagnosis(
            happened, cause, "Leave out `token=False`, or give the token of an account that may read it."
        )
    if near:
        cause = f"{_elsewhere(hub)}The id may be misspelt. {did_you_mean(near)}"
        if not _signed_in(raised):
            cause += " (You asked without a token: private repositories are not shown.)"
        return Diagnosis(
            happened, cause, "Copy the id from the repository's page; both parts count.", f'"{near[0]}"'
        )
    for other in {"model", "dataset", "space"} - {repo_type}:
        if ask.exists(hub, other, repo_id):
            use = "load_dataset" if other == "dataset" else _ARGUMENT[other] or "AutoModel.from_pretrained"
            code = f'load_dataset("{repo_id}")' if other == "dataset" else ""
            return Diagnosis(
                happened,
                f"There is one of that id, and it is a {other}.",
                f"Ask for a {other}: `{use}`.",
                code,
            )
    if "/" not in repo_id:
        cause = (
            "The id has no namespace: but for a few old models, an id is `namespace/name`. Or a "
            "folder was meant that is not here."
        )
    elif _signed_in(raised):
        cause = (
            "Nothing is spelt nearly so. It may be private: then your token's account may not read "
            "it, and the Hub says only that it is not there."
        )
    else:
        cause = (
            "Nothing is spelt nearly so, and you asked without a token: a private repository is "
            "not shown to strangers."
        )
    return Diagnosis(
        happened,
        _elsewhere(hub) + cause,
        "Check the id on the Hub's page; for a private repository, sign in with an account that may read it.",
    )


def _elsewhere(hub: str) -> str:
    if urlsplit(hub).hostname not in ("127.0.0.1", "localhost", "::1"):
        return ""
    return "This practice Hub holds the course's own models: others of huggingface.co are not on it. "


@rule(
    "01_hub",
    "huggingface_hub.errors.RevisionNotFoundError",
    samples={
        'hf_hub_download("shop/parcels", "config.json", revision="v9")': ("`v9`", "`shop/parcels`", "`main`"),
        'AutoModel.from_pretrained("shop/parcels", revision="v9")': ("`v9`", "`v1`"),
    },
)
def revision_not_found(raised: Raised, match: re.Match[str]) -> Diagnosis:
    repo_type, repo_id = _repo(raised)
    known = ask.revisions(_hub(raised), repo_type, repo_id)
    there = f" It has {every(known)}." if known else ""
    return Diagnosis(
        f"The {repo_type} `{repo_id}` exists, and has no revision `{_revision(raised)}`.",
        f"A revision is a branch, a tag, or a commit's id.{there}",
        "Name one that exists, or leave `revision` out to get `main`.",
        f'revision="{known[-1]}"' if known else "",
    )


@rule(
    "01_hub",
    "huggingface_hub.errors.RemoteEntryNotFoundError",
    samples={
        'hf_hub_download("shop/parcels", "confg.json")': ("`confg.json`", "Did you mean `config.json`?"),
        'DiffusionPipeline.from_pretrained("shop/parcels")': ("`model_index.json`", "diffusers"),
    },
)
def file_not_found(raised: Raised, match: re.Match[str]) -> Diagnosis:
    repo_type, repo_id = _repo(raised)
    name = unquote(urlsplit(str(_request(raised).url)).path.partition("/resolve/")[2].partition("/")[2])
    known = ask.files(_hub(raised), repo_type, repo_id)
    happened = f"The {repo_type} `{repo_id}` has no file `{name}`."
    if name == "model_index.json":
        return Diagnosis(
            happened,
            "That file makes a repository a pipeline of diffusers, and this is none.",
            "Load it with the library that its card names.",
        )
    cause = did_you_mean(ask.near(name, known)) or (f"Its files are {every(known)}." if known else "")
    return Diagnosis(happened, cause, "Look at what is there.", f'HfApi().list_repo_files("{repo_id}")')


@rule(
    "01_hub",
    _HUB_ERROR,
    r"Invalid (user token|credentials)|nvalid (username or password|API token)",
    samples={
        'HfApi(token="hf_mistyped").whoami()': ("sent a token", "hf auth login"),
        'AutoModel.from_pretrained("shop/parcels", token="hf_mistyped")': ("even where none is needed",),
    },
)
def token_refused(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"The call sent a token, and the Hub at {_hub(raised)} does not know it.",
        "It is mistyped, was revoked, or belongs to another Hub. A wrong token is refused even "
        "where none is needed.",
        f"Make a new one at {_hub(raised)}/settings/tokens and sign in (`hf auth login`); for "
        "public files, `token=False`.",
        _SIGN_IN,
    )


@rule(
    "01_hub",
    "huggingface_hub.errors.LocalTokenNotFoundError",
    samples={
        "HfApi().whoami()": ("no token",),
        'AutoModel.from_pretrained("shop/parcels", token=True)': ("no token", "login()"),
    },
)
def no_token(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        "The call needs to know who you are, and there is no token on this machine.",
        "You have not signed in here: neither `HF_TOKEN` nor the file that `hf auth login` "
        "writes holds a token.",
        f"Make a token at {ask.hub()}/settings/tokens, then sign in.",
        _SIGN_IN,
    )


@rule("01_hub", _HUB_ERROR, samples={'HfApi().create_repo("learner/new")': ("without a token", "login()")})
def sign_in_first(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if _status(raised) != 401 or _signed_in(raised):
        return None
    return Diagnosis(
        f"The Hub at {_hub(raised)} answers this request to accounts alone, and it came without a token.",
        "You have not signed in on this machine.",
        f"Make a token at {_hub(raised)}/settings/tokens, then sign in.",
        _SIGN_IN,
    )


def _status(raised: Raised) -> int:
    return int(raised.error.response.status_code)  # type: ignore[attr-defined]


def _said(raised: Raised) -> str:
    """The Hub's own words."""
    return str(raised.error.server_message or "").rstrip(".")  # type: ignore[attr-defined]


@rule(
    "01_hub",
    _HUB_ERROR,
    samples={
        'HfApi(token=OTHER_TOKEN).upload_file(path_or_fileobj=b"", path_in_repo="x", '
        'repo_id="shop/parcels")': (
            "shop/parcels",
            "create_pr=True",
        ),
        'HfApi(token=READ_TOKEN).create_repo("learner/new")': ("only read", "settings/tokens"),
    },
)
def writing_forbidden(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if _status(raised) != 403:
        return None
    happened = f"The Hub knows you, and refuses: {_said(raised)}."
    if re.search(r"only read|write token|role|read.only", _said(raised), re.IGNORECASE):
        return Diagnosis(
            happened,
            "You signed in with a token for reading, and this call writes.",
            f"Make a token with the role `write` at {_hub(raised)}/settings/tokens, and sign in with it.",
        )
    return Diagnosis(
        happened,
        "The namespace (what stands before the `/`) is not yours, nor of an organisation that "
        "lets you write.",
        "Write to a repository of your own, or propose the change to its owner as a pull request.",
        "api.upload_file(…, create_pr=True)",
    )


@rule(
    "01_hub",
    _HUB_ERROR,
    samples={
        'HfApi(token=TOKEN).create_repo("learner/mine")': ("learner/mine", "exist_ok=True"),
        'HfApi(token=TOKEN).create_branch("learner/mine", branch="main")': ("exist_ok=True",),
    },
)
def exists_already(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if _status(raised) != 409:
        return None
    return Diagnosis(
        f"What you want to make is there already. The Hub says: {_said(raised)}.",
        "This cell, or another one, ran before.",
        "Say that an existing one will do, or choose another name.",
        "exist_ok=True",
    )


@rule(
    "01_hub",
    _HUB_ERROR,
    samples={
        'HfApi(token=TOKEN).create_commit("learner/mine", [CommitOperationAdd("y", b"")], '
        'commit_message="y", '
        "parent_commit=OLD_COMMIT)": ("has moved on", "parent_commit")
    },
)
def branch_has_moved(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if _status(raised) != 412:
        return None
    return Diagnosis(
        "The branch has moved on: somebody has committed since the commit you named as the parent.",
        "`parent_commit` is not the branch's newest commit any more, and the Hub will not "
        "overwrite what came since.",
        "Read the newest commit, look at what changed, and commit on top of it.",
        "parent_commit=api.model_info(repo_id).sha",
    )


@rule("01_hub", _HUB_ERROR, samples={"HfApi(token=TOKEN).list_webhooks()": ("practice Hub", "webhooks")})
def practice_hub_lacks_it(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if _status(raised) != 501:
        return None
    return Diagnosis(
        f"The practice Hub has no such thing: {_said(raised)}.",
        "It answers what the lessons need; this belongs to the real Hub alone.",
        "Try it on huggingface.co: start the notebook with `HFLEARN_HUB=huggingface.co`.",
    )


@rule(
    "04_common_errors",
    "huggingface_hub.errors.HFValidationError",
    r": '([^']*)'",
    samples={
        'AutoModel.from_pretrained("./my_model")': ("`./my_model`", "no such folder"),
        'hf_hub_download("a/b/c", "config.json")': ("`a/b/c`", "namespace/name"),
        'AutoTokenizer.from_pretrained("my model")': ("`my model`",),
    },
)
def malformed_id(raised: Raised, match: re.Match[str]) -> Diagnosis:
    given = match[1]
    happened = f"`{given}` is no folder here, so it was taken for an id on the Hub, and it cannot be one."
    if re.match(r"[./~]|[A-Za-z]:", given):
        return Diagnosis(
            happened,
            "You meant a folder, and there is no such folder seen from where this kernel runs.",
            "Look where you are and what is there.",
            f'from pathlib import Path\nprint(Path.cwd(), list(Path("{given}").parent.iterdir()))',
        )
    return Diagnosis(
        happened,
        "An id is `namespace/name`: letters, digits, `-`, `_` and `.`, with one `/` at most.",
        "Copy the id from the repository's page.",
    )


@rule(
    "04_common_errors",
    "huggingface_hub.errors.OfflineModeIsEnabled",
    samples={"offline(); HfApi().model_info('shop/parcels')": ("HF_HUB_OFFLINE",)},
)
def offline_mode(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return _offline()


def _offline() -> Diagnosis:
    return Diagnosis(
        "The call had to ask the Hub, and the libraries are told not to.",
        "`HF_HUB_OFFLINE` is set: then only what the cache already holds can be loaded.",
        "Unset it where it was set, and restart the kernel (it is read once, at import). "
        "Or load once, while online, what you need.",
    )


@rule(
    "04_common_errors",
    "huggingface_hub.errors.LocalEntryNotFoundError",
    r"outgoing traffic has been disabled",
    samples={
        'hf_hub_download("shop/parcels", "vocab.txt", local_files_only=True, cache_dir=EMPTY)': (
            "`vocab.txt`",
            "`shop/parcels`",
            "local_files_only",
        ),
        'AutoModel.from_pretrained("shop/parcels", local_files_only=True, cache_dir=EMPTY)': (
            "`shop/parcels`",
        ),
        'offline(); AutoModel.from_pretrained("shop/parcels", cache_dir=EMPTY)': ("HF_HUB_OFFLINE",),
        'snapshot_download("shop/parcels", local_files_only=True, cache_dir=EMPTY)': ("`shop/parcels`",),
    },
)
def not_in_the_cache(raised: Raised, match: re.Match[str]) -> Diagnosis:
    if sys.modules["huggingface_hub"].constants.HF_HUB_OFFLINE:
        return _offline()
    repo_id, name = raised.local("repo_id"), raised.local("filename", "hf_hub_download")
    what = f"`{name}` of `{repo_id}`" if name else f"`{repo_id}`"
    cache = raised.local("cache_dir")
    return Diagnosis(
        f"The cache does not hold {what}, and the call may not ask the Hub for it.",
        f"`local_files_only=True` was given{f', and the cache is {cache}' if cache else ''}.",
        "Run the same call once without it; then it works with no network.",
        "local_files_only=False",
    )


@rule(
    "04_common_errors",
    "huggingface_hub.errors.LocalEntryNotFoundError",
    samples={
        'hf_hub_download("shop/parcels", "config.json", endpoint="http://127.0.0.1:9", cache_dir=EMPTY)': (
            "http://127.0.0.1:9",
            "does not answer",
        ),
        'offline(); hf_hub_download("shop/parcels", "config.json", cache_dir=EMPTY)': ("HF_HUB_OFFLINE",),
    },
)
def not_in_the_cache_and_no_hub(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    why = raised.error.__cause__
    if why is None:
        return None
    if type(why).__name__ == "OfflineModeIsEnabled":
        return _offline()
    return _unreachable(Raised(why))


@rule(
    "04_common_errors",
    "httpx2.TransportError",
    samples={
        'HfApi(endpoint="http://127.0.0.1:9").model_info("shop/parcels")': ("http://127.0.0.1:9", "start(")
    },
)
def hub_unreachable(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    return _unreachable(raised) if raised.passed("huggingface_hub") else None


def _unreachable(raised: Raised) -> Diagnosis:
    url = urlsplit(str(raised.error.request.url))  # type: ignore[attr-defined]
    happened = f"The Hub at {url.scheme}://{url.netloc} does not answer ({raised.message})."
    if url.hostname in ("127.0.0.1", "localhost", "::1"):
        return Diagnosis(
            happened,
            "That is an address on this machine, and nothing listens there: the practice Hub has ended.",
            "Run the first cell again: it starts the practice Hub anew, at the same address.",
            'hflearn.start("…")',
        )
    return Diagnosis(
        happened,
        "No network, a proxy in between, or an `HF_ENDPOINT` that is not a Hub's address.",
        "Open that address in a browser. What the cache holds loads without it.",
        "local_files_only=True",
    )


RULES = [
    gated,
    repository_not_found,
    revision_not_found,
    file_not_found,
    token_refused,
    no_token,
    sign_in_first,
    writing_forbidden,
    exists_already,
    branch_has_moved,
    practice_hub_lacks_it,
    malformed_id,
    offline_mode,
    not_in_the_cache,
    not_in_the_cache_and_no_hub,
    hub_unreachable,
]
