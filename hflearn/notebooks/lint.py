"""What every notebook of the course must have, and what it must not."""

import ast
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from nbformat import NotebookNode

import hflearn
from hflearn import course
from hflearn.errors import CourseError
from hflearn.notebooks import code
from hflearn.notebooks.execute import name, place, read
from hflearn.notebooks.normalise import CELL_METADATA, IGNORED, IMAGES, WIDGET_VIEW
from hflearn.notebooks.prose import Prose, anchors, html_images, prose

LINES = 15
IGNORED_SHARE = 0.3
TAGS = {"parameters", "gpu", "online", IGNORED}
HEADINGS = [
    "What you will be able to do",
    "What you need first",
    "When it goes wrong",
    "In production",
    "In an interview",
    "Checkpoint",
    "Recap",
]

_QUESTION = re.compile(r"exercise|q\d+")
"""What the checks find an exercise's cells by."""
_NBVAL_COMMENT = re.compile(r"^\s*#\s*(NBVAL_\w+|PYTEST_VALIDATE_\w+)", re.MULTILINE)
_ABSOLUTE = re.compile(
    r"(?<![\w.~/:])(?:/(?:home|root|Users|work|mnt|opt|private|var|srv)/[\w.-]+|[A-Z]:\\\w+)"
)


@dataclass(frozen=True)
class Page:
    """A notebook and its place in the course."""

    path: Path
    notebook: NotebookNode
    lesson: course.Lesson
    following: course.Lesson | None = None
    is_exercise: bool = False


Rule = Callable[[Page], Iterator[str]]


def lint(path: Path) -> list[str]:
    """Everything wrong with the notebook at `path`, a sentence each that says what to do; [] if none."""
    lessons = course.lessons()
    position = next((i for i, lesson in enumerate(lessons) if lesson.id == path.stem), None)
    if position is None:
        return [f"{name(path)}: no lesson of course.toml is called {path.stem!r}; add or rename it."]
    following = lessons[position + 1] if position + 1 < len(lessons) else None
    try:
        notebook = read(path)
    except CourseError as error:
        return [str(error)]
    is_exercise = path.parent.name == "exercises"
    return problems(Page(path, notebook, lessons[position], following, is_exercise))


def problems(page: Page) -> list[str]:
    """Everything that the rules find in a notebook."""
    rules = EVERYWHERE if page.is_exercise else EVERYWHERE + IN_LESSONS
    return [
        f"{name(page.path)}{'' if found[0] == ':' else ', '}{found}" for rule in rules for found in rule(page)
    ]


# A rule yields "cell 7 [3]: what to do", or ": what to do" for the notebook as a whole.


def cells_are_short(page: Page) -> Iterator[str]:
    for at, cell in _code(page):
        if (lines := len(cell.source.splitlines())) > LINES:
            yield f"{at}: {lines} lines of code; split the cell, {LINES} are the most."


def title_is_the_courses(page: Page) -> Iterator[str]:
    titles = [text for level, text in _headings(page) if level == 1]
    first = page.notebook.cells[0] if page.notebook.cells else None
    if (
        first is None
        or first.cell_type != "markdown"
        or not first.source.startswith("# ")
        or len(titles) != 1
    ):
        yield ": begin with a Markdown cell that has the one heading of level 1, the title."
    elif not titles[0].endswith(page.lesson.title):
        yield f": the title is {titles[0]!r}, and course.toml has {page.lesson.title!r}; make them the same."


def has_its_headings(page: Page) -> Iterator[str]:
    found = [text.casefold() for _, text in _headings(page)]
    at = [
        next((i for i, text in enumerate(found) if text.startswith(want.casefold())), None)
        for want in HEADINGS
    ]
    for heading, position in zip(HEADINGS, at, strict=True):
        if position is None:
            yield f": there is no heading {heading!r}; write that part of the lesson."
    present = [position for position in at if position is not None]
    if present != sorted(present):
        yield f": put its parts in this order: {', '.join(HEADINGS)}."


def starts_itself(page: Page) -> Iterator[str]:
    calls = [call for _, cell in _code(page) if (call := _call(cell, "start"))]
    ids = [getattr(call.args[0], "value", None) for call in calls if call.args]
    if ids != [page.lesson.id]:
        yield f': call hflearn.start("{page.lesson.id}") once, with this id.'


