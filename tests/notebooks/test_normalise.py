"""A normalised notebook holds nothing that varies from run to run or from machine to machine."""

from pathlib import Path

import pytest
from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from hflearn import home
from hflearn.course import REPOSITORY
from hflearn.notebooks.normalise import normalise, normalised_outputs
from hflearn.notebooks.varying import without_varying

VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "0123"}, "text/plain": "IntSlider(value=3)"}


def stream(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def texts(outputs):
    return [(output.name, output.text) for output in normalised_outputs(outputs)]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("http://127.0.0.1:43211/api", "http://127.0.0.1:8760/api"),
        ("http://localhost:5000", "http://localhost:8760"),
        ("404 (Request ID: Root=1-66ab;0c9d)", "404 (Request ID: 0)"),
        ("{'x-request-id': '8d1f-77'}", "{'x-request-id': '0'}"),
        ("store 6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "store 00000000"),
        ("hf_AbCdEfGhIjKlMnOpQrStUv", "hf_…"),
        ("<object at 0x7f3c5a1b2d90>", "<object at 0x…>"),
        ("/usr/lib/python3.11/site-packages/transformers/x.py:3", "site-packages/transformers/x.py:3"),
        (f"{REPOSITORY}/.venv/lib/python3.11/site-packages/peft/x.py", "site-packages/peft/x.py"),
        (r"C:\Python\Lib\site-packages\torch\x.py", r"site-packages/torch\x.py"),
        ("/tmp/tmpab12cd_x/model", "/tmp/tmp/model"),
        ("/private/var/folders/zz/a1/T/tmpab12cd_x", "/tmp/tmp"),
        (f"{REPOSITORY}/notebooks", "~/hflearn/notebooks"),
        (f"{Path.home()}/x", "~/x"),
        ("it is 12:30, hf_hub_download took 0xff", "it is 12:30, hf_hub_download took 0xff"),
    ],
)
def test_what_varies_is_replaced(said, kept):
    assert without_varying(said) == kept
    assert without_varying(kept) == kept


def test_the_home_and_the_stock_are_named_as_on_a_linux_machine():
    said = f"{home.client_home()}/hub and {home.stock_dir()}/embed"
    assert without_varying(said) == "~/.local/share/hflearn/client/hub and ~/.local/share/hflearn/stock/embed"


@pytest.mark.parametrize(
    "bar",
    [
        " 50%|#####     | 1/2 [00:01<00:01,  1.00s/it]",
        "Loading weights: 100%|██████████| 103/103 [00:00<00:00, 4041.61it/s]",
        "3it [00:00, 1200.31it/s]",
        "Downloading: 0.00B [00:00, ?B/s]",
        "Reconstructing (incomplete total...): |          |  0.00B /  0.00B            ",
        "Generating train split: 2225 examples [00:00, 9124.33 examples/s]",
    ],
)
def test_progress_bars_are_dropped(bar):
    assert texts([stream("\r" + bar + "\n", "stderr"), stream("done\n")]) == [("stdout", "done\n")]
    widget = new_output("display_data", data={**VIEW, "text/plain": bar})
    assert normalised_outputs([widget]) == []


def test_a_progress_bar_that_comes_in_pieces_is_dropped():
    assert texts([stream("\r  0%|   | 0/1 [00:00<?, ?it/s]", "stderr"), stream("\n", "stderr")]) == []


def test_a_warning_beside_a_progress_bar_is_kept():
    said = stream("\r 50%|##   | 1/2 [00:01<00:01, 1it/s]\nUserWarning: look out\n", "stderr")
    assert texts([said]) == [("stderr", "UserWarning: look out\n")]


def test_a_blank_line_that_was_printed_is_kept():
    assert texts([stream("\n")]) == [("stdout", "\n")]


def test_of_an_overwritten_line_the_last_state_is_kept():
    assert texts([stream("one\rtwo\n")]) == [("stdout", "two\n")]


