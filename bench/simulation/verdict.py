"""What must hold when everything has calmed down."""

from collections import Counter
from dataclasses import dataclass, field

from bench.simulation.people import Script
from bench.simulation.world import World
from chatovyi.demo.model import ChatId, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one run."""

    seed: int
    fingerprint: str
    alerts: int
    """That had to be told."""
    faults: tuple[str, ...]
    """Promises that were broken, in words; none in a good run."""
    unknowable: int
    """Messages of which the protocol could not tell whether they had arrived, and that were shown as such."""
    lives: int
    """Processes, one after another."""
    steps: int
    """Doors that were passed: each a place to be killed."""


@dataclass(slots=True)
class _Look:
    world: World
    script: Script
    faults: list[str] = field(default_factory=list)
    unknowable: int = 0
    alerts: int = 0

    def seen(self, chat: int) -> list[Message]:
        """What the bot wrote there, as it reads now."""
        person = self.world.telegram.user(ChatId(chat))
        return [message for message in self.world.telegram.messages(person) if message.outgoing]


def calm(world: World, script: Script) -> bool:
    """Whether everything that was done has been dealt with, as far as Telegram and the store know."""
    return (
        script.over
        and not world.telegram.updates.pending
        and not any(count for query in _WAITING for (count,) in world.disk.rows(query))
        and all(world.disk.rows(f"SELECT 1 FROM article WHERE title LIKE '%{story}%'") for story in script.published)
    )


_WAITING = (
    "SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending') OR (state = 'unknown' AND settled IS NULL)",
    "SELECT count(*) FROM inbox WHERE state = 'new'",
)


def verdict(world: World, script: Script, seed: int) -> Verdict:
    """Compares what people see with what was published, followed and asked."""
    look = _Look(world, script)
    _alerts(look)
    _answers(look)
    _rest(look)
    return Verdict(
        seed=seed,
        fingerprint=world.fingerprint,
        alerts=look.alerts,
        faults=tuple(look.faults),
        unknowable=look.unknowable,
        lives=world.lives,
        steps=world.steps,
    )


def _alerts(look: _Look) -> None:
    """Every story to everybody who followed before it was told, once, in order."""
    unknown = look.world.disk.rows(
        """SELECT d.chat_id, a.title FROM delivery d JOIN alert t ON t.id = d.alert_id
           JOIN article a ON a.id = t.article_id WHERE d.kind = 'alert' AND d.state = 'unknown'"""
    )
    look.unknowable += len(unknown)
    for chat, since in look.script.following.items():
        seen = look.seen(chat)
        for story, published in look.script.published.items():
            times = sum(story in message.text for message in seen)
            unclear = any(to == chat and story in title for to, title in unknown)
            if published > since:
                look.alerts += 1
                if times == 0 and not unclear:
                    look.faults.append(f"lost: {story} to {chat}")
            if times > 1:
                look.faults.append(f"told {times} times: {story} to {chat}")
        _order(look, chat, seen)


def _order(look: _Look, chat: int, seen: list[Message]) -> None:
    """Alerts stand in the order in which they were decided; but for those that a digest had to leave behind."""
    decided = look.world.disk.rows(
        f"""SELECT a.title FROM alert t JOIN article a ON a.id = t.article_id
            JOIN delivery d ON d.alert_id = t.id AND d.kind = 'alert'
            WHERE t.chat_id = {chat} AND d.state = 'sent' AND d.bundle IS NULL AND d.alone = 0 ORDER BY t.id"""
    )
    places = [next((at for at, message in enumerate(seen) if title in message.text), None) for (title,) in decided]
    known = [place for place in places if place is not None]
    if known != sorted(known):
        look.faults.append(f"out of order: {known} in {chat}")


def _answers(look: _Look) -> None:
    """Every question is answered, once."""
    unknown = Counter(
        chat
        for (chat,) in look.world.disk.rows("SELECT chat_id FROM delivery WHERE kind = 'answer' AND state = 'unknown'")
    )
    look.unknowable += sum(unknown.values())
    for chat, word in look.script.asked:
        times = sum(word in message.text for message in look.seen(chat))
        if times == 0 and not unknown[chat]:
            look.faults.append(f"unanswered: {word} of {chat}")
        if times > 1:
            look.faults.append(f"answered {times} times: {word} of {chat}")


def _rest(look: _Look) -> None:
    """Nothing is left waiting, and nothing was refused that could have been told."""
    rows = look.world.disk.rows
    for kind, state, reason, count in rows(
        "SELECT kind, state, reason, count(*) FROM delivery GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    ):
        if state in ("pending", "sending"):
            look.faults.append(f"{count} {kind} still {state}: {reason}")
        if state == "refused" and kind in ("alert", "answer"):
            look.faults.append(f"{count} {kind} refused: {reason}")
    for state, count in rows("SELECT state, count(*) FROM inbox WHERE state <> 'done' GROUP BY 1"):
        look.faults.append(f"{count} updates are {state}")
