"""README's lesson table, made from course.toml and the catalogue so that it cannot go stale."""

from pathlib import Path

from hflearn import course, stock
from hflearn.course import REPOSITORY, Lesson

BEGIN, END = "<!-- lessons -->", "<!-- /lessons -->"


def lesson_table() -> str:
    """A Markdown table: a row a lesson."""
    head = "| lesson | you will be able to | minutes | memory | download |\n|---|---|---|---|---|\n"
    return head + "\n".join(_row(lesson) for lesson in course.lessons())


def refresh(path: Path = REPOSITORY / "README.md") -> None:
    """Write the table between README's two markers."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{lesson_table()}\n{END}{after}", encoding="utf-8")


def _row(lesson: Lesson) -> str:
    megabytes = sum(stock.roles()[role].download_mb for role in lesson.stock)
    objectives = "; ".join(lesson.objectives)
    title = f"[{lesson.id.partition('_')[0]} · {lesson.title}](notebooks/{lesson.id}.ipynb)"
    return f"| {title} | {objectives} | {lesson.minutes} | {lesson.memory_gb:g} GB | {megabytes:.0f} MB |"
