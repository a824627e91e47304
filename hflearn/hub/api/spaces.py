"""Requests about Spaces that run: how one is doing, its settings, its logs."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta

from starlette.background import BackgroundTask
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from .. import permissions
from ..clock import timestamp
from ..problems import BadRequest, NotFound
from ..repositories import Repo
from ..spaces import log, settings
from ..spaces.program import Program
from ..spaces.status import PAUSED, STARTING, Status
from . import answers
from .call import Call, reading, writing
from .fields import Fields
from .rendering import Json

_HARDWARE = "cpu-basic"
_LOOK_AGAIN_S = 0.3
_KEEP_ALIVE_S = 20.0  # longer than the 5 s of silence by which the client knows that it has read all


def runtime(call: Call) -> Response:
    permissions.check_read(call.db, call.caller, call.repo)
    return JSONResponse(_runtime(call, call.runner.visit(call.db, call.repo).status))


def restart(call: Call) -> Response:
    """Every start has a fresh folder here, so that a factory reboot is no more than a restart."""
    _check_owner(call)
    settings.pause(call.db, call.repo, False)
    call.runner.restart(call.repo)
    start = BackgroundTask(call.runner.arrive, call.repo.id)  # once this change is on the disk
    return JSONResponse(_runtime(call, STARTING), background=start)


def pause(call: Call) -> Response:
    _check_owner(call)
    settings.pause(call.db, call.repo, True)
    call.runner.visit(call.db, call.repo)
    return JSONResponse(_runtime(call, PAUSED))


def sleep_time(call: Call) -> Response:
    _check_owner(call)
    _set_sleep_time(call, call.repo, call.fields, "seconds")
    return JSONResponse(_runtime(call, call.runner.status(call.db, call.repo)))


def request_hardware(call: Call) -> Response:
    _check_owner(call)
    _check_hardware(call.fields.text("flavor"))
    if call.fields.values.get("sleepTimeSeconds") is not None:
        _set_sleep_time(call, call.repo, call.fields, "sleepTimeSeconds")
    return JSONResponse(_runtime(call, call.runner.status(call.db, call.repo)))


async def hardware(request: object) -> Response:
    """The one kind of machine there is: this one."""
    described = {"name": _HARDWARE, "prettyName": "This machine", "cpu": "what it has", "ram": "what it has"}
    cost = {"unitCostMicroUSD": 0, "unitCostUSD": 0.0, "unitLabel": "minute"}
    return JSONResponse([described | cost | {"accelerator": None, "ephemeralStorage": "what it has"}])


def variables(call: Call) -> Response:
    """Values and all, for whoever may open the Space: what others are not to see is a secret."""
    permissions.check_read(call.db, call.caller, call.repo)
    return JSONResponse(_entries(call, secret=False))


def set_variable(call: Call) -> Response:
    _check_owner(call)
    _put(call, call.repo, call.fields, secret=False)
    return JSONResponse(_entries(call, secret=False))


def delete_variable(call: Call) -> Response:
    _check_owner(call)
    settings.remove(call.db, call.repo, call.fields.text("key"), secret=False)
    return JSONResponse(_entries(call, secret=False))


def secrets(call: Call) -> Response:
    """Names, descriptions and dates: a secret's value is written and never read."""
    _check_owner(call)
    return JSONResponse(_entries(call, secret=True))


def set_secret(call: Call) -> Response:
    _check_owner(call)
    _put(call, call.repo, call.fields, secret=True)
    return answers.done()


def delete_secret(call: Call) -> Response:
    _check_owner(call)
    settings.remove(call.db, call.repo, call.fields.text("key"), secret=True)
    return answers.done()


def logs(call: Call) -> Response:
    _check_owner(call)
    space = call.runner.visit(call.db, call.repo)
    if call.path("which") == "build":
        events = _written(space.build_log.splitlines(keepends=True))
    elif call.path("which") == "run":
        events = _following(space.program) if space.program else _written([])
    else:
        raise NotFound("A Space has two logs: 'build' and 'run'.")
    return StreamingResponse(events, media_type="text/event-stream")


def set_up(call: Call, repo: Repo) -> None:
    """Give a Space that is being made what the request asks for: variables, secrets, sleep time, hardware."""
    if (flavor := call.fields.maybe_text("hardware")) is not None:
        _check_hardware(flavor)
    if call.fields.values.get("sleepTimeSeconds") is not None:
        _set_sleep_time(call, repo, call.fields, "sleepTimeSeconds")
    for name, secret in (("variables", False), ("secrets", True)):
        for entry in call.fields.objects(name):
            _put(call, repo, entry, secret=secret)


