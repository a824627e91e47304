"""q6: what the cache holds of a repository, in bytes."""

from collections.abc import Callable, Iterable
from typing import Any

from ..expect import Expectation, Number
from ..function import Case, Function
from ..learner import api
from ..question import Misconception, Question, Slip
from .shop import BASE, TAGGER, quiet
from .shop.stock import MAIL

_ABSENT = "parcelshop/never-fetched"
_ALIKE = (TAGGER[:-3], TAGGER.split("/")[1], f"somebody/{TAGGER.split('/')[1]}")  # none of these was fetched


def _cached(size_of: Callable[[Any], int]) -> list[int]:
    """``size_of`` each repository as the cache describes it; 0 for one it does not hold."""
    from huggingface_hub import scan_cache_dir

    held = {repo.repo_id: repo for repo in scan_cache_dir().repos if repo.repo_type == "model"}
    return [size_of(held[name]) if name in held else 0 for name in (BASE, TAGGER, _ABSENT)]


def _fetch(repo_id: str, revisions: Iterable[str] = ("main",)) -> None:
    client = api()
    with quiet():
        for revision in revisions:
            client.snapshot_download(repo_id, revision=revision)


def _remove(repo_id: str) -> None:
    from huggingface_hub import scan_cache_dir

    cache = scan_cache_dir()
    commits = [rev.commit_hash for repo in cache.repos if repo.repo_id == repo_id for rev in repo.revisions]
    cache.delete_revisions(*commits).execute()


def _a_cache_that_changes() -> Expectation:
    """Two repositories asked for in the same state, or a loop that stops at the first may be lucky; then one
    that is removed, and fetched again.
    """
    _fetch(BASE, ("v1.0", "main"))
    _fetch(TAGGER)
    with quiet():
        api().hf_hub_download(MAIL, "README.md", repo_type="dataset")
    base, tagger, absent = (Number(size, unit="bytes") for size in _cached(_size))
    return Function(
        [
            Case((TAGGER,), tagger),
            Case((BASE,), base),
            Case((TAGGER,), Number(0, unit="bytes"), before=lambda: _remove(TAGGER)),
            Case((TAGGER,), tagger, before=lambda: _fetch(TAGGER)),
            *(Case((name,), absent) for name in (_ABSENT, MAIL, *_ALIKE)),
        ]
    )


def _size(repo: Any) -> int:
    return int(repo.size_on_disk)


def _results(size_of: Callable[[Any], int] = _size) -> list[int]:
    """What the first five cases give to who takes ``size_of`` for the size."""
    base, tagger, absent = _cached(size_of)
    return [tagger, base, 0, tagger, absent]


def _stops_at_the_first(seen: list[Any]) -> bool:
    right = _results()
    return seen[:5] != right and all(got in (0, wanted) for got, wanted in zip(seen, right, strict=False))


def _looked_once(seen: list[Any]) -> bool:
    return seen[2] == seen[3] and (seen[2] > 0 or seen[1] != _results()[1]) and seen[4] == 0


def _asked_the_hub(seen: list[Any]) -> bool:
    """It gives the sizes of the files on main, fetched or not."""
    return [seen[1], seen[2]] == [
        sum(file.size or 0 for file in api().model_info(name, files_metadata=True).siblings or [])
        for name in (BASE, TAGGER)
    ]


