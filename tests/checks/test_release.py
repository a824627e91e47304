"""Exercise 07 keeps its story: what it says of Trainer is Trainer's, what it shows is what it diagnoses."""

from copy import deepcopy
from textwrap import dedent, indent

import nbformat
import pytest

from hflearn.checks.ex07_fine_tuning import (
    adapter,
    answers,
    curves,
    head,
    loop,
    publish,
    resume,
    routes,
    steps,
    stopping,
    tiny,
)
from hflearn.checks.exercise import questions
from hflearn.course import REPOSITORY

NAME = "07_fine_tuning"
ASKED = questions(NAME)
GUESSING = 1.61  # ln 5


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(REPOSITORY / "exercises" / f"{NAME}.ipynb", as_version=4)


def shown(notebook, begins):
    """What a cell of the notebook defines."""
    names = {}
    exec(next(cell.source for cell in notebook.cells if cell.source.startswith(begins)), names)
    return names


@pytest.fixture(scope="module")
def runs(notebook):
    return shown(notebook, "runs = ")["runs"]


def settings(folder, **more):
    from transformers import TrainingArguments

    quiet = {"report_to": "none", "disable_tqdm": True, "logging_strategy": "no"}
    return TrainingArguments(str(folder), use_cpu=True, **quiet, **more)


@pytest.mark.parametrize("case", steps.CASES)
def test_steps_are_counted_as_trainer_counts_them(tmp_path, case):
    from transformers import Trainer

    rows, batch, accumulate, epochs, warmup = case
    args = settings(
        tmp_path,
        per_device_train_batch_size=batch,
        gradient_accumulation_steps=accumulate,
        num_train_epochs=epochs,
        warmup_steps=warmup,
    )
    trainer = Trainer(tiny.bert(), args, train_dataset=[{"input_ids": [1], "labels": 0}] * rows)
    total = trainer.set_initial_training_values(args, trainer.get_train_dataloader())[-1]
    assert (total, args.get_warmup_steps(total)) == steps.steps(*case)


@pytest.mark.parametrize(("losses", "patience"), stopping.CASES)
def test_it_stops_when_trainers_callback_does(losses, patience):
    from types import SimpleNamespace

    from transformers import EarlyStoppingCallback

    callback = EarlyStoppingCallback(early_stopping_patience=patience)
    args = SimpleNamespace(greater_is_better=False)
    best = None
    for run, loss in enumerate(losses, start=1):  # noqa: B007
        callback.check_metric_value(args, SimpleNamespace(best_metric=best), None, loss)
        best = loss if best is None else min(best, loss)
        if callback.early_stopping_patience_counter >= patience:
            break
    assert (run, losses.index(best) + 1) == stopping.stop(losses, patience)


def test_a_checkpoint_holds_what_the_question_says(notebook, tmp_path):
    from transformers import Trainer

    args = settings(tmp_path, max_steps=1, save_steps=1)
    Trainer(deepcopy(tiny.bert()), args, train_dataset=[{"input_ids": [1, 2], "labels": 0}]).train()
    written = sorted(file.name for file in (tmp_path / "checkpoint-1").iterdir())
    assert written == resume.WHOLE
    assert list(shown(notebook, "listing = ")["listing"].values()) == [written]


def test_the_routes_that_are_shown_are_the_ones_that_are_tried(notebook):
    assert shown(notebook, "routes = ")["routes"] == routes.MEASURED


class TestAnAdaptersNumbers:
    def test_are_those_that_peft_trains(self):
        from peft import LoraConfig, get_peft_model

        model = deepcopy(tiny.bert())
        linear = {
            name: tuple(part.weight.shape)
            for name, part in model.named_modules()
            if hasattr(part, "in_features")
        }
        head = [linear.pop("classifier")]
        adapted = get_peft_model(model, LoraConfig(task_type="SEQ_CLS", r=3, target_modules="all-linear"))
        moving = sum(weights.numel() for weights in adapted.parameters() if weights.requires_grad)
        assert adapter.learns(list(linear.values()), 3, head) == moving

    def test_are_a_routes_own_at_rank_8(self, notebook):
        names = shown(notebook, "one_of_six = ")
        assert (names["body"], names["head"]) == (adapter.BODY, adapter.HEAD)
        own = next(route["own"] for route in routes.MEASURED if route["name"] == "adapter")
        assert adapter.learns(adapter.BODY, 8, adapter.HEAD) == own


