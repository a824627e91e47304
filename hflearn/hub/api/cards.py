"""The request that checks a card before it is pushed."""

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import cards
from .call import Call, reading
from .rendering import Json


def validate(call: Call) -> Response:
    """Always JSON with errors and warnings: the client reads it before it looks at the status."""
    content, repo_type = call.fields.text("content", ""), call.fields.text("repoType", "model")
    errors = cards.errors(content)
    body = {"errors": _messages(errors), "warnings": _messages(cards.warnings(content, repo_type))}
    return JSONResponse(body, 400 if errors else 200)


def _messages(sentences: list[str]) -> list[Json]:
    return [{"message": sentence} for sentence in sentences]


routes = [Route("/api/validate-yaml", reading(validate), methods=["POST"])]
