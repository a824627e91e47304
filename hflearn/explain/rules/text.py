"""Texts on their way into a model: padding, length, vocabulary, templates; and what to ask of the model."""

import re
from types import FrameType

from .. import ask
from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule
from ..words import did_you_mean


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"^Asking to pad but the tokenizer does not have a padding token",
    by="transformers",
    samples={
        'AutoTokenizer.from_pretrained(GENERATOR)(["late", "on time"], padding=True)': (
            "`<end>`",
            "pad_token",
        )
    },
)
def no_padding_token(raised: Raised, match: re.Match[str]) -> Diagnosis:
    tokenizer = raised.local("self")
    end = tokenizer.eos_token
    fix = (
        f"Let the end token `{end}` pad too; the attention mask hides it."
        if end
        else "Add a padding token, and let the model's embeddings grow by it."
    )
    code = "tokenizer.pad_token = tokenizer.eos_token"
    if not end:
        code = (
            "tokenizer.add_special_tokens({'pad_token': '[PAD]'})\n"
            "model.resize_token_embeddings(len(tokenizer))"
        )
    return Diagnosis(
        "You asked for texts padded to one length, and this tokenizer has no token to pad with.",
        "Models that generate text are trained on one endless text, so many never had a padding token.",
        fix,
        code,
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"^Cannot handle batch sizes > 1 if no padding token is defined",
    by="transformers",
    samples={
        "AutoModelForSequenceClassification.from_pretrained(GENERATOR)(torch.tensor([[1, 2], [3, 4]]))": (
            "2 texts",
            "pad_token_id",
        )
    },
)
def model_without_padding_token(raised: Raised, match: re.Match[str]) -> Diagnosis:
    size = raised.local("batch_size")
    return Diagnosis(
        f"The model got {size} texts at once, and cannot tell where each ends.",
        "It reads its answer at the last token that is no padding, and its config names no padding token.",
        "Tell both, the tokenizer and the model's config.",
        "tokenizer.pad_token = tokenizer.eos_token\nmodel.config.pad_token_id = tokenizer.pad_token_id",
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"^Unable to create tensor, you should probably activate",
    by="transformers",
    samples={
        'AutoTokenizer.from_pretrained(CLASSIFIER)(["late", "my parcel is late"], return_tensors="pt")': (
            "1 and 4",
            "padding=True",
        )
    },
)
def texts_of_different_length(raised: Raised, match: re.Match[str]) -> Diagnosis:
    lengths = sorted({len(row) for row in raised.local("value", "convert_to_tensors")})
    return Diagnosis(
        f"Texts of different length do not make one tensor: here they have {_listed(lengths)} tokens.",
        "A tensor is a rectangle, and `return_tensors` was asked for without `padding`.",
        "Fill the shorter ones up, and cut what the model could not read anyway.",
        'tokenizer(texts, padding=True, truncation=True, return_tensors="pt")',
    )


def _listed(numbers: list[int]) -> str:
    if len(numbers) > 4:
        return f"{numbers[0]} to {numbers[-1]}"
    return " and ".join(filter(None, [", ".join(str(n) for n in numbers[:-1]), str(numbers[-1])]))


