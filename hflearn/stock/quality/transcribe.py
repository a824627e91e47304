"""How many words of the clip come out wrong."""

import re
import time
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from transformers import Pipeline, pipeline

from hflearn.stock.quality import folder


def measure() -> dict[str, str]:
    samples = folder("transcribe") / "samples"
    said = (samples / "parcel.txt").read_text(encoding="utf-8")
    sound, rate = read(samples / "parcel.wav")
    heard = _hear()({"raw": sound, "sampling_rate": rate})["text"]
    return {
        "seconds": f"{len(sound) / rate:.1f}",
        "words": f"{len(words(said))}",
        "word_error_rate": f"{word_error_rate(words(said), words(heard)):.3f}",
    }


def speed() -> dict[str, str]:
    sound, rate = read(folder("transcribe") / "samples" / "parcel.wav")
    hear = _hear()
    hear({"raw": sound, "sampling_rate": rate})  # the first call pays for what later ones find ready
    start = time.perf_counter()
    hear({"raw": sound, "sampling_rate": rate})
    return {"seconds_to_transcribe": f"{time.perf_counter() - start:.1f}"}


def read(file: Path) -> tuple[NDArray[np.float32], int]:
    """The samples of a WAV file (16 bits, one channel), from −1 to 1, and how many there are in a second."""
    with wave.open(str(file)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
        return np.divide(samples, 32768, dtype=np.float32), sound.getframerate()


def words(text: str) -> list[str]:
    """Without capitals and punctuation, which nobody hears."""
    return re.findall(r"[\w']+", text.lower())


def word_error_rate(truth: list[str], heard: list[str]) -> float:
    """Words to change, drop or put in to get from ``heard`` to ``truth``, for each word of ``truth``."""
    row = list(range(len(heard) + 1))
    for place, word in enumerate(truth, start=1):
        above, row = row, [place]
        for column, other in enumerate(heard, start=1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (word != other)))
    return row[-1] / len(truth)


def _hear() -> Pipeline:
    return pipeline("automatic-speech-recognition", model=str(folder("transcribe")))
