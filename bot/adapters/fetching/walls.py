"""Pages that stand in front of a page: bot checks, log-in, age and consent, by marks that no article has."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from yarl import URL


class Wall(StrEnum):
    """What stands there, in words that follow the site's name."""

    BOT_CHECK = "asks for a proof that a person is reading"
    LOG_IN = "asks to log in first"
    AGE = "asks for the reader's age first"
    CONSENT = "asks for a consent first"


#: How much of a page is looked at, in bytes; walls say at their beginning what they are.
BEGINNING: Final = 64 * 1024
#: A page that shows more characters than this is more than a wall, whatever its title says.
_THIN: Final = 2000

#: Headers in which a firewall says by itself that this is not the page.
_BOT_HEADERS: Final = (
    ("cf-mitigated", re.compile("challenge", re.IGNORECASE)),
    ("x-amzn-waf-action", re.compile("challenge|captcha", re.IGNORECASE)),
)
#: Titles of bot checks. An article may have such a title too, so the page must be thin and hold one of the scripts.
_BOT_TITLE: Final = re.compile(
    r"just a moment|attention required|checking your browser|ddos-guard|making sure you.{1,8}re not a bot"
    r"|access denied|are you a robot|security check|verify(?:ing)? you are (?:a )?human|nur einen moment|un momento"
    r"|un instant|pardon our interruption|robot check|captcha",
    re.IGNORECASE,
)
_BOT_SCRIPT: Final = re.compile(
    r"/cdn-cgi/challenge-platform/|cf-chl-|_cf_chl_opt|cf-error-details|check\.ddos-guard\.net|anubis_challenge"
    r"|captcha-delivery\.com|px-captcha|_incapsula_resource|sucuri_cloudproxy|/captcha/|g-recaptcha|h-captcha"
    r"|hcaptcha\.com|challenges\.cloudflare\.com",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"<title[^>]*>([^<]{0,300})", re.IGNORECASE)
_PASSWORD: Final = re.compile(r"<input\b[^<>]{0,500}\btype\s*=\s*[\"']?password\b", re.IGNORECASE)
_LOG_IN_TITLE: Final = re.compile(
    r"\b(?:log[ -]?in|sign[ -]?in|anmelden|anmeldung|einloggen|connexion|iniciar sesión|accedi|inloggen)\b",
    re.IGNORECASE,
)
_LOG_IN_PATH: Final = re.compile(r"/(?:wp-login\.php|log-?in|sign-?in|sso|auth)(?=/|\Z)", re.IGNORECASE)
_AGE_PATH: Final = re.compile(r"/(?:over-?18|age-?(?:gate|check|verification|verify))(?=/|\Z)", re.IGNORECASE)
_AGE_TITLE: Final = re.compile(
    r"age (?:verification|check|gate|restricted)|verify your age|are you (?:over|at least) \d\d|over 18\?"
    r"|altersprüfung|alterskontrolle|altersverifikation|vérification de l.âge",
    re.IGNORECASE,
)
_CONSENT_HOST: Final = re.compile(r"(?:consent|guce|privacy-mgmt|cmp)\.", re.IGNORECASE)
_CONSENT_PATH: Final = re.compile(
    r"/(?:cookie-?)?(?:consent|zustimmung|privacy-?wall|gdpr)(?=/|\Z)", re.IGNORECASE
)

_UNSEEN: Final = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>?")


def find_wall(url: URL, headers: Mapping[str, str], page: bytes, *, led_on: bool) -> Wall | None:
    """What stands in the page's place; ``led_on`` says that ``url`` is not the address that was asked for.

    A path says something only then: an article on consent may have the word in its own address.
    """
    if any(mark.search(headers.get(name, "")) for name, mark in _BOT_HEADERS):
        return Wall.BOT_CHECK
    text = page[:BEGINNING].decode("utf-8", errors="replace")
    asks_password = _PASSWORD.search(text) is not None
    if led_on and (wall := _by_address(url, asks_password=asks_password)):
        return wall
    found = _TITLE.search(text)
    return _by_title(found[1], text, asks_password=asks_password) if found and _is_thin(text) else None


def _by_address(url: URL, *, asks_password: bool) -> Wall | None:
    if asks_password and _LOG_IN_PATH.search(url.path):
        return Wall.LOG_IN
    if _AGE_PATH.search(url.path):
        return Wall.AGE
    if _CONSENT_HOST.match(url.raw_host or "") or _CONSENT_PATH.search(url.path):
        return Wall.CONSENT
    return None


def _by_title(title: str, text: str, *, asks_password: bool) -> Wall | None:
    if _BOT_TITLE.search(title) and _BOT_SCRIPT.search(text):
        return Wall.BOT_CHECK
    if asks_password and _LOG_IN_TITLE.search(title):
        return Wall.LOG_IN
    return Wall.AGE if _AGE_TITLE.search(title) else None


def _is_thin(text: str) -> bool:
    """Whether little is to be read; each step looks at every character once, whatever the page is made of."""
    first, *others = _UNSEEN.split(text)
    seen = [first, *(other.partition("</")[2] for other in others)]
    return len(" ".join(_TAG.sub(" ", "".join(seen)).split())) < _THIN
