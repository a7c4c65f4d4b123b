"""Can every sentence be said, in every language, within Telegram's limits?"""

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from bot.admin.permissions import ADMIN_COMMANDS
from bot.door import COMMANDS as EVERYBODYS
from bot.door import GROUP_COMMANDS
from bot.says import Html, _flat, catalogue, html
from chatovyi.demo.markup import parse_html, visible_markup
from core.subscribe import LANGUAGES

COMMANDS = (*dict.fromkeys((*EVERYBODYS, *GROUP_COMMANDS)), *ADMIN_COMMANDS)
BOT = Path(__file__).parents[2] / "bot"
CORE = Path(__file__).parents[2] / "core"


def sentences(language):
    """Every sentence by its key, before any value is put in."""
    return catalogue(language)._sentences


KEYS = sorted({*sentences("uk"), *sentences("en")})


def placeholders(language, key):
    return {name for _, name, _, _ in Formatter().parse(sentences(language)[key]) if name is not None}


def calls(folder):
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                yield node


def keys_said():
    """Every key in a call of a catalogue; a computed one as a pattern."""
    for call in calls(BOT):
        said = ast.unparse(call.func)
        if said.rpartition(".")[2] in ("say", "other", "theirs") or said.endswith((".plain", ".count")):
            ending = r"\.(one|few|many)" if said.endswith(".count") else ""
            for key in whole_texts(call.args[0]):
                yield from (found + ending for found in pattern(key))


def whole_texts(node):
    """Every text in an expression, but none that is a piece of a longer one."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
    else:
        for child in ast.iter_child_nodes(node):
            yield from whole_texts(child)


def pattern(key):
    if isinstance(key, ast.JoinedStr):
        yield "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in key.values)
    elif isinstance(key.value, str) and not key.value.endswith("."):
        yield re.escape(key.value)


def sorry_hints():
    """The name of every mistake made in `core` and `bot`, with the values it gives to its sentence."""
    for call in [*calls(CORE), *calls(BOT)]:
        if ast.unparse(call.func) in ("UserError", "QueryMistake"):
            values = {keyword.arg for keyword in call.keywords}
            yield from ((part.value, values) for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))


# Keys that are chosen a line before they are said.
CHOSEN = {"query.found", "query.found_least", "card.quiet", "card.quiet_not", "card.pause", "card.resume"}
CHOSEN |= {"log.line", "log.line_undo"}


def own(language):
    """The sentences in the language's own file, without those for people with a role."""
    read = tomllib.loads((BOT / "says" / f"{language}.toml").read_text(encoding="utf-8"))
    return {key for key, _ in _flat(read)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language):
    without_few = {key for key in own("uk") if not key.endswith(".few")}
    assert own(language) == (without_few if language == "en" else own("uk"))


