"""What the real Hub has and the practice Hub lacks: said plainly, with status 501."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..problems import Lacking, NotFound

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_REPO = "/api/{kind:kind}/{repo:repo}"
_LACKING = {
    _REPO + "/super-squash/{rest:rest}": "squash history",
    _REPO + "/lfs-files": "list or delete large files apart from the commits that hold them",
    _REPO + "/lfs-files/batch": "list or delete large files apart from the commits that hold them",
    _REPO + "/xet-read-token/{rest:rest}": "keep files with Xet: set HF_HUB_DISABLE_XET=1",
    _REPO + "/xet-write-token/{rest:rest}": "keep files with Xet: set HF_HUB_DISABLE_XET=1",
    _REPO + "/safetensors-metadata/{rest:rest}": "send the headers of all shards at once",
    _REPO + "/leaderboard": "keep leaderboards",
    _REPO + "/parquet": "convert datasets to Parquet",
    _REPO + "/parquet/{rest:rest}": "convert datasets to Parquet",
    _REPO + "/resource-group": "have resource groups",
    "/api/jobs/{rest:rest}": "run jobs",
    "/api/scheduled-jobs/{rest:rest}": "run jobs",
    "/api/buckets/{rest:rest}": "keep buckets",
    "/api/kernels/{rest:rest}": "keep kernels",
    "/api/papers/{rest:rest}": "list papers",
    "/api/daily_papers": "list papers",
    "/api/settings/webhooks": "call webhooks",
    "/api/settings/webhooks/{rest:rest}": "call webhooks",
    "/api/spaces/semantic-search": "search Spaces by meaning",
    "/api/spaces/templates": "make Spaces from templates",
    "/api/spaces/zero-gpu/quota": "lend GPUs",
    "/api/{kind:spaces}/{repo:repo}/dev-mode": "run Spaces in dev mode",
    "/api/{kind:spaces}/{repo:repo}/hot-reloading/{rest:rest}": "change a Space's program while it runs",
    "/api/{kind:spaces}/{repo:repo}/volumes": "give a Space volumes",
    "/api/{kind:spaces}/{repo:repo}/storage": "give a Space storage that outlives it",
    "/uploads": "keep attachments of comments",
    "/{kind:prefix}{repo:repo}.git/{rest:rest}": "be cloned with git: use `hf download` or snapshot_download",
}
Endpoint = Callable[[Request], Awaitable[Response]]


def _refusing(what: str) -> Endpoint:
    async def refuse(request: Request) -> Response:
        raise Lacking(f"The practice Hub cannot {what}.")

    return refuse


async def unknown(request: Request) -> Response:
    raise NotFound(f"The practice Hub knows no {request.method} {request.scope['path']}.")


routes = [Route(path, _refusing(what), methods=_METHODS) for path, what in _LACKING.items()]
last = [Route("/api/{rest:rest}", unknown, methods=_METHODS)]
