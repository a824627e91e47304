"""q1: the translator of 2024, whose pipeline is gone, on `generate`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .. import plain
from ..describe import describe, shorten
from ..loaded import quiet, repo_id, tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip

NOTICES = [
    "El barco sale a las nueve.",
    "Hoy no hay cena a bordo.",
    "Mi hermano perdió su billete en el puerto y quiere saber si puede comprar otro antes de las ocho de la "
    "mañana, porque mañana tiene que trabajar en la ciudad y su mujer y sus hijos le esperan en casa.",
    "¿Dónde está el baño?",
    "El mar está tranquilo.",
]
_BEAMS, _TOKENS = 4, 64


@dataclass(frozen=True)
class _Call:
    """How `generate` was called: what holds for it, from its arguments or the model's settings."""

    read: str  # all that the model was given to read
    beams: int
    limit: int | None  # new tokens at the most; None where nobody said
    sampled: bool
    blind: bool  # it was not told which positions are padding, and there are some


@dataclass(frozen=True)
class _Seen:
    said: Any
    calls: Sequence[_Call] = field(default_factory=tuple)

    @property
    def texts(self) -> list[str]:
        """Raises TypeError where the answer is no list of texts."""
        found = plain.texts(self.said)
        if found is None or len(found) != len(NOTICES):
            raise TypeError
        return found


@cache
def _model() -> Any:
    """As a stranger's model may come: with no settings for generation but the ids of its special tokens."""
    from transformers import AutoModelForSeq2SeqLM

    with quiet():
        model = AutoModelForSeq2SeqLM.from_pretrained(repo_id("translate"))
    model.generation_config.num_beams = 1
    model.generation_config.max_length = None
    return model


def _examine(translated: Any) -> _Seen:
    from copy import copy, deepcopy

    model, calls = copy(_model()), []
    model.generation_config = deepcopy(model.generation_config)
    generate = type(model).generate

    def spied(*args: Any, **settings: Any) -> Any:
        given = args[0] if args else settings.get("input_ids", settings.get("inputs"))
        calls.append(_call(model, given, settings))
        return generate(model, *args, **settings)

    object.__setattr__(model, "generate", spied)
    with quiet():
        said = run(translated, "a few notices", model, tokenizer("translate"), list(NOTICES))
    return _Seen(said, calls)


def _call(model: Any, given: Any, settings: dict[str, Any]) -> _Call:
    config = settings.get("generation_config") or model.generation_config

    def setting(name: str) -> Any:
        return settings[name] if settings.get(name) is not None else getattr(config, name, None)

    new, length = setting("max_new_tokens"), setting("max_length")
    limit = (
        new if new is not None else length - 1 if length is not None else None
    )  # the decoder's start counts
    read = " ".join(tokenizer("translate").batch_decode(given, skip_special_tokens=True))
    blind = settings.get("attention_mask") is None and bool(
        (given == tokenizer("translate").pad_token_id).any()
    )
    return _Call(read, int(setting("num_beams") or 1), limit, bool(setting("do_sample")), blind)


@cache
def _right(one_by_one: bool) -> Sequence[str]:
    """What the model says with these settings; in a batch the last digits may tip another way than alone."""
    import torch

    reader, texts = tokenizer("translate"), []
    for batch in [[notice] for notice in NOTICES] if one_by_one else [NOTICES]:
        with torch.no_grad():
            ids = reader(batch, padding=True, return_tensors="pt")
            out = _model().generate(**ids, num_beams=_BEAMS, max_new_tokens=_TOKENS)
        texts += reader.batch_decode(out, skip_special_tokens=True)
    return texts


def _both() -> list[tuple[str, str]]:
    return list(zip(_right(True), _right(False), strict=True))


def _complain(seen: _Seen) -> str | None:
    if seen.said is None:
        return NOTHING
    texts = plain.texts(seen.said)
    if texts is None or type(seen.said) is set:
        first = seen.said[0] if type(seen.said) in (list, tuple) and seen.said else None
        inside = f", the first of which is {describe(first)}" if first is not None else ""
        return f"Expected a list of {len(NOTICES)} texts, got {describe(seen.said)}{inside}."
    if len(texts) != len(NOTICES):
        return f"Expected a text for each of the {len(NOTICES)} notices, got {len(texts)}."
    if not seen.calls:
        return "The model that your function is given was never asked to `generate`."
    if any(call.beams != _BEAMS for call in seen.calls):
        return f"Asked for was a beam of {_BEAMS}; yours had {seen.calls[0].beams}."
    if any(call.limit not in (_TOKENS, _TOKENS - 1) for call in seen.calls):
        return f"Asked for were at most {_TOKENS} new tokens; yours was {seen.calls[0].limit}."
    if any(call.blind for call in seen.calls):
        return "The model was not told which positions are padding."
    wrong = next((t for t, right in zip(texts, _both(), strict=True) if t.strip() not in right), None)
    return (
        None
        if wrong is None
        else f"One of them reads `{shorten(wrong, 100)}`: the model says something else."
    )


