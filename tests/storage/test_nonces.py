import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.nonces import base36, nonce


@given(st.integers(min_value=0))
def test_a_number_is_read_back(number: int) -> None:
    assert int(base36(number), 36) == number


@pytest.mark.parametrize(("number", "text"), [(0, "0"), (35, "z"), (36, "10")])
def test_digits_come_before_letters(number: int, text: str) -> None:
    assert base36(number) == text


def test_the_longest_fits_into_discords_25_characters() -> None:
    assert len(nonce(2**64 - 1, 36**11 - 1)) == 25


def test_runs_and_messages_are_told_apart() -> None:
    assert len({nonce(key, ordinal) for key in range(40) for ordinal in range(40)}) == 1600
