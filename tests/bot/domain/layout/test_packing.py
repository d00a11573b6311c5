"""The fewest pages, checked against every way to divide the entries."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.layout.packing import Entry, Frame, Span, pack
from bot.domain.limits import PANEL_CHARACTERS, PANEL_COMPONENTS


def entry(comment, characters, *, components=4, inside=False, link=0, parent=None):
    return Entry(comment, inside, components, characters, link, parent)


def frame_of(span):
    """A frame that tells its numbers: shorter on a single page, one button fewer on the first."""
    words = f"{span.start + 1} to {span.end}"
    words += f" page {span.page} of {span.pages}" if span.pages > 1 else ""
    return Frame(4 + (span.page > 1), len(words) * 20)


def fits(entries, span):
    held, frame = entries[span.start : span.end], frame_of(span)
    linked = [entry for entry in held if entry.parent is not None and entry.parent < span.start]
    return (
        sum(entry.components for entry in held) + frame.components <= PANEL_COMPONENTS
        and sum(entry.characters for entry in held) + sum(entry.link for entry in linked) + frame.characters
        <= PANEL_CHARACTERS
        and len({entry.comment for entry in held}) == len(held)
    )


def fewest(entries):
    """An exact dynamic program over (page, place), for every total in turn: no fewer pages can be."""
    for pages in range(1, len(entries) + 1):
        reached = {0}
        for page in range(1, pages + 1):
            reached = {
                end
                for start in reached
                for end in range(start + 1, min(start + PANEL_COMPONENTS, len(entries)) + 1)
                if fits(entries, Span(start, end, page, pages))
            }
        if len(entries) in reached:
            return pages
    return 0


@st.composite
def lists_of_entries(draw):
    sizes = st.sampled_from([60, 300, 1300, 2900])
    entries = []
    last_of = {}
    number = 0
    for place in range(draw(st.integers(0, 26))):
        if place == 0 or draw(st.integers(0, 9)) > 0:
            number += 1
        else:
            # A further part of the comment before it.
            entries.append(entry(number, draw(sizes), inside=True))
            last_of[number] = place
            continue
        parent = (
            draw(st.one_of(st.none(), st.integers(max(1, number - 9), number - 1))) if number > 1 else None
        )
        link = draw(st.sampled_from([95, 400])) if parent else 0
        components = draw(st.sampled_from([1, 3, 4]))
        where = {"inside": parent is not None, "link": link, "parent": last_of.get(parent)}
        entries.append(entry(number, draw(sizes), components=components, **where))
        last_of[number] = place
    return entries


@settings(max_examples=80, deadline=None)
@given(lists_of_entries())
def test_no_other_division_has_fewer_pages(entries):
    spans = pack(entries, frame_of)
    assert [place for span in spans for place in range(span.start, span.end)] == list(range(len(entries)))
    assert [(span.page, span.pages) for span in spans] == [(n, len(spans)) for n in range(1, len(spans) + 1)]
    assert all(fits(entries, span) for span in spans)
    assert len(spans) == fewest(entries)


def test_filling_each_page_as_far_as_it_goes_can_cost_a_page():
    sizes = [1200, 100, 1200, 1200, 100, 700, 1200, 700, 1200]
    parents = [None, None, 1, 0, None, None, 4, 4, 5]
    entries = [
        entry(place + 1, size, inside=parent is not None, link=0 if parent is None else 100, parent=parent)
        for place, (size, parent) in enumerate(zip(sizes, parents, strict=True))
    ]

    def narrow(span):
        return Frame(4, 40)

    # Five entries fit on the first page; then the answers to the fifth carry links and need two pages more.
    assert [(span.start, span.end) for span in pack(entries, narrow)] == [(0, 4), (4, 9)]


def test_the_number_of_pages_on_each_page_is_the_true_one_even_where_it_makes_a_page_more():
    # A heading as long as its digits: one entry more fits where there are nine pages than where there are ten.
    entries = [entry(n, 1300) for n in range(1, 29)]

    def telling(span):
        return Frame(4, 100 * len(str(span.pages)))

    assert len(pack(entries[:27], telling)) == 9
    assert len(pack(entries, telling)) == 14
    assert {span.pages for span in pack(entries, telling)} == {14}


def test_of_equally_many_pages_those_are_taken_that_begin_a_branch():
    # Twelve fit on a page: the first can end after eleven, before a branch, or after twelve, inside it.
    entries = [entry(place + 1, 100, components=3, inside=place not in {0, 11}) for place in range(23)]
    first, _ = pack(entries, lambda span: Frame(4, 40))
    assert first.end == 11


def test_where_no_branch_begins_the_first_pages_are_the_full_ones():
    entries = [entry(place + 1, 100, components=3, inside=place > 0) for place in range(23)]
    assert [span.end for span in pack(entries, lambda span: Frame(4, 40))] == [12, 23]


def test_nothing_makes_no_page():
    assert pack([], frame_of) == []
