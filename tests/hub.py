"""A hub of data sets on this machine, for tests: as much of the real one's interface as streaming asks for."""

from __future__ import annotations

import hashlib
import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

COMMIT = "0" * 39 + "1"


@contextmanager
def serving(name: str, files: dict[str, bytes]) -> Iterator[str]:
    """Serve one data set of these files on loopback; yields the hub's address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for key, value in ({"Content-Length": str(len(body)), "X-Repo-Commit": COMMIT} | headers).items():
                self.send_header(key.replace("_", "-"), value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            asked = self.rfile.read(size)
            path = self.path.partition("?")[0]
            if match := re.fullmatch(rf"/datasets/{name}/resolve/[^/]+/(.+)", path):
                self.file(match[1])
            elif re.fullmatch(rf"/api/datasets/{name}(/revision/[^/]+)?", path):
                siblings = [{"rfilename": file} for file in files]
                self.json({"id": name, "sha": COMMIT, "siblings": siblings, "private": False, "tags": []})
            elif match := re.fullmatch(rf"/api/datasets/{name}/tree/[^/]+(?:/(.*))?", path):
                folder = match[1] or ""
                self.json([entry for entry in self.entries() if entry["path"].startswith(folder)])
            elif path.startswith(f"/api/datasets/{name}/paths-info/"):
                wanted = re.findall(r"[\w./-]+", asked.decode().replace("%2F", "/"))
                self.json([entry for entry in self.entries() if entry["path"] in wanted])
            else:
                self.answer(404, b"", X_Error_Code="EntryNotFound")

        do_HEAD = do_POST = do_GET  # noqa: N815  (the names that the server calls)

        def entries(self) -> list[dict[str, object]]:
            folders = {path.rpartition("/")[0] for path in files if "/" in path}
            made: list[dict[str, object]] = [
                {"type": "directory", "path": path, "oid": COMMIT, "size": 0} for path in folders
            ]
            return made + [
                {"type": "file", "path": path, "oid": hashlib.sha1(data).hexdigest(), "size": len(data)}  # noqa: S324
                for path, data in files.items()
            ]

        def json(self, value: object) -> None:
            self.answer(200, json.dumps(value).encode(), Content_Type="application/json")

        def file(self, path: str) -> None:
            data = files.get(path)
            if data is None:
                self.answer(404, b"", X_Error_Code="EntryNotFound")
                return
            tag = f'"{hashlib.sha1(data).hexdigest()}"'  # noqa: S324
            if match := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
                start, end = int(match[1]), min(int(match[2] or len(data) - 1), len(data) - 1)
                part = data[start : end + 1]
                self.answer(206, part, ETag=tag, Content_Range=f"bytes {start}-{end}/{len(data)}")
            else:
                self.answer(200, data, ETag=tag, Accept_Ranges="bytes")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
