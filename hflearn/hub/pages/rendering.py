"""Pages from templates, and the answers to what goes wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..accounts import Account
from ..problems import Gated, Problem, RepoNotFound
from . import safety, wording

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(
    count=wording.count, size=wording.size, segment=wording.segment, path=wording.path, brief=wording.brief
)
_HEADINGS = {401: "Not allowed", 403: "Not allowed", 404: "Not found", 409: "That clashes", 413: "Too large"}


def render(
    request: Request,
    viewer: Account | None,
    template: str,
    status: int,
    facts: Mapping[str, Any],
    framed: str = "",
) -> Response:
    """The page, within the frame that all pages share."""
    frame = {
        "viewer": viewer,
        "here": request.url.path,
        "sign_in": sign_in(request),
        "origin": f"{request.url.scheme}://{request.headers.get('host', '')}",
    }
    html = _TEMPLATES.get_template(template).render(**frame, **facts)
    return HTMLResponse(html, status, headers=safety.headers(framed))


def redirect(path: str) -> Response:
    """To a page of ours, which is then asked for with GET."""
    return RedirectResponse(path, status_code=303, headers=safety.HEADERS)


def problem_page(request: Request, viewer: Account | None, problem: Problem) -> Response:
    """What was wrong, in a sentence, and a way on."""
    facts = {
        "heading": _HEADINGS.get(problem.status, "That did not work"),
        "sentence": problem.sentence,
        "advice": _advice(problem, viewer),
        "gate": _gate(request) if isinstance(problem, Gated) else "",
    }
    # 401 is for clients with a token to send; a person is told in words
    status = 403 if problem.status == 401 else problem.status
    return render(request, viewer, "problem.html", status, facts)


def sign_in(request: Request) -> str:
    """The sign-in page, which leads back here; a form's address is no page to come back to."""
    if request.method == "POST" or request.url.path in ("/", "/login"):
        return "/login"
    query = request.url.query
    return f"/login?next={quote(request.url.path + f'?{query}' * bool(query), safe='')}"


def _advice(problem: Problem, viewer: Account | None) -> str:
    if not isinstance(problem, RepoNotFound):
        return ""
    if viewer is None:
        return "Check the spelling; if the repository is private, sign in as somebody who may see it."
    return f"Check the spelling; if it is private, {viewer.name} is not among those who may see it."


def _gate(request: Request) -> str:
    """The page of the repository in the address, where one asks for access."""
    kind, name = request.path_params["kind"], request.path_params["repo"]
    return wording.path(f"/{name}" if kind == "model" else f"/{kind}s/{name}")
