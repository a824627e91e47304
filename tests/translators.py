"""The translators of lesson 05, as its cells write them."""

from typing import Any

import nbformat

from hflearn import course

MAGIC = "%%writefile "
REFUSED = {
    " ": "There is nothing to translate: type some Spanish.",
    "Hola. " * 400: "At most 2,000 characters, please: send it in parts.",
}


def files(sdk: str) -> dict[str, bytes]:
    """What the lesson puts into its Space of this kind, its card apart."""
    cells = nbformat.read(course.lesson("05_spaces").notebook, as_version=4).cells
    written = dict(_file(cell.source) for cell in cells if cell.source.startswith(MAGIC))
    copied = {name: written[f"gradio-space/{name}"] for name in ("limits.py", "translator.py")}
    return {"app.py": written[f"{sdk}-space/app.py"], **copied}


def push(api: Any, name: str, sdk: str, model: str) -> str:
    """Make the Space `name` with the translator in it; its id."""
    from huggingface_hub import CommitOperationAdd

    variables = [{"key": "MODEL", "value": model}]
    repo = api.create_repo(name, repo_type="space", space_sdk=sdk, space_variables=variables).repo_id
    added = [CommitOperationAdd(path, content) for path, content in files(sdk).items()]
    api.create_commit(repo, added, commit_message="The lesson's translator", repo_type="space")
    return repo


def _file(cell: str) -> tuple[str, bytes]:
    first, _, content = cell.partition("\n")
    return first.removeprefix(MAGIC).strip(), f"{content}\n".encode()
