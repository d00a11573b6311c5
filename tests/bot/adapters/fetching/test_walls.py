"""What stands in front of a page is told apart from a page, and a page about such things is a page."""

import time

import pytest
from yarl import URL

from bot.adapters.fetching.walls import BEGINNING, Wall, find_wall

HERE = URL("https://harbour-lines.example/2019/02/ferry")
WORDS = "<p>The boat was polished every spring, by two people, with a brass band.</p>" * 40


def page(title, body=""):
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


CHALLENGE = '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'
LOG_IN = '<form><input name=user><input class="field" type="password" name=pwd></form>'

FOUND = [
    (Wall.BOT_CHECK, HERE, {}, page("Just a moment...", CHALLENGE)),
    (Wall.BOT_CHECK, HERE, {}, page("Nur einen Moment…", CHALLENGE + "<p>Prüfung</p>")),
    (Wall.BOT_CHECK, HERE, {}, page("Attention Required! | Cloudflare", '<div id="cf-error-details">')),
    (Wall.BOT_CHECK, HERE, {}, page("Making sure you&#39;re not a bot!", '<script id="anubis_challenge">')),
    (Wall.BOT_CHECK, HERE, {}, page("DDoS-Guard", '<script src="https://check.ddos-guard.net/check.js">')),
    (Wall.BOT_CHECK, HERE, {"cf-mitigated": "challenge"}, b""),
    (Wall.BOT_CHECK, HERE, {"x-amzn-waf-action": "captcha"}, b""),
    (Wall.LOG_IN, HERE, {}, page("Log In &lsaquo; Harbour Lines", LOG_IN)),
    (Wall.LOG_IN, HERE, {}, page("Anmeldung", LOG_IN)),
    (Wall.LOG_IN, HERE / "wp-login.php", {}, page("Harbour Lines", LOG_IN + WORDS)),
    (Wall.AGE, HERE, {}, page("Are you over 18?", "<button>Yes</button>")),
    (Wall.AGE, HERE, {}, page("Altersprüfung")),
    (Wall.AGE, HERE.with_path("/over18"), {}, page("Harbour Lines", WORDS)),
    (Wall.CONSENT, URL("https://consent.harbour-lines.example/collect"), {}, page("Harbour Lines", WORDS)),
    (Wall.CONSENT, HERE.with_path("/zustimmung"), {}, page("Harbour Lines")),
]


@pytest.mark.parametrize(("wall", "url", "headers", "data"), FOUND)
def test_a_wall(wall, url, headers, data):
    assert find_wall(url, headers, data, led_on=True) is wall


@pytest.mark.parametrize(
    "data",
    [
        page("Just a moment: how the ferry was lost", WORDS + CHALLENGE),
        page("Just a moment", "<p>A poem.</p>"),
        page("Access denied: the quay is closed", WORDS + '<div class="g-recaptcha"></div>'),
        page("Why I no longer log in", WORDS + LOG_IN),
        page("The ferry that never sailed", "<p>Short.</p>" + LOG_IN),
        page("Log in", "<p>The log of the ferry, in full.</p>"),
        page("Age verification comes to the harbour", WORDS),
        page("A page of scripts", "<script>" + "x" * 5000 + "</script>"),
        page(""),
        b"",
        bytes(range(256)),
    ],
)
def test_a_page(data):
    assert find_wall(HERE, {}, data, led_on=False) is None


@pytest.mark.parametrize("path", ["/over18", "/zustimmung", "/consent", "/login"])
def test_an_address_that_was_asked_for_is_no_wall_by_its_name(path):
    assert find_wall(HERE.with_path(path), {}, page("Harbour Lines", WORDS), led_on=False) is None


@pytest.mark.parametrize("path", ["/consent-of-the-harbour-master", "/login-of-a-captain"])
def test_nor_is_one_that_only_begins_like_it(path):
    assert find_wall(HERE.with_path(path), {}, page("Harbour Lines", WORDS + LOG_IN), led_on=True) is None


def test_nor_is_a_log_in_that_asks_for_no_password():
    assert find_wall(HERE.with_path("/login"), {}, page("Harbour Lines", WORDS), led_on=True) is None


@pytest.mark.parametrize("piece", ["<", "<script", "<input ", "<title", "<input type=", "<script></"])
def test_pages_made_to_take_long_do_not(piece):
    began = time.process_time()
    find_wall(HERE, {}, (piece * BEGINNING).encode()[: 2 * BEGINNING], led_on=True)
    assert time.process_time() - began < 1


@pytest.mark.asyncio
class TestInAFetch:
    async def test_with_a_status(self, site, fetcher, refusal):
        address = site.page("/ferry", page("Just a moment...", CHALLENGE), status=403)
        problem = await refusal(fetcher(), address)
        assert problem.message == (
            "harbour-lines.example answered “403, no access”: it asks for a proof that a person is reading."
        )
        assert problem.next_step.startswith("In WordPress open Tools, then Export, and give me that file;")

    async def test_where_the_page_should_be(self, site, fetcher, refusal):
        problem = await refusal(fetcher(), site.page("/ferry", page("Log in", LOG_IN)))
        assert problem.message == "harbour-lines.example asks to log in first."
        assert "Tools, then Export" in problem.next_step

    async def test_after_a_redirect(self, site, fetcher, refusal):
        site.page("/login", page("Harbour Lines", LOG_IN + WORDS))
        problem = await refusal(fetcher(), site.leads("/ferry", "/login?next=/ferry"))
        assert problem.message == "harbour-lines.example asks to log in first."

    async def test_a_feed_about_it_is_a_feed(self, site, fetcher):
        address = site.page(
            "/feed", "<rss><title>Age verification</title></rss>", headers={"Content-Type": "text/xml"}
        )
        assert await fetcher().fetch(address)
