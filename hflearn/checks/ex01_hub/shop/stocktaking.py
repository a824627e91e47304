"""Puts the shop's repositories on the learner's Hub with the real client, as the shop's own account."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha1, sha256
from typing import TYPE_CHECKING

from hflearn.home import home

from ...learner import api, practice_only
from .stock import ACCOUNT, Release, Repository, repositories

if TYPE_CHECKING:
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import RepoSibling


def prepare() -> None:
    """Open the shop on the Hub of this session.

    :raises CourseError: this is no practice Hub, or ``hflearn.start()`` has not run.
    """
    practice_only("makes accounts and repositories")
    api()  # makes the learner's account: one repository lets them in
    open_shop(keeper())


def keeper() -> "HfApi":
    """A client signed in as the shop."""
    return api(ACCOUNT)


def open_shop(api: "HfApi") -> None:
    """Make what is missing, as the shop's account; a repository that was left half-made is made again."""
    from filelock import FileLock

    with quiet(), FileLock(home() / "shop.lock"):  # two notebooks may open at once
        for repository in repositories():
            if not _whole(api, repository):
                _make(api, repository)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the client's progress bars: these transfers are the exercise's, not the learner's."""
    from huggingface_hub.utils import are_progress_bars_disabled, disable_progress_bars, enable_progress_bars

    if are_progress_bars_disabled():
        yield
        return
    disable_progress_bars()
    try:
        yield
    finally:
        enable_progress_bars()


def _whole(api: "HfApi", repository: Repository) -> bool:
    """Whether it stands there as the stock list says now: a newer course may have changed a card."""
    from huggingface_hub.errors import RepositoryNotFoundError

    name, repo_type = repository.id, repository.repo_type
    try:
        commits = api.list_repo_commits(name, repo_type=repo_type)
        info = api.repo_info(name, repo_type=repo_type, files_metadata=True)
    except RepositoryNotFoundError:
        return False
    made = len(commits) == 1 + len(repository.releases)  # creating one makes a commit of its own
    there = {file.rfilename: file for file in getattr(info, "siblings", None) or []}
    same = all(path in there and _holds(there[path], data) for path, data in repository.files.items())
    return made and same and bool(info.gated) == repository.gated


def _holds(file: "RepoSibling", content: bytes) -> bool:
    if file.lfs:
        return file.lfs.sha256 == sha256(content).hexdigest()
    return file.blob_id == sha1(b"blob %d\0" % len(content) + content).hexdigest()  # git's way


def _make(api: "HfApi", repository: Repository) -> None:
    name, repo_type = repository.id, repository.repo_type
    api.delete_repo(name, repo_type=repo_type, missing_ok=True)
    api.create_repo(name, repo_type=repo_type, private=repository.private)
    if repository.gated:
        api.update_repo_settings(name, repo_type=repo_type, gated="manual")
    for account in repository.admits:
        api.grant_access(name, account, repo_type=repo_type)
    for release in repository.releases:
        _commit(api, repository, release.message, release.files, "main")
        _name(api, repository, release)


def _name(api: "HfApi", repository: Repository, release: Release) -> None:
    if release.tag:
        api.create_tag(repository.id, tag=release.tag, repo_type=repository.repo_type)
    if release.branch:
        api.create_branch(repository.id, branch=release.branch, repo_type=repository.repo_type)
        _commit(api, repository, "Change a label", release.branch_files or {}, release.branch)


def _commit(
    api: "HfApi", repository: Repository, message: str, files: Mapping[str, bytes], branch: str
) -> None:
    from huggingface_hub import CommitOperationAdd

    api.create_commit(
        repository.id,
        [CommitOperationAdd(path, content) for path, content in files.items()],
        commit_message=message,
        revision=branch,
        repo_type=repository.repo_type,
    )
