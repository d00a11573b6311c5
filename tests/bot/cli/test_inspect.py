"""`rejoinder inspect`: one document for programs, an outline for people, a sentence for everything else."""

import json
import subprocess
import sys
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

import bot
from bot.cli.inspect import document_of
from bot.domain.discussion import Article, Comment, Discussion, Document, Source

SAMPLE = Path(bot.__file__).parent / "sample.txt"


class TestJson:
    def test_it_is_exactly_one_document(self, rejoinder):
        ended = rejoinder("inspect", SAMPLE, "--json")
        assert (ended.exit_code, ended.stderr) == (0, "")
        document = json.loads(ended.stdout)
        assert list(document) == ["discussions"]
        (discussion,) = document["discussions"]
        assert set(discussion) == {"source", "article", "comments", "dropped", "warnings"}
        assert discussion["source"]["location"] == str(SAMPLE)
        assert discussion["article"]["title"] in SAMPLE.read_text(encoding="utf-8")
        seen = set()
        for comment in discussion["comments"]:
            assert comment["parent"] is None or comment["parent"] in seen
            seen.add(comment["key"])
        assert len(seen) > 10

    def test_standard_input(self, rejoinder):
        named = json.loads(rejoinder("inspect", SAMPLE, "--json").stdout)
        piped = json.loads(rejoinder("inspect", "-", "--json", stdin=SAMPLE.read_bytes()).stdout)
        assert piped["discussions"][0]["source"]["location"] == "-"
        assert piped["discussions"][0]["comments"] == named["discussions"][0]["comments"]

    def test_it_is_utf_8_whatever_the_terminal_speaks(self, monkeypatch):
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "inspect", SAMPLE, "--json"], capture_output=True, check=True
        )
        text = ended.stdout.decode("utf-8")
        assert json.loads(text)
        assert "’" in text or "“" in text, "letters stay letters"

    def test_times_are_written_as_the_source_told_them(self):
        moments = ["2025-02-12", "2025-02-12T12:57:00", "2025-02-12T12:57:00Z", "2025-02-12T12:57:00+01:00"]
        found = Discussion(
            source=Source(kind="x", location="x"),
            article=Article(title="x", published=date(2025, 2, 12)),
            comments=tuple(
                Comment.model_validate({"key": str(n), "posted_at": moment, "markdown": "", "text": ""})
                for n, moment in enumerate(moments)
            ),
        )
        (written,) = json.loads(b"".join(document_of([found])))["discussions"]
        assert written["article"]["published"] == "2025-02-12"
        assert [comment["posted_at"] for comment in written["comments"]] == moments

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_it_is_written_in_parts(self, count):
        found = Discussion(
            source=Source(kind="x", location="x"),
            article=Article(title="x"),
            comments=tuple(Comment(key=str(n), markdown="", text="") for n in range(600)),
        )
        parts = list(document_of([found] * count))
        assert Document.model_validate_json(b"".join(parts)).discussions == (found,) * count
        assert all(part.count(b'"key"') < 300 for part in parts)


