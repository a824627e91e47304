"""q3: from parameters and number format to megabytes."""

from collections.abc import Callable
from typing import Any

from ..expect import Number
from ..function import Case, Function
from ..question import Misconception, Question, Slip

_MODELS = {  # (parameters, dtype): megabytes
    (22_713_216, "float32"): 90.852864,
    (134_515_008, "bfloat16"): 269.030016,
    (7_000_000_000, "float16"): 14_000.0,
    (7_000_000_000, "int8"): 7_000.0,
}


def _gives(rule: Callable[[int, str], float]) -> Callable[[Any], bool]:
    """Whether q3's function follows this rule instead of the right one."""
    return lambda seen: all(
        abs(got - rule(*args)) <= 1e-2 * rule(*args) for got, args in zip(seen, _MODELS, strict=True)
    )


_BYTES = {"float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}

_WITH_THE_FILE: list[Callable[[int, str], float]] = [  # which has another format
    lambda parameters, dtype: parameters * (_BYTES[dtype] + 2) / 1e6,
    lambda parameters, dtype: parameters * (_BYTES[dtype] + 4) / 1e6,
]

_IN = """
bytes_each = {{"float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}}
return parameters * bytes_each[dtype] * {factor}
"""

question = Question(
    title="How much memory will the weights take?",
    expects=lambda: Function(
        [Case(args, Number(size, unit="MB", abs=1)) for args, size in _MODELS.items()]  # whole MB will do
    ),
    reference="""
        bytes_each = {"float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}
        return parameters * bytes_each[dtype] / 1_000_000
    """,
    alternatives=[
        """
        bits = int(dtype[-2:].lstrip("t"))
        return parameters * bits / 8 / 10**6
        """,
        """
        return parameters * {"float32": 4, "int8": 1}.get(dtype, 2) // 1_000_000
        """,
    ],
    hints=[
        "How many bytes does one number take? float32 has 32 bits.",
        "A byte is 8 bits: 4 bytes for float32, 2 for float16 and bfloat16, 1 for int8.",
        "Parameters × bytes each ÷ 1,000,000. Try it on a model whose file you know: 22.7 million "
        "parameters in "
        "float32 make a file of 91 MB.",
    ],
    misconceptions=[
        Misconception(
            "bits taken for bytes",
            """
            bits = {"float32": 32, "float16": 16, "bfloat16": 16, "int8": 8}
            return parameters * bits[dtype] / 1_000_000
            """,
            when=_gives(lambda parameters, dtype: 8 * parameters * _BYTES[dtype] / 1e6),
            says="Eight times too much: the number in float32 counts bits, and memory is counted in bytes "
            "of 8 bits.",
        ),
        Misconception(
            "a parameter is a byte",
            """
            return parameters / 1_000_000
            """,
            when=_gives(lambda parameters, dtype: parameters / 1e6),
            says="That is the number of parameters in millions: one byte each. Only int8 is that small.",
        ),
        Misconception(
            "a parameter is always four bytes",
            """
            return parameters * 4 / 1_000_000
            """,
            when=_gives(lambda parameters, dtype: 4 * parameters / 1e6),
            says="Right for float32, too much for the others: you counted 4 bytes whatever the dtype. "
            "Half the bits take half the memory.",
        ),
        Misconception(
            "the reserve belongs to the weights",
            """
            bytes_each = {"float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}
            return parameters * bytes_each[dtype] * 1.2 / 1_000_000
            """,
            when=_gives(lambda parameters, dtype: 1.2 * parameters * _BYTES[dtype] / 1e6),
            says="A fifth too much: you added the reserve for running the model. The question is about the "
            "weights alone.",
        ),
        Misconception(
            "everything is there twice",
            """
            bytes_each = {"float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}
            return 2 * parameters * bytes_each[dtype] / 1_000_000
            """,
            when=_gives(lambda parameters, dtype: 2 * parameters * _BYTES[dtype] / 1e6),
            says="Twice too much, for one of two reasons: a byte is 8 bits, and you divided by 4; or you "
            "added the file, which is in memory beside the weights only while a model is loaded.",
            also=[
                """
                bits = {"float32": 32, "float16": 16, "bfloat16": 16, "int8": 8}
                return parameters * bits[dtype] / 4 / 1_000_000
                """
            ],
        ),
        Misconception(
            "the file stays in memory beside the weights",
            """
            bytes_each = {"float32": 4, "float16": 2, "bfloat16": 2, "int8": 1}
            return parameters * (bytes_each[dtype] + 2) / 1_000_000
            """,
            when=lambda seen: any(_gives(rule)(seen) for rule in _WITH_THE_FILE),
            says="You added the file to the weights. Both are in memory for a moment, while a model is "
            "loaded; the question is what the weights take to stay.",
        ),
    ],
    slips=[
        Slip(_IN.format(factor="1"), "right in bytes; the answer is wanted in MB"),
        Slip(_IN.format(factor="8"), "right in bits; the answer is wanted in MB"),
        Slip(_IN.format(factor="1 / 1024**2"), "right in MiB (1,048,576 bytes); the answer is wanted in MB"),
        Slip(_IN.format(factor="1e-9"), "right in GB (1,000,000,000 bytes); the answer is wanted in MB"),
    ],
    follows="That is the weights alone: running the model takes more, training it several times as much.",
)
