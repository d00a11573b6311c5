"""Pages from a real server on loopback: what comes back, and what is refused with a sentence."""

from importlib.metadata import version

import pytest
from aiohttp import web

from bot.errors import FetchError
from bot.ports.fetching import Validators

PAGE = "<html><title>The ferry that never sailed</title><p>It has never left the quay.</p></html>"


@pytest.mark.asyncio
class TestPages:
    async def test_a_page_with_what_its_header_says(self, site, fetcher):
        address = site.page("/ferry", PAGE, headers={"Content-Type": "Text/HTML; charset=ISO-8859-1"})
        fetched = await fetcher().fetch(f"{address}?key=secret#comments")
        assert fetched.data == PAGE.encode()
        assert (fetched.content_type, fetched.charset) == ("text/html", "cp1252")
        assert fetched.address == f"{address}?key=secret"
        assert (fetched.not_modified, fetched.redirects) == (False, ())

    async def test_it_says_who_asks_and_nothing_else_about_anybody(self, site, fetcher):
        site.page("/ferry", PAGE, headers={"Set-Cookie": "seen=1"})
        asking = fetcher(contact="https://rejoinder.example/about")
        await asking.fetch(site.leads("/old", "/ferry"))
        await asking.fetch(site.home + "/ferry")
        for request in site.seen:
            assert request.headers["User-Agent"] == (
                f"Rejoinder/{version('rejoinder')} (+https://rejoinder.example/about)"
            )
            assert not {"Cookie", "Referer", "Authorization"} & set(request.headers)

    @pytest.mark.parametrize(
        "header",
        [
            "text/html",
            "application/xhtml+xml",
            "application/xml",
            "text/xml",
            "application/rss+xml",
            "application/atom+xml; charset=utf-8",
            "application/json",
            "application/feed+json",
            "application/ld+json",
            "text/plain",
        ],
    )
    async def test_kinds_of_pages(self, site, fetcher, header):
        address = site.page("/x", "words", headers={"Content-Type": header})
        assert (await fetcher().fetch(address)).data == b"words"

    async def test_a_server_that_names_no_kind(self, raw, fetcher):
        address = await raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords")
        fetched = await fetcher(respect_robots=False).fetch(address)
        assert (fetched.data, fetched.content_type, fetched.charset) == (b"words", None, None)

    @pytest.mark.parametrize(
        "header",
        [
            "image/png",
            "image/svg+xml",
            "application/pdf",
            "video/mp4",
            "application/octet-stream",
            "text/css",
        ],
    )
    async def test_other_kinds_are_refused_by_name(self, site, fetcher, refusal, header):
        address = site.page("/x", b"\x89PNG", headers={"Content-Type": header})
        problem = await refusal(fetcher(), address)
        assert problem.message == f"harbour-lines.example has no page there but {header}."

    async def test_a_kind_that_would_mislead_is_not_repeated(self, site, fetcher, refusal):
        address = site.page("/x", headers={"Content-Type": "text/**everyone**"})
        assert "**" not in (await refusal(fetcher(), address)).message

    @pytest.mark.parametrize(
        ("named", "charset"),
        [
            ("utf-8", "utf-8"),
            ("UTF8", "utf-8"),
            ('"windows-1251"', "cp1251"),
            ("Shift_JIS", "shift_jis"),
            ("us-ascii", "cp1252"),
            ("euc-kr", "euc_kr"),
            ("gb2312", "gb2312"),
            ("no-such-charset", None),
            ("utf-7", None),
            ("zlib", None),
            ("unicode_escape", None),
            ("rot13", None),
            ("", None),
            ("\u00e4", None),
        ],
    )
    async def test_the_charset_is_given_on_only_where_a_page_may_have_it(self, site, fetcher, named, charset):
        address = site.page("/x", "words", headers={"Content-Type": f"text/html; charset={named}"})
        assert (await fetcher().fetch(address)).charset == charset