def images_have_alt_text(page: Page) -> Iterator[str]:
    for at, _, part in _prose(page):
        for source, alt in part.images:
            if not alt.strip():
                yield f"{at}: the image {source[:60]} has no alt text; say in words what it shows."
    for at, cell in _code(page):
        if any(_lacks_alt(output) for output in cell.outputs):
            yield f"{at}: a picture without alt text; show it with hflearn.figures, which asks for one."


def keeps_no_state(page: Page) -> Iterator[str]:
    if page.notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield ": names no kernel called python3; run make notebooks, which does."
    if extra := set(page.notebook.metadata) - {"kernelspec", "language_info"}:
        yield f": metadata holds {', '.join(sorted(extra))}; run make notebooks, which drops it."
    for index, cell in enumerate(page.notebook.cells):
        if extra := set(cell.metadata) - set(CELL_METADATA):
            at = place(page.notebook, index)
            yield f"{at}: metadata holds {', '.join(sorted(extra))}; run make notebooks, which drops it."
        if any(WIDGET_VIEW in output.get("data", {}) for output in cell.get("outputs", [])):
            yield f"{place(page.notebook, index)}: keeps a widget; run make notebooks, which drops it."


def shows_no_absolute_path(page: Page) -> Iterator[str]:
    for at, cell in _code(page):
        if found := next((m for output in cell.outputs for m in _ABSOLUTE.finditer(_words(output))), None):
            yield f"{at}: its output shows {found[0]}, a folder of one machine; print a relative path."


def was_executed(page: Page) -> Iterator[str]:
    for at, cell in _code(page):
        tree = code.parse(cell.source)
        if cell.execution_count is None:
            yield f"{at}: was not executed; run make notebooks."
        elif tree and code.prints(tree) and not cell.outputs:
            yield f"{at}: prints, and keeps no output; run make notebooks."
        elif any(output.output_type == "error" for output in cell.outputs):
            yield f"{at}: ends in an error; mend it, or show the error with %%raises."


def tags_are_known(page: Page) -> Iterator[str]:
    for index, cell in enumerate(page.notebook.cells):
        at = place(page.notebook, index)
        for tag in cell.metadata.get("tags", []):
            if tag == "raises-exception":
                yield f"{at}: tagged raises-exception, which passes when no error comes; use %%raises."
            elif tag not in TAGS and not (page.is_exercise and _QUESTION.fullmatch(tag)):
                yield f"{at}: the tag {tag!r} means nothing here; the tags are {', '.join(sorted(TAGS))}."
        if cell.cell_type == "code" and (comment := _NBVAL_COMMENT.search(cell.source)):
            yield f"{at}: say it with a tag, not with the comment {comment[1]}."


def guards_have_their_tags(page: Page) -> Iterator[str]:
    for at, cell in _code(page):
        for guard in ("gpu", "online"):
            guarded = cell.source.startswith(f"%%{guard}")
            tagged = guard in cell.metadata.get("tags", [])
            if guarded and not tagged:
                yield f"{at}: begins with %%{guard}; tag it {guard}."
            elif tagged and not guarded:
                yield f"{at}: tagged {guard}; begin it with %%{guard}, which skips it where it cannot run."


def compares_its_outputs(page: Page) -> Iterator[str]:
    shown = [cell for _, cell in _code(page) if cell.outputs]
    ignored = sum(IGNORED in cell.metadata.get("tags", []) for cell in shown)
    if ignored > IGNORED_SHARE * len(shown):
        yield (
            f": {ignored} of {len(shown)} cells with output are tagged {IGNORED}, "
            f"{IGNORED_SHARE:.0%} are the most; make their outputs the same on every run."
        )


def imports_the_front_of_hflearn(page: Page) -> Iterator[str]:
    offered = ", ".join(sorted(hflearn.__all__))
    for at, cell in _code(page):
        tree = code.parse(cell.source)
        for taken in code.hflearn_names(tree) if tree else ():
            if taken not in hflearn.__all__:
                yield f"{at}: hflearn.{taken} is not for notebooks; they may use {offered}."