class TestOutline:
    def test_a_person_can_read_it(self, rejoinder):
        ended = rejoinder("inspect", SAMPLE)
        document = json.loads(rejoinder("inspect", SAMPLE, "--json").stdout)
        (discussion,) = document["discussions"]
        assert (ended.exit_code, ended.stderr) == (0, "")
        assert ended.stdout.startswith(discussion["article"]["title"])
        assert f"\n{len(discussion['comments'])} comments" in ended.stdout
        assert not [line for line in ended.stdout.splitlines() if line != line.rstrip()]

    def test_a_pipe_that_closes_early_is_no_fault(self):
        with subprocess.Popen(
            [sys.executable, "-m", "bot", "inspect", SAMPLE], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as started:
            started.stdout.close()
            assert started.stderr.read() == b""
        assert started.returncode == 1


@pytest.fixture
def website(monkeypatch):
    """The sample as a page of a site on loopback, in a thread of its own; the command brings its own loop."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            path, _, _ = self.path.partition("?")
            status, kind = {"/page": (200, "text/plain"), "/image": (200, "image/png")}.get(path, (404, ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(SAMPLE.read_bytes())

        def log_message(self, *_):
            pass

    monkeypatch.setenv("REJOINDER_FETCH__PAUSE", "0")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def allowed(website, monkeypatch):
    """The same site, named by the operator."""
    monkeypatch.setenv("REJOINDER_FETCH__ALLOWED_PRIVATE_HOSTS", website)
    return website


class TestAddress:
    def test_an_address_is_read_like_the_file(self, rejoinder, allowed):
        ended = rejoinder("inspect", f"HTTP://{allowed}/page?p=7#comments", "--json")
        assert (ended.exit_code, ended.stderr) == (0, "")
        (read,) = json.loads(ended.stdout)["discussions"]
        (named,) = json.loads(rejoinder("inspect", SAMPLE, "--json").stdout)["discussions"]
        assert read["source"].pop("location") == f"http://{allowed}/page?p=7"
        named["source"].pop("location")
        assert read == named

    def test_a_configuration_needs_no_token_for_it(self, rejoinder, website, tmp_path):
        config = tmp_path / "some.toml"
        config.write_text(f"[fetch]\nallowed_private_hosts = ['{website}']\n[logs]\nlevel = 'loud'\n")
        assert rejoinder("inspect", f"http://{website}/page", "--config", config).exit_code == 0

    def test_a_wrong_one_is_told(self, rejoinder, refused, tmp_path):
        config = tmp_path / "some.toml"
        config.write_text("[fetch]\npause = 'long'\n")
        ended = rejoinder("inspect", "https://harbour-lines.example/", "--config", config)
        assert refused(ended, 78).startswith(f"fetch.pause in {config} should be a valid number")

    def test_unasked_the_machine_itself_is_not_read(self, rejoinder, refused, website):
        sentence = refused(rejoinder("inspect", f"http://{website}/page?key=secret", "--json"), 4)
        assert sentence.startswith("127.0.0.1 leads to the machine that the bot runs on;")
        assert "secret" not in sentence

    @pytest.mark.parametrize(
        ("path", "sentence"),
        [
            ("/none", "127.0.0.1 answered “404, not found”."),
            ("/image", "127.0.0.1 has no page there but image/png."),
        ],
    )
    def test_what_is_no_page(self, rejoinder, refused, allowed, path, sentence):
        assert refused(rejoinder("inspect", f"http://{allowed}{path}"), 4).startswith(sentence)

    def test_too_large(self, rejoinder, refused, allowed):
        sentence = refused(rejoinder("inspect", f"http://{allowed}/page", "--max-bytes", 100), 4)
        assert "the rest was not read" in sentence

    def test_another_scheme(self, rejoinder, refused):
        sentence = refused(rejoinder("inspect", "ftp://harbour-lines.example/x"), 4)
        assert sentence.startswith("Rejoinder reads addresses that begin with https:// or http://.")


class TestRefusals:
    def test_no_such_file(self, rejoinder, refused, tmp_path):
        assert refused(rejoinder("inspect", tmp_path / "x"), 2) == f"There is no file {tmp_path / 'x'}."

    def test_a_directory(self, rejoinder, refused, tmp_path):
        assert refused(rejoinder("inspect", tmp_path), 2) == f"{tmp_path} is a directory. Name a file in it."

    def test_a_name_that_no_file_can_have(self, rejoinder, refused):
        assert refused(rejoinder("inspect", "x" * 5000), 2).endswith(" can't be read: File name too long.")

    @pytest.mark.parametrize(
        "data", [b"", b"\n \n", b"\x00\x01\x02" * 999, b"%PDF-1.7\n%\xe2\xe3", b"PK\x03\x04" + b"x" * 99]
    )
    def test_what_is_no_page(self, rejoinder, refused, data):
        assert refused(rejoinder("inspect", "-", "--json", stdin=data), 3)

    def test_too_large(self, rejoinder, refused, tmp_path):
        page = tmp_path / "page.txt"
        page.write_bytes(b"x" * 101)
        assert refused(rejoinder("inspect", page, "--max-bytes", 100), 4) == (
            f"{page} is larger than 100 bytes; it was not read. If that is meant, raise the limit with --max-bytes."
        )

    @pytest.mark.parametrize("way", ["a file", "a pipe"])
    def test_an_export_has_no_limit_unless_one_is_named(self, tmp_path, way):
        words = "Nobody came, and nobody left. " * 100_000
        posts = "".join(
            f"<item><title>{n}</title><description/><content>{words}</content></item>" for n in range(12)
        )
        export = f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{posts}</channel></rss>'.encode()
        assert len(export) > 33_554_432
        if way == "a file":
            page = tmp_path / "export.xml"
            page.write_bytes(export)
            command, given = [str(page)], None
        else:
            command, given = ["-"], export
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "inspect", *command, "--json"],
            input=given,
            capture_output=True,
            check=True,
        )
        assert len(json.loads(ended.stdout)["discussions"]) == 12

    def test_fifty_million_bytes_are_too_large_unasked(self, rejoinder, refused, tmp_path):
        page = tmp_path / "page.txt"
        with page.open("wb") as file:
            file.truncate(50_000_000)
        assert "is larger than 33,554,432 bytes" in refused(rejoinder("inspect", page), 4)
