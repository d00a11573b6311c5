"""Words whose paragraphs are blank lines, as HTML: databases keep what people typed, pages show it with markup."""

from collections.abc import Iterator

import regex

_BLOCK = (
    r"(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form"
    r"|h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio)"
)
_OPENING = regex.compile(rf"(<{_BLOCK}(?=[\s/>]))", regex.I)
_CLOSING = regex.compile(rf"(</{_BLOCK}\s*>)", regex.I)
_BEGINS_AS_BLOCK = regex.compile(
    rf"\s*(?:</?{_BLOCK}(?=[\s/>])|<!--(?:(?!-->).)*-->\s*\Z)", regex.I | regex.S
)
#: Here line ends are words of their own, or nothing at all.
_VERBATIM = regex.compile(r"<(pre|script|style|textarea)(?=[\s/>])", regex.I)
_VERBATIM_ENDS = {
    tag: regex.compile(rf"</{tag}\s*>", regex.I) for tag in ("pre", "script", "style", "textarea")
}
_BLANK_LINES = regex.compile(r"\n[ \t]*\n\s*")
_CAPTION = regex.compile(
    r"\[(?:wp_)?caption\b[^\[\]]{0,2000}\]\s*((?:<a\b[^<>]*>)?\s*<img\b[^<>]*>\s*(?:</a>)?)\s*"
    r"([^\[]{0,4000}+)\[/(?:wp_)?caption\]",
    regex.I,
)
#: What WordPress puts in place of these are pictures and players, which the words do without.
_SHORTCODES = regex.compile(r"\[/?(?:embed|gallery|audio|video|playlist)\b[^\[\]]{0,2000}\]")


def with_paragraphs(raw: str) -> str:
    """HTML in which blank lines have become paragraphs and line ends breaks, outside of blocks that have their own."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in text.strip():
        return text
    parts: list[str] = []
    place = 0
    for start, end in _verbatim(text):
        parts += [*_paragraphs(text[place:start]), text[start:end]]
        place = end
    return "\n".join([*parts, *_paragraphs(text[place:])])


def without_shortcodes(raw: str) -> str:
    """What WordPress keeps of a post, without the shortcodes of galleries and players; captions become figures."""
    figures = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", raw)
    return str(_SHORTCODES.sub("", figures))


def _verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Where the elements begin and end whose line ends stay; one that never ends is no such element."""
    place = 0
    endless: set[str] = set()
    for opening in _VERBATIM.finditer(text):
        tag = opening[1].lower()
        if opening.start() < place or tag in endless:
            continue
        if closing := _VERBATIM_ENDS[tag].search(text, opening.end()):
            place = closing.end()
            yield opening.start(), place
        else:
            endless.add(tag)


def _paragraphs(text: str) -> list[str]:
    text = _CLOSING.sub("\\1\n\n", _OPENING.sub("\n\n\\1", text))
    return [
        stretch if _BEGINS_AS_BLOCK.match(stretch) else f"<p>{stretch.strip().replace(chr(10), '<br>')}</p>"
        for stretch in _BLANK_LINES.split(text)
        if stretch.strip()
    ]
