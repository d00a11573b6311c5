"""What a page shows of how its comments are built decides before its words do."""

from bot.sources.flattened.habits import Habits
from bot.sources.flattened.headers import Header
from bot.sources.flattened.outline import Outline, Run

WORDLESS = 0.0


def run(paragraphs: int, name: str | None = None, depth: int = 0, parent: int | None = None) -> Run:
    header = Header(name, "Una" if depth else None, None, length=60, linked=30) if name else None
    texts = [f"Paragraph {number}." for number in range(paragraphs)]
    return Run(depth=depth, parent=parent, header=header, texts=texts, gaps=[1] * paragraphs)


def headed(lengths: list[int], names: str = "Dorothea Kesselring") -> Outline:
    return Outline(runs=[run(length, names) for length in lengths])


def chances(outline: Outline, told: float = WORDLESS) -> list[float]:
    found = Habits(outline).chances([[told] * max(len(r.texts) - 1, 0) for r in outline.runs])
    return [chance for gaps in found for chance in gaps]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_short_stretches_are_of_short_comments() -> None:
    assert mean(chances(headed([1, 1, 2, 1, 1, 2, 1, 1, 2]))) > 0.5
    assert mean(chances(headed([9, 12, 7, 15, 11]))) < 0.35


def test_long_answers_are_a_sign_of_long_comments() -> None:
    def page(paragraphs: int) -> Outline:
        runs = [run(5)]
        runs += [run(paragraphs, "Alf Ore", depth=1, parent=0) for _ in range(5)]
        return Outline(runs=runs)

    top = slice(0, 4)
    assert mean(chances(page(1))[top]) > mean(chances(page(6))[top]) + 0.15


def test_a_gap_among_answers_that_keep_their_headers_begins_nothing() -> None:
    runs = [run(1), *(run(2, "Alf Ore", depth=1, parent=0) for _ in range(6))]
    assert max(chances(Outline(runs=runs))) < 0.1


def test_words_that_tell_decide() -> None:
    outline = headed([3, 1, 2])
    assert max(chances(outline, told=-4.0)) < 0.2
    assert min(chances(outline, told=4.0)) > 0.8


def test_one_clear_page_moves_its_open_gaps() -> None:
    outline = headed([2] * 12)
    clear = [[5.0] if number else [WORDLESS] for number in range(12)]
    unclear = [[WORDLESS]] * 12
    assert Habits(outline).chances(clear)[0][0] > Habits(outline).chances(unclear)[0][0]


def test_a_run_that_the_layout_keeps_whole_is_one_comment() -> None:
    outline = headed([4])
    outline.runs[0].whole = True
    assert chances(outline, told=9.0) == [0.0, 0.0, 0.0]
