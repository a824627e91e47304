"""q2: how large a model is, before it is downloaded."""

from collections.abc import Callable
from typing import Any

from ..expect import Number
from ..function import Case, Function
from ..question import Misconception, Question
from .shop import BASE, XL, repositories


def _weights(keep: Callable[[str], bool], add: Callable[[Any], int] = sum) -> list[int]:
    """What q2's function gives if it adds up the files that ``keep`` says, for each of its cases."""
    files = {repository.id: repository.files for repository in repositories()}
    return [add([len(data) for path, data in files[name].items() if keep(path)]) for name in (BASE, XL)]


question = Question(
    title="How many bytes of weights?",
    expects=lambda: Function(
        [
            Case((name,), Number(size, unit="bytes"))
            for name, size in zip(
                (BASE, XL), _weights(lambda path: path.endswith(".safetensors")), strict=True
            )
        ]
    ),
    reference="""
        info = api.model_info(repo_id, files_metadata=True)
        return sum(file.size for file in info.siblings if file.rfilename.endswith(".safetensors"))
    """,
    alternatives=[
        """
        files = api.list_repo_tree(repo_id, recursive=True)
        return sum(file.size for file in files if file.path.endswith(".safetensors"))
        """
    ],
    hints=[
        "`api.model_info(repo_id)` lists the files in `.siblings`; it tells sizes if you ask for "
        "`files_metadata`.",
        "A large model's weights lie in several files: look at what `parcelshop/mail-sorter-xl` holds.",
        "Add up `file.size` over the siblings whose `rfilename` ends with `.safetensors`.",
    ],
    misconceptions=[
        Misconception(
            "sizes come by themselves",
            """
            info = api.model_info(repo_id)
            return sum(file.size for file in info.siblings if file.rfilename.endswith(".safetensors"))
            """,
            when=lambda seen: isinstance(seen, TypeError) and "NoneType" in str(seen),
            says="The sizes are None: `model_info` tells them only if you ask, with `files_metadata=True`.",
        ),
        Misconception(
            "everything in the repository is weights",
            """
            info = api.model_info(repo_id, files_metadata=True)
            return sum(file.size for file in info.siblings)
            """,
            when=lambda seen: all(
                got >= every for got, every in zip(seen, _weights(lambda path: True), strict=True)
            ),
            says="That is every file of the repository, the card and the configuration included. "
            "Only the `.safetensors` files are weights.",
        ),
        Misconception(
            "the weights are one file",
            """
            info = api.model_info(repo_id, files_metadata=True)
            return sum(file.size for file in info.siblings if file.rfilename == "model.safetensors")
            """,
            when=lambda seen: seen == _weights(lambda path: path == "model.safetensors"),
            says="Right for a small model, 0 for `parcelshop/mail-sorter-xl`: its weights are cut "
            "into numbered "
            "files (shards). Look at how the names end.",
        ),
        Misconception(
            "the largest file is the weights",
            """
            info = api.model_info(repo_id, files_metadata=True)
            return max(file.size for file in info.siblings)
            """,
            when=lambda seen: seen == _weights(lambda path: path.endswith(".safetensors"), max),
            says="Right for a small model; `parcelshop/mail-sorter-xl` keeps its weights in two "
            "files, and you took "
            "the larger. Add them up.",
        ),
        Misconception(
            "safetensors anywhere in the name",
            """
            info = api.model_info(repo_id, files_metadata=True)
            return sum(file.size for file in info.siblings if "safetensors" in file.rfilename)
            """,
            when=lambda seen: seen == _weights(lambda path: "safetensors" in path),
            says="You counted `model.safetensors.index.json` too: it says which tensor is in which "
            "file, and is no "
            "weights. Weights *end* in `.safetensors`.",
        ),
    ],
    follows="You know the download before you start it: compare models by this, not by their names.",
)