def test_pieces_of_a_stream_become_one_and_stdout_comes_first():
    said = [stream("a\n", "stderr"), stream("b"), stream("c\n", "stderr"), stream("d\n")]
    assert texts(said) == [("stdout", "bd\n"), ("stderr", "a\nc\n")]


def test_text_on_either_side_of_a_figure_stays_there():
    figure = new_output("display_data", data={"text/plain": "<Figure>"})
    kinds = [output.output_type for output in normalised_outputs([stream("a\n"), figure, stream("b\n")])]
    assert kinds == ["stream", "display_data", "stream"]


def test_a_widget_is_replaced_by_its_text():
    (kept,) = normalised_outputs([new_output("display_data", data=VIEW)])
    assert kept.data == {"text/plain": "IntSlider(value=3)"}


def test_a_pictures_alt_text_is_the_only_metadata_kept():
    metadata = {"image/png": {"alt": "a cat", "width": 640}, "needs_background": "light"}
    picture = new_output("display_data", data={"image/png": "AAAA"}, metadata=metadata)
    (kept,) = normalised_outputs([picture])
    assert kept.metadata == {"image/png": {"alt": "a cat"}}


def sample(**fields):
    cells = [
        new_markdown_cell("# Title", metadata={"collapsed": True}),
        new_code_cell(
            "1", execution_count=7, metadata={"tags": ["gpu"], "execution": {"iopub.status": "now"}}
        ),
        new_code_cell(
            "2", execution_count=9, outputs=[new_output("execute_result", data={}, execution_count=9)]
        ),
    ]
    cells[2].outputs[0].data = {"text/plain": "2"}
    metadata = {
        "widgets": {"state": {}},
        "language_info": {"name": "python", "version": "3.11.2"},
        "papermill": {},
    }
    return new_notebook(cells=cells, metadata=metadata, **fields)


def test_metadata_is_the_same_everywhere():
    metadata = normalise(sample()).metadata
    assert set(metadata) == {"kernelspec", "language_info"}
    assert metadata.kernelspec.name == "python3"
    assert metadata.language_info == {"name": "python"}


def test_of_a_cells_metadata_the_tags_are_kept():
    assert [cell.metadata for cell in normalise(sample()).cells] == [{}, {"tags": ["gpu"]}, {}]


def test_execution_counts_go_from_one():
    cells = normalise(sample()).cells
    assert [cell.execution_count for cell in cells[1:]] == [1, 2]
    assert cells[2].outputs[0].execution_count == 2


def test_cells_keep_their_ids():
    notebook = sample()
    assert [cell.id for cell in normalise(notebook).cells] == [cell.id for cell in notebook.cells]


def test_a_cell_without_an_id_gets_the_same_one_each_time():
    cells = [{"cell_type": "code", "source": "same", "metadata": {}, "outputs": []} for _ in range(2)]
    notebook = from_dict({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    first, second = ([cell.id for cell in normalise(notebook).cells] for _ in range(2))
    assert first == second
    assert len(set(first)) == 2


def test_normalising_twice_is_normalising_once():
    once = normalise(sample())
    assert normalise(once) == once


def timed(output, source="measure()"):
    cell = new_code_cell(source, id="timed", metadata={"tags": ["nbval-ignore-output"]})
    cell.outputs = [stream(output)] if output else []
    return new_notebook(cells=[cell])


def test_an_ignored_output_stays_as_it_was():
    assert normalise(timed("0.31 s\n"), before=timed("0.29 s\n")).cells[0].outputs[0].text == "0.29 s\n"


def test_an_ignored_output_is_taken_anew_where_the_code_has_changed():
    after = normalise(timed("0.31 s\n"), before=timed("0.29 s\n", source="other()"))
    assert after.cells[0].outputs[0].text == "0.31 s\n"


def test_an_ignored_output_is_taken_anew_where_it_was_cleared():
    assert normalise(timed("0.31 s\n"), before=timed("")).cells[0].outputs[0].text == "0.31 s\n"
