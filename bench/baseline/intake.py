"""A report without Værn: no framework, no login, no check. It answers each page with a few words, writes the picture's
bytes with fsync, and inserts one row, in as many requests as a report to Værn takes."""

import os
import sqlite3
import uuid
from pathlib import Path

FOLDER = Path(os.environ["BASELINE_DATA"])
DATABASE = FOLDER / "plain.sqlite3"
PAGE = b"<!doctype html><title>Plain</title><form method=post><input name=what></form>"


def _connect():
    connection = sqlite3.connect(DATABASE, timeout=20)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


with _connect() as first:
    first.execute("CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, words TEXT)")


def application(environ, start_response):
    path, length = environ["PATH_INFO"], int(environ.get("CONTENT_LENGTH") or 0)
    if environ["REQUEST_METHOD"] == "POST" and path == "/evidence/":
        _keep(environ["wsgi.input"])
    elif environ["REQUEST_METHOD"] == "POST":
        words = environ["wsgi.input"].read(length).decode()
        if path == "/send/":
            with _connect() as connection:
                connection.execute("INSERT INTO report (words) VALUES (?)", [words])
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(PAGE)))])
    return [PAGE]


def _keep(stream):
    with open(FOLDER / uuid.uuid4().hex, "wb") as file:
        while chunk := stream.read(256 * 1024):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
