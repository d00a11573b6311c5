"""Robots.txt, pauses, and servers that ask for time; the clock is a fake, so nobody waits."""

import asyncio
import tracemalloc
from datetime import UTC, datetime

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.fetching.statuses import retry_after

PAGE = "<title>The ferry that never sailed</title>"


@pytest.mark.asyncio
class TestRobots:
    async def test_what_robots_may_not_read_is_not_asked_for(self, site, fetcher, refusal):
        site.page("/robots.txt", "User-agent: *\nDisallow: /ferry")
        problem = await refusal(fetcher(), site.page("/ferry/1", PAGE))
        assert problem.message == "harbour-lines.example lets no robot read this page (robots.txt)."
        assert "Tools, then Export" in problem.next_step
        assert site.paths == []
        assert await fetcher().fetch(site.page("/quay", PAGE))

    async def test_rules_for_us_come_before_rules_for_all(self, site, fetcher, refusal):
        site.page("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: rejoinder\nDisallow: /private\n")
        assert await fetcher().fetch(site.page("/ferry", PAGE))
        await refusal(fetcher(), site.page("/private", PAGE))

    @pytest.mark.parametrize(
        ("rules", "allowed"),
        [
            ("Disallow: /*/1", False),
            ("Disallow: /*.php$", True),
            ("Disallow: /ferry/1$", False),
            ("Disallow: /ferry$", True),
            ("Disallow: /\nAllow: /ferry/", True),
            ("Allow: /ferry\nDisallow: /ferry/1", False),
            ("Disallow: /ferry/1\nAllow: /ferry/1", True),
            ("Disallow: /f%65rry", False),
            ("Disallow: /Ferry", True),
            ("Disallow:", True),
            ("disallow : /ferry # all of it", False),
        ],
    )
    async def test_the_longest_rule_that_fits_decides(self, site, fetcher, refusal, rules, allowed):
        site.page("/robots.txt", f"User-agent: *\n{rules}\n")
        address = site.page("/ferry/1", PAGE)
        if allowed:
            assert await fetcher().fetch(address)
        else:
            await refusal(fetcher(), address)

    @pytest.mark.parametrize(
        ("named", "ours"),
        [
            ("Rejoinder", True),
            ("REJOINDER/1.0 # the bot", True),
            ("Other\nUser-agent: rejoinder", True),
            ("Re", False),
            ("Rejoinder-News", False),
            ("Mozilla/5.0 (compatible; Rejoinder)", False),
        ],
    )
    async def test_a_group_is_ours_when_it_bears_our_name(self, site, fetcher, refusal, named, ours):
        site.page("/robots.txt", f"User-agent: {named}\nDisallow: /ferry\n\nUser-agent: *\nAllow: /\n")
        address = site.page("/ferry", PAGE)
        if ours:
            await refusal(fetcher(), address)
        else:
            assert await fetcher().fetch(address)

    async def test_a_thousand_names_over_a_thousand_rules_are_not_a_million(self, site, fetcher):
        ends = ("\n", "\u2028", "\x0b")
        names = "".join(f"User-agent: robot{n}{ends[n % 3]}" for n in range(1000))
        site.page("/robots.txt", names + "\n" + "".join(f"Disallow: /a/{n}*b\n" for n in range(1000)))
        tracemalloc.start()
        try:
            assert await fetcher().fetch(site.page("/ferry", PAGE))
            assert tracemalloc.get_traced_memory()[1] < 10_000_000
        finally:
            tracemalloc.stop()

    async def test_whoever_runs_the_bot_may_switch_it_off(self, site, fetcher):
        site.page("/robots.txt", "User-agent: *\nDisallow: /")
        assert await fetcher(respect_robots=False).fetch(site.page("/ferry", PAGE))
        assert [request.path for request in site.seen] == ["/ferry"]

    async def test_it_is_asked_once_an_hour(self, site, fetcher, clock):
        site.page("/robots.txt", "User-agent: *\nAllow: /")
        address = site.page("/ferry", PAGE)
        fetching = fetcher()

        def asked():
            return sum(request.path == "/robots.txt" for request in site.seen)

        await fetching.fetch(address)
        await fetching.fetch(address)
        assert asked() == 1
        clock.pass_by(3600)
        await fetching.fetch(address)
        assert asked() == 2

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
    async def test_a_site_without_it_forbids_nothing(self, site, fetcher, status):
        site.page("/robots.txt", "User-agent: *\nDisallow: /", status=status)
        assert await fetcher().fetch(site.page("/ferry", PAGE))

    @pytest.mark.parametrize("status", [429, 500, 503])
    async def test_a_site_that_can_not_say_is_asked_later(self, site, fetcher, refusal, status):
        site.page("/robots.txt", status=status)
        problem = await refusal(fetcher(), site.page("/ferry", PAGE))
        assert f"robots.txt answered “{status}, " in problem.message
        assert site.paths == []

    async def test_it_may_lie_elsewhere(self, site, fetcher, refusal):
        site.leads("/robots.txt", "/rules.txt")
        site.page("/rules.txt", "\ufeffUser-agent: *\nDisallow: /ferry")
        assert "robots.txt" in (await refusal(fetcher(), site.page("/ferry", PAGE))).message

    async def test_but_not_nowhere(self, site, fetcher):
        site.leads("/robots.txt", "/robots.txt")
        assert await fetcher().fetch(site.page("/ferry", PAGE))

    async def test_nor_inside(self, site, fetcher, refusal):
        site.leads("/robots.txt", "http://169.254.169.254/")
        assert "leads on to an address" in (await refusal(fetcher(), site.page("/ferry", PAGE))).message

    async def test_each_address_that_leads_on_is_asked_about(self, site, fetcher, refusal):
        site.page("/robots.txt", "User-agent: *\nDisallow: /ferry")
        site.page("/ferry", PAGE)
        assert "robots.txt" in (await refusal(fetcher(), site.leads("/old", "/ferry"))).message
        assert site.paths == ["/old"]

    async def test_bytes_that_are_no_text(self, site, fetcher):
        site.page("/robots.txt", bytes(range(256)) * 99)
        assert await fetcher().fetch(site.page("/ferry", PAGE))