question = Question(
    title="What does a repository take of your disk?",
    expects=_a_cache_that_changes,
    reference="""
        models = [repo for repo in scan_cache_dir().repos if repo.repo_type == "model"]
        return {repo.repo_id: repo.size_on_disk for repo in models}.get(repo_id, 0)
    """,
    alternatives=[
        """
        for repo in scan_cache_dir().repos:
            if (repo.repo_type, repo.repo_id) == ("model", repo_id):
                files = {file.blob_path: file.size_on_disk for rev in repo.revisions for file in rev.files}
                return sum(files.values())
        return 0
        """
    ],
    hints=[
        "`scan_cache_dir()` looks at the disk, not at the Hub. It has a `.repos`, each with a `.repo_id`.",
        "Two revisions of a repository share the files that did not change between them.",
        "`repo.size_on_disk` counts a shared file once. Give 0 where no repository has the id.",
    ],
    misconceptions=[
        Misconception(
            "every revision is a copy",
            """
            for repo in scan_cache_dir().repos:
                if repo.repo_id == repo_id:
                    return sum(revision.size_on_disk for revision in repo.revisions)
            return 0
            """,
            when=lambda seen: (
                seen[:5] == _results(lambda repo: sum(rev.size_on_disk for rev in repo.revisions))
            ),
            says="You added up the revisions, and counted the files that they share more than once: "
            "the cache keeps one copy of each content.",
        ),
        Misconception(
            "the whole cache",
            """
            return scan_cache_dir().size_on_disk
            """,
            when=lambda seen: seen[0] == seen[1] == seen[3] == seen[4] > seen[2],
            says="That is the whole cache, the same for every repository. Pick one out of `.repos`.",
        ),
        Misconception(
            "the first repository decides",
            """
            for repo in scan_cache_dir().repos:
                if repo.repo_id == repo_id:
                    return repo.size_on_disk
                else:
                    return 0
            """,
            when=_stops_at_the_first,
            says="It gives 0 for a repository that the cache holds. A `return 0` inside the loop answers "
            "after the first repository, whichever that is: put it after the loop. (And scan inside the "
            "function.)",
        ),
        Misconception(
            "the Hub knows what is here",
            """
            info = api.model_info(repo_id, files_metadata=True)
            return sum(file.size for file in info.siblings)
            """,
            when=lambda seen: type(seen).__name__ == "RepositoryNotFoundError" or _asked_the_hub(seen),
            says="You asked the Hub: that is its figure, not your disk's. It does not know what you fetched "
            "or removed. `scan_cache_dir()` looks at the disk.",
            also=[
                """
                try:
                    info = api.model_info(repo_id, files_metadata=True)
                except RepositoryNotFoundError:
                    return 0
                return sum(file.size for file in info.siblings)
                """
            ],
        ),
        Misconception(
            "an id tells a model from a dataset",
            """
            sizes = {repo.repo_id: repo.size_on_disk for repo in scan_cache_dir().repos}
            return sizes.get(repo_id, 0)
            """,
            when=lambda seen: seen[:5] == _results() and seen[5] > 0,
            says="Right for models. The check also asked for the id of a dataset, of which the cache holds a "
            "file: no model has that id, so the answer is 0. Look at `repo.repo_type`, too.",
        ),
        Misconception(
            "a part of an id is an id",
            """
            models = [repo for repo in scan_cache_dir().repos if repo.repo_type == "model"]
            return sum(repo.size_on_disk for repo in models if repo_id in repo.repo_id)
            """,
            when=lambda seen: seen[:5] == _results() and any(seen[6:]),
            says="You found a repository by a part of its id, and another one may have that part as well. "
            "Compare the whole id: `==`.",
            also=[
                """
                models = [repo for repo in scan_cache_dir().repos if repo.repo_type == "model"]
                return sum(repo.size_on_disk for repo in models if repo.repo_id.endswith(repo_id))
                """,
                """
                models = [repo for repo in scan_cache_dir().repos if repo.repo_type == "model"]
                name = repo_id.split("/")[-1]
                return sum(repo.size_on_disk for repo in models if repo.repo_id.split("/")[-1] == name)
                """,
            ],
        ),
        Misconception(
            "the cache stays as it was",
            """
            global scanned_once
            if "scanned_once" not in globals():
                scanned_once = {repo.repo_id: repo.size_on_disk for repo in scan_cache_dir().repos}
            return scanned_once.get(repo_id, 0)
            """,
            when=_looked_once,
            says="The check removed a repository, asked, fetched it and asked again, and got the same both "
            "times: your function reads a scan from before. Call `scan_cache_dir()` inside the function.",
        ),
        Misconception(
            "nothing found needs no answer",
            """
            for repo in scan_cache_dir().repos:
                if repo.repo_id == repo_id:
                    return repo.size_on_disk
            """,
            when=lambda seen: [value or 0 for value in seen[:5]] == _results() and seen[4] is None,
            says="Right for what is in the cache. Where nothing is found the function ends without a "
            "`return`, which gives None: `return 0` after the loop.",
        ),
        Misconception(
            "whatever is asked for is in the cache",
            """
            return [repo.size_on_disk for repo in scan_cache_dir().repos if repo.repo_id == repo_id][0]
            """,
            when=lambda seen: isinstance(seen, IndexError | KeyError | StopIteration),
            says="It fails for a repository that was never fetched: nothing in the cache has that id. "
            "Its answer is 0.",
        ),
    ],
    slips=[
        Slip(
            """
            sizes = {repo.repo_id: repo.size_on_disk / 1e6 for repo in scan_cache_dir().repos}
            return sizes.get(repo_id, 0)
            """,
            "right in MB (1,000,000 bytes); the answer is wanted in bytes",
        ),
    ],
    follows="Old revisions cost only what changed in them. Clean up by size, and keep what a service "
    "has pinned.",
)