@pytest.mark.asyncio
class TestConditions:
    async def test_a_page_that_has_not_changed(self, site, fetcher):
        async def give(request):
            if request.headers.get("If-None-Match") == '"7"':
                assert request.headers["If-Modified-Since"] == "Sun, 01 Mar 2026 10:00:00 GMT"
                return web.Response(status=304)
            return web.Response(
                text=PAGE, headers={"ETag": '"7"', "Last-Modified": "Sun, 01 Mar 2026 10:00:00 GMT"}
            )

        site.pages["/ferry"] = give
        asking = fetcher()
        first = await asking.fetch(site.home + "/ferry")
        assert first.validators == Validators('"7"', "Sun, 01 Mar 2026 10:00:00 GMT")
        second = await asking.fetch(site.home + "/ferry", validators=first.validators)
        assert (second.not_modified, second.data) == (True, b"")
        assert second.validators == first.validators

    async def test_one_that_has_changed(self, site, fetcher):
        address = site.page("/ferry", PAGE, headers={"ETag": '"8"'})
        fetched = await fetcher().fetch(address, validators=Validators('"7"', "earlier"))
        assert (fetched.not_modified, fetched.validators) == (False, Validators('"8"', None))

    async def test_an_answer_to_a_question_that_was_not_asked(self, site, fetcher, refusal):
        problem = await refusal(fetcher(), site.page("/ferry", status=304))
        assert problem.message == "harbour-lines.example answered “304, not modified”."


@pytest.mark.asyncio
class TestRedirects:
    async def test_they_are_followed_and_told(self, site, fetcher):
        site.page("/c", PAGE)
        site.leads("/b", "c", status=301)
        first = site.leads("/a", f"{site.home}/b#part", status=308)
        fetched = await fetcher().fetch(first)
        assert fetched.address == site.home + "/c"
        assert fetched.redirects == (first, site.home + "/b")

    @pytest.mark.parametrize(
        ("location", "said"),
        [
            ("http://127.0.0.1/", "the machine that the bot runs on"),
            ("http://localhost/", "a name inside a local network"),
            ("//2130706433/", "its host as a number"),
            ("http://169.254.169.254/latest/meta-data/", "a link-local address"),
            ("http://[::ffff:169.254.169.254]/", "an IPv4 address in the form of an IPv6 one"),
            ("http://10.0.0.1/", "a private network"),
            ("file:///etc/passwd", "begin with https:// or http://"),
            ("http://harbour-lines.example:22/", "Port 22"),
            ("http://ada:secret@harbour-lines.example/", "a user name or a password"),
            ("http://[", "It is not a web address"),
        ],
    )
    async def test_to_where_nobody_should_be_sent(self, site, fetcher, refusal, location, said):
        problem = await refusal(fetcher(), site.leads("/a", location))
        assert problem.message.startswith(
            "harbour-lines.example leads on to an address that Rejoinder does not ask. "
        )
        assert said in problem.message
        assert site.paths == ["/a"]

    async def test_to_a_name_that_stands_for_an_inner_address(self, site, fetcher, lookup, refusal):
        lookup.names["quay-rat.example"] = [["93.184.216.34", "127.0.0.1"]]
        problem = await refusal(fetcher(), site.leads("/a", "http://quay-rat.example/"))
        assert problem.message.startswith("quay-rat.example leads to the machine that the bot runs on")

    async def test_in_a_circle(self, site, fetcher, refusal):
        site.leads("/b", "/a")
        problem = await refusal(fetcher(), site.leads("/a", "/b"))
        assert "more than 5 addresses" in problem.message
        assert len(site.paths) == 6

    async def test_five_are_borne(self, site, fetcher):
        site.page("/5", PAGE)
        for number in range(5):
            site.leads(f"/{number}", f"/{number + 1}")
        assert len((await fetcher().fetch(site.home + "/0")).redirects) == 5

    async def test_a_redirect_without_a_goal(self, site, fetcher, refusal):
        problem = await refusal(fetcher(), site.page("/a", status=302))
        assert problem.message == "harbour-lines.example answered “302, found”."


