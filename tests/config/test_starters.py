"""The sources that come with the program are well-formed, each once, and enough to begin with."""

from collections import Counter

import pytest

from config.starters import starter_names, starters
from core.address import as_address
from core.errors import ConfigError
from core.site import owner_of

ALL = [one for name in starter_names() for one in starters(name)]


def test_there_are_enough_of_every_region_and_language():
    assert len(ALL) >= 100
    assert starter_names() == ["belarus", "kremlin", "poland", "russian", "ukraine", "world"]
    assert all(len(starters(name)) >= 5 for name in starter_names())
    assert set(Counter(one.language for one in ALL)) == {"uk", "be", "ru", "pl", "en"}


def test_every_address_is_there_once_and_can_be_visited():
    assert [url for url, times in Counter(one.url for one in ALL).items() if times > 1] == []
    assert [one.name for one in ALL if Counter(one.name for one in ALL)[one.name] > 1] == []
    for one in ALL:
        assert as_address(one.url) == one.url
        assert owner_of(one.url)
        assert (one.kind == "channel") == one.url.startswith("https://t.me/s/")


def test_whose_they_are_is_said_and_none_is_taken_for_verified():
    assert {one.label for one in starters("kremlin")} == {"hostile"}
    assert {one.name for one in starters("belarus") if one.label == "state"} >= {"БелТА", "СБ. Беларусь сегодня"}
    assert not any(one.verified for one in ALL)


def test_an_unknown_file_is_refused_with_the_known_ones():
    with pytest.raises(ConfigError, match=r"'atlantis' to begin with, but belarus, .*world"):
        starters("atlantis")
