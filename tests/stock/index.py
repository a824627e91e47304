"""A package index on loopback that can be slow, break off, or serve the wrong bytes."""

import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FILE = "demo_weights-1.0-py3-none-any.whl"


def wheel(path: Path, content: bytes) -> bytes:
    """The bytes of a wheel called FILE with one data file in it."""
    info = "demo_weights-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("demo_weights/data.bin", content)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: demo-weights\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path.read_bytes()


class Index:
    """Serves one wheel under PEP 503 at ``url``; ``starts`` are the offsets that were asked for."""

    def __init__(self, body: bytes):
        self.body = body
        self.pause = 0.0  # seconds between pieces of 64 KB
        self.break_off_at: int | None = None  # closes the first answer after so many bytes
        self.starts: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}/simple/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(index: Index) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args) -> None: ...

        def do_GET(self) -> None:
            if self.path == "/simple/demo-weights/":
                return self._send(f'<a href="/{FILE}">{FILE}</a>'.encode(), "text/html")
            if self.path == f"/{FILE}":
                return self._file()
            self.send_error(404)

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _file(self) -> None:
            asked = self.headers.get("Range", "bytes=0-")
            start = int(asked.removeprefix("bytes=").split("-")[0])
            index.starts.append(start)
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(index.body) - 1}/{len(index.body)}")
            self.send_header("Content-Length", str(len(index.body) - start))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("ETag", '"1"')
            self.end_headers()
            self._pieces(start)

        def _pieces(self, start: int) -> None:
            stop, index.break_off_at = index.break_off_at or len(index.body), None
            for at in range(start, stop, 65_536):
                try:
                    self.wfile.write(index.body[at : min(at + 65_536, stop)])
                except OSError:
                    return
                time.sleep(index.pause)
            if stop < len(index.body):
                self.close_connection = True
                self.connection.close()

    return Handler