@rule(
    "03_tokenizer_and_model",
    "builtins.IndexError",
    r"^index out of range in self",
    by="torch",
    samples={
        "inputs = AutoTokenizer.from_pretrained(OTHER_TOKENIZER)('w50', return_tensors='pt')\n"
        "AutoModel.from_pretrained(CLASSIFIER)(**inputs)": (
            "67",
            "17",
            "another model",
            "`word_embeddings`",
        ),
        "AutoModel.from_pretrained(CLASSIFIER)(torch.tensor([[1, -100]]))": ("-100", "labels"),
        "AutoModelForCausalLM.from_pretrained(GENERATOR)(torch.ones(1, 40, dtype=torch.long))": (
            "39",
            "12",
            "too long",
        ),
    },
)
def index_outside_the_embeddings(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    indices, weight = raised.local("input", "^embedding$"), raised.local("weight", "^embedding$")
    name = _name_of(raised)
    if indices is None or weight is None or not raised.passed("transformers"):
        return None
    lowest, highest, rows = int(indices.min()), int(indices.max()), weight.shape[0]
    where = f"`{name}`" if name else "an embedding"
    if re.search(r"pos|wpe", name):
        return Diagnosis(
            f"A token stands at position {highest}, and {where} knows {rows} (0 to {rows - 1}).",
            "The text is too long for this model.",
            "Cut it to what the model can read, or split it into overlapping pieces.",
            f'tokenizer(text, truncation=True, max_length={rows}, return_tensors="pt")',
        )
    if lowest < 0:
        return Diagnosis(
            f"An id is {lowest}, and ids start at 0: {where} has no such row.",
            "-100 marks the labels that the loss is to skip; it must not stand in `input_ids`.",
            "Put -100 into a copy, for the labels alone.",
            "labels = input_ids.clone()\nlabels[attention_mask == 0] = -100",
        )
    return Diagnosis(
        f"The ids go up to {highest}, and {where} has {rows} rows (0 to {rows - 1}).",
        "The tokenizer belongs to another model, or tokens were added to it and the model was not told.",
        "Load both by the same id; after adding tokens, let the embeddings grow.",
        "tokenizer = AutoTokenizer.from_pretrained(model_id)\n"
        "model.resize_token_embeddings(len(tokenizer))  # only after adding tokens",
    )


def _name_of(raised: Raised) -> str:
    """The attribute under which the model keeps the embedding that failed."""
    modules = [frame.f_locals["self"] for frame in raised.frames if _is_forward(frame)]
    inner = modules[-1]
    for module in reversed(modules[:-1]):
        for name, child in module.named_children():
            if child is inner:
                return str(name)
    return ""


def _is_forward(frame: FrameType) -> bool:
    return frame.f_code.co_name == "forward" and hasattr(frame.f_locals.get("self"), "named_children")


@rule(
    "03_tokenizer_and_model",
    "builtins.RuntimeError",
    r"^The expanded size of the tensor \(\d+\) must match the existing size"
    r"|^The size of tensor a \(\d+\) must match the size of tensor b \(\d+\) at non-singleton dimension 1"
    r"|^index \d+ is out of bounds for dimension 1 with size \d+",
    samples={
        "AutoModel.from_pretrained(CLASSIFIER)(torch.ones(1, 40, dtype=torch.long))": (
            "40 tokens",
            "max_length=12",
        ),
        'pipeline("text-classification", CLASSIFIER)("late " * 40)': ("40 tokens", "12"),
        # as a tokenizer of BERT's calls it
        "ids = torch.ones(1, 40, dtype=torch.long)\n"
        "AutoModel.from_pretrained(CLASSIFIER)(ids, token_type_ids=ids - 1)": ("40 tokens", "12"),
        # RoBERTa numbers its positions after the padding's: of 14 it can use 12
        "RobertaModel(ROBERTA)(torch.full((1, 13), 5))": ("13 tokens", "max_length=12"),
    },
)
def text_too_long(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    module = raised.local("self", r"Embeddings\.forward$")
    ids = raised.local("input_ids", r"Embeddings\.forward$")
    if module is None or ids is None:
        return None
    positions = module.position_embeddings.num_embeddings
    if match[0].startswith("index"):
        positions -= module.padding_idx + 1
    if ids.shape[1] <= positions:
        return None
    asked = f"truncation=True, max_length={positions}"
    in_pipeline = raised.local("self", r"^Pipeline\.") is not None
    return Diagnosis(
        f"The text has {ids.shape[1]} tokens, and this model has positions for {positions}.",
        "Nobody cut it: a tokenizer truncates when it is asked to, not by itself.",
        "Cut it to what the model can read, or split it into overlapping pieces (`stride`).",
        f"classifier(text, {asked})" if in_pipeline else f'tokenizer(text, {asked}, return_tensors="pt")',
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"chat template functions because tokenizer\.chat_template is not set",
    by="transformers",
    samples={
        'AutoTokenizer.from_pretrained(GENERATOR).apply_chat_template([{"role": "user", "content": "hi"}])': (
            "Instruct",
        )
    },
)
def no_chat_template(raised: Raised, match: re.Match[str]) -> Diagnosis:
    name = raised.local("self").name_or_path
    return Diagnosis(
        f"The tokenizer of `{name}` has no chat template: nothing says how to write turns of a "
        "conversation for it.",
        "It is a base model, which continues texts and was never taught to answer.",
        "Take the version made for chatting (its name often ends in `-Instruct` or `-it`), or "
        "give it plain text.",
        'tokenizer("Question: …\\nAnswer:", return_tensors="pt")',
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.AttributeError",
    r"^'(str|list)' object has no attribute '(size|shape|device|dim|ndim|new_ones)'",
    by="transformers",
    samples={
        'AutoModel.from_pretrained(CLASSIFIER)("my parcel is late")': ("a text", "tokenizer("),
        'AutoModel.from_pretrained(CLASSIFIER)(**AutoTokenizer.from_pretrained(CLASSIFIER)("my parcel"))': (
            'return_tensors="pt"',
        ),
    },
)
def not_a_tensor(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    given = raised.local("input_ids", r"\.forward$")
    if not isinstance(given, str | list):
        return None
    is_text = isinstance(given, str) or (given and isinstance(given[0], str))
    return Diagnosis(
        f"The model was given {'a text' if is_text else 'a list of ids'} where it wants a "
        "tensor of token ids.",
        "A model reads numbers; to make them is the tokenizer's part."
        if is_text
        else "The tokenizer returns plain lists unless it is asked for tensors.",
        "Let the tokenizer make tensors, and unpack them with `**`.",
        'model(**tokenizer(text, return_tensors="pt"))',
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"Input length of (?:input_ids|inputs_embeds) is (\d+), but `max_length` is set to (\d+)",
    by="transformers",
    samples={
        "AutoModelForCausalLM.from_pretrained(GENERATOR).generate(torch.ones(1, 6, "
        "dtype=torch.long), max_length=3)": (
            "6 tokens",
            "max_new_tokens",
        )
    },
)
def prompt_fills_max_length(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"The prompt alone has {match[1]} tokens, and `max_length` is {match[2]}: there is no room to write.",
        "`max_length` counts the prompt too.",
        "Say how many tokens are to be written.",
        "model.generate(**inputs, max_new_tokens=50)",
    )


_GENERATE = {
    "max_tokens": "max_new_tokens",
    "n": "num_return_sequences",
    "stop": "stop_strings",
    "beams": "num_beams",
    "temp": "temperature",
}


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"The following `model_kwargs` are not used by the model: \['(\w+)'",
    by="transformers",
    samples={
        "AutoModelForCausalLM.from_pretrained(GENERATOR).generate(torch.ones(1, 2, "
        "dtype=torch.long), max_tokens=5)": (
            "`max_tokens`",
            "max_new_tokens",
        ),
        "AutoModelForCausalLM.from_pretrained(GENERATOR).generate(torch.ones(1, 2, "
        "dtype=torch.long), temprature=1.0)": ("`temperature`",),
    },
)
def unknown_argument_of_generate(raised: Raised, match: re.Match[str]) -> Diagnosis:
    name = match[1]
    known = vars(raised.local("self").generation_config)
    near = [_GENERATE[name]] if name in _GENERATE else ask.near(name, known)
    happened = f"`generate` has no argument `{name}`, and the model does not take it either."
    if name == "token_type_ids":
        return Diagnosis(
            happened,
            "This model knows no segments, and its tokenizer made some.",
            "Leave them out.",
            "tokenizer(text, return_tensors='pt', return_token_type_ids=False)",
        )
    return Diagnosis(
        happened, did_you_mean(near) or "It is misspelt.", "Correct the name.", f"{near[0]}=…" if near else ""
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"^`temperature` \(=(\S+)\) has to be a strictly positive float",
    by="transformers",
    samples={
        "AutoModelForCausalLM.from_pretrained(GENERATOR).generate(torch.ones(1, 2, "
        "dtype=torch.long), do_sample=True, temperature=0.0)": (
            "0.0",
            "do_sample=False",
        )
    },
)
def temperature_zero(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"`temperature={match[1]}` divides the logits by a number that must be above 0.",
        "You want the likeliest token every time; other interfaces call that temperature 0.",
        "Switch sampling off.",
        "model.generate(**inputs, do_sample=False)",
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.AttributeError",
    r"^'(\w+)' object has no attribute 'generate'",
    by="torch",
    samples={
        "AutoModelForSequenceClassification.from_pretrained(CLASSIFIER).generate()": (
            "`BertForSequenceClassification`",
            "AutoModelForCausalLM",
        )
    },
)
def cannot_generate(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if not hasattr(raised.local("self"), "from_pretrained"):
        return None
    return Diagnosis(
        f"A `{match[1]}` cannot write text.",
        "It was loaded without the head that predicts the next token.",
        "Load a model that generates with `AutoModelForCausalLM` (or `AutoModelForSeq2SeqLM`).",
        "model = AutoModelForCausalLM.from_pretrained(model_id)",
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.AttributeError",
    r"^'(BaseModelOutput\w*)' object has no attribute '(logits|loss)'",
    samples={
        "AutoModel.from_pretrained(CLASSIFIER)(torch.tensor([[1, 2]])).logits": (
            "`logits`",
            "no head",
            "last_hidden_state",
        )
    },
)
def no_head(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"The model returned hidden states, and no `{match[2]}`.",
        "`AutoModel` loads the body: it has no head that answers anything.",
        "Load it with the head for your task; for embeddings, use `last_hidden_state`.",
        "AutoModelForSequenceClassification.from_pretrained(model_id)",
    )


RULES = [
    no_padding_token,
    model_without_padding_token,
    texts_of_different_length,
    index_outside_the_embeddings,
    text_too_long,
    no_chat_template,
    not_a_tensor,
    prompt_fills_max_length,
    unknown_argument_of_generate,
    temperature_zero,
    cannot_generate,
    no_head,
]
