"""Does an alert say what happened, who tells it and why it came, whatever the outlet wrote?"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.alerts import alert_screen
from bot.says import catalogue
from bot.screen import Button
from chatovyi.demo.entities import units
from chatovyi.demo.markup import parse_html
from core.match.port import Span
from core.model import AlertId, Article, ArticleId, StoryId
from core.ports import AlertView
from core.story import Change
from core.story.change import STAGES

KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
UK = catalogue("uk")
NEUTRAL_TEXT = "Перше речення. Так каже Лукашенко.\nДругий рядок."

READ = Button("Читати", "url", "https://vezha.ua/1")
STORY = Button("📚 Сюжет", "press", "story:7:0")
WHY = Button("❔ Чому?", "press", "why:7")
MUTE = Button("🔕 Мовчати про це добу", "press", "mute:7")
UNMUTE = Button("🔔 Таки писати про це", "press", "unmute:7")
WRONG = Button("👎 Не те", "press", "wrong:7")


def spans_of(words, title, text):
    """Every place of the words, as the matcher gives them."""
    return tuple(
        Span(found.start(), found.end(), field)
        for field, where in (("title", title), ("text", text))
        for word in words
        for found in re.finditer(re.escape(word), where)
    )


def view(title="Мінськ мовчить", text=NEUTRAL_TEXT, *, found=(), url="https://vezha.ua/1", published=NOW, **changes):
    article = Article(
        id=ArticleId(1), story=StoryId(2), title=title, text=text, url=url, outlet="vezha.ua", published=published
    )
    shown = {
        "alert": AlertId(7),
        "language": "uk",
        "article": article,
        "source_name": "Вежа",
        "spans": spans_of(found, title, text),
        "labels": ("Мінськ",),
        "also": (),
        "message": None,
        "muted_until": None,
    }
    return AlertView(**(shown | changes))


def screen(*args, **changes):
    return alert_screen(view(*args, **changes), UK, now=NOW, zone=KYIV)


def lines(*args, **changes):
    return screen(*args, **changes).text.split("\n")


def test_an_alert_says_whose_report_it_repeats():
    assert lines(text="Переговори тривають, повідомляє Reuters.")[1].endswith("· за даними Reuters")
    assert lines(title="Мінськ мовчить – Reuters", source_name="Reuters")[1].count("Reuters") == 1


def test_a_hostile_origin_is_only_text():
    assert lines(text="Про це пише видання «<b>Пульс</b>».")[1].endswith("· за даними &lt;b&gt;Пульс&lt;/b&gt;")


def test_an_alert_is_headline_outlet_sentence_and_query():
    assert lines(found=["Мінськ", "Лукашенко"]) == [
        '<a href="https://vezha.ua/1"><b>Мінськ</b> мовчить</a>',
        "Вежа · 11:00",
        "",
        "Так каже <b>Лукашенко</b>.",
        "",
        "🔎 Мінськ",
    ]


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "http://localhost/1", "/1"])
def test_without_an_address_to_open_there_is_neither_link_nor_button_to_read(url):
    assert lines(url=url)[0] == "Мінськ мовчить"
    assert screen(url=url).rows == ((STORY,), (WHY, WRONG), (MUTE,))


def test_a_headline_is_cut_at_300_characters_and_then_has_no_bold_words():
    headline = lines("Мінськ " + "слово " * 60, found=["Мінськ"])[0]
    assert headline.startswith('<a href="https://vezha.ua/1">Мінськ слово')
    assert headline.endswith(" слов…</a>")
    assert len(headline) <= 300 + len('<a href="https://vezha.ua/1"></a>')
    assert lines("Мінськ " + "м" * 293, found=["Мінськ"])[0].count("<b>") == 1


@pytest.mark.parametrize("title", ["США домовляються з\u00a0Мінськом", "США  і Мінськ", "США і Мінськ "])
def test_spaces_of_any_kind_do_not_cost_a_headline_its_bold_words(title):
    assert "<b>Мінськ</b>" in lines(title, found=["Мінськ"])[0]


def test_an_article_without_a_headline_is_opened_by_its_text_or_its_outlet():
    assert lines("", "Так каже Лукашенко.")[0] == '<a href="https://vezha.ua/1">Так каже Лукашенко.</a>'
    assert lines(" ", "")[0] == '<a href="https://vezha.ua/1">Вежа</a>'


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (datetime(2026, 1, 2, 8, 59, tzinfo=UTC), "10:59"),
        (datetime(2026, 1, 1, 20, 0, tzinfo=UTC), "01.01, 22:00"),
        (datetime(2025, 12, 1, 20, 0, tzinfo=UTC), "01.12.2025"),
    ],
)
def test_the_time_is_that_of_the_article_in_the_readers_zone(published, shown):
    assert lines(published=published)[1] == f"Вежа · {shown}"


def test_the_name_of_an_outlet_is_cut_at_60_characters():
    assert lines(source_name="В" * 61)[1] == f"{'В' * 59}… · 11:00"


def test_where_only_the_headline_matched_the_first_line_of_the_text_is_shown():
    assert lines(found=["Мінськ"])[3] == "Перше речення. Так каже Лукашенко."
    assert lines(text="слово " * 100, found=["Мінськ"])[3] == "слово " * 33 + "с…"


def test_where_there_is_no_text_none_is_shown():
    assert lines(text="", found=["Мінськ"]) == [*lines(found=["Мінськ"])[:2], "", "🔎 Мінськ"]


@pytest.mark.parametrize(
    ("also", "shown"),
    [
        ([("Полісся", "https://polissia.ua/1")], 'також: <a href="https://polissia.ua/1">Полісся</a>'),
        ([("Полісся", None), ("Реєстр", "javascript:x")], "також: Полісся, Реєстр"),
        ([("А", None), ("Б", None), ("В", None)], "також: А, Б, В"),
        ([("А", None), ("Б", None), ("В", None), ("Г", None), ("Ґ", None)], "також: А, Б, В +2"),
        ([("<b>", None), ("Д" * 61, None)], f"також: &lt;b&gt;, {'Д' * 59}…"),
    ],
)
def test_three_other_outlets_are_named_and_the_rest_counted(also, shown):
    assert lines(also=tuple(also))[-2:] == [shown, "🔎 Мінськ"]


def test_the_queries_it_came_for_are_shown_and_cut_at_200_characters():
    assert lines(labels=("Мінськ", "<США>"))[-1] == "🔎 Мінськ · &lt;США&gt;"
    assert lines(labels=("м" * 150, "к" * 150))[-1] == f"🔎 {'м' * 150} · {'к' * 46}…"
    assert lines(labels=())[-1] == "Перше речення. Так каже Лукашенко."


def test_an_alert_can_be_read_and_muted():
    assert screen().rows == ((READ, STORY), (WHY, WRONG), (MUTE,))


def test_a_muted_alert_says_so_and_can_still_be_read():
    muted = screen(muted_until=NOW + timedelta(hours=24), also=(("Полісся", None),))
    assert muted.text.split("\n")[-3:] == ["також: Полісся", "🔎 Мінськ", "🔕 Мовчу про це до 03.01, 11:00"]
    assert muted.rows == ((READ, STORY), (WHY, WRONG), (UNMUTE,))
    assert screen(muted_until=NOW + timedelta(hours=24), url=None).rows == ((STORY,), (WHY, WRONG), (UNMUTE,))


def test_an_english_reader_is_spoken_to_in_english():
    also = (("А", None),) * 4
    shown = alert_screen(view(also=also), catalogue("en"), now=NOW, zone=KYIV)
    assert shown.text.split("\n")[-2] == "also: А, А, А +1"
    labels = [button.label for row in shown.rows for button in row]
    assert labels == ["Read", "📚 The story", "❔ Why?", "👎 Wrong", "🔕 Mute this for a day"]


@pytest.mark.parametrize("hostile", ["<b>", "</a>", "&lt;", '"', "<a href='x'>", "<script>", "&#60;", "<!--", "\\"])
def test_markup_of_an_outlet_is_text(hostile):
    title, text = f"{hostile} Мінськ {hostile}", f"{hostile}Лукашенко{hostile}."
    shown = screen(title, text, found=["Мінськ", "Лукашенко"], source_name=hostile, labels=(hostile,))
    parsed = parse_html(shown.text).formatted
    assert parsed.text == f"{title}\n{hostile} · 11:00\n\n{text}\n\n🔎 {hostile}"
    assert [entity.kind for entity in parsed.entities] == ["text_link", "bold", "bold"]


WORDS = ["Мінськ", "політв\u2019язнів", "а", "😀", "<b>", "&amp;"]
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PIECES = st.one_of(
    st.sampled_from(
        [*WORDS, "слово " * 80, "м" * 400, "😀" * 300, "\n", ". ", "\u202e", "\u0000", "&nbsp;", "</a>", "שלום"]
    ),
    ANYTHING,
)
TEXTS = st.lists(PIECES, max_size=12).map(" ".join)


def bold_words(parsed):
    """What is printed in bold: offsets are of UTF-16 units."""
    wide = parsed.text.encode("utf-16-le")
    bold = [entity for entity in parsed.entities if entity.kind == "bold"]
    return {wide[2 * entity.offset : 2 * entity.end].decode("utf-16-le") for entity in bold}


@settings(max_examples=150)
@given(
    title=TEXTS,
    text=TEXTS,
    outlet=ANYTHING,
    found=st.lists(st.sampled_from(["Мінськ", "політв\u2019язнів", "😀", "<b>"]), max_size=3),
    also=st.lists(st.tuples(ANYTHING, st.sampled_from([None, "https://polissia.ua/1?a=1&b=2"])), max_size=6),
    labels=st.lists(ANYTHING, max_size=4),
)
@example(
    title="😀" * 10_000,
    text="😀 " * 10_000,
    outlet="😀" * 100,
    found=[],
    also=[("😀" * 99, None)] * 9,
    labels=["😀" * 99] * 9,
)
def test_an_alert_of_any_article_is_one_that_telegram_takes(title, text, outlet, found, also, labels):
    few = [span for span in spans_of(found, title, text) if span.start < 80]
    shown = screen(title, text, source_name=outlet, spans=tuple(few), also=tuple(also), labels=tuple(labels))
    parsed = parse_html(shown.text)
    assert units(parsed.formatted.text) <= 4096
    assert len(shown.text.encode()) <= 32_768
    assert len(parsed.formatted.entities) <= 100
    assert parsed.dropped == ()
    assert all(set(re.split("(?<=😀)(?=😀)", word)) <= {*found} for word in bold_words(parsed.formatted))


def test_an_alert_for_a_word_of_one_letter_keeps_every_mark():
    shown = screen("а " * 150, "а " * 160, found=["а"])
    assert len(parse_html(shown.text).formatted.entities) <= 100


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_a_word(stage, language):
    shown = alert_screen(view(answers=True, change=Change("stage", "", stage)), catalogue(language), now=NOW, zone=KYIV)
    assert shown.text.startswith("↪️ ")