@pytest.mark.asyncio
class TestPauses:
    async def test_between_two_questions_to_a_host(self, site, fetcher, clock):
        address = site.page("/ferry", PAGE)
        fetching = fetcher(pause=2.0)
        await fetching.fetch(address)
        await fetching.fetch(address)
        assert clock.slept == [2.0, 2.0], "robots.txt, a pause, the page, a pause, the page"

    async def test_none_when_enough_time_has_passed(self, site, fetcher, clock):
        address = site.page("/ferry", PAGE)
        fetching = fetcher(respect_robots=False)
        await fetching.fetch(address)
        clock.pass_by(1)
        await fetching.fetch(address)
        assert clock.slept == []

    async def test_another_host_need_not_wait(self, site, raw, fetcher, clock):
        other = await raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwords")
        fetching = fetcher(respect_robots=False)
        await fetching.fetch(site.page("/ferry", PAGE))
        await fetching.fetch(other)
        assert clock.slept == []

    async def test_one_at_a_time(self, site, fetcher):
        inside = most = 0

        async def give(_):
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1
            return web.Response(text=PAGE, content_type="text/html")

        site.pages["/ferry"] = give
        fetching = fetcher(respect_robots=False)
        await asyncio.gather(*(fetching.fetch(site.home + "/ferry") for _ in range(5)))
        assert most == 1
        assert len(site.paths) == 5

    async def test_a_fetch_that_is_given_up_keeps_nobody_waiting(self, site, fetcher):
        stuck = asyncio.Event()

        async def wait(_):
            stuck.set()
            await asyncio.sleep(60)

        site.pages["/stuck"] = wait
        fetching = fetcher(respect_robots=False)
        given_up = asyncio.create_task(fetching.fetch(site.home + "/stuck"))
        await stuck.wait()
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        assert await fetching.fetch(site.page("/ferry", PAGE))

    async def test_hosts_are_forgotten_when_they_no_longer_matter(self, site, fetcher, clock):
        fetching = fetcher(respect_robots=False)
        await fetching.fetch(site.page("/ferry", PAGE))
        assert fetching._turns._places
        clock.pass_by(60)
        fetching._turns.hold("raw.example", 0)
        assert list(fetching._turns._places) == ["raw.example"]


