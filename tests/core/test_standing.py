"""What is news of a chat to its owner, and what is not?"""

import pytest

from core.model import BotId, ChatId, Target
from core.standing import Standing, news_of


def standing(state):
    target = Target(bot=BotId(1), chat=ChatId(-7))
    return state and Standing(target=target, state=state, language="uk", title="Редакція", owner=None)


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ("open", "gone", "gone"),
        ("open", "over", "over"),
        ("open", "shut", "shut"),
        ("open", "closed", "closed"),
        ("gone", "open", "back"),
        ("shut", "open", "back"),
        ("closed", "open", "back"),
        ("gone", "shut", "shut"),
        ("shut", "gone", "gone"),
        ("gone", "gone", None),
        ("shut", "shut", None),
        ("open", "open", None),
        (None, "open", None),
        (None, "shut", "shut"),
        ("open", None, None),
        (None, None, None),
    ],
)
def test_a_change_is_news_once(before, after, news):
    assert news_of(standing(before), standing(after)) == news
