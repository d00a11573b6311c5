"""What went wrong on the way to a server, in a sentence each."""

from typing import Final

import aiohttp

from bot.errors import FetchError
from bot.settings import FetchSettings

_LATER: Final = "Try again later; if it lasts, look whether the address opens in a browser."
_BROWSER: Final = (
    "Look whether the address opens in a browser; if it does, save the page and give me that file."
)

#: Kinds of failures with what is said and what is to do; the first that fits tells.
_SENTENCES: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (aiohttp.ClientConnectorDNSError, "{host} can't be found.", "Look for a slip in its name."),
    (
        aiohttp.ClientConnectorCertificateError,
        "{host} can't prove that it is {host}: its certificate is not valid.",
        _BROWSER,
    ),
    (aiohttp.ClientSSLError, "No safe connection to {host} came about.", _BROWSER),
    (
        aiohttp.ClientProxyConnectionError,
        "The proxy did not answer, so {host} was not asked.",
        "Whoever runs the bot finds it in fetch.proxy.",
    ),
    (
        aiohttp.ClientHttpProxyError,
        "The proxy did not let {host} be asked.",
        "Whoever runs the bot finds it in fetch.proxy.",
    ),
    (aiohttp.ConnectionTimeoutError, "{host} did not answer within {connect:g} seconds.", _LATER),
    (aiohttp.SocketTimeoutError, "{host} fell silent for {silence:g} seconds.", _LATER),
    (TimeoutError, "{host} took longer than {total:g} seconds for one page.", _LATER),
    (aiohttp.ClientConnectorError, "{host} could not be reached.", _LATER),
    (aiohttp.ClientPayloadError, "{host} sent a page that is broken or incomplete.", _LATER),
    (aiohttp.ClientConnectionError, "{host} broke off before it had answered.", _LATER),
    (Exception, "{host} answered with something that is no web page.", _BROWSER),
)


def failure(host: str, problem: Exception, limits: FetchSettings) -> FetchError:
    """The sentence. The problem's own words may hold the whole address, and with it what is secret in a query."""
    sentence, next_step = next(
        (sentence, next_step) for kind, sentence, next_step in _SENTENCES if isinstance(problem, kind)
    )
    told = sentence.format(
        host=host, connect=limits.connect_timeout, silence=limits.read_timeout, total=limits.timeout
    )
    return FetchError(told, next_step=next_step)
