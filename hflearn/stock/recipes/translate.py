"""marian-mini-es-en: a small MarianMT from scratch on the pairs of Tatoeba, Spanish to English.

Two processes of one thread each: both work on a batch, add up their gradients, and take the same step. That
is the same every time, and nearly twice as fast as one; a pause in one costs only that long (two threads wait
for each other thousands of times a step). It takes hours, so it keeps its state in ``stock_dir()/training``,
and a run that was interrupted goes on from there: the result is that of a run that was not.
"""

import io
import json
import os
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
from torch.nn.utils import parameters_to_vector, vector_to_parameters
from torch.nn.utils.rnn import pad_sequence
from transformers import GenerationConfig, MarianConfig, MarianMTModel, MarianTokenizer

from hflearn import machine
from hflearn.home import stock_dir
from hflearn.stock.recipes import SEED, tatoeba
from hflearn.stock.recipes.half import save_in_half
from hflearn.stock.recipes.pieces import Cutter

WORKERS = 2
STEPS, WARM_UP, COOL_DOWN = 9_000, 500, 3_000
PEAK_RATE = 1e-3
TOKENS = 1600  # of each language, in each worker's batch: 2 × 1600 a step
LONGEST = 64  # tokens: of the pairs, a handful are longer
SMOOTHING = 0.1
AVERAGED = 1000  # steps, about: the model that is kept is the moving average of the weights over them
KEEP_EVERY = 250  # steps

VOCABULARY = 8000
END, UNKNOWN, PAD = 0, 1, 2

Row = tuple[list[int], list[int]]  # Spanish ids, English ids, each with its END


def config() -> MarianConfig:
    return MarianConfig(
        vocab_size=VOCABULARY, d_model=256, max_position_embeddings=256,
        encoder_layers=4, encoder_attention_heads=4, encoder_ffn_dim=1024,
        decoder_layers=2, decoder_attention_heads=4, decoder_ffn_dim=1024,
        activation_function="relu", dropout=0.2, scale_embedding=True,
        eos_token_id=END, forced_eos_token_id=END, pad_token_id=PAD, decoder_start_token_id=PAD,
    )  # fmt: skip


def train(folder: Path) -> None:
    kept = stock_dir() / "training" / "translate"
    learn(kept)
    export(kept, folder)
    shutil.rmtree(kept)


def learn(kept: Path) -> None:
    """Trains to the end, from where an earlier run left off; the state is kept in the folder ``kept``."""
    kept.mkdir(parents=True, exist_ok=True)
    if not (kept / "vocabulary.model").exists():
        (kept / "vocabulary.model").write_bytes(learn_vocabulary())
    (kept / "meeting").unlink(missing_ok=True)  # of a run that was killed
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "100")  # of 1,024 shapes it would be gigabytes
    torch.multiprocessing.spawn(work, (kept,), WORKERS)


def learn_vocabulary() -> bytes:
    """One SentencePiece model for both languages: they share names, numbers and many stems."""
    made = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter([text for pair in tatoeba.pairs("train") for text in pair]), model_writer=made,
        vocab_size=VOCABULARY, character_coverage=1.0, num_threads=1, minloglevel=2,
        eos_id=END, unk_id=UNKNOWN, pad_id=PAD, bos_id=-1,
    )  # fmt: skip
    return made.getvalue()


def work(rank: int, kept: Path) -> None:
    """One of the processes: trains from the state in ``kept`` to the end; the first one keeps the state."""
    torch.set_num_threads(1)
    dist.init_process_group("gloo", f"file://{kept / 'meeting'}", rank=rank, world_size=WORKERS)
    training = Training(kept)
    while training.step < STEPS:
        for batch in training.epoch_from_here(rank):
            training.learn(batch, rank)
            if training.step % KEEP_EVERY == 0 and rank == 0:
                training.keep()
            if training.step == STEPS:
                break
    dist.destroy_process_group()