class TestTheChatModelDoesWhatIsSaidOfIt:
    MESSAGE = (7, 21, 9, 33)
    ANSWER = (12, 40, 5, 17, 8, 29, 44, 31)

    def trained(self, code):
        """What a small model answers that learnt this row by this loss, in at most twelve tokens."""
        import torch

        names = {}
        exec("def loss_of(model, ids, mask, starts):\n" + indent(dedent(code).strip(), "    "), names)
        row = torch.tensor([[*self.MESSAGE, *self.ANSWER, 0, 0, 0]])
        mask = (torch.arange(row.shape[1]) <= row.argmin()).long()[None]
        start, model = len(self.MESSAGE), deepcopy(tiny.llama())
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
        for _ in range(60):
            names["loss_of"](model, row, mask, [start]).backward()
            optimizer.step()
            optimizer.zero_grad()
        told = {"do_sample": False, "max_new_tokens": 12, "eos_token_id": 0, "pad_token_id": 0}
        said = model.generate(row[:, :start], attention_mask=mask[:, :start], **told)
        return said[0, start:].tolist()

    def test_mended_it_gives_the_answer_and_stops(self):
        assert self.trained(ASKED["q14"].reference) == [*self.ANSWER, 0]

    def test_as_it_was_it_leaves_out_words_and_never_stops(self):
        said = self.trained(answers.UNREPAIRED)
        assert said[:2] == [*self.ANSWER[1:4:2]]
        assert 0 not in said


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("q3", head.UNREPAIRED),
        ("q4", loop.UNREPAIRED),
        ("q12", publish.UNREPAIRED),
        ("q14", answers.UNREPAIRED),
    ],
)
def test_the_code_that_is_shown_is_the_one_that_is_diagnosed(notebook, name, code):
    cell = next(c for c in notebook.cells if c.metadata.get("tags", []) == ["exercise", name])
    lines = cell.source.splitlines()
    first, last = (number for number, line in enumerate(lines) if line.strip().startswith("____"))
    assert dedent("\n".join(lines[first + 1 : last])).strip() == code.strip()
    assert ASKED[name].misconceptions[0].sample == code


class TestTheCurvesShowWhatIsSaidOfThem:
    def test_every_run_is_there(self, runs):
        assert list(runs) == list(curves.RIGHT)
        assert {len(column) for run in runs.values() for column in run} == {8}

    def test_a_learns_by_heart_and_gets_worse_on_the_validation_rows(self, runs):
        train, validation, _ = runs["A"]
        assert sorted(train, reverse=True) == train
        assert sorted(validation) == validation

    def test_b_falls_a_little_in_every_epoch(self, runs):
        for losses in runs["B"][:2]:
            assert sorted(set(losses), reverse=True) == losses
            assert losses[-1] > GUESSING - 0.05

    def test_c_is_right_about_all_of_the_validation_rows(self, runs):
        _, validation, right = runs["C"]
        assert right[-1] == 1
        assert sorted(validation, reverse=True) == validation

    def test_d_never_turns_upwards(self, runs):
        assert sorted(runs["D"][1], reverse=True) == runs["D"][1]

    def test_e_does_not_move(self, runs):
        assert [len(set(column)) for column in runs["E"]] == [1, 1, 1]

    def test_f_is_above_guessing_throughout_and_goes_up_and_down(self, runs):
        for losses in runs["F"][:2]:
            assert min(losses) > GUESSING
            assert sorted(losses, reverse=True) != losses
