"""q6: what the cache holds of a repository, in bytes."""

from collections.abc import Callable
from typing import Any

from ..expect import Expectation, Number
from ..function import Case, Function
from ..question import Misconception, Question
from .learner import api
from .shop import BASE, TAGGER, quiet


def _cached(size_of: Callable[[Any], int]) -> list[int]:
    """``size_of`` each of q6's repositories as the cache describes it; 0 for one it does not hold."""
    from huggingface_hub import scan_cache_dir

    held = {repo.repo_id: repo for repo in scan_cache_dir().repos if repo.repo_type == "model"}
    return [size_of(held[name]) if name in held else 0 for name in _IN_CACHE]


_IN_CACHE = (BASE, TAGGER, "parcelshop/never-fetched")


def _two_revisions_in_the_cache() -> Expectation:
    client = api()
    with quiet():
        for repo_id, revision in ((BASE, "v1.0"), (BASE, "main"), (TAGGER, "main")):
            client.snapshot_download(repo_id, revision=revision)
    sizes = _cached(lambda repo: repo.size_on_disk)
    return Function(
        [Case((name,), Number(size, unit="bytes")) for name, size in zip(_IN_CACHE, sizes, strict=True)]
    )


question = Question(
    title="What does a repository take of your disk?",
    expects=_two_revisions_in_the_cache,
    reference="""
        sizes = {repo.repo_id: repo.size_on_disk for repo in scan_cache_dir().repos}
        return sizes.get(repo_id, 0)
    """,
    alternatives=[
        """
        for repo in scan_cache_dir().repos:
            if repo.repo_id == repo_id:
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
            when=lambda seen: seen == _cached(lambda repo: sum(rev.size_on_disk for rev in repo.revisions)),
            says="You added up the revisions, and counted the files that they share more than once: "
            "the cache keeps "
            "one copy of each content.",
        ),
        Misconception(
            "the whole cache",
            """
            return scan_cache_dir().size_on_disk
            """,
            when=lambda seen: seen[0] == seen[1] == seen[2] > 0,
            says="That is the whole cache, the same for every repository. Pick one out of `.repos`.",
        ),
        Misconception(
            "bytes reported as MB",
            """
            sizes = {repo.repo_id: repo.size_on_disk / 1e6 for repo in scan_cache_dir().repos}
            return sizes.get(repo_id, 0)
            """,
            when=lambda seen: (
                abs(seen[0] * 1e6 - _cached(lambda repo: repo.size_on_disk)[0]) < 0.01e6 and seen[0] > 0
            ),
            says="The number is right in MB; the answer is wanted in bytes.",
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
    follows="Old revisions cost only what changed in them. Clean up by size, and keep what a service "
    "has pinned.",
)