def _of(seen: Any) -> list[tuple[str, tuple[str, str]]]:
    return list(zip(seen.texts, _both(), strict=True))


_GENERATE = """
batch = tokenizer(notices, padding=True, return_tensors="pt")
outputs = model.generate(**batch, num_beams=4, max_new_tokens=64)
return tokenizer.batch_decode(outputs, skip_special_tokens=True)
"""
_PIPELINE = """
translator = pipeline("{task}", model=model, tokenizer=tokenizer)
return [said["{key}"] for said in translator(notices{settings})]
"""


def _pipeline(task: str, key: str = "translation_text", settings: str = ", max_length=64") -> str:
    return _PIPELINE.format(task=task, key=key, settings=settings)


question = Question(
    title="“The task translation has been removed”",
    expects=lambda: Patient(_examine, _complain),
    reference=_GENERATE,
    alternatives=[
        """
        texts = []
        for notice in notices:
            ids = tokenizer(notice, return_tensors="pt").input_ids
            with torch.inference_mode():
                output = model.generate(ids, num_beams=4, max_new_tokens=64)[0]
            texts.append(tokenizer.decode(output, skip_special_tokens=True))
        return texts
        """,
        """
        settings = GenerationConfig.from_model_config(model.config)
        settings.update(num_beams=4, max_new_tokens=64, max_length=None)
        batch = tokenizer(notices, padding="longest", truncation=True, return_tensors="pt")
        outputs = model.generate(**batch, generation_config=settings)
        return [tokenizer.decode(output, skip_special_tokens=True).strip() for output in outputs]
        """,
    ],
    hints=[
        "transformers 5 has no pipeline for translation. What did it do inside? Three steps: text to ids, "
        "ids to ids, ids to text.",
        "Several notices in one tensor must be of one length: `tokenizer(notices, padding=True, "
        'return_tensors="pt")`. Then `model.generate(**batch, …)`, and `tokenizer.batch_decode`.',
        "What the old call left to the pipeline you say now: `num_beams=4, max_new_tokens=64`, and "
        "`skip_special_tokens=True` when you decode.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _pipeline("translation"),
            when=lambda seen: isinstance(seen, KeyError) and "removed from transformers" in str(seen),
            says="The pipeline is gone, under all its names: translation, summarization and "
            "text2text-generation left with transformers 5. The model and its class stayed. Do by hand what "
            "the pipeline did: tokenize, `generate`, decode.",
            also=[_pipeline("translation_es_to_en"), _pipeline("text2text-generation", "generated_text")],
        ),
        Misconception(
            "what writes is text-generation",
            _pipeline("text-generation", "generated_text", ", max_new_tokens=64, num_beams=4").replace(
                "said[", "said[0]["
            ),
            when=lambda seen: (
                len(seen.calls) > 0
                and all(text.startswith(said) for text, said in zip(seen.texts, NOTICES, strict=True))
            ),
            says="The notices came back in Spanish. The error's advice is meant for a chat model: "
            "`text-generation` gives the text that it was given, continued. This model reads a whole "
            "sentence first and then writes another (sequence to sequence): call its `generate`.",
        ),
        Misconception(
            "a forward pass translates",
            """
            batch = tokenizer(notices, padding=True, return_tensors="pt")
            with torch.no_grad():
                ids = model(**batch).logits.argmax(dim=-1)
            return tokenizer.batch_decode(ids, skip_special_tokens=True)
            """,
            when=lambda seen: isinstance(seen, ValueError) and "decoder_input" in str(seen),
            says="Called like a function, the model scores one step, for words that the decoder has written "
            "already; it wants those (`decoder_input_ids`), and there are none yet. `model.generate` is the "
            "loop that writes one token after the other.",
        ),
        Misconception(
            "texts of different lengths make a tensor",
            _GENERATE.replace("padding=True, ", ""),
            when=lambda seen: isinstance(seen, ValueError) and "padding" in str(seen),
            says="The notices have different numbers of tokens, and a tensor is a rectangle: `padding=True` "
            "fills the short ones up.",
        ),
        Misconception(
            "nobody reads the padding",
            _GENERATE.replace("**batch", 'batch["input_ids"]'),
            when=lambda seen: any(call.blind for call in seen.calls),
            says="You gave the model the ids alone. The short notices end in padding, and the model reads it "
            "as if it were words, since nothing says that it is none: the attention mask does. "
            "`model.generate(**batch, …)` hands both over.",
        ),
        Misconception(
            "it answers like a chat model",
            """
            batch = tokenizer(notices, padding=True, return_tensors="pt")
            outputs = model.generate(**batch, num_beams=4, max_new_tokens=64)
            outputs = outputs[:, batch["input_ids"].shape[1]:]
            return tokenizer.batch_decode(outputs, skip_special_tokens=True)
            """,
            when=lambda seen: (
                any(text.strip() not in right for text, right in _of(seen))
                and all(any(r.endswith(text.strip()) for r in right) for text, right in _of(seen))
            ),
            says="You cut as many tokens off the answer as the question has. A chat model repeats what it "
            "was given, so there that is right; a sequence-to-sequence model gives the translation alone, "
            "and you have thrown its beginning away.",
        ),
        Misconception(
            "it obeys instructions",
            _GENERATE.replace(
                "tokenizer(notices,",
                'tokenizer([f"Translate from Spanish to English: {notice}" for notice in notices],',
            ),
            when=lambda seen: any("english" in call.read.lower() for call in seen.calls),
            says="Your instruction is translated along with the notice: this model knows nothing else than "
            "to turn the Spanish that it reads into English. Give it the notice alone.",
        ),
        Misconception(
            "the special tokens are part of the text",
            _GENERATE.replace(", skip_special_tokens=True", ""),
            when=lambda seen: any("<pad>" in text or "</s>" in text for text in seen.texts),
            says="Passengers would read `<pad>` and `</s>`: marks by which the decoder begins and ends, and "
            "by which short texts are filled up. `skip_special_tokens=True` leaves them out.",
        ),
        Misconception(
            "one answer for all",
            _GENERATE.replace("batch_decode(outputs,", "decode(outputs[0],"),
            when=lambda seen: type(seen.said) is str or len(plain.texts(seen.said) or []) == 1,
            says="One text came back for a whole list of notices. `generate` gives a row for each notice: "
            "decode all of them, and do not join the notices before (a sentence reads differently after "
            "another one, and the model was trained on single ones).",
            also=[
                _GENERATE.replace("tokenizer(notices,", 'tokenizer([" ".join(notices)],'),
                _GENERATE.replace("(outputs, skip", "(outputs[:1], skip"),
            ],
        ),
        Misconception(
            "drawing lots",
            _GENERATE.replace("num_beams=4", "num_beams=4, do_sample=True"),
            when=lambda seen: any(call.sampled for call in seen.calls),
            says="With `do_sample=True` lots are drawn, and the same notice reads differently every time. "
            "That suits a chat; a notice has one translation, the best that the beam finds.",
        ),
        Misconception(
            "the beam comes by itself",
            _GENERATE.replace("num_beams=4, ", ""),
            when=lambda seen: any(call.beams == 1 for call in seen.calls),
            says="This was greedy: the likeliest next token, each time. The old call had a beam of 4, "
            "because its model's settings said so; the check's model comes without settings, as a stranger's "
            "may. Say `num_beams=4`.",
        ),
        Misconception(
            "the length comes by itself",
            _GENERATE.replace(", max_new_tokens=64", ""),
            when=lambda seen: any(call.limit is None for call in seen.calls),
            says="Nobody said how long the answer may become, so generation stops at the library's own limit "
            "of about 20 tokens, in the middle of the long notice and without a word. Say "
            "`max_new_tokens=64`.",
        ),
    ],
    slips=[
        Slip(
            _GENERATE.replace(
                "return tokenizer.batch_decode(outputs, skip_special_tokens=True)",
                "texts = tokenizer.batch_decode(outputs, skip_special_tokens=True)\n"
                'return [{"translation_text": text} for text in texts]',
            ),
            "the first of which is a dict of 1 item",
        ),
        Slip(_GENERATE.replace("num_beams=4", "num_beams=2"), "a beam of 4; yours had 2"),
        Slip(_GENERATE.replace("max_new_tokens=64", "max_new_tokens=8"), "yours was 8"),
        Slip(_GENERATE.replace("return tokenizer", "tokenizer"), "gave nothing back"),
        Slip(
            _GENERATE.replace("return ", "return [text.upper() for text in ").rstrip() + "]",
            "One of them reads",
        ),
        Slip("return list(notices)", "never asked to `generate`"),
    ],
    follows="Pin the libraries in `requirements.txt` to the versions that you tested with: a Space that is "
    "rebuilt takes today's, and this one stopped on such a day.",
)
