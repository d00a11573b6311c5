"""Comment services that a page only embeds: the thread is not in the HTML, so what is said is where to get it."""

import regex

from bot.sources.pages.parsing import Page

_SERVICES: tuple[tuple[str, regex.Pattern[bytes], str], ...] = (
    ("Disqus", regex.compile(rb"disqus_shortname\s*=\s*[\"'](?P<name>[\w-]+)|//(?P<name>[\w-]+)\.disqus\.com/(?:embed|count)\.js|id=[\"']disqus_thread[\"']", regex.I), "Export them at https://disqus.com/admin/discussions/export/ and hand over the XML file."),
    ("Commento", regex.compile(rb"id=[\"']commento[\"']|/js/commento\.js", regex.I), "Export them in Commento's dashboard (Export data) and hand over the JSON file."),
    ("Coral", regex.compile(rb"Coral\.createStreamEmbed|coral_thread|coral-embed|/assets/js/embed\.js", regex.I), "Ask for the story's comments as JSON from its GraphQL API (/api/graphql) and hand over the file."),
    ("Hyvor Talk", regex.compile(rb"hyvor-talk|talk\.hyvor\.com", regex.I), "Export them in its console and hand over the file."),
    ("Facebook", regex.compile(rb"class=[\"'][^\"']*fb-comments", regex.I), "Facebook gives them to nobody; there is no file to hand over."),
    ("giscus", regex.compile(rb"giscus\.app/client\.js|utteranc\.es/client\.js", regex.I), "They are a discussion on GitHub: save that page and hand it over."),
    ("Isso", regex.compile(rb"id=[\"']isso-thread[\"']", regex.I), "Save the page with its comments from a browser, or ask the site for its database."),
    ("Remark42", regex.compile(rb"id=[\"']remark42[\"']", regex.I), "Ask its address for /api/v1/find?format=tree&url=… and hand over the JSON file."),
    ("IntenseDebate", regex.compile(rb"intensedebate\.com/js", regex.I), "Export them in IntenseDebate's settings and hand over the XML file."),
)  # fmt: skip


def services(page: Page) -> list[str]:
    """For each service that is embedded a sentence: which one, under which name, and how to get its comments."""
    said = []
    for service, pattern, next_step in _SERVICES:
        if pattern.search(page.data):
            names = (found.groupdict().get("name") for found in pattern.finditer(page.data))
            name = next(filter(None, names), None)
            called = f" (shortname “{name.decode()}”)" if name else ""
            said.append(
                f"This page loads its comments from {service}{called} when it is opened; they are not in the file. {next_step}"
            )
    return said
