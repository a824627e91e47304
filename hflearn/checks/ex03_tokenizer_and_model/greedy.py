"""q9: the loop that writes a reply, one token after another."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..alike import alike
from ..expect import Array, Expectation
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from . import tiny
from .shared import Shared

_PROMPT, _OTHER = [3, 17, 6, 8], [30, 2, 11]
_END = 36  # when the prompt ends with it, too, the tiny model gives it as the fifth token of its reply
_MOST = 7
_NEVER = 39  # an id that the model does not give here


def _next(ids: list[int], pick: Callable[[Any], int]) -> int:
    return pick(_logits(tuple(ids)))


@cache
def _logits(ids: tuple[int, ...]) -> Any:
    import torch

    with torch.no_grad():
        return tiny.model()(torch.tensor([ids])).logits[0]


def _last(logits: Any) -> int:
    return int(logits[-1].argmax())


@cache
def _reply(prompt: tuple[int, ...], most: int) -> list[int]:
    ids = list(prompt)
    for _ in range(most):
        ids.append(_next(ids, _last))
    return ids[len(prompt) :]


@cache
def _inputs() -> list[tuple[list[int], int, int]]:
    """(ids, eos_id, most). The third ends after four tokens, the fourth at once."""
    return [
        (_PROMPT, _NEVER, _MOST),
        (_PROMPT, _NEVER, _MOST),
        ([*_PROMPT, _END], _END, _MOST),
        (_OTHER, _reply(tuple(_OTHER), 1)[0], _MOST),
        (_OTHER, _NEVER, 3),
    ]


def _right(ids: list[int], eos_id: int, most: int) -> list[int]:
    reply = _reply(tuple(ids), most)
    return reply[: reply.index(eos_id)] if eos_id in reply else reply


def _gives(rule: Callable[[list[int], int, int], list[int]], *cases: int) -> Callable[[Any], bool]:
    def shown(seen: Any) -> bool:
        chosen = cases or (0, 2, 3, 4)
        return all(alike(list(seen[at]), rule(*_inputs()[at])) for at in chosen)

    return shown


def _with_end(ids: list[int], eos_id: int, most: int) -> list[int]:
    reply = _reply(tuple(ids), most)
    return reply[: reply.index(eos_id) + 1] if eos_id in reply else reply


def _loop(
    pick: Callable[[Any], int], read: Callable[[list[int], int], list[int]]
) -> Callable[..., list[int]]:
    """A loop without an end mark, with another choice, or another part of the text read."""

    def rule(ids: list[int], eos_id: int, most: int) -> list[int]:
        text = list(ids)
        for _ in range(most):
            text.append(_next(read(text, len(ids)), pick))
        return text[len(ids) :]

    return rule


def _after_the_prompt(reply: Callable[[list[int], int, int], list[int]]) -> Callable[..., list[int]]:
    return lambda ids, eos_id, most: [*ids, *reply(ids, eos_id, most)]


def _forbids(ids: list[int], eos_id: int, most: int) -> list[int]:
    def pick(logits: Any) -> int:
        return next(int(id) for id in logits[-1].argsort(descending=True) if int(id) != eos_id)

    return _loop(pick, lambda text, asked: text)(ids, eos_id, most)


def _without_end(ids: list[int], eos_id: int, most: int) -> list[int]:
    return [id for id in _reply(tuple(ids), most) if id != eos_id]


_forgets = _loop(_last, lambda text, asked: text[-1:])
_forgets_after_the_prompt = _loop(_last, lambda text, asked: text if len(text) == asked else text[-1:])
_looks_at_the_first = _loop(lambda logits: int(logits[0].argmax()), lambda text, asked: text)


def _changes_its_input(seen: Any) -> bool:
    return alike(seen[0], _right(*_inputs()[0])) and not alike(seen[1], seen[0])


def _expects() -> Expectation:
    inputs = _inputs()
    twice = Shared(_PROMPT)
    handed = [(twice, *inputs[0][1:]), (twice, *inputs[1][1:]), *inputs[2:]]
    return Function(
        [
            Case((tiny.lent(), *args), Array(_right(*right)))
            for args, right in zip(handed, inputs, strict=True)
        ]
    )


_LOOP = """
{text} = {start}
{reply}for _ in range({most}):
    with torch.no_grad():
        logits = model(torch.tensor([{read}])).logits
    new = {pick}
{body}
return {give}
"""


def _sample(
    read: str = "text",
    pick: str = "int(logits[0, -1].argmax())",
    body: str = "    if new == eos_id:\n        break\n    text.append(new)",
    give: str = "text[len(ids):]",
    most: str = "most",
    start: str = "list(ids)",
) -> str:
    return _LOOP.format(
        text="text", start=start, reply="", most=most, read=read, pick=pick, body=body, give=give
    )


question = Question(
    title="Write a reply, token by token",
    expects=_expects,
    reference="""
        text = list(ids)
        while len(text) < len(ids) + most:
            with torch.no_grad():
                logits = model(torch.tensor([text])).logits   # (1, tokens, vocabulary)
            best = int(logits[0, -1].argmax())
            if best == eos_id:
                break
            text.append(best)
        return text[len(ids):]
    """,
    alternatives=[
        """
        reply, cache, new = [], None, list(ids)
        with torch.inference_mode():
            while len(reply) < most:
                step = model(torch.tensor([new]), past_key_values=cache, use_cache=True)
                cache, new = step.past_key_values, [step.logits[0, -1].argmax().item()]
                if new == [eos_id]:
                    break
                reply += new
        return torch.tensor(reply)
        """,
        """
        prompt = torch.tensor([ids])
        given = model.generate(
            prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=most, do_sample=False,
            eos_token_id=eos_id, pad_token_id=0,
        )
        return [id for id in given[0, len(ids):].tolist() if id != eos_id]
        """,
    ],
    hints=[
        "`model(torch.tensor([text])).logits` has the shape (1, tokens, vocabulary): for each position, "
        "scores for what comes *after* it. Which position tells what comes after the last?",
        "`int(logits[0, -1].argmax())` is the next token. Append it to a copy of `ids`, and ask again.",
        "Stop at `eos_id`, before you append it, and after `most` tokens; hand over `text[len(ids):]`.",
    ],
    misconceptions=[
        Misconception(
            "every model comes to an end",
            """
            text, new = list(ids), None
            while new != eos_id:
                with torch.no_grad():
                    new = int(model(torch.tensor([text])).logits[0, -1].argmax())
                text.append(new)
            return text[len(ids):-1]
            """,
            when=lambda seen: isinstance(seen, tiny.Endless),
            says=f"Your function asked the model more than {tiny.CALLS} times, for at most {_MOST} tokens: "
            "nothing ends the loop. A model need not ever give `eos_id`; stop after `most` new tokens, too, "
            "and make sure that what the loop waits for can come.",
            also=[
                """
                text = list(ids)
                while True:
                    with torch.no_grad():
                        new = int(model(torch.tensor([ids])).logits[0, -1].argmax())
                    if new == eos_id or len(text) - len(ids) == most:
                        return text[len(ids):]
                """,
                _sample(most="1000"),
            ],
        ),
        Misconception(
            "the prompt is part of the reply",
            _sample(give="text"),
            when=lambda seen: any(_gives(_after_the_prompt(reply))(seen) for reply in (_right, _with_end)),
            says="Your list begins with the prompt, and the citizen would read the desk's instructions. "
            "The reply is what comes after: `[len(ids):]`.",
            also=[
                """
                prompt = torch.tensor([ids])
                return model.generate(
                    prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=most, do_sample=False,
                    eos_token_id=eos_id, pad_token_id=0,
                )[0].tolist()
                """
            ],
        ),
        Misconception(
            "the end mark is part of the reply",
            _sample(body="    text.append(new)\n    if new == eos_id:\n        break"),
            when=_gives(_with_end),
            says="The end mark is in your reply. It tells your loop to stop, and the citizen nothing: "
            "compare before you append.",
        ),
        Misconception(
            "the reply ends by itself",
            _sample(body="    text.append(new)"),
            when=_gives(lambda ids, eos_id, most: _reply(tuple(ids), most)),
            says="Your loop never stops before `most`. A model says that it has finished by giving `eos_id`; "
            "whoever goes on gets the next message of a conversation that nobody had.",
        ),
        Misconception(
            "a long reply is a good reply",
            _sample(
                pick="logits[0, -1].clone()",
                body="    new[eos_id] = -1e9\n    text.append(int(new.argmax()))",
            ),
            when=_gives(_forbids),
            says="You forbade the model its end mark, so it goes on until `most`, whatever there is left to "
            "say. Giving that mark is how it says that it has finished: let it win, and stop there.",
        ),
        Misconception(
            "the end mark is only left out",
            _sample(body="    text.append(new)", give="[id for id in text[len(ids):] if id != eos_id]"),
            when=_gives(_without_end),
            says="You take the end mark out, and what the model wrote *behind* it stays in: the next message "
            "of a conversation that nobody had. Stop where it comes.",
        ),
        Misconception(
            "the end mark anywhere ends it",
            """
            text = list(ids)
            while eos_id not in text and len(text) < len(ids) + most:
                with torch.no_grad():
                    text.append(int(model(torch.tensor([text])).logits[0, -1].argmax()))
            return [id for id in text[len(ids):] if id != eos_id]
            """,
            when=lambda seen: _gives(_right, 0, 3, 4)(seen) and len(seen[2]) == 0,
            says="Nothing came out where the *prompt* holds the end mark, as every chat prompt does: it "
            "ends each message there. Look at the new token alone.",
        ),
        Misconception(
            "what was written is not read again",
            _sample(read="ids", body="    if new == eos_id:\n        break\n    text.append(new)"),
            when=lambda seen: alike(list(seen[0]), [_reply(tuple(_PROMPT), 1)[0]] * _MOST),
            says="The same token over and over: the model is asked about the prompt each time. What it "
            "wrote has to be in what it reads next.",
        ),
        Misconception(
            "the last token is enough",
            _sample(read="text[-1:]"),
            when=lambda seen: _gives(_forgets, 0)(seen) or _gives(_forgets_after_the_prompt, 0)(seen),
            says="You show the model its last token alone. Without a KV cache it knows nothing of what came "
            "before: give it the whole text, or pass `past_key_values` on.",
            also=[
                _sample(
                    read="text if len(text) == len(ids) else text[-1:]",
                )
            ],
        ),
        Misconception(
            "the first position knows what comes next",
            _sample(pick="int(logits[0, 0].argmax())"),
            when=_gives(_looks_at_the_first, 0),
            says="You read the scores at the first position: what comes after the *first* token of the "
            "prompt. What comes after the last stands at the last, `logits[0, -1]`.",
        ),
        Misconception(
            "the best of all positions",
            _sample(pick="int(logits.argmax())"),
            when=lambda seen: isinstance(seen, IndexError) or max(seen[0]) >= tiny.VOCABULARY,
            says="`argmax()` without a dimension counts through all positions at once, so its number is "
            "not a token's. Take the scores of the last position first: `logits[0, -1].argmax()`.",
        ),
        Misconception(
            "every position writes a token",
            """
            with torch.no_grad():
                return model(torch.tensor([ids])).logits[0].argmax(dim=-1).tolist()
            """,
            when=_gives(lambda ids, eos_id, most: [_next(ids[: at + 1], _last) for at in range(len(ids))], 0),
            says="That is one call, and a guess after every token of the *prompt*. Only the last of them "
            "is new; append it, and call again.",
        ),
        Misconception(
            "one token more",
            _sample(most="most + 1"),
            when=_gives(lambda ids, eos_id, most: _reply(tuple(ids), most + 1), 0, 4),
            says="One token too many: `most` is how many may be new, at most.",
        ),
        Misconception(
            "one token fewer",
            _sample(most="most - 1"),
            when=_gives(lambda ids, eos_id, most: _reply(tuple(ids), most - 1), 0, 4),
            says="One token too few: `most` of them may be new.",
        ),
        Misconception(
            "the prompt counts as new",
            """
            text = list(ids)
            while len(text) < most:
                with torch.no_grad():
                    new = int(model(torch.tensor([text])).logits[0, -1].argmax())
                if new == eos_id:
                    break
                text.append(new)
            return text[len(ids):]
            """,
            when=_gives(lambda ids, eos_id, most: _reply(tuple(ids), max(0, most - len(ids))), 0, 4),
            says="You counted the prompt, too: a long question would get a short reply, or none. `most` is "
            "how many tokens may be *new*.",
        ),
        Misconception(
            "the lent ids may be changed",
            _sample(start="ids", give="text[asked:]").replace("text = ids", "asked, text = len(ids), ids"),
            when=_changes_its_input,
            says="Right the first time, another reply when the same `ids` come again: your function "
            "appended to the list that it was lent. Start from a copy, `list(ids)`.",
        ),
    ],
    slips=[
        Slip("return chat_tokenizer.decode([5, 6, 7])", "Expected an array of shape (7,), got the string"),
        Slip(_sample(give="[text[len(ids):]]"), "got one of shape (1, 7)"),
        Slip(_sample(pick="int(logits[0, -1].argmin())"), "values are not"),
    ],
    follows="That is all there is behind `generate(do_sample=False)`. It adds the KV cache, which spares "
    "reading the whole text again for every token.",
)
