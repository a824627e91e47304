"""q6: what a speech model wants of a sound: one channel, from −1 to 1, 16,000 samples a second."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import plain
from ..describe import describe
from ..expect import Expectation
from ..function import Case, Function
from ..question import Misconception, Question, Slip

if TYPE_CHECKING:
    from numpy.typing import NDArray

WANTED = 16_000
_SECONDS = 0.25
_TONES = ((180, 180), (310, 310), (550, 550), (870, 870), (2_500, 550))  # hertz, 1 ÷ loudness


def _voice(rate: int) -> "NDArray[Any]":
    """A quarter of a second of loud tones, as 16-bit whole numbers.

    Every way to resample agrees on them; the stairs of a sample written twice do not, by the highest tone.
    """
    import numpy as np

    time = np.arange(int(rate * _SECONDS)) / rate
    tones = sum(np.sin(2 * np.pi * pitch * time + pitch) / weight for pitch, weight in _TONES)
    return (24_000 * tones * np.hanning(len(time)) / np.abs(tones).max()).astype("int16")


def _sounds() -> list[tuple[int, "NDArray[Any]"]]:
    """(rate, samples): one channel, a voice in the right of two; at half the rate one, and the left; both."""
    import numpy as np

    full, half = _voice(WANTED), _voice(WANTED // 2)
    right, left = np.stack([0 * full, full], axis=1), np.stack([half, 0 * half], axis=1)
    both = np.stack([full, full], axis=1)
    return [(WANTED, full), (WANTED, right), (WANTED // 2, half), (WANTED // 2, left), (WANTED, both)]


@dataclass(frozen=True)
class _Sound(Expectation):
    """A dict for the pipeline that sounds as this does; how loud, within its bounds, is free."""

    voice: Any

    def complaint(self, seen: Any) -> str | None:
        import numpy as np

        if not isinstance(seen, dict) or not {"raw", "sampling_rate"} <= set(seen):
            return f'Expected a dict with the keys "raw" and "sampling_rate", got {describe(seen)}.'
        raw = plain.array(seen["raw"])
        if raw is None or raw.ndim != 1:
            return f'Expected one row of samples as "raw", got {describe(seen["raw"])}.'
        if plain.number(seen["sampling_rate"]) != WANTED:
            return f'Expected a "sampling_rate" of {WANTED}, got {describe(seen["sampling_rate"])}.'
        if abs(len(raw) - len(self.voice)) > 4:
            return f"Expected {len(self.voice):,} samples, got {len(raw):,}."
        if not 0.01 < np.abs(raw).max() <= 1.001:
            return f"The loudest sample is {np.abs(raw).max():.3g}; it belongs between −1 and 1."
        size = min(len(raw), len(self.voice))
        likeness = np.corrcoef(raw[:size], self.voice[:size])[0, 1]
        return None if likeness > 0.99 else "That does not sound like what is on the message any more."


def _expects() -> Expectation:
    voice = _voice(WANTED)
    return Function([Case(sound, _Sound(voice)) for sound in _sounds()])


def _raw(seen: Any) -> list["NDArray[Any]"]:
    """The samples of every case; whatever is no such dict raises, which means no."""
    import numpy as np

    return [np.asarray(sound["raw"], dtype=float) for sound in seen]


def _loudest(seen: Any) -> list[float]:
    return [float(abs(raw).max()) for raw in _raw(seen)]


def _wrapped(raw: "NDArray[Any]") -> bool:
    """Whether this is the sum of the two loud channels in 16 bits, too few for it; how loud is free."""
    import numpy as np

    voice = _voice(WANTED)
    return bool(np.corrcoef(raw, voice + voice)[0, 1] > 0.99)


def _in_stairs(raw: "NDArray[Any]") -> bool:
    """Whether each sample stands there twice, and they are no mere zeros and ones."""
    return bool((raw[::2] == raw[1::2]).all()) and len(set(raw.tolist())) > 3


def _lengths(*expected: int) -> Callable[[Any], bool]:
    return lambda seen: [len(raw) for raw in _raw(seen)] == list(expected)


def _tells_the_old_rate(seen: Any) -> bool:
    return [sound["sampling_rate"] for sound in seen] == [rate for rate, _ in _sounds()]


_LONG = int(WANTED * _SECONDS)
_SHORT = _LONG // 2

_MONO = "sound = samples if samples.ndim == 1 else samples.mean(axis=1)\n"
_UP = "if per_second == 8_000:\n    sound = resample_poly(sound, 2, 1)\n"
_GIVE = 'return {"raw": sound / 32_768, "sampling_rate": 16_000}'

question = Question(
    title="What may the speech model hear?",
    expects=_expects,
    reference=_MONO + _UP + _GIVE,
    alternatives=[
        """
        sound = samples.reshape(len(samples), -1).astype("float32").sum(axis=1) / (2 * 32_768)
        sound = resample_poly(sound, 16_000, per_second)
        return {"sampling_rate": 16_000, "raw": sound}
        """,
        """
        from scipy.signal import resample

        sound = samples.astype(float)
        if sound.ndim == 2:
            sound = sound[:, 0] / 2 + sound[:, 1] / 2
        sound = resample(sound, len(sound) * 16_000 // per_second)
        return {"raw": sound / np.abs(sound).max() * 0.9, "sampling_rate": 16_000}
        """,
        """
        sound = torch.tensor(samples, dtype=torch.float32) / 32_768
        if sound.ndim == 2:
            sound = sound.mean(dim=1)
        seconds = len(sound) / per_second
        places = np.arange(int(seconds * 16_000)) / 16_000
        raw = np.interp(places, np.arange(len(sound)) / per_second, sound.numpy())
        return {"raw": raw.astype("float32"), "sampling_rate": 16_000}
        """,
    ],
    hints=[
        "Three repairs: one channel out of two, the rate, and the size of the numbers. A sound of two "
        "channels has the shape (samples, 2).",
        "`samples.mean(axis=1)` makes one channel of two, and fails where there is one only: ask "
        "`samples.ndim` first. 16 bits reach from −32,768 to 32,767.",
        "At 8,000 a second, `resample_poly(sound, 2, 1)` puts in what is missing. The dict then says 16,000, "
        "because that is what `raw` has now.",
    ],
    misconceptions=[
        Misconception(
            "whole numbers are a sound",
            _MONO + _UP + 'return {"raw": sound, "sampling_rate": 16_000}',
            when=lambda seen: all(abs(raw).max() > 100 for raw in _raw(seen)),
            says="The samples still are whole numbers, thousands strong; the model learnt on −1 to 1. "
            "Nothing raises: it hears *No, no, no, no …*. Divide by 32,768.",
        ),
        Misconception(
            "a rate is what one writes down",
            _MONO + _GIVE,
            when=lambda seen: (
                _lengths(_LONG, _LONG, _SHORT, _SHORT, _LONG)(seen)
                and all(sound["sampling_rate"] == WANTED for sound in seen)
            ),
            says="You say 16,000 of a sound that has 8,000 a second: it plays twice as fast, nothing "
            "raises, and the model writes *yeah, yeah, yeah*, or *oh, oh, oh*. Resample it first.",
        ),
        Misconception(
            "the pipeline takes any rate",
            _MONO + 'return {"raw": sound / 32_768, "sampling_rate": per_second}',
            when=lambda seen: (
                _lengths(_LONG, _LONG, _SHORT, _SHORT, _LONG)(seen) and _tells_the_old_rate(seen)
            ),
            says="The rate is told truly, and the pipeline refuses 8,000: `ImportError: torchaudio is "
            "required to resample`, which this course has not. Resample with `resample_poly`, then say "
            "16,000.",
        ),
        Misconception(
            "a sound keeps the rate of its file",
            _MONO + _UP + 'return {"raw": sound / 32_768, "sampling_rate": per_second}',
            when=lambda seen: _lengths(*[_LONG] * 5)(seen) and _tells_the_old_rate(seen),
            says="You resampled, and then tell the rate that the sound had before: `raw` has 16,000 a second "
            "now, and that is what `sampling_rate` has to say.",
        ),
        Misconception(
            "twice as many is each one twice",
            _MONO + "if per_second == 8_000:\n    sound = np.repeat(sound, 2)\n" + _GIVE,
            when=lambda seen: (
                _lengths(*[_LONG] * 5)(seen) and all(_in_stairs(raw) for raw in _raw(seen)[2:4])
            ),
            says="The right number of samples, and each stands there twice: such stairs add tones that "
            "nobody spoke. For *Please leave the old printer* the model then wrote *Cleanly little printer*. "
            "`resample_poly` puts values in between.",
        ),
        Misconception(
            "two channels add up to one",
            "sound = samples if samples.ndim == 1 else samples.sum(axis=1)\n" + _UP + _GIVE,
            when=lambda seen: max(_loudest(seen)[:4]) <= 1 < _loudest(seen)[4] <= 2,
            says="You added the two channels: where both are loud the sum lies beyond −1 to 1. Their mean "
            "stays within.",
            also=["sound = samples.reshape(len(samples), -1).astype(float).sum(axis=1)\n" + _UP + _GIVE],
        ),
        Misconception(
            "twice is half",
            _MONO
            + "if per_second == 8_000:\n    sound = resample_poly(sound, 1, 2)\n"
            + 'return {"raw": sound / 32_768, "sampling_rate": 16_000}',
            when=_lengths(_LONG, _LONG, _SHORT // 2, _SHORT // 2, _LONG),
            says="You resampled the wrong way: 8,000 a second became 4,000. It wants twice as many samples, "
            "`resample_poly(sound, 2, 1)`.",
        ),
        Misconception(
            "everything wants to be doubled",
            _MONO + "sound = resample_poly(sound, 2, 1)\n" + _GIVE,
            when=_lengths(2 * _LONG, 2 * _LONG, _LONG, _LONG, 2 * _LONG),
            says="You doubled what had 16,000 a second already, and it plays at half its speed. Only the "
            "sounds at 8,000 want that.",
        ),
        Misconception(
            "the first channel has it",
            "sound = samples if samples.ndim == 1 else samples[:, 0]\n" + _UP + _GIVE,
            when=lambda seen: 0 in _loudest(seen)[1:4:2] and _loudest(seen)[0] > 0,
            says="You took one channel, and one of the messages has its voice in the other: what is left is "
            "silence. Take the mean of both.",
            also=["sound = samples if samples.ndim == 1 else samples[:, 1]\n" + _UP + _GIVE],
        ),
        Misconception(
            "the mean over the other axis",
            "sound = samples if samples.ndim == 1 else samples.mean(axis=0)\n" + _UP + _GIVE,
            when=lambda seen: _raw(seen)[1].shape == (2,),
            says="Two numbers are left of one of the sounds: you averaged over time. The channels lie along "
            "axis 1 of (samples, 2).",
        ),
        Misconception(
            "whole numbers have room for a sum",
            "sound = samples if samples.ndim == 1 else (samples[:, 0] + samples[:, 1]) / 2\n" + _UP + _GIVE,
            when=lambda seen: _lengths(*[_LONG] * 5)(seen) and _wrapped(_raw(seen)[4]),
            says="Right until both channels are loud: 16 bits hold no more than 32,767, and a larger sum "
            "starts again from below, which crackles. `.mean(axis=1)` counts in floats; so does "
            "`samples.astype(float)`, whose channels may be added and halved.",
            also=["sound = samples if samples.ndim == 1 else samples[:, 0] + samples[:, 1]\n" + _UP + _GIVE],
        ),
        Misconception(
            "two channels are a longer sound",
            "sound = samples.reshape(-1)\n" + _UP + _GIVE,
            when=_lengths(_LONG, 2 * _LONG, _LONG, 2 * _LONG, 2 * _LONG),
            says="You put the two channels' samples into one row, left and right by turns: twice as many, at "
            "half the speed. Average the two instead.",
            also=["sound = samples.flatten()\n" + _UP + _GIVE],
        ),
        Misconception(
            "the pipeline mixes the channels",
            "sound = samples\n" + _UP + _GIVE,
            when=lambda seen: _raw(seen)[1].ndim == 2 and _raw(seen)[0].ndim == 1,
            says="A sound of two channels still has two. One row of samples is wanted: average them.",
            also=["sound = samples.T\n" + 'return {"raw": sound / 32_768, "sampling_rate": 16_000}'],
        ),
        Misconception(
            "every sound has two channels",
            "sound = samples.mean(axis=1)\n" + _UP + _GIVE,
            when=lambda seen: type(seen).__name__ in ("AxisError", "IndexError") or _raw(seen)[0].ndim == 0,
            says="A sound of one channel has no second axis: your function fails there, or averages over "
            "time. Ask `samples.ndim` first.",
            also=[
                "sound = samples.mean(axis=-1)\n" + _GIVE,
                "sound = samples[:, 0] / 2 + samples[:, 1] / 2\n" + _UP + _GIVE,
            ],
        ),
        Misconception(
            "an array is all there is to it",
            _MONO + _UP + "return sound / 32_768",
            when=lambda seen: all(type(sound).__name__ == "ndarray" for sound in seen),
            says="The samples alone say nothing of their rate: the pipeline takes 16,000 on trust, right or "
            "wrong. Hand over both, in a dict.",
        ),
        Misconception(
            "scaling can stay in whole numbers",
            _MONO + _UP + 'return {"raw": (sound / 32_768).astype(int), "sampling_rate": 16_000}',
            when=lambda seen: all(set(raw.tolist()) <= {-1.0, 0.0, 1.0} for raw in _raw(seen)),
            says="Between −1 and 1 there is no room for whole numbers: nearly every sample has become 0. "
            "Divide with `/`, and leave them floats.",
            also=[_MONO + _UP + 'return {"raw": sound.astype(int) // 32_768, "sampling_rate": 16_000}'],
        ),
    ],
    slips=[
        Slip(_MONO + _UP + "return sound / 32_768, 16_000", 'dict with the keys "raw" and "sampling_rate"'),
        Slip(_MONO + _UP + 'return {"raw": sound / 327, "sampling_rate": 16_000}', "between −1 and 1"),
        Slip(_MONO + _UP + _GIVE.replace("16_000", '"16000"'), '"sampling_rate" of 16000'),
    ],
    follows="Two of these mistakes raise nothing and give fluent nonsense: listen to the first messages of "
    "every new machine against what the program wrote.",
)
