"""The repository that the learner makes, and its files as they stand on the Hub."""

from ..learner import api

MINE = "learner/mail-sorter"


def text_on_hub(repo_id: str, path: str, revision: str = "main") -> str:
    """A file as it stands on the Hub now; the learner's cache is left alone.

    :raises FileNotFoundError: there is no such file, revision or repository.
    """
    from huggingface_hub import HfFileSystem

    files = HfFileSystem(endpoint=api().endpoint, token=api().token, skip_instance_cache=True)
    text: str = files.read_text(f"{repo_id}@{revision}/{path}", encoding="utf-8")
    return text