def busy_then(page, *, status=429, after):
    """A server that first asks for time and then gives the page."""
    answers = [web.Response(status=status, headers={"Retry-After": after})]

    async def give(_):
        return answers.pop() if answers else web.Response(text=page, content_type="text/html")

    return give


@pytest.mark.asyncio
class TestBusyServers:
    @pytest.mark.parametrize("status", [429, 503])
    async def test_a_short_time_is_waited_for(self, site, fetcher, clock, status):
        site.pages["/ferry"] = busy_then(PAGE, status=status, after="7")
        assert await fetcher(respect_robots=False).fetch(site.home + "/ferry")
        assert clock.slept == [7.0]

    async def test_a_date_is_a_time_too(self, site, fetcher, clock):
        site.pages["/ferry"] = busy_then(PAGE, after="Sun, 01 Mar 2026 12:00:09 GMT")
        assert await fetcher(respect_robots=False).fetch(site.home + "/ferry")
        assert clock.slept == [9.0]

    async def test_nobody_waits_for_a_long_time_nor_asks_in_it(self, site, fetcher, clock, refusal):
        site.pages["/ferry"] = busy_then(PAGE, after="240")
        fetching = fetcher(respect_robots=False)
        for _ in range(2):
            problem = await refusal(fetching, site.home + "/ferry")
            assert problem.message == ("harbour-lines.example asks to be left alone for 4 minutes.")
        assert len(site.paths) == 1
        clock.pass_by(240)
        assert await fetching.fetch(site.home + "/ferry")

    async def test_no_host_keeps_us_away_for_more_than_an_hour(self, site, fetcher, clock, refusal):
        site.pages["/ferry"] = busy_then(PAGE, after="9" * 400)
        fetching = fetcher(respect_robots=False)
        assert "60 minutes" in (await refusal(fetching, site.home + "/ferry")).message
        clock.pass_by(3600)
        assert await fetching.fetch(site.home + "/ferry")

    async def test_only_a_busy_server_asks_for_time(self, site, fetcher, clock):
        address = site.page("/ferry", PAGE, headers={"Retry-After": "5"})
        assert await fetcher(respect_robots=False).fetch(address)
        assert (site.paths, clock.slept) == (["/ferry"], [])

    async def test_a_date_that_has_passed_is_now(self, site, fetcher, clock):
        site.pages["/ferry"] = busy_then(PAGE, after="Sun, 01 Mar 2026 11:00:00 GMT")
        assert await fetcher(respect_robots=False, pause=0).fetch(site.home + "/ferry")
        assert clock.slept == []

    async def test_it_is_asked_once_more_and_no_further(self, site, fetcher, refusal):
        address = site.page("/ferry", status=503, headers={"Retry-After": "1"})
        problem = await refusal(fetcher(respect_robots=False), address)
        assert problem.message == "harbour-lines.example answered “503, busy or closed for now”."
        assert len(site.paths) == 2

    @pytest.mark.parametrize("after", ["soon", "-5", "Sun, 99 Mar", "", "²"])
    async def test_what_can_not_be_understood_is_no_time(self, site, fetcher, refusal, after):
        address = site.page("/ferry", status=429, headers={"Retry-After": after})
        problem = await refusal(fetcher(respect_robots=False), address)
        assert "429" in problem.message
        assert len(site.paths) == 1


@given(st.text() | st.from_regex(r"\w{3}, \d+ \w+ \d+ [\d:]+( [-+A-Z0-9]+)?", fullmatch=True))
def test_whatever_a_server_asks_for_is_a_time_or_none(header):
    wanted = retry_after(429, header, now=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert wanted is None or wanted >= 0


def test_a_time_that_has_passed_is_no_negative_one():
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert retry_after(503, "Sun, 01 Mar 2026 11:00:00 GMT", now=now) == 0