@pytest.mark.asyncio
class TestNames:
    async def test_the_name_is_asked_once_for_a_connection_and_that_answer_is_used(
        self, site, fetcher, lookup
    ):
        lookup.names["harbour-lines.example"] = [["127.0.0.1"], ["169.254.169.254"]]
        address = site.page("/ferry", PAGE)
        assert (await fetcher(respect_robots=False).fetch(address)).data == PAGE.encode()
        assert lookup.asked == ["harbour-lines.example"]

    async def test_a_name_that_changes_is_judged_anew_at_the_next_connection(
        self, site, fetcher, lookup, refusal
    ):
        lookup.names["harbour-lines.example"] = [["127.0.0.1"], ["169.254.169.254"]]
        problem = await refusal(fetcher(), site.page("/ferry", PAGE))
        assert problem.message.startswith("harbour-lines.example leads to a link-local address")
        assert [request.path for request in site.seen] == ["/robots.txt"]

    async def test_one_bad_address_among_good_ones_is_enough(self, site, fetcher, lookup, refusal):
        lookup.names["harbour-lines.example"] = [["127.0.0.1", "fe80::1"]]
        await refusal(fetcher(), site.page("/ferry", PAGE))
        assert site.seen == []

    async def test_a_name_that_is_not_allowed(self, site, fetcher, refusal):
        problem = await refusal(fetcher(allowed_private_hosts=("quay-rat.example",)), site.home + "/ferry")
        assert f"Port {site.port}" in problem.message

    async def test_no_such_name(self, fetcher, refusal):
        problem = await refusal(fetcher(), "https://quay-rat.example/")
        assert problem.message == "quay-rat.example can't be found."


@pytest.mark.asyncio
class TestStatuses:
    @pytest.mark.parametrize(
        ("words", "next_step"),
        [
            ("401, log-in needed", "Tools, then Export"),
            ("403, no access", "Tools, then Export"),
            ("404, not found", "opens in your browser"),
            ("410, gone", "if you have a copy"),
            ("418, i'm a teapot", "Tools, then Export"),
            ("429, too many questions", "Try again later."),
            ("451, withheld for legal reasons", "Tools, then Export"),
            ("500, a fault of the site", "Try again later."),
            ("503, busy or closed for now", "Try again later."),
            ("599", "Try again later."),
            ("204, no content", "Tools, then Export"),
        ],
    )
    async def test_each_has_its_sentence(self, site, fetcher, refusal, words, next_step):
        problem = await refusal(fetcher(), site.page("/ferry", status=int(words[:3])))
        assert problem.message == f"harbour-lines.example answered “{words}”."
        assert next_step in problem.next_step


@pytest.mark.asyncio
class TestSecrets:
    @pytest.mark.parametrize("status", [200, 302, 404, 500])
    async def test_no_sentence_and_no_log_holds_the_query(self, site, fetcher, caplog, status):
        caplog.set_level(0)
        headers = {"Content-Type": "image/png", "Location": "http://10.0.0.1/?key=secret"}
        address = site.page("/ferry", status=status, headers=headers)
        with pytest.raises(FetchError) as caught:
            await fetcher().fetch(f"{address}?key=secret")
        assert "secret" not in str(caught.value)
        ours = [
            line for record in caplog.records if "access" not in record.name for line in [record.getMessage()]
        ]
        assert not [line for line in ours if "secret" in line]


@pytest.mark.asyncio
class TestProxies:
    async def test_the_environment_is_believed_only_when_told_so(self, site, fetcher, monkeypatch):
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        monkeypatch.delenv("no_proxy", raising=False)
        address = site.page("/ferry", PAGE)
        assert await fetcher().fetch(address)
        with pytest.raises(FetchError) as caught:
            await fetcher(proxy="environment", respect_robots=False).fetch(address)
        assert caught.value.message == "The proxy did not answer, so harbour-lines.example was not asked."
        monkeypatch.setenv("no_proxy", "harbour-lines.example")
        assert await fetcher(proxy="environment").fetch(address)

    async def test_a_proxy_is_asked_for_names_that_only_it_knows(self, site, fetcher):
        site.page("/ferry", PAGE)
        through = fetcher(proxy=f"http://localhost:{site.port}")
        assert (await through.fetch("http://quay-rat.example/ferry")).data == PAGE.encode()
        assert {request.host for request in site.seen} == {"quay-rat.example"}

    async def test_but_not_for_what_is_known_to_be_inside(self, site, fetcher, lookup, refusal):
        lookup.names["quay-rat.example"] = [["10.0.0.1"]]
        through = fetcher(proxy=f"http://127.0.0.1:{site.port}")
        assert "a private network" in (await refusal(through, "http://quay-rat.example/ferry")).message
        assert site.seen == []
