"""What keeps other sites' pages from acting on this Hub in the learner's browser, and cards from acting."""

import ipaddress
import socket
from urllib.parse import SplitResult, parse_qsl, urlsplit

from starlette.requests import Request

from ..problems import BadRequest, Forbidden, TooLarge

FORM_LIMIT = 2**20  # bytes

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:;"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers would hide the origin of our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",  # a page shows what its reader may see; a token is shown once
}


def headers(framed: str) -> dict[str, str]:
    """The headers of a page, which may show the app at the address `framed` and no other."""
    if not framed:
        return HEADERS
    return HEADERS | {"Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; frame-src {framed}"}


def check_host(request: Request) -> None:
    """Refuse names that are not this machine's: a stranger's may be made to point here (DNS rebinding)."""
    host = _parts(f"//{request.headers.get('host', '')}").hostname or ""
    here = socket.gethostname().lower()
    if host not in ("localhost", here, f"{here}.local") and not _is_address(host):
        raise BadRequest("This Hub answers to its address only: open it by its number, or as 'localhost'.")


def check_same_origin(request: Request) -> None:
    """Refuse a form that was not sent from a page of ours: browsers name the sender's origin."""
    if _parts(request.headers.get("origin", "")).netloc != request.headers.get("host"):
        raise Forbidden("This form was sent from another site, so nothing was done.")


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form; raises TooLarge or BadRequest."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_LIMIT:
            raise TooLarge("A form can hold 1 MB: shorten your text.")
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50))
    except ValueError as error:
        raise BadRequest("The form cannot be read.") from error


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # "http://[" is no address
        return urlsplit("")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