def test_people_with_a_role_are_told_the_same_in_ukrainian_and_english():
    assert {key for key in sentences("uk") if not key.endswith(".few")} == set(sentences("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_takes_the_same_values(language):
    for key in sentences(language):
        assert placeholders(language, key) == placeholders("uk", key), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_ends_in_space(language):
    for key in sentences(language):
        sentence = sentences(language)[key]
        assert sentence.strip(), key
        assert sentence == sentence.rstrip(), key


ONE = {1, 21, 31, 41, 51, 61, 71, 81, 91, 101, 121}
FEW = {tens + ones for tens in (0, 20, 30, 40, 50, 60, 70, 80, 90, 100, 120) for ones in (2, 3, 4)}


@pytest.mark.parametrize(
    ("noun", "one", "few", "many"),
    [
        ("forms", "форма", "форми", "форм"),
        ("articles", "стаття", "статті", "статей"),
        ("stories", "сюжет", "сюжети", "сюжетів"),
        ("subscriptions", "підписку", "підписки", "підписок"),
        ("words_between", "слова", "слів", "слів"),
    ],
)
def test_a_ukrainian_noun_has_the_form_its_number_wants(noun, one, few, many):
    for count in range(126):
        expected = one if count in ONE else few if count in FEW else many
        assert catalogue("uk").count(noun, count) == f"{count} {expected}"


@pytest.mark.parametrize(
    ("language", "noun", "one", "few", "many"),
    [
        ("be", "articles", "артыкул", "артыкулы", "артыкулаў"),
        ("be", "stories", "сюжэт", "сюжэты", "сюжэтаў"),
        ("be", "subscriptions", "падпіску", "падпіскі", "падпісак"),
        ("be", "sources", "крыніца", "крыніцы", "крыніц"),
        ("ru", "articles", "статья", "статьи", "статей"),
        ("ru", "stories", "сюжет", "сюжета", "сюжетов"),
        ("ru", "subscriptions", "подписку", "подписки", "подписок"),
        ("ru", "outlets", "издание", "издания", "изданий"),
    ],
)
def test_a_belarusian_or_russian_noun_has_the_form_its_number_wants(language, noun, one, few, many):
    for count in range(126):
        expected = one if count in ONE else few if count in FEW else many
        assert catalogue(language).count(noun, count) == f"{count} {expected}"


@pytest.mark.parametrize(
    ("noun", "one", "few", "many"),
    [
        ("articles", "artykuł", "artykuły", "artykułów"),
        ("stories", "temat", "tematy", "tematów"),
        ("subscriptions", "subskrypcję", "subskrypcje", "subskrypcji"),
        ("outlets", "redakcja", "redakcje", "redakcji"),
    ],
)
def test_a_polish_noun_has_the_form_its_number_wants(noun, one, few, many):
    for count in range(126):
        expected = one if count == 1 else few if count in FEW else many
        assert catalogue("pl").count(noun, count) == f"{count} {expected}"


@pytest.mark.parametrize(
    ("noun", "one", "many"),
    [
        ("forms", "form", "forms"),
        ("articles", "article", "articles"),
        ("stories", "story", "stories"),
        ("subscriptions", "subscription", "subscriptions"),
        ("words_between", "word", "words"),
    ],
)
def test_an_english_noun_is_singular_for_one_alone(noun, one, many):
    for count in range(126):
        assert catalogue("en").count(noun, count) == f"{count} {one if count == 1 else many}"


@pytest.mark.parametrize("said", sorted({*keys_said(), *CHOSEN}))
def test_every_sentence_that_is_said_exists(said):
    for language in LANGUAGES:
        assert [key for key in sentences(language) if re.fullmatch(said, key)]


def test_keys_are_found_in_the_code_at_all():
    assert {"start\\.hello", "followed\\.again", "followed\\.text", "list\\.open"} <= {*keys_said()}
    assert "query.found_least" in (BOT / "preview.py").read_text(encoding="utf-8")


NEVER_SAID = {"bot.name", "query.already"}


@pytest.mark.parametrize("key", [key for key in KEYS if key not in NEVER_SAID])
def test_every_sentence_is_said_somewhere(key):
    assert any(re.fullmatch(said, key) for said in {*keys_said(), *CHOSEN})


@pytest.mark.parametrize("key", sorted(NEVER_SAID))
def test_these_sentences_are_said_too_or_gone(key):
    assert key not in KEYS or any(re.fullmatch(said, key) for said in {*keys_said(), *CHOSEN})


def test_every_mistake_has_a_sentence_and_gives_it_its_values():
    hints = [*sorry_hints()]
    assert {"query_empty", "query_long", "query_only_without", "too_many", "gone", "not_text"} <= {
        hint for hint, _ in hints
    }
    for hint, values in hints:
        for language in LANGUAGES:
            assert placeholders(language, f"error.{hint}") <= values, hint


def test_every_sentence_for_a_mistake_is_of_a_mistake_that_is_made():
    assert {key for key in KEYS if key.startswith("error.")} == {f"error.{hint}" for hint, _ in sorry_hints()}


@pytest.mark.parametrize(
    ("language", "key"), [(language, key) for language in LANGUAGES for key in sorted(sentences(language))]
)
def test_every_sentence_is_markup_that_telegram_reads(language, key):
    values = {name: "<x> & «'\"»" for name in placeholders(language, key)}
    parsed = parse_html(catalogue(language)(key, **values))
    assert parsed.dropped == ()
    assert parsed.formatted.text.count("<x> & «'\"»") == len(values)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "group",
    ["bot", "commands", "list.card", "card.when", "when.daily", "weekday.short", "zone.0", "query.follow", "stop.yes"],
)
def test_where_telegram_takes_no_markup_there_is_none(group, language):
    for key in sentences(language):
        if key.startswith(group):
            assert visible_markup(sentences(language)[key]) is None
            assert html(sentences(language)[key]) == sentences(language)[key]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "most"), [("bot.name", 64), ("bot.about", 120), ("bot.description", 512)])
def test_texts_about_the_bot_are_within_telegrams_limits(language, key, most):
    assert 1 <= len(sentences(language).get(key, "-")) <= most


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_menu_is_within_telegrams_limits(command, language):
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command)
    assert 1 <= len(catalogue(language).plain(f"commands.{command}")) <= 256


def test_the_menu_names_every_command_and_no_other():
    assert {key for key in KEYS if key.startswith("commands.")} == {f"commands.{name}" for name in COMMANDS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_spoken_of_in_a_sentence_is_one(language):
    for key in sentences(language):
        for named in re.findall(r"(?<![\w<])/([a-z]+)", sentences(language)[key]):
            assert named in COMMANDS, key


def test_values_are_escaped_and_markup_of_ours_is_not():
    say = catalogue("uk")
    assert say("list.removed", label="<b>&</b>") == "Більше не стежу за &lt;b&gt;&amp;&lt;/b&gt;."
    assert say("list.removed", label=Html("<b>а</b>")) == "Більше не стежу за <b>а</b>."
    assert say.plain("list.card", number=1, label="<&>") == "1. <&>"
    assert html(Html("<b>")) == "<b>"
    assert html('"<&>"') == '"&lt;&amp;&gt;"'


def test_braces_in_a_value_are_no_placeholders():
    assert catalogue("uk")("list.removed", label="{label} {0}") == "Більше не стежу за {label} {0}."
