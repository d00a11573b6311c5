from collections.abc import Callable

from storage.short_ids import ALPHABET, SHORTEST, as_typed, new_short_id


def choosing(letters: str) -> Callable[[str], str]:
    given = iter(letters)
    return lambda alphabet: next(given)


def test_a_short_id_has_four_letters_that_nobody_mixes_up() -> None:
    short_id = new_short_id(lambda candidate: False)
    assert len(short_id) == SHORTEST
    assert set(short_id) <= set(ALPHABET)
    assert not set("01loiaeu") & set(ALPHABET)


def test_a_taken_one_is_not_given_again() -> None:
    assert new_short_id({"bbbb"}.__contains__, choose=choosing("bbbbcccc")) == "cccc"


def test_it_grows_when_the_short_ones_are_used_up() -> None:
    assert len(new_short_id(lambda candidate: len(candidate) < 6)) == 6


def test_it_is_found_as_people_type_it() -> None:
    assert as_typed(" K7BD ") == "k7bd"