def headings_are_plain(page: Page) -> Iterator[str]:
    for _, text in _headings(page):
        if any(_is_emoji(character) for character in text):
            yield f": the heading {text!r} has an emoji; leave it out."


def links_lead_somewhere(page: Page) -> Iterator[str]:
    for at, cell, part in _prose(page):
        for target in [*part.links, *(source for source, _ in part.images)]:
            if fault := _fault(target, page, cell):
                yield f"{at}: the link {target} {fault}."


def links_to_its_neighbours(page: Page) -> Iterator[str]:
    if page.is_exercise:
        wanted = {f"../notebooks/{page.lesson.id}.ipynb": "its lesson"}
    else:
        wanted = {f"../exercises/{page.lesson.id}.ipynb": "its exercise"} if page.lesson.exercise else {}
        if page.following:
            wanted[f"{page.following.id}.ipynb"] = "the next lesson"
    linked = {
        urlsplit(unquote(link)).path.removeprefix("./") for _, _, part in _prose(page) for link in part.links
    }
    for target, meaning in wanted.items():
        if target not in linked:
            yield f": there is no link to {meaning}; add one to {target}."


EVERYWHERE: list[Rule] = [
    cells_are_short,
    starts_itself,
    images_have_alt_text,
    keeps_no_state,
    shows_no_absolute_path,
    was_executed,
    tags_are_known,
    guards_have_their_tags,
    compares_its_outputs,
    imports_the_front_of_hflearn,
    headings_are_plain,
    links_lead_somewhere,
    links_to_its_neighbours,
]
IN_LESSONS: list[Rule] = [title_is_the_courses, has_its_headings]


def _code(page: Page) -> Iterator[tuple[str, NotebookNode]]:
    for index, cell in enumerate(page.notebook.cells):
        if cell.cell_type == "code":
            yield place(page.notebook, index), cell


def _prose(page: Page) -> Iterator[tuple[str, NotebookNode, Prose]]:
    for index, cell in enumerate(page.notebook.cells):
        if cell.cell_type == "markdown":
            yield place(page.notebook, index), cell, prose(cell.source)


def _headings(page: Page) -> list[tuple[int, str]]:
    return [heading for _, _, part in _prose(page) for heading in part.headings]


def _call(cell: NotebookNode, function: str) -> ast.Call | None:
    tree = code.parse(cell.source)
    return code.call_of(tree, function) if tree else None


def _lacks_alt(output: NotebookNode) -> bool:
    data = output.get("data", {})
    if any(not alt.strip() for _, alt in html_images(data.get("text/html", ""))):
        return True
    return any(kind in data and not output.metadata.get(kind, {}).get("alt") for kind in IMAGES)


def _words(output: NotebookNode) -> str:
    data = output.get("data", {})
    parts = [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", [])]
    return "\n".join(
        [*parts, *(data[kind] for kind in ("text/plain", "text/html", "text/markdown") if kind in data)]
    )


def _is_emoji(character: str) -> bool:
    symbol = unicodedata.category(character) == "So"
    return character == "\ufe0f" or (
        symbol and (ord(character) >= 0x1F000 or 0x2600 <= ord(character) <= 0x27BF)
    )


def _fault(target: str, page: Page, cell: NotebookNode) -> str:
    """Why a relative link leads nowhere; "" where it leads somewhere, or out of the repository to the web."""
    parts = urlsplit(target)
    if parts.scheme == "attachment":
        return (
            "" if unquote(parts.path) in cell.get("attachments", {}) else "names no attachment of this cell"
        )
    if parts.scheme or parts.netloc:
        return ""
    file = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
    if parts.path.startswith("/"):
        return "begins with /; write it from this notebook's folder"
    if parts.path and not file.exists():
        return "leads to a file that does not exist"
    if parts.fragment and unquote(parts.fragment) not in _anchors_of(file, page):
        return f"names no heading of {file.name}; write its spaces as hyphens"
    return ""


def _anchors_of(file: Path, page: Page) -> set[str]:
    if file == page.path:
        return anchors(page.notebook)
    return anchors(read(file)) if file.suffix == ".ipynb" else set()