class Training:
    """The weights are a vector in float32; the model computes with a copy, in bfloat16 where that is fast."""

    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.tokenizer = vocabulary(kept)
        self.pairs = tatoeba.pairs("train")
        self.cutter = Cutter(self.tokenizer, (text for pair in self.pairs for text in pair))
        torch.manual_seed(SEED)
        self.model = MarianMTModel(config()).train()
        self.model.set_attn_implementation("eager")  # of sentences this short, the fastest
        self.trained = [weights for weights in self.model.parameters() if weights.requires_grad]
        self.weights = parameters_to_vector(self.trained).detach()
        self.average = self.weights.clone()
        self.optimizer = torch.optim.AdamW([self.weights], betas=(0.9, 0.98), weight_decay=0, fused=True)
        self.model.to(torch.bfloat16 if machine.cpu().bfloat16 else torch.float32)
        self.step, self.epoch, self.place = 0, 0, 0  # place: batches of this epoch that are done
        self.curve: list[tuple[int, float]] = []  # step, loss on dev
        if (file := kept / "state.pt").exists():
            self._go_on_from(torch.load(file))

    def epoch_from_here(self, rank: int) -> Iterator[list[Row]]:
        made = groups(drawn(self.cutter, self.pairs, self.epoch), self.epoch)
        for group in made[self.place :]:
            self.place += 1
            yield group[rank]
        self.epoch, self.place = self.epoch + 1, 0

    def learn(self, batch: list[Row], rank: int) -> None:
        torch.manual_seed(self.step * WORKERS + rank)  # the dropout's: a resumed run draws the same
        vector_to_parameters(self.weights.to(self.model.dtype), self.trained)
        (self.loss(batch, SMOOTHING) / (TOKENS * WORKERS)).backward()
        gradient = torch.cat([weights.grad.flatten() for weights in self.trained]).float()
        self.model.zero_grad()
        dist.all_reduce(gradient)
        self.weights.grad = gradient * min(1.0, 1.0 / gradient.norm().item())
        self.optimizer.param_groups[0]["lr"] = rate(self.step)
        self.optimizer.step()
        self.step += 1
        self.average.lerp_(self.weights, max(1 / AVERAGED, 1 / self.step))

    def loss(self, batch: list[Row], smoothing: float) -> torch.Tensor:
        """The summed loss of the English tokens. The Spanish sentences are of one length: none is padded."""
        spanish = torch.tensor([ids for ids, _ in batch])
        english = pad_sequence([torch.tensor(ids) for _, ids in batch], True, PAD)
        before = torch.cat([torch.full_like(english[:, :1], PAD), english[:, :-1]], dim=1)
        hidden = self.model.model(input_ids=spanish, decoder_input_ids=before).last_hidden_state
        real = english != PAD
        return SmoothedLoss.apply(self.model.lm_head(hidden[real]), english[real], smoothing)

    def keep(self) -> None:
        """Writes the state, so that a run that is interrupted can go on."""
        self.curve.append((self.step, self.dev_loss()))
        print(f"step {self.step}, epoch {self.epoch}: dev loss {self.curve[-1][1]:.3f}", flush=True)
        torch.save(
            {"step": self.step, "epoch": self.epoch, "place": self.place, "curve": self.curve,
             "weights": self.weights, "average": self.average, "optimizer": self.optimizer.state_dict()},
            self.kept / "unfinished.pt",
        )  # fmt: skip
        (self.kept / "unfinished.pt").replace(self.kept / "state.pt")

    @torch.no_grad()
    def dev_loss(self) -> float:
        """Of the averaged weights, for each English token."""
        vector_to_parameters(self.average.to(self.model.dtype), self.trained)
        self.model.eval()
        known = rows(self.tokenizer, tatoeba.pairs("dev"))
        total = sum(self.loss(batch, 0).item() for batch in batches(known))
        self.model.train()
        return total / sum(len(english) for _, english in known)

    def _go_on_from(self, state: dict) -> None:
        self.step, self.epoch, self.place, self.curve = (
            state[name] for name in ("step", "epoch", "place", "curve")
        )
        self.weights.copy_(state["weights"])
        self.average.copy_(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])


