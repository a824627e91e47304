"""q10: three devices, six formats, one table."""

from collections.abc import Callable
from typing import Any

from ..expect import Parts, Text
from ..question import Misconception, Question, Slip

_RIGHT = ("bfloat16", "torchao int8", "float16")
_FORMATS = {"float32", "float16", "bfloat16", "bitsandbytes int8", "bitsandbytes nf4", "torchao int8"}


def _chose(place: int, *formats: str) -> Callable[[Any], bool]:
    """Whether one of these was chosen there, and everywhere a format of the table."""
    return lambda seen: len(seen) == 3 and {*seen} <= _FORMATS and seen[place] in formats


def _sample(place: int, chosen: str) -> str:
    answer = [*_RIGHT]
    answer[place] = chosen
    return "\n".join(
        f'{name} = "{each}"' for name, each in zip(("tablet", "phone", "server"), answer, strict=True)
    )


question = Question(
    title="Which format, for which device?",
    expects=lambda: Parts(
        {
            name: Text(right, kind="the name of a format, as the table has it")
            for name, right in zip(("tablet", "phone", "server"), _RIGHT, strict=True)
        }
    ),
    reference=_sample(0, _RIGHT[0]),
    alternatives=['tablet, phone, server = "bfloat16", "torchao int8", "float16"'],
    hints=[
        "Strike out, for each device, the rows that break one of its conditions; then look at what it wants "
        "most.",
        "The tablet's condition is about memory *while it runs*, the phone's wish about the file.",
        "Only one row keeps below 700 MB of memory.",
    ],
    misconceptions=[
        Misconception(
            "a small file is small in memory",
            _sample(0, "torchao int8"),
            when=_chose(0, "torchao int8", "bitsandbytes int8"),
            says="On the tablet: its file is smaller, and its memory is not. 1,160 MB, more than float32 "
            "takes: it was made small while it was loaded, and what loading freed may stay with the process. "
            "The limit is 700 MB.",
            also=[_sample(0, "bitsandbytes int8")],
        ),
        Misconception(
            "the fewest bits for the smallest device",
            _sample(0, "bitsandbytes nf4"),
            when=_chose(0, "bitsandbytes nf4"),
            says="On the tablet: the fewest bits, and both conditions broken. It takes 1,150 MB while it "
            "runs, and one answer in eleven is another one.",
        ),
        Misconception(
            "half is half",
            _sample(0, "float16"),
            when=_chose(0, "float16"),
            says="On the tablet: 880 MB are too much, and this CPU has no float16 arithmetic: a token every "
            "ten seconds. The other format of 16 bits has both.",
        ),
        Misconception(
            "the safe choice",
            _sample(0, "float32"),
            when=_chose(0, "float32"),
            says="On the tablet: nothing is lost, and it does not fit: 1,150 MB where there are 700.",
        ),
        Misconception(
            "the smallest file, whatever it answers",
            _sample(1, "bitsandbytes nf4"),
            when=_chose(1, "bitsandbytes nf4"),
            says="For the phones: the smallest file of all, and it keeps 91% of the answers where 95% are "
            "asked for. A condition comes before a wish.",
        ),
        Misconception(
            "int8 is int8",
            _sample(1, "bitsandbytes int8"),
            when=_chose(1, "bitsandbytes int8"),
            says="For the phones: as small as the other int8, and it writes 4 tokens a second where 5 are "
            "asked for. The format says how large a file is; how fast it runs depends on who wrote the "
            "arithmetic.",
        ),
        Misconception(
            "what serves the tablet serves the phone",
            _sample(1, "bfloat16"),
            when=_chose(1, "bfloat16", "float16", "float32"),
            says="For the phones: there memory is no matter, and every hiker waits for the file. One that "
            "meets both conditions is smaller.",
            also=[_sample(1, "float32")],
        ),
        Misconception(
            "quantized is faster",
            _sample(2, "torchao int8"),
            when=_chose(2, "torchao int8", "bitsandbytes int8", "bitsandbytes nf4"),
            says="On the server: look at the column for the GPU. Eight and four bits save memory there, of "
            "which it has plenty; the weights are widened again before they are multiplied. Another row is "
            "faster, and keeps every answer.",
            also=[_sample(2, "bitsandbytes nf4")],
        ),
        Misconception(
            "what is slow here is slow there",
            _sample(2, "bfloat16"),
            when=_chose(2, "bfloat16"),
            says="On the server: close, and another row is faster and keeps as much. What that one does on "
            "the tablet's CPU is no matter to a GPU.",
        ),
        Misconception(
            "a server can afford float32",
            _sample(2, "float32"),
            when=_chose(2, "float32"),
            says="On the server: it fits, and runs at a third of what the table offers. A GPU has "
            "arithmetic of its own for 16 bits.",
        ),
    ],
    slips=[
        Slip(_sample(1, "int8"), "`phone`: Expected the name of a format"),
        Slip(_sample(0, "Bfloat16"), "right but for capitals"),
    ],
    follows="Conditions first, then one wish a device, and the figures of *that* device: three rows of six, "
    "and none of them right on two devices.",
)
