"""q2: how large a model is, before it is downloaded."""

from collections.abc import Callable
from typing import Any

from ..expect import Number
from ..function import Case, Function
from ..learner import api
from ..question import Misconception, Question, Slip
from .shop import BASE, PARTNERS, RESEARCH, XL, repositories

# PARTNERS is gated (its sizes are on its page, a download is refused), RESEARCH has a file in an older format
_ASKED = (BASE, XL, PARTNERS, RESEARCH)


def _weights(keep: Callable[[str], bool], add: Callable[[Any], int] = sum) -> list[int]:
    """What q2's function gives if it adds up the files that ``keep`` says, for each of its cases."""
    files = {repository.id: repository.files for repository in repositories()}
    return [add([len(data) for path, data in files[name].items() if keep(path)]) for name in _ASKED]


def _parameters_times_four() -> list[int]:
    return [sum(api().model_info(name).safetensors.parameters.values()) * 4 for name in _ASKED]  # type: ignore[union-attr]


question = Question(
    title="How many bytes of weights?",
    expects=lambda: Function(
        [
            Case((name,), Number(size, unit="bytes"))
            for name, size in zip(_ASKED, _weights(lambda path: path.endswith(".safetensors")), strict=True)
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
            "a size is known once it is here",
            """
            folder = Path(snapshot_download(repo_id))
            return sum(path.stat().st_size for path in folder.rglob("*.safetensors"))
            """,
            when=lambda seen: type(seen).__name__ == "GatedRepoError",
            says="You opened the files, and those of a gated repository are refused. The size is wanted "
            "before the download: `model_info` tells it, for a gated repository too.",
            also=[
                """
                names = [name for name in api.list_repo_files(repo_id) if name.endswith(".safetensors")]
                return sum(Path(hf_hub_download(repo_id, name)).stat().st_size for name in names)
                """
            ],
        ),
        Misconception(
            "parameters × 4 is the file",
            """
            return api.model_info(repo_id).safetensors.total * 4
            """,
            when=lambda seen: seen == _parameters_times_four(),
            says="That is parameters × 4: what the numbers take as float32. A file has a head besides, and "
            "other models have other formats. Ask for the files' sizes.",
        ),
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
            "whole megabytes will do",
            """
            info = api.model_info(repo_id, files_metadata=True)
            sizes = [file.size for file in info.siblings if file.rfilename.endswith(".safetensors")]
            return sum(sizes) // 10**6
            """,
            when=lambda seen: seen == [0] * len(_ASKED),
            says="0 for every repository, for one of two reasons. In whole megabytes they are 0, and bytes "
            "are wanted; or no name ends as you asked: it is `.safetensors`.",
            also=[
                """
                info = api.model_info(repo_id, files_metadata=True)
                return sum(file.size for file in info.siblings if file.rfilename.endswith(".safetensor"))
                """
            ],
        ),
        Misconception(
            "whatever is large is safetensors",
            """
            info = api.model_info(repo_id, files_metadata=True)
            return sum(f.size for f in info.siblings if f.rfilename.endswith((".safetensors", ".bin")))
            """,
            when=lambda seen: seen == _weights(lambda path: path.endswith((".safetensors", ".bin"))),
            says="`parcelshop/mail-sorter-research` has its weights twice, also as `pytorch_model.bin`, and "
            "you counted both. Only the files whose names end in `.safetensors` are asked for.",
            also=[
                """
                info = api.model_info(repo_id, files_metadata=True)
                return sum(file.size for file in info.siblings if file.size > 10_000)
                """,
                """
                info = api.model_info(repo_id, files_metadata=True)
                return sum(file.size for file in info.siblings if file.lfs)
                """,
            ],
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
    slips=[
        Slip(
            """
            info = api.model_info(repo_id, files_metadata=True)
            sizes = [file.size for file in info.siblings if file.rfilename.endswith(".safetensors")]
            return round(sum(sizes) / 1e6, 3)
            """,
            "The number is right in MB",
        ),
        Slip(
            """
            info = api.model_info(repo_id, files_metadata=True)
            return sum(file.size for file in info.siblings if file.rfilename.endswith(".safetensors")) / 1e6
            """,
            "The number is right in MB (1,000,000 bytes); the answer is wanted in bytes",
        ),
        Slip(
            """
            info = api.model_info(repo_id, files_metadata=True)
            print(sum(file.size for file in info.siblings if file.rfilename.endswith(".safetensors")))
            """,
            "gave nothing back (None)",
        ),
    ],
    follows="You know the download before you start it: compare models by this, not by their names.",
)