class SmoothedLoss(torch.autograd.Function):
    """torch's cross_entropy with label smoothing, summed, in less time: it reads each logit less often."""

    @staticmethod
    def forward(ctx: Any, logits: torch.Tensor, target: torch.Tensor, smoothing: float) -> torch.Tensor:
        chances, place = logits.softmax(-1), target[:, None]
        missed = -chances.gather(1, place).float().log()
        norm = logits.gather(1, place).float() + missed  # log of the sum of the exponentials
        among = logits.shape[1]
        spread = norm - logits @ logits.new_full((among, 1), 1 / among)  # `mean` would copy all in float32
        gradient = chances.sub_(smoothing / among)
        gradient[torch.arange(len(target)), target] -= 1 - smoothing
        ctx.save_for_backward(gradient)
        return ((1 - smoothing) * missed + smoothing * spread).sum()

    @staticmethod
    def backward(ctx: Any, scale: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        (gradient,) = ctx.saved_tensors
        return gradient.mul_(scale.item()), None, None


def rate(step: int) -> float:
    """Up, level, and down to nothing."""
    return PEAK_RATE * min(1.0, (step + 1) / WARM_UP, (STEPS - step) / COOL_DOWN)


def rows(tokenizer: SentencePieceProcessor, pairs: Sequence[tatoeba.Pair]) -> list[Row]:
    """The pairs as ids, each word in its best pieces."""
    return [
        (tokenizer.encode(spanish, add_eos=True), tokenizer.encode(english, add_eos=True))
        for spanish, english in pairs
    ]


def drawn(cutter: Cutter, pairs: Sequence[tatoeba.Pair], epoch: int) -> list[Row]:
    """The pairs as ids, in other pieces each epoch: that teaches rare words. The longest are left out."""
    draw = random.Random(epoch)
    cut = [([*cutter.cut(es, draw), END], [*cutter.cut(en, draw), END]) for es, en in pairs]
    return [row for row in cut if max(map(len, row)) <= LONGEST]


def groups(rows: list[Row], seed: int) -> list[list[list[Row]]]:
    """A batch for each worker, of about the same cost, in random order; an odd one, the smallest, is left."""
    draw = torch.Generator().manual_seed(seed)
    shuffled = [rows[place] for place in torch.randperm(len(rows), generator=draw).tolist()]
    made = sorted(batches(shuffled), key=_tokens, reverse=True)
    even = [made[start : start + WORKERS] for start in range(0, len(made) - WORKERS + 1, WORKERS)]
    return [even[place] for place in torch.randperm(len(even), generator=draw).tolist()]


def batches(rows: list[Row]) -> list[list[Row]]:
    """Every row; the Spanish of a batch is of one length, the English of about one."""
    made: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: (len(row[0]), len(row[1]))):
        if not made or len(made[-1][0][0]) != len(row[0]) or _tokens([*made[-1], row]) > 2 * TOKENS:
            made.append([])
        made[-1].append(row)
    return made


def _tokens(batch: list[Row]) -> int:
    spanish, english = batch[-1]  # its longest
    return len(batch) * (len(spanish) + len(english))


def vocabulary(kept: Path) -> SentencePieceProcessor:
    return SentencePieceProcessor(model_file=str(kept / "vocabulary.model"))


def export(kept: Path, folder: Path) -> None:
    """The averaged weights as a model that `AutoModelForSeq2SeqLM` loads, its tokenizer, and the curve."""
    training = Training(kept)
    model = training.model.float().eval()
    vector_to_parameters(training.average, training.trained)
    model.generation_config = GenerationConfig(
        num_beams=4, max_length=2 * LONGEST, decoder_start_token_id=PAD, pad_token_id=PAD,
        eos_token_id=END, forced_eos_token_id=END,
    )  # fmt: skip
    save_in_half(model, folder)
    _save_tokenizer(training.tokenizer, kept / "vocabulary.model", folder)
    lines = [f"{step},{loss:.3f}\n" for step, loss in training.curve]
    (folder / "training.csv").write_text("step,dev_loss\n" + "".join(lines), encoding="utf-8")


def _save_tokenizer(tokenizer: SentencePieceProcessor, file: Path, folder: Path) -> None:
    """Marian has a file for each language, and the ids in a third."""
    for side in ("source", "target"):
        shutil.copy(file, folder / f"{side}.spm")
    ids = {tokenizer.id_to_piece(number): number for number in range(VOCABULARY)}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    MarianTokenizer(
        *(str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")),
        source_lang="es", target_lang="en", model_max_length=2 * LONGEST,
    ).save_pretrained(folder)  # fmt: skip
