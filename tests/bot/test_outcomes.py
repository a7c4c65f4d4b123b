"""What does a failed send mean: sent, not sent, refused, or not to be known?

The rows are those that a failing Telegram was made to give python-telegram-bot, fault by fault.
"""

import json
from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.messenger import outcome_of
from core.model import ChatId, MessageId
from core.outbox import Gone, Later, Moved, Never, NoTopic, Sent, Shut, Unknown

MESSAGE = MessageId(7)


def caused(error, cause):
    error.__cause__ = cause
    return error


def of_a_new_message(error):
    return outcome_of(error, edits=None)


def of_an_edit(error):
    return outcome_of(error, edits=MESSAGE)


UNKNOWN = {
    "500, before or after": NetworkError("Internal Server Error"),
    "502 page, before or after": caused(NetworkError("Bad Gateway (502). Parsing … failed"), TelegramError("Invalid")),
    "server silent or answer lost": caused(TimedOut(), httpx.ReadTimeout("")),
    "writing took too long": caused(TimedOut(), httpx.WriteTimeout("")),
    "reset before or after": caused(NetworkError("httpx.ReadError: "), httpx.ReadError("")),
    "connection closed": caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("")),
    "writing failed": caused(NetworkError("httpx.WriteError: "), httpx.WriteError("")),
    "something unheard of": TelegramError("Unheard of"),
}

NOT_SENT = {
    "connection refused": caused(NetworkError("httpx.ConnectError: refused"), httpx.ConnectError("")),
    "no connection in time": caused(TimedOut(), httpx.ConnectTimeout("")),
    "connection pool exhausted": caused(TimedOut("Pool timeout"), httpx.PoolTimeout("")),
    "proxy refuses": caused(NetworkError("httpx.ProxyError"), httpx.ProxyError("")),
}


@pytest.mark.parametrize("error", UNKNOWN.values(), ids=UNKNOWN)
def test_a_new_message_that_may_have_arrived_is_unknown(error):
    assert of_a_new_message(error) == Unknown(error.message)


@pytest.mark.parametrize("error", UNKNOWN.values(), ids=UNKNOWN)
def test_an_edit_that_may_have_arrived_is_unknown_too(error):
    assert of_an_edit(error) == Unknown(error.message)


@pytest.mark.parametrize("error", NOT_SENT.values(), ids=NOT_SENT)
@pytest.mark.parametrize("outcome", [of_a_new_message, of_an_edit])
def test_what_never_left_holds_everyone_and_is_sent_later(outcome, error):
    assert outcome(error) == Later(timedelta(seconds=3), error.message, everyone=True)


@pytest.mark.parametrize("outcome", [of_a_new_message, of_an_edit])
def test_too_many_requests_hold_this_chat_for_as_long_as_telegram_says(outcome, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert outcome(RetryAfter(17)) == Later(timedelta(seconds=17), "too many requests", everyone=False)


def test_telegrams_pause_may_come_as_a_number(monkeypatch):
    monkeypatch.delenv("PTB_TIMEDELTA", raising=False)
    with pytest.warns(DeprecationWarning, match="timedelta"):
        assert of_a_new_message(RetryAfter(17)) == Later(timedelta(seconds=17), "too many requests")


def test_half_an_answer_is_a_message_sent_whose_number_is_not_known():
    half = caused(TelegramError("Invalid server response"), json.JSONDecodeError("", "", 0))
    assert of_a_new_message(half) == Sent(None)
    assert of_an_edit(half) == Sent(MESSAGE)


@pytest.mark.parametrize("outcome", [of_a_new_message, of_an_edit])
def test_a_group_that_became_a_supergroup_has_moved(outcome):
    assert outcome(ChatMigrated(-1001234567890)) == Moved(ChatId(-1001234567890))


@pytest.mark.parametrize(
    "said",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: bot was kicked from the supergroup chat",
        "Forbidden: bot is not a member of the channel chat",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: a reason that nobody has heard of yet",
    ],
)
def test_who_forbids_messages_is_gone_and_may_come_back(said):
    assert of_a_new_message(Forbidden(said)) == Gone(said, final=False)
    assert of_an_edit(Forbidden(said)) == Gone(said, final=False)


@pytest.mark.parametrize("kind", [Forbidden, BadRequest])
@pytest.mark.parametrize(
    "said",
    [
        "User is deactivated",
        "Group chat was deactivated",
        "The group chat was deleted",
        "Chat not found",
        "PEER_ID_INVALID",
    ],
)
def test_a_chat_that_is_no_more_is_gone_for_good(said, kind):
    assert of_a_new_message(kind(said)) == Gone(kind(said).message, final=True)


@pytest.mark.parametrize(
    "said",
    [
        "Need administrator rights in the channel chat",
        "Not enough rights to send text messages to the chat",
        "Have no rights to send a message",
        "CHAT_WRITE_FORBIDDEN",
        "CHAT_ADMIN_REQUIRED",
    ],
)
@pytest.mark.parametrize("kind", [Forbidden, BadRequest])
def test_a_chat_in_which_the_bot_may_not_write_is_shut(said, kind):
    assert of_a_new_message(kind(said)) == Shut(kind(said).message, topic=False)


def test_a_closed_topic_is_shut_alone():
    assert of_a_new_message(BadRequest("TOPIC_CLOSED")) == Shut(BadRequest("TOPIC_CLOSED").message, topic=True)


@pytest.mark.parametrize("said", ["Message thread not found", "TOPIC_DELETED"])
def test_a_deleted_topic_is_no_topic(said):
    assert of_a_new_message(BadRequest(said)) == NoTopic()


@pytest.mark.parametrize(
    "said",
    [
        "Message is too long",
        "MESSAGE_TOO_LONG",
        "Can't parse entities: unsupported start tag",
        "Inline keyboard button URL 'x' is invalid: Wrong HTTP URL",
        "BUTTON_DATA_INVALID",
        "Message text is empty",
    ],
)
def test_a_message_that_telegram_will_never_take_is_refused_and_its_chat_stays(said):
    assert of_a_new_message(BadRequest(said)) == Never(BadRequest(said).message)


@pytest.mark.parametrize("said", ["Message to edit not found", "Message can't be edited"])
def test_a_message_that_is_gone_is_not_edited_again(said):
    assert of_an_edit(BadRequest(said)) == Never(said)


def test_an_edit_that_changes_nothing_is_made():
    same = BadRequest("Message is not modified: specified new message content and reply markup are exactly the same")
    assert of_an_edit(same) == Sent(MESSAGE)


@pytest.mark.parametrize("error", [InvalidToken("Unauthorized"), Conflict("terminated by other getUpdates request")])
def test_trouble_with_the_token_holds_everyone_for_a_minute(error):
    assert of_a_new_message(error) == Later(timedelta(minutes=1), error.message, everyone=True)


def test_a_refusal_is_one_whatever_caused_it():
    assert of_a_new_message(caused(BadRequest("Message is too long"), httpx.ConnectError(""))) == Never(
        "Message is too long"
    )
