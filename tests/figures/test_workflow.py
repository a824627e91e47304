"""The workflow says in words what it draws."""

from hflearn import figures
from hflearn.figures.workflow import STEPS


def test_the_workflow_names_every_step_its_tool_and_its_lesson():
    alt = figures.workflow().alt
    for number, (name, tool, lesson) in enumerate(STEPS, start=1):
        words = f"{number}. {name}: {tool}".replace("\n", " ")
        assert words + (f" (lesson {lesson})." if lesson else ".") in alt
