"""Exercise 05 keeps its story: the scripts it shows are the ones it diagnoses, and its queue is Gradio's."""

import ast
import logging
import time
from textwrap import dedent

import nbformat
import pytest

from hflearn.checks.ex05_spaces import classroom, loading
from hflearn.checks.ex05_spaces.promise import BAD, GOOD
from hflearn.checks.ex05_spaces.queue import best, last_answer
from hflearn.checks.ex05_spaces.space import GLOSSARY, both_ends, without_banner
from hflearn.checks.exercise import questions
from hflearn.course import REPOSITORY

NAME = "05_spaces"
ASKED = questions(NAME)
MENDED = [name for name in ASKED if name != "q10"]  # which is built from nothing


def cell_of(name):
    notebook = nbformat.read(REPOSITORY / "exercises" / f"{NAME}.ipynb", as_version=4)
    return next(c for c in notebook.cells if c.metadata.get("tags", []) == ["exercise", name])


def as_shown(name):
    """What stands between the two blanks of a question's cell, as one normal form."""
    lines = cell_of(name).source.splitlines()
    first, last = (number for number, line in enumerate(lines) if line.strip().startswith("____"))
    return statements("\n".join(lines[first + 1 : last]))


def statements(code):
    body = dedent(code).strip("\n").replace("\n", "\n    ")
    return ast.dump(ast.parse(f"def f():\n    {body}"))


@pytest.mark.parametrize("name", MENDED)
def test_the_script_shown_is_the_one_that_is_diagnosed_as_unrepaired(name):
    unrepaired = next(m for m in ASKED[name].misconceptions if m.thought == "unrepaired")
    assert as_shown(name) == statements(unrepaired.sample)


def test_the_glossary_shown_is_the_one_that_is_asked_for():
    assert repr(GLOSSARY).replace("'", '"') in cell_of("q10").source


def test_the_eighth_question_has_as_many_apps_as_it_says():
    assert (len(GOOD), len(BAD)) == (3, 15)  # "three apps that keep the promise", "fifteen that break it"


@pytest.mark.parametrize("kind", [*GOOD, *BAD])
def test_an_app_of_the_eighth_question_translates_or_refuses_each_time_it_is_made(kind):
    make = {**GOOD, **BAD}[kind]
    assert str(make()("Hola.")) == str(make()("Hola."))


@pytest.fixture
def slow_app():
    """The address of an app whose calls take 0.3 s, two at once."""
    import gradio as gr

    def wait(text):
        time.sleep(0.3)
        return text

    with gr.Blocks() as app:
        box = gr.Textbox()
        gr.Button().click(wait, box, box, api_name="wait", concurrency_limit=2)
    _, url, _ = app.launch(prevent_thread_lock=True, quiet=True, server_name="127.0.0.1")
    yield url
    app.close(verbose=False)


def test_five_callers_two_at_once_wait_for_three_rounds(slow_app):
    from gradio_client import Client

    client = Client(slow_app, verbose=False, analytics_enabled=False)
    began = time.perf_counter()
    jobs = [client.submit("Hola", api_name="/wait") for _ in range(5)]
    assert [job.result(timeout=60) for job in jobs] == ["Hola"] * 5
    assert time.perf_counter() - began >= last_answer({2: 0.3}, 5, 2) == pytest.approx(0.9)


def test_where_cores_compute_one_at_a_time_is_best_and_where_others_do_eight():
    assert best({1: 1.0, 2: 2.0, 4: 4.0}, 8) == (1, 8.0)
    assert best({1: 2.0, 2: 2.0, 4: 2.1, 8: 2.6}, 8) == (8, 2.6)


_BANNER = """*****************
* Trying to transpile functions from Python -> JS for performance

* (1/1) <lambda>: done
*****************

* Running on local URL:  http://127.0.0.1:7999
* To create a public link, set `share=True` in `launch()`."""


def test_of_an_app_that_started_gradios_banner_is_not_shown():
    assert without_banner(f"It listens on port 7999.\n\n{_BANNER}") == "It listens on port 7999."
    said = without_banner(f"It ended with status 1.\n\n{_BANNER}\nValueError: no ferry")
    assert said == "It ended with status 1.\nValueError: no ferry"


def test_of_an_app_that_did_not_start_all_is_shown():
    said = without_banner(
        "It ended with status 1.\n\nTraceback:\n  import gradoi\nModuleNotFoundError: gradoi"
    )
    assert said.splitlines()[1:] == ["Traceback:", "  import gradoi", "ModuleNotFoundError: gradoi"]


def test_of_a_long_traceback_the_end_is_shown_which_says_why():
    traceback = (
        "It ended with status 1.\nTraceback:\n" + "  File app.py\n" * 50 + "OSError: port 7860 is taken"
    )
    assert both_ends(traceback) == "It ended with status 1. … OSError: port 7860 is taken"
    assert len(both_ends("x" * 1000)) == 350


@pytest.fixture
def loggers():
    """The loggers of web servers, put back afterwards."""
    found = [logging.getLogger(name) for name in classroom.SERVERS]
    before = [(one.level, one.propagate, list(one.handlers), list(one.filters)) for one in found]
    yield found
    for one, (level, propagate, handlers, filters) in zip(found, before, strict=True):
        one.setLevel(level)
        one.propagate, one.handlers, one.filters = propagate, handlers, filters


def test_streamlit_does_not_make_the_servers_of_the_session_talk(loggers, capfd):
    from streamlit import logger

    classroom.hush_servers()
    logger.init_uvicorn_logs()
    logger.set_log_level("INFO")
    for one in loggers:
        one.info("GET /api/health")
        one.warning("out of order")
    said = capfd.readouterr().err
    assert "GET" not in said and said.count("out of order") >= 1


def test_the_check_of_the_seventh_question_prints_nothing_of_streamlits(capfd):
    from hflearn.checks.judge import judge

    def page(load):
        import streamlit as st

        text = st.text_input("Spanish")
        if text:
            st.write(st.cache_resource(load)()(text))

    assert judge("q7", loading.question, page).right
    assert capfd.readouterr() == ("", "")


def test_one_release_of_the_seventh_questions_model_is_not_taken_for_another():
    assert loading.english("uno", 1) not in loading.english("uno", 12)
