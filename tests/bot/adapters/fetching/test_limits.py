"""Servers that give too much, too slowly, or nonsense: all end early, with a sentence."""

import asyncio
import gzip
import shutil
import ssl
import subprocess
import time
import tracemalloc
import zlib
from contextlib import contextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

MIB = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
#: A page of 16 MiB, its copy, and what is on its way, in bytes.
ROOM = 48 * MIB


def bomb(size: int) -> bytes:
    """``size`` zeros, packed without ever standing in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = bytes(MIB)
    return b"".join(packer.compress(piece) for _ in range(size // MIB)) + packer.flush()


@contextmanager
def little_memory():
    """What is done inside never holds more than ROOM at once, the test's own server included."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < ROOM
    finally:
        tracemalloc.stop()


@pytest.fixture
def unvouched(tmp_path):
    """What a server needs for TLS, with a certificate that it signed itself."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("openssl makes the certificate, and is not here")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=raw.example", "-addext", "subjectAltName=DNS:raw.example")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    files = ("-keyout", key, "-out", certificate)
    subprocess.run(
        [openssl, "req", "-x509", "-nodes", *curve, *subject, *files], check=True, capture_output=True
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


@pytest.mark.asyncio
class TestSize:
    async def test_a_page_of_just_the_limit(self, site, fetcher):
        address = site.page("/x", b"x" * 5000)
        assert len((await fetcher(max_bytes=5000).fetch(address)).data) == 5000

    async def test_one_byte_more(self, site, fetcher, refusal):
        problem = await refusal(fetcher(max_bytes=5 * MIB), site.page("/x", b"x" * (5 * MIB + 1)))
        assert (
            problem.message == "The page at harbour-lines.example has more than 5 MiB; the rest was not read."
        )

    async def test_a_gigabyte_that_is_announced_is_not_begun(self, raw, fetcher, refusal):
        address = await raw(OK + b"Content-Length: 1000000000\r\n\r\n")
        assert (
            "more than 1 MiB"
            in (await refusal(fetcher(max_bytes=MIB, respect_robots=False), address)).message
        )

    async def test_a_gigabyte_that_is_not_announced_ends_early(self, raw, fetcher, refusal):
        address = await raw(OK + b"\r\n", then=bytes(MIB))
        with little_memory():
            assert "more than 16 MiB" in (await refusal(fetcher(respect_robots=False), address)).message

    async def test_a_small_page_that_unpacks_to_a_huge_one(self, site, fetcher, refusal):
        packed = bomb(256 * MIB)
        assert len(packed) < MIB
        address = site.page("/x", packed, headers={"Content-Encoding": "gzip"})
        with little_memory():
            assert "more than 16 MiB" in (await refusal(fetcher(), address)).message

    async def test_ten_megabytes_that_unpack_to_ten_gigabytes(self, raw, fetcher, refusal):
        # Members of a gzip file may follow one another without end, so one of them is made once and sent for ever.
        address = await raw(OK + b"Content-Encoding: gzip\r\n\r\n", then=bomb(64 * MIB))
        with little_memory():
            assert "more than 16 MiB" in (await refusal(fetcher(respect_robots=False), address)).message

    @pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
    async def test_a_packed_page_is_unpacked(self, site, fetcher, encoding, pack):
        address = site.page("/x", pack(b"words " * 999), headers={"Content-Encoding": encoding})
        assert (await fetcher().fetch(address)).data == b"words " * 999

    @pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
    async def test_what_can_not_be_unpacked(self, site, fetcher, refusal, encoding):
        address = site.page("/x", b"no such thing " * 99, headers={"Content-Encoding": encoding})
        problem = await refusal(fetcher(), address)
        assert problem.message in {
            "harbour-lines.example sent a page that is broken or incomplete.",
            "harbour-lines.example answered with something that is no web page.",
        }

    async def test_a_robots_txt_without_end_is_read_to_its_limit(self, raw, fetcher, refusal):
        address = await raw(OK + b"\r\n", then=b"Disallow: /nothing\n" * 4096)
        with little_memory():
            assert "more than 1 MiB" in (await refusal(fetcher(max_bytes=MIB), address)).message


@pytest.mark.asyncio
class TestTime:
    async def test_a_slow_drip_ends_after_the_whole_time(self, raw, fetcher, refusal):
        address = await raw(OK + b"\r\n", then=b"x", every=0.02)
        began = time.monotonic()
        problem = await refusal(fetcher(timeout=0.3, respect_robots=False), address)
        assert problem.message == "raw.example took longer than 0.3 seconds for one page."
        assert time.monotonic() - began < 3

    async def test_slow_answers_one_after_another_share_the_time(self, site, fetcher, refusal):
        async def lead(request):
            await asyncio.sleep(0.15)
            raise web.HTTPFound(f"/{int(request.path[1:]) + 1}")

        site.pages.update({f"/{number}": lead for number in range(6)})
        problem = await refusal(fetcher(timeout=0.4, respect_robots=False), site.home + "/0")
        assert problem.message == "harbour-lines.example took longer than 0.4 seconds for one page."
        assert len(site.paths) < 5

    async def test_waiting_for_a_turn_costs_nothing_of_it(self, site, fetcher):
        async def give(_):
            await asyncio.sleep(0.1)
            return web.Response(text="words")

        site.pages["/x"] = give
        fetching = fetcher(timeout=0.3, respect_robots=False)
        found = await asyncio.gather(*(fetching.fetch(site.home + "/x") for _ in range(5)))
        assert len(found) == 5

    async def test_silence_in_the_middle(self, raw, fetcher, refusal):
        address = await raw(OK + b"Content-Length: 99\r\n\r\n", then=b"x", every=60)
        problem = await refusal(fetcher(read_timeout=0.1, respect_robots=False), address)
        assert problem.message == "raw.example fell silent for 0.1 seconds."

    async def test_silence_from_the_beginning(self, raw, fetcher, refusal):
        address = await raw(b"H", then=b"T", every=60)
        problem = await refusal(fetcher(read_timeout=0.1), address)
        assert problem.message == "raw.example fell silent for 0.1 seconds."

    async def test_headers_that_drip(self, raw, fetcher, refusal):
        address = await raw(OK, then=b"A: b\r\n", every=0.02)
        problem = await refusal(fetcher(timeout=0.3), address)
        assert "0.3 seconds" in problem.message

    async def test_a_name_that_is_never_found(self, fetcher, lookup, refusal):
        async def forever(*_):
            await asyncio.Event().wait()

        fetching = fetcher(timeout=0.1)
        fetching._wire._resolver._lookup = forever
        problem = await refusal(fetching, "https://quay-rat.example/")
        assert "0.1 seconds" in problem.message


@pytest.mark.asyncio
class TestNonsense:
    async def test_headers_without_end(self, raw, fetcher, refusal):
        address = await raw(OK, then=b"A-Header: with words\r\n" * 1000)
        with little_memory():
            problem = await refusal(fetcher(), address)
        assert problem.message == "raw.example answered with something that is no web page."

    async def test_one_header_without_end(self, raw, fetcher, refusal):
        address = await raw(OK + b"A-Header: ", then=b"x" * MIB)
        with little_memory():
            problem = await refusal(fetcher(), address)
        assert problem.message == "raw.example answered with something that is no web page."

    async def test_interim_answers_without_end(self, raw, fetcher, refusal):
        address = await raw(b"", then=b"HTTP/1.1 102 Processing\r\n\r\n", every=0.001)
        assert "0.3 seconds" in (await refusal(fetcher(timeout=0.3), address)).message

    @pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.2\r\n", b"\x00" * 99, b"HTTP/1.1 huge\r\n\r\n"])
    async def test_what_is_no_http(self, raw, fetcher, refusal, answer):
        problem = await refusal(fetcher(), await raw(answer))
        assert problem.message == "raw.example answered with something that is no web page."

    async def test_a_redirect_to_bytes_that_are_no_text(self, raw, fetcher, refusal):
        address = await raw(b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe.example/\r\n\r\n")
        assert "leads on to an address" in (await refusal(fetcher(), address)).message

    async def test_a_redirect_whose_body_has_no_end(self, raw, fetcher, refusal):
        address = await raw(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", then=b"x", every=1)
        problem = await refusal(fetcher(respect_robots=False), address)
        assert "more than 5 addresses" in problem.message

    async def test_no_answer(self, raw, fetcher, refusal):
        problem = await refusal(fetcher(), await raw(b""))
        assert problem.message == "raw.example broke off before it had answered."

    async def test_an_answer_that_breaks_off(self, raw, fetcher, refusal):
        address = await raw(OK + b"Content-Length: 99\r\n\r\nonly this")
        problem = await refusal(fetcher(respect_robots=False), address)
        assert problem.message == "raw.example sent a page that is broken or incomplete."

    async def test_nobody_listens(self, raw, fetcher, refusal, unused_tcp_port):
        problem = await refusal(fetcher(), f"http://raw.example:{unused_tcp_port}/")
        assert problem.message == "raw.example could not be reached."

    async def test_a_server_that_speaks_no_tls(self, raw, fetcher, refusal):
        address = await raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        problem = await refusal(fetcher(), address.replace("http:", "https:"))
        assert problem.message == "No safe connection to raw.example came about."

    async def test_a_certificate_that_nobody_vouches_for(self, unvouched, fetcher, refusal):
        server = TestServer(web.Application())
        await server.start_server(ssl=unvouched)
        problem = await refusal(fetcher(), f"https://raw.example:{server.port}/")
        await server.close()
        assert (
            problem.message == "raw.example can't prove that it is raw.example: its certificate is not valid."
        )
