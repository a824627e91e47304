"""Answers: JSON, refusals in the form that the clients read, and the headers that every answer has."""

import logging
import sqlite3
import uuid

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..problems import Problem

_log = logging.getLogger(__name__)
_CODES = {400: "BadRequest", 404: "NotFound", 405: "MethodNotAllowed", 416: "RangeNotSatisfiable"}


def done() -> Response:
    """Granted, with nothing to say."""
    return JSONResponse({})


def refusal(request: Request, problem: Exception) -> Response:
    """The answer to a request that raised a Problem."""
    assert isinstance(problem, Problem)
    body = {"error": problem.sentence, **problem.extra}
    headers = problem.headers | _error_headers(problem.code, problem.sentence)
    return JSONResponse(body, problem.status, headers)


def http_refusal(request: Request, error: Exception) -> Response:
    """The answer where no address, or no method of it, fits the request."""
    assert isinstance(error, HTTPException)
    sentence = f"{error.detail}: {request.method} {request.scope['path']}"
    headers = {**(error.headers or {}), **_error_headers(_CODES.get(error.status_code, "Error"), sentence)}
    return JSONResponse({"error": sentence}, error.status_code, headers)


def busy(request: Request, error: Exception) -> Response:
    """The answer where the store stayed locked by others, or its disk is full."""
    _log.warning("the store refused: %s", error)
    sentence = f"The practice Hub's store cannot take this now ({error}): try again."
    return JSONResponse({"error": sentence}, 503, _error_headers("ServiceUnavailable", sentence))


def gone(request: Request, error: Exception) -> Response:
    """The client hung up in the middle of its request: nobody reads this."""
    return Response(status_code=400)


HANDLERS = {
    ClientDisconnect: gone,
    Problem: refusal,
    HTTPException: http_refusal,
    sqlite3.OperationalError: busy,
    OSError: busy,
}


class Headers:
    """Gives every answer a request id, and every refusal a code and a sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = str(uuid.uuid4())
                if message["status"] >= 400:
                    code = _CODES.get(message["status"], "Error")
                    for name, value in _error_headers(code, "The request could not be understood.").items():
                        headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _error_headers(code: str, sentence: str) -> dict[str, str]:
    one_line = "".join(character if " " <= character <= "~" else "?" for character in sentence)
    return {"X-Error-Code": code, "X-Error-Message": one_line[:500]}
