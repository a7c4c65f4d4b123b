"""Is every screen as it was last looked at, in all languages, and is it one that Telegram takes?"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import card as cards
from bot import screens
from bot.alerts import alert_screen
from bot.aside import broken_screen, sorry_screen
from bot.card import Clock
from bot.digest import digest
from bot.door import COMMANDS
from bot.files import imported
from bot.link import seen_screen, suggested_screen, unseen_screen, unwatched_screen, wish_screen
from bot.notices import standing_screen, topic_screen
from bot.preview import Preview, Variant
from bot.preview import preview as preview_screen
from bot.says import catalogue
from bot.screen import Screen, press
from bot.search import past_screen
from bot.story import story_screen
from bot.troubles import trouble_screen
from bot.why import Ground, why_screen
from bot.wrong import effect_screen, which_screen, wrong_screen
from chatovyi.demo.entities import units
from chatovyi.demo.markup import parse_html
from core.belongings import Belongings
from core.errors import UserError
from core.exclusion import Effect, Exclusion
from core.lookback import LookBack, Sample
from core.match.evaluate import answer
from core.match.missing import explain_missing
from core.match.port import Span
from core.meaning import Tier
from core.model import (
    AlertId,
    Article,
    ArticleId,
    BotId,
    ChatId,
    QueryId,
    Source,
    StoryId,
    Subscription,
    SubscriptionId,
    Target,
    Validators,
)
from core.past import Past
from core.ports import AlertView, Grounds, SourceState
from core.query import QueryMistake, parse
from core.sighting import Answers, Held, Sighting, Stops, Told
from core.story import Change
from core.subscribe import LANGUAGES, Chat
from core.timing import Manner, Quiet
from core.trouble import Trouble
from core.vigil import Vigil

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)

HOSTILE = {
    "markup": "<b>Мінськ</b> <a href='x'>і</a> <script>alert(1)</script> </i>",
    "entities": "Мінськ &amp; Київ &lt;&nbsp;&#128;&laquo;санкції&raquo; &",
    "controls": "Мінськ\u0000\u0007\u001b[1m \u202eязвокрет\u202c \u2066ізоля \u200b\u00adкрай\ufeff\u2028рядок\ttab",
    "endless": "Мінськ і " + "дуже " * 2000,
    "emoji": "🇧🇾 Мінськ 👩‍👩‍👧‍👦 😀😀 ✊🏽 №️⃣",
    "right-to-left": "Мінськ שלום עולם مرحبا بالعالم (ישראל) 123",
    "long-word": "М" * 500,
}


def article(title, text="", *, number=1, url="https://vezha.ua/1", days=0):
    return Article(
        id=ArticleId(number),
        story=StoryId(number),
        title=title,
        text=text,
        url=url,
        outlet="vezha.ua",
        published=NOW - timedelta(days=days, minutes=5),
    )


def subscription(number, label, *, paused=False, text=None, **manner):
    return Subscription(
        id=SubscriptionId(number),
        query=QueryId(number + 100),
        label=label,
        paused=paused,
        manner=Manner(**manner),
        text=text or label,
    )


CHAT = Chat(target=Target(bot=BotId(1), chat=ChatId(1)), language="uk", zone="Europe/Kyiv")
CLOCK = Clock(now=NOW, zone=UTC)
NIGHT = Quiet(23 * 60, 7 * 60)


def card(say, one, *, quiet=None, note=None, **said):
    told = note and note(one.label, say, **said)
    return cards.card(one, replace(CHAT, quiet=quiet), say, CLOCK, note=told)


def wrong(typed):
    """The mistake in a query."""
    with pytest.raises(QueryMistake) as mistake:
        parse(typed)
    return mistake.value


MINE = [subscription(1, "політв’язні"), subscription(2, "«обмін полоненими» -футбол", paused=True)]
MANY = [subscription(number, f"слово {number}") for number in range(1, 20)]
HOSTILE_LABELS = [subscription(number, label) for number, label in enumerate(HOSTILE.values(), start=1)]

TALKS = article(
    "США домовляються з Білоруссю про звільнення політв’язнів",
    "Перше речення без нього. Правозахисники нараховують понад тисячу політвʼязнів & інших <людей>.",
    url="https://vezha.ua/talks?a=1&b=2",
)
LETTER = article("Листи до в’язниці", "Лист політв'язневі йде місяць.", number=2, url=None, days=1)
OLD = article("Політв’язень повернувся", "", number=3, days=400)


@pytest.fixture(scope="module")
def preview(linguist):
    """The answer to a typed query that would have caught these articles."""

    def preview(say, typed, *articles, stories=None, at_least=False, **beside):
        meaning = linguist.meaning(parse(typed))
        samples = [Sample(one, spans(meaning, linguist, one)) for one in articles]
        back = LookBack(
            articles=21 if at_least else len(articles),
            stories=len(articles) if stories is None else stories,
            samples=tuple(samples[:3]),
            at_least=at_least,
        )
        shown = Preview(meaning=meaning, back=back, query=QueryId(7), **beside)
        return preview_screen(shown, say, now=NOW, zone=KYIV)

    return preview


def spans(meaning, linguist, one):
    hits = answer(meaning, linguist.read(one.title, one.text), linguist.judge)
    return tuple(dict.fromkeys(hit.span for hit in hits))


def view(say, told, **changes):
    field = "text" if told.text else "title"
    found = [
        Span(word.start(), word.end(), place)
        for place, text in (("title", told.title), ("text", told.text))
        for word in re.finditer(r"Мінськ|[Пп]олітв.яз\w+", text)
    ]
    shown = {
        "alert": AlertId(7),
        "language": "uk",
        "article": told,
        "source_name": "Вежа",
        "spans": tuple(found) or (Span(0, 1, field),),
        "labels": ("політв’язні",),
        "also": (),
        "message": None,
        "muted_until": None,
    }
    return AlertView(**(shown | changes))


def alert(say, told, **changes):
    return alert_screen(view(say, told, **changes), say, now=NOW, zone=KYIV)


ALSO = tuple(
    (name, f"https://{site}.ua/1") for name, site in [("Полісся", "p"), ("Реєстр", "r"), ("Час", "d"), ("Ганак", "h")]
)


def why_told(say, *, many=False):
    words = (Ground("Мінську", "title", Tier.CONTEXT, "Мінськ"), Ground("Мінськ", "text", Tier.FORM, "Мінськ"))
    guess, typo = Ground("Бяляцького", "text", Tier.GUESS, "Бяляцький"), Ground("Мінск", "text", Tier.TYPO, "Мінськ")
    variant = Ground("білоруського", "text", Tier.VARIANT, "Білорусь")
    found = [("Мінськ", words)]
    if many:
        found = [("усе", (*words, guess, typo, variant) * 2), ("в іншій статті", ())]
    reason = "like 1.62 of 1, story 1.31 of 0.80" if many else "nearest story 0.13 of 1"
    view = AlertView(
        alert=AlertId(1),
        language="uk",
        article=article("Мінськ"),
        source_name="Вежа",
        spans=(),
        labels=(),
        also=(),
        message=None,
        muted_until=None,
    )
    return why_screen(Grounds(view=view, queries=(), reason=reason, articles=7 if many else 1), found, say)


def status_told(say, *, watched=143, deaf=0, silent=0, delay=None):
    last = NOW - timedelta(seconds=40) if watched else None
    watch = Vigil(watched=watched, deaf=deaf, silent=silent, last_visit=last, delay=delay)
    return screens.status(watch, say, now=NOW, zone=KYIV)


def trouble_told(kind, what, say, *, jump=None):
    began, ended = NOW - timedelta(hours=26), NOW - timedelta(minutes=10)
    trouble = Trouble(kind=kind, began=began, ended=ended, worth_telling_at=began, jump=jump)
    return trouble_screen(trouble, what, say, zone=KYIV, now=NOW)


PLAIN = {
    "hello": screens.hello,
    "help": screens.help_,
    "sorry-query-empty": lambda say: screens.sorry(UserError("query_empty"), say),
    "sorry-query-only-without": lambda say: screens.sorry(UserError("query_only_without"), say),
    "sorry-query-long": lambda say: screens.sorry(UserError("query_long", most=200), say),
    "sorry-too-many": lambda say: screens.sorry(UserError("too_many", most=200), say),
    "sorry-gone": lambda say: screens.sorry(UserError("gone"), say),
    "sorry-not-text": lambda say: screens.sorry(UserError("not_text"), say),
    "sorry-no-command": lambda say: screens.sorry(UserError("no_command"), say),
    "sorry-corrected": lambda say: screens.sorry(
        wrong("політв'язні ТА (Мінськ"),
        say,
        typed="політв'язні ТА (Мінськ",
        corrected=press(say.plain("query.so"), "look", 7, 0),
    ),
    "sorry-name-long": lambda say: screens.sorry(UserError("name_long", most=60), say),
    "sorry-followed-already": lambda say: screens.sorry(UserError("followed_already"), say),
    "sorry-no-hours": lambda say: screens.sorry(UserError("no_hours"), say),
    "sorry-no-zone": lambda say: screens.sorry(UserError("no_zone"), say),
    "followed": lambda say: card(say, subscription(1, "політв’язні -футбол"), note=screens.followed, again=False),
    "followed-again": lambda say: card(say, subscription(1, "політв’язні"), note=screens.followed, again=True),
    "card": lambda say: card(say, MINE[0]),
    "card-renamed": lambda say: card(say, subscription(1, "Наші", text="політв’язні -футбол", rhythm="daily")),
    "card-weekly": lambda say: card(say, subscription(1, "політв’язні", rhythm="weekly", at=19 * 60, weekday=4)),
    "card-night": lambda say: card(say, MINE[0], quiet=NIGHT),
    "card-urgent": lambda say: card(say, subscription(1, "політв’язні", urgent=True), quiet=NIGHT),
    "card-first-news": lambda say: card(say, subscription(1, "політв’язні", interest="first")),
    "card-everything": lambda say: card(say, subscription(1, "політв’язні", interest="everything")),
    "interests": lambda say: cards.interests(MINE[0], say),
    "card-paused": lambda say: card(say, MINE[1]),
    "card-paused-until": lambda say: card(say, replace(MINE[0], paused_until=NOW + timedelta(days=7))),
    "card-changed": lambda say: cards.card(
        MINE[0],
        CHAT,
        say,
        CLOCK,
        note=screens.changed("політв’язні", say),
        undo=press(say.plain("list.undo"), "change", 1, 7),
    ),
    "when": lambda say: cards.rhythms(MINE[0], say),
    "when-urgent": lambda say: cards.rhythms(subscription(1, "політв’язні", urgent=True), say),
    "hours-daily": lambda say: cards.hours(subscription(1, "політв’язні", rhythm="daily"), CHAT, say, CLOCK),
    "hours-weekly": lambda say: cards.hours(subscription(1, "політв’язні", rhythm="weekly"), CHAT, say, CLOCK),
    "night": lambda say: cards.nights(MINE[0], replace(CHAT, quiet=NIGHT), say, CLOCK),
    "zones": lambda say: cards.zones(SubscriptionId(1), CHAT, say, CLOCK),
    "pauses": lambda say: cards.pauses(MINE[0], say),
    "edit": lambda say: cards.asking("edit", MINE[0], say),
    "rename": lambda say: cards.asking("rename", MINE[0], say),
    "share": lambda say: cards.shared(MINE[0], "https://t.me/chatovyi_bot?start=nFvQ2zT8xKAd", say),
    "refused": screens.refused,
    "unfindable": lambda say: screens.unfindable(ChatId(-1001234567890), f"{TALKS.title}\nВежа · 11:00", say),
    "list-empty": lambda say: screens.subscriptions([], say, now=NOW),
    "list": lambda say: screens.subscriptions(MINE, say, now=NOW),
    "list-first-page": lambda say: screens.subscriptions(MANY, say, now=NOW, page=0),
    "list-middle-page": lambda say: screens.subscriptions(MANY, say, now=NOW, page=1),
    "list-last-page": lambda say: screens.subscriptions(MANY, say, now=NOW, page=2),
    "removed": lambda say: screens.removed("політв’язні", QueryId(107), say),
    "languages": screens.languages,
    "language-set": screens.language_set,
    "stop-without-any": lambda say: screens.stop(0, say),
    "stop": lambda say: screens.stop(3, say),
    "kept": screens.kept,
    "forgotten": screens.forgotten,
    "alert": lambda say: alert(say, TALKS),
    "alert-grown": lambda say: alert(say, TALKS, also=ALSO),
    "alert-muted": lambda say: alert(say, TALKS, also=ALSO[:1], muted_until=NOW + timedelta(hours=24)),
    "alert-development": lambda say: alert(say, TALKS, answers=True, change=Change("stage", "detention", "release")),
    "alert-new-figures": lambda say: alert(say, TALKS, answers=True, change=Change("number", "31", "52")),
    "alert-told-in": lambda say: alert(say, TALKS, also=ALSO, told_in="Мінськ відпустив політв’язнів"),
    "alert-follow-up": lambda say: alert(say, TALKS, answers=True),
    "alert-without-address": lambda say: alert(say, LETTER),
    "hostile-list": lambda say: screens.subscriptions(HOSTILE_LABELS, say, now=NOW),
    "hostile-card": lambda say: card(say, subscription(1, HOSTILE["markup"], text=HOSTILE["entities"])),
    "hostile-card-endless": lambda say: card(say, subscription(1, HOSTILE["endless"], text=HOSTILE["endless"])),
    "hostile-removed": lambda say: screens.removed(HOSTILE["endless"], QueryId(1), say),
} | {
    f"hostile-alert-{kind}": lambda say, evil=evil: alert(
        say, article(evil, evil), source_name=evil, labels=(evil, evil)
    )
    for kind, evil in HOSTILE.items()
}

HOSTILE_ARTICLES = [article(evil, evil, number=number) for number, evil in enumerate(HOSTILE.values())]

TITLES = [
    "США домовляються з Білоруссю про звільнення політв’язнів",
    "Листи до в’язниці йдуть місяць",
    "Сенат слухає про санкції & ціни",
    "Політв’язень повернувся",
]


def bundle(say, *titles, count=1, labels=("політв’язні",), gathered=False):
    """A digest of articles five minutes apart, the oldest first; they answer the subscriptions in turn."""
    views = [
        view(
            say,
            replace(article(title, number=number), published=NOW - timedelta(hours=20, minutes=-5 * number)),
            labels=(labels[number % len(labels)],),
        )
        for number, title in enumerate(titles * count, start=1)
    ]
    return digest(views, say, now=NOW, zone=KYIV, gathered=gathered).screen


PLAIN |= {
    "digest": lambda say: bundle(say, *TITLES),
    "digest-gathered": lambda say: bundle(say, *TITLES, labels=("політв’язні", "Білорусь санкції"), gathered=True),
    "hostile-digest-gathered": lambda say: bundle(say, *HOSTILE.values(), labels=[*HOSTILE.values()], gathered=True),
    "hostile-digest": lambda say: bundle(say, *HOSTILE.values()),
    "notice-gone": lambda say: standing_screen("gone", "Редакція", say),
    "notice-over": lambda say: standing_screen("over", "Редакція", say),
    "notice-shut": lambda say: standing_screen("shut", "Стрічка", say),
    "notice-closed": lambda say: standing_screen("closed", "Редакція", say),
    "notice-back": lambda say: standing_screen("back", "Редакція", say),
    "notice-no-topic": topic_screen,
    "notice-no-topic-owner": lambda say: topic_screen(say, title="Редакція"),
    "hostile-notice": lambda say: standing_screen("gone", HOSTILE["markup"], say),
    "aside-sorry": lambda say: sorry_screen(say, owners=False),
    "aside-told": lambda say: sorry_screen(say, owners=True),
    "status": lambda say: status_told(say, delay=timedelta(seconds=95)),
    "status-some-silent": lambda say: status_told(say, deaf=1, silent=4, delay=timedelta(minutes=17, seconds=40)),
    "status-no-alerts": lambda say: status_told(say),
    "status-no-sources": lambda say: status_told(say, watched=0),
    "why": why_told,
    "why-many": lambda say: why_told(say, many=True),
    "trouble-disk": lambda say: trouble_told("disk", "over", say),
    "trouble-network": lambda say: trouble_told("network", "begun", say),
    "trouble-network-over": lambda say: trouble_told("network", "over", say),
    "trouble-telegram": lambda say: trouble_told("telegram", "over", say),
    "trouble-late": lambda say: trouble_told("late", "begun", say),
    "trouble-late-over": lambda say: trouble_told("late", "over", say),
    "trouble-clock-back": lambda say: trouble_told("clock", "over", say, jump=-timedelta(hours=3, minutes=5)),
    "trouble-clock-forward": lambda say: trouble_told("clock", "over", say, jump=timedelta(minutes=40)),
    "aside-owner": lambda say: broken_screen("message: KeyError", say),
}


def month(say, *articles, query="політвʼязні", before=None, instead_of=None, **found):
    """A page of the stories that a query would have brought."""
    shown = tuple(Sample(one, view(say, one).spans) for one in articles)
    page = Past(**({"stories": shown, "page": 0, "more": False, "count": None, "unread": None} | found))
    return past_screen(query, page, QueryId(7), say, now=NOW, zone=KYIV, before=before, instead_of=instead_of)


FIVE = [TALKS, LETTER, OLD, TALKS, LETTER]
PLAIN |= {
    "past-ask": screens.search_what,
    "past": lambda say: month(say, TALKS, LETTER, OLD, count=3),
    "past-none": month,
    "past-none-yet": lambda say: month(say, unread=ArticleId(70)),
    "past-first-page": lambda say: month(say, *FIVE, more=True),
    "past-middle-page": lambda say: month(say, *FIVE, more=True, page=1, before=ArticleId(70)),
    "past-last-page": lambda say: month(say, TALKS, page=2, instead_of=SubscriptionId(3)),
    "past-further": lambda say: month(say, TALKS, before=ArticleId(170), unread=ArticleId(70)),
    "hostile-past": lambda say: month(say, *HOSTILE_ARTICLES[:5], query=HOSTILE["markup"]),
    "hostile-past-more": lambda say: month(say, *HOSTILE_ARTICLES[2:], query=HOSTILE["endless"]),
}


def linked(say, *found, told=None, news=True, one=TALKS):
    seen = Sighting(article=one, seen=NOW - timedelta(minutes=4), news=news, told=told)
    return seen_screen(seen, found, say, now=NOW, zone=KYIV)


def stopped(linguist, query, one=TALKS):
    meaning = linguist.meaning(parse(query))
    missing = explain_missing(meaning, linguist.read(one.title, one.text), linguist.judge)
    return Stops(subscription(2, query), missing)


def hits(linguist, query, one=TALKS):
    return answer(linguist.meaning(parse(query)), linguist.read(one.title, one.text), linguist.judge)


def watched(*, retired=None, last_visit=NOW):
    source = Source(
        id=1,
        url="https://vezha.ua/rss",
        name="Вежа",
        outlet="vezha.ua",
        every=None,
        validators=Validators(),
        visited=True,
        failures=0,
        epoch=0,
    )
    return SourceState(
        source=source, due_at=NOW, last_visit=last_visit, last_new=None, last_reason="", articles=0, retired=retired
    )


def story(say, *articles, page=0, edits=False):
    return story_screen(AlertId(7), articles, say, now=NOW, zone=KYIV, page=page, edits=edits)


TELLINGS = [
    replace(TALKS, id=ArticleId(number), outlet=f"Видання {number}", published=NOW - timedelta(minutes=30 - number))
    for number in range(25)
]
PLAIN |= {
    "story": lambda say: story(say, TALKS, replace(LETTER, outlet="Час")),
    "story-for-an-editor": lambda say: story(say, *TELLINGS, page=1, edits=True),
    "story-alone": lambda say: story(say, LETTER),
    "story-first-page": lambda say: story(say, *TELLINGS),
    "story-middle-page": lambda say: story(say, *TELLINGS, page=1),
    "story-last-page": lambda say: story(say, *TELLINGS, page=2),
    "hostile-story": lambda say: story(say, *HOSTILE_ARTICLES),
    "link-told": lambda say: linked(say, Held(MINE[1], "paused"), told=Told(NOW - timedelta(minutes=2), sent=True)),
    "link-waits": lambda say: linked(say, Answers(MINE[0], ()), told=Told(NOW + timedelta(hours=12), sent=False)),
    "link-nothing-followed": linked,
    "link-old": lambda say: linked(say, Answers(MINE[0], ()), news=False),
    "link-unlucky": lambda say: linked(say, Answers(MINE[0], ())),
    "link-younger": lambda say: linked(say, Held(replace(MINE[0], since=NOW), "younger")),
    "link-unseen": lambda say: unseen_screen(watched(), "vezha.ua", say, now=NOW, zone=KYIV),
    "link-unvisited": lambda say: unseen_screen(watched(last_visit=None), "vezha.ua", say, now=NOW, zone=KYIV),
    "link-retired": lambda say: unseen_screen(watched(retired="stopped"), "vezha.ua", say, now=NOW, zone=KYIV),
    "link-unwatched": lambda say: unwatched_screen("novyny.ua", say, suggest=True),
    "link-unwatched-alone": lambda say: unwatched_screen("novyny.ua", say, suggest=False),
    "link-unwatched-endless": lambda say: unwatched_screen("новини" * 40 + ".укр", say, suggest=True),
    "link-suggested": lambda say: suggested_screen("novyny.ua", say, first=True),
    "link-suggested-already": lambda say: suggested_screen("novyny.ua", say, first=False),
    "link-wish": lambda say: wish_screen("novyny.ua", say),
    "sorry-suggested-much": lambda say: screens.sorry(UserError("suggested_much", most=5), say),
    "sorry-no-link": lambda say: screens.sorry(UserError("no_link"), say),
}


def left_out(say, kind, *names, stories=41, at_least=False, one=MINE[0]):
    """What would have gone, in figures."""
    found = [(Exclusion(name, parse("Мінськ")), QueryId(number)) for number, name in enumerate(names, start=7)]
    told = Effect(stories=stories, removed=tuple(9 - at for at in range(len(names))), at_least=at_least)
    return effect_screen(AlertId(7), one, kind, found, told, say)


PLAIN |= {
    "wrong": lambda say: wrong_screen(AlertId(7), MINE[0], say),
    "wrong-which": lambda say: which_screen(AlertId(7), MANY, say),
    "wrong-topic": lambda say: left_out(say, "topic", "футбол", "чемпіонат", "хокеїст"),
    "wrong-source": lambda say: left_out(say, "source", "Вежа", at_least=True),
    "wrong-word": lambda say: left_out(say, "word", "замку", stories=1),
    "wrong-no-topic": lambda say: left_out(say, "topic"),
    "wrong-no-source": lambda say: left_out(say, "source"),
    "wrong-no-word": lambda say: left_out(say, "word"),
    "hostile-wrong": lambda say: left_out(say, "source", HOSTILE["markup"], HOSTILE["endless"], one=HOSTILE_LABELS[0]),
    "wrong-kept": lambda say: Screen(say("wrong.kept")),
}

PLAIN |= {
    "group-hello": screens.group_hello,
    "channel-hello": lambda say: screens.channel_hello("Стрічка", say),
    "no-rights-group": lambda say: screens.no_rights("Редакція", "group", say),
    "no-rights-channel": lambda say: screens.no_rights(HOSTILE["markup"], "channel", say),
    "admins-alone": screens.admins_alone,
    "follow-what": screens.follow_what,
    "where": lambda say: screens.where([(ChatId(-5), "Стрічка"), (ChatId(-6), HOSTILE["endless"])], ChatId(-5), say),
    "export": lambda say: Screen(say("export.done", subscriptions=say.count("subscriptions", 14))),
    "import-ask": screens.import_what,
    "import": lambda say: imported(Belongings((), ()), 14, say),
    "import-some": lambda say: imported(Belongings((None,) * 9, ("(Мінськ", *HOSTILE.values())), 2, say),
    "sorry-no-such-file": lambda say: screens.sorry(UserError("no_such_file"), say),
    "where-none": lambda say: screens.where([], None, say),
    "about": lambda say: screens.about("Стрічка", screens.subscriptions(MINE, say, now=NOW, choose=True), say),
    "sorry-manages-no-more": lambda say: screens.sorry(UserError("manages_no_more"), say),
}

PREVIEWS = {
    "preview": ("політв'язні", [TALKS, LETTER, OLD], {}),
    "preview-nothing-found": ("політв'язні", [], {}),
    "preview-at-least": ("політв'язні", [TALKS], {"at_least": True, "stories": 5}),
    "preview-phrase": ("«звільнення політв'язнів»", [TALKS], {}),
    "preview-words": ("США Білорусь -футбол -«чемпіонат світу»", [TALKS], {}),
    "preview-one-without": ("політв'язні -футбол", [LETTER], {}),
    "preview-variants": (
        "політв'язні",
        [TALKS],
        {"variants": ((Variant("exact"), QueryId(8)), (Variant("abroad"), QueryId(9)))},
    ),
    "preview-wide": (
        "політв'язні",
        [TALKS],
        {
            "stories": 290,
            "variants": (
                (Variant("narrow", "санкції", 41), QueryId(8)),
                (Variant("narrow", "звільнення", 33), QueryId(9)),
                (Variant("exact"), QueryId(10)),
            ),
        },
    ),
    "preview-instead": ("політв'язні", [TALKS], {"instead_of": SubscriptionId(3)}),
    "hostile-preview": ("Мінськ", HOSTILE_ARTICLES[:3], {}),
    "hostile-preview-more": ("Мінськ", HOSTILE_ARTICLES[3:6], {}),
}


STOPS = [
    "Київ",
    "«обмін полоненими»",
    "«Білорусь США»",
    "заголовок:тисяча",
    "США -політв’язні",
    "США джерело:chas.ua",
    "США мова:pl",
    "Польща АБО Литва",
    "Мінськ БЛИЗЬКО/3 суд",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_queries_make_of_a_link_is_as_it_was_last_looked_at(golden, linguist, language):
    found = [Answers(MINE[0], hits(linguist, "політв'язні"))]
    found += [stopped(linguist, query) for query in STOPS]
    screen = linked(catalogue(language), *found)
    golden(f"link-stops.{language}", screen)
    accepted(screen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_and_headlines_stand_in_what_is_said_of_a_link(golden, linguist, language):
    evil = HOSTILE_ARTICLES[3]
    found = [Answers(one, hits(linguist, "Мінськ", evil)) for one in HOSTILE_LABELS]
    found += [stopped(linguist, "«" + "довге " * 15 + "»", evil)] * 60
    screen = linked(catalogue(language), *found, one=HOSTILE_ARTICLES[0])
    golden(f"hostile-link.{language}", screen)
    accepted(screen)


def accepted(screen):
    """Whether Telegram takes it: markup, length, entities, labels, data, rows."""
    parsed = parse_html(screen.text)
    assert parsed.formatted.text.strip()
    assert units(parsed.formatted.text) <= 4096
    assert len(parsed.formatted.entities) <= 100
    assert parsed.dropped == ()
    buttons = [button for row in screen.rows for button in row]
    assert all(1 <= len(button.label) <= 64 for button in buttons)
    assert all(1 <= len(button.value.encode()) <= 64 for button in buttons if button.action == "press")
    assert all(1 <= len(row) <= 8 for row in screen.rows)
    assert len(buttons) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLAIN)
def test_a_screen_is_as_it_was_last_looked_at(golden, name, language):
    screen = PLAIN[name](catalogue(language))
    golden(f"{name}.{language}", screen)
    accepted(screen)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PREVIEWS)
def test_an_answer_to_a_query_is_as_it_was_last_looked_at(golden, preview, name, language):
    typed, articles, found = PREVIEWS[name]
    screen = preview(catalogue(language), typed, *articles, **found)
    golden(f"{name}.{language}", screen)
    accepted(screen)


def test_every_file_is_of_a_screen(request):
    files = {file.stem for file in (request.path.parent / "golden").glob("*.txt")}
    names = [*PLAIN, *PREVIEWS, "link-stops", "hostile-link"]
    assert files == {f"{name}.{language}" for name in names for language in LANGUAGES}


@pytest.mark.parametrize(("page", "first"), [(-5, 1), (0, 1), (1, 9), (2, 17), (3, 17), (999, 17)])
def test_a_page_that_is_not_there_is_the_nearest_that_is(page, first):
    shown = screens.subscriptions(MANY, catalogue("uk"), now=NOW, page=page)
    assert shown.text.split("\n")[1] == f"{first}. <b>слово {first}</b>"


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (8, 8), (9, 9)])
def test_a_page_holds_eight_subscriptions_and_turns_only_where_there_is_more(count, rows):
    assert len(screens.subscriptions(MANY[:count], catalogue("uk"), now=NOW).rows) == rows


def test_a_button_leads_to_the_card_of_its_own_subscription():
    rows = screens.subscriptions(MANY, catalogue("uk"), now=NOW, page=1).rows
    assert [button.value for button in rows[0]] == ["card:9"]
    assert [button.value for button in rows[-1]] == ["list:0", "list:2"]


def test_what_was_understood_is_told_first(preview):
    text = preview(catalogue("uk"), "політв'язні").text
    assert text.startswith("Шукаю новини, де є «політвʼязень» (10 форм).\n")


def test_an_answer_to_the_longest_query_has_room(preview):
    words = " АБО ".join(["Мінськ", *(f"довгедовге{number}" for number in range(63))])
    accepted(preview(catalogue("uk"), words, *[article(HOSTILE["endless"], HOSTILE["endless"])] * 3))


def test_an_answer_may_propose_another_query(linguist):
    back = LookBack(articles=0, stories=0, samples=(), at_least=False)
    shown = Preview(meaning=linguist.meaning(parse("а або б")), back=back, query=QueryId(7), proposed="а АБО б")
    assert "<code>а АБО б</code>" in preview_screen(shown, catalogue("uk"), now=NOW, zone=KYIV).text


def test_an_answer_for_a_word_of_one_letter_marks_no_more_than_telegram_keeps(preview):
    full = [article("а " * 90, "а " * 150, number=number) for number in range(3)]
    accepted(preview(catalogue("uk"), "а", *full))


def test_help_speaks_of_commands_that_are_in_the_menu():
    named = re.findall(r"(?<!<)/([a-z]+)\b", re.sub(r"</?\w+>", "", screens.help_(catalogue("uk")).text))
    assert named
    assert set(named) <= set(COMMANDS)