def _check_hardware(flavor: str) -> None:
    if flavor != _HARDWARE:
        raise BadRequest(f"The practice Hub runs Spaces on this machine: ask for {_HARDWARE}, not {flavor}.")


def facts(call: Call, names: Iterable[str]) -> Json:
    """What a Space's information says besides: how it is doing, and where it is."""
    host = call.runner.host(call.repo)
    namespace, name = call.repo.name.lower().split("/")
    shown: Json = {"host": host, "subdomain": f"{namespace}-{name}".replace(".", "-").replace("_", "-")}
    if "runtime" in names:
        shown["runtime"] = _runtime(call, call.runner.visit(call.db, call.repo).status)
    return shown


def _runtime(call: Call, status: Status) -> Json:
    shown: Json = {
        "stage": status.stage,
        "hardware": {"current": _HARDWARE, "requested": _HARDWARE},
        "gcTimeout": settings.sleep_time(call.db, call.repo),
        "storage": None,
        "replicas": {"current": 1 if status.running else 0, "requested": 1},
    }
    return shown | ({"errorMessage": status.message} if status.message else {})


def _check_owner(call: Call) -> None:
    permissions.check_write(call.db, call.caller, call.repo)


def _set_sleep_time(call: Call, repo: Repo, fields: Fields, name: str) -> None:
    seconds = fields.integer(name)
    if seconds is None:
        raise BadRequest(f'"{name}" is missing.')
    settings.set_sleep_time(call.db, repo, seconds)


def _put(call: Call, repo: Repo, fields: Fields, *, secret: bool) -> None:
    key, value = fields.text("key"), fields.text("value")
    settings.put(call.db, repo, key, value, secret=secret, description=fields.maybe_text("description"))


def _entries(call: Call, *, secret: bool) -> Json:
    shown: Json = {}
    for entry in settings.entries(call.db, call.repo, secret=secret):
        shown[entry.key] = {"key": entry.key, "description": entry.description, "updatedAt": entry.updated}
        if not secret:
            shown[entry.key]["value"] = entry.value
    return shown


async def _written(lines: Iterable[str]) -> AsyncIterator[str]:
    for line in lines:
        yield _event(line, _before())


async def _following(program: Program) -> AsyncIterator[str]:
    """The log as it is, then as it grows, until the program ends."""
    pieces, rest, said = log.follow(program.log), "", time.monotonic()
    stamp = _before()
    while True:
        ended = program.ended
        piece = next(pieces)
        *lines, rest = (rest + piece).splitlines(keepends=True) or [""]
        if rest.endswith("\n") or (ended and not piece):
            lines, rest = [*lines, rest], ""
        for line in filter(None, lines):
            yield _event(program.tidy(line), stamp)
        if not piece:
            if ended:
                return
            stamp = ""
            if time.monotonic() - said > _KEEP_ALIVE_S:
                said = time.monotonic()
                yield "data:\n\n"
            await asyncio.sleep(_LOOK_AGAIN_S)


def _before() -> str:
    """A time before the request, for lines that were there: who does not follow stops at later ones.

    The client goes by the answer's Date, which is whole seconds and may be one second old.
    """
    return timestamp(datetime.now(UTC) - timedelta(seconds=2))


def _event(line: str, stamp: str) -> str:
    return f"data: {json.dumps({'data': line, 'timestamp': stamp or timestamp()})}\n\n"


_SPACE = "/api/{kind:spaces}/{repo:repo}"
routes = [
    Route("/api/spaces/hardware", hardware),
    Route(_SPACE + "/runtime", reading(runtime)),
    Route(_SPACE + "/restart", writing(restart), methods=["POST"]),
    Route(_SPACE + "/pause", writing(pause), methods=["POST"]),
    Route(_SPACE + "/sleeptime", writing(sleep_time), methods=["POST"]),
    Route(_SPACE + "/hardware", writing(request_hardware), methods=["POST"]),
    Route(_SPACE + "/variables", reading(variables)),
    Route(_SPACE + "/variables", writing(set_variable), methods=["POST"]),
    Route(_SPACE + "/variables", writing(delete_variable), methods=["DELETE"]),
    Route(_SPACE + "/secrets", reading(secrets)),
    Route(_SPACE + "/secrets", writing(set_secret), methods=["POST"]),
    Route(_SPACE + "/secrets", writing(delete_secret), methods=["DELETE"]),
    Route(_SPACE + "/logs/{which:segment}", reading(logs)),
]
