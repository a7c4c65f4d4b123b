"""Do people read in words what was understood, and what is wrong?"""

import pytest

from bot.explain import explained, mistaken
from bot.says import catalogue, plain
from core.meaning import Close, Every, Meaning, Never, Of, Sense, Some, Term, Tier, Titled, Written
from core.query.mistakes import QueryMistake
from core.query.parse import parse_query


def term(base, forms, *, within=0, **of_sense):
    """A word or phrase with so many forms."""
    keys = {f"{base}{number}" if number else base: Tier.FORM for number in range(forms)}
    return Term((Sense(base=base, forms=keys, **of_sense),), base, within)


BELARUS, MINSK, OIL, SPORT = term("Білорусь", 14), term("Мінськ", 7), term("нафта", 11), term("спорт", 1)


def said(clause, *, language="uk", query="слово"):
    return plain(explained(Meaning(query=parse_query(query), root=clause), catalogue(language)))


@pytest.mark.parametrize(
    ("clause", "ukrainian", "english"),
    [
        (BELARUS, "новини, де є «Білорусь» (14 форм)", "news with “Білорусь” (14 forms)"),
        (
            Every((BELARUS, Some((MINSK, OIL)), Never(SPORT))),
            "новини, де є «Білорусь» (14 форм) і («Мінськ» (7 форм) або «нафта» (11 форм)), але без «спорт» (1 форма)",
            "news with “Білорусь” (14 forms) and (“Мінськ” (7 forms) or “нафта” (11 forms)),"
            " but without “спорт” (1 form)",
        ),
        (
            Some((SPORT, Every((MINSK, OIL)))),
            "новини, де є «спорт» (1 форма) або («Мінськ» (7 форм) і «нафта» (11 форм))",
            "news with “спорт” (1 form) or (“Мінськ” (7 forms) and “нафта” (11 forms))",
        ),
        (
            Every((Never(Some((SPORT, OIL))), MINSK, Never(Written("ru")))),
            "новини, де є «Мінськ» (7 форм), але без («спорт» (1 форма) або «нафта» (11 форм)) і не російською",
            "news with “Мінськ” (7 forms), but without (“спорт” (1 form) or “нафта” (11 forms)) and not in Russian",
        ),
        (
            Every((Titled(SPORT), Some((Written("uk"), Written("pl"))), Of("glavcom.ua"))),
            "новини, де є «спорт» (1 форма) у заголовку, лише (українською або польською) і з джерела «glavcom.ua»",
            "news with “спорт” (1 form) in the headline, only (in Ukrainian or in Polish) and from “glavcom.ua”",
        ),
        (
            Close((SPORT, MINSK), (OIL,), 5),
            "новини, де є («спорт» (1 форма) або «Мінськ» (7 форм)) поруч (до 5 слів) із «нафта» (11 форм)",
            "news with (“спорт” (1 form) or “Мінськ” (7 forms)) close (within 5 words) to “нафта” (11 forms)",
        ),
        (
            Close((SPORT,), (SPORT,), 0),
            "новини, де є «спорт» (1 форма) впритул до «спорт» (1 форма)",
            "news with “спорт” (1 form) right beside “спорт” (1 form)",
        ),
        (
            term("газ і нафта", 3, within=1),
            "новини, де є «газ і нафта» (3 форми, у довільному порядку, до 1 слова між ними)",
            "news with “газ і нафта” (3 forms, in any order, at most 1 word between)",
        ),
        (term("США", 9, shape="capitals"), "новини, де є «США» (великими літерами)", "news with “США” (in capitals)"),
        (
            term("політв*", 0, prefix="політв"),
            "новини, де є «політв*» (усі слова з таким початком)",
            "news with “політв*” (every word that begins so)",
        ),
        (
            term("політика", 10, fuzzy=True),
            "новини, де є «політика» (10 форм, одну описку пробачу)",
            "news with “політика” (10 forms, one slip forgiven)",
        ),
    ],
)
def test_a_query_is_told_in_words(clause, ukrainian, english):
    assert said(clause) == ukrainian
    assert said(clause, language="en") == english


def test_an_exact_word_is_told_from_a_word_of_one_form():
    assert said(SPORT, query="=спорт") == "новини, де є «спорт» (саме так)"


def test_a_phrase_has_as_many_forms_as_its_richest_word():
    phrase = Term(OIL.senses + MINSK.senses + SPORT.senses, "нафта й газ")
    assert said(phrase) == "новини, де є «нафта й газ» (11 форм)"


def test_spellings_are_no_forms_and_likely_forms_are_of_an_unknown_word_alone():
    forms = {"а": Tier.FORM, "б": Tier.VARIANT, "в": Tier.GUESS}
    known = Sense(base="а", forms=forms, lemmas=frozenset({("uk", "а")}))
    assert said(Term((known,), "а")) == "новини, де є «а» (1 форма)"
    assert said(Term((Sense(base="а", forms=forms),), "а")) == "новини, де є «а» (2 форми)"


def test_a_long_query_is_told_without_remarks():
    assert "форм" not in said(Some((MINSK,) * 64))


def test_settings_are_told_too():
    query = "спорт також:люди,прикметники збіги:строгі форми:uk,ru"
    assert said(SPORT, query=query) == (
        "новини, де є «спорт» (1 форма); також похідні прикметники, назви людей; лише певні збіги; "
        "відміняю слова лише українською, російською"
    )
    assert said(SPORT, query="спорт matches:wide").endswith("(1 форма); навіть сумнівні збіги")


def test_what_a_person_typed_is_no_markup():
    assert "«&lt;b&gt;»" in explained(Meaning(query=parse_query("x"), root=term("<b>", 0)), catalogue("uk"))
    assert said(term("<b>&amp;", 0)) == "новини, де є «<b>&amp;»"


def mistake(typed, language="uk"):
    with pytest.raises(QueryMistake) as raised:
        parse_query(typed)
    return mistaken(raised.value, typed, catalogue(language))


def test_a_mistake_is_told_with_its_place_and_a_way_out():
    assert mistake("(Білорусь <&> Литва") == (
        "Цю дужку не закрито. Додайте «)» там, де вона закінчується.\n"
        "<pre>(Білорусь &lt;&amp;&gt; Литва\n^</pre>\n"
        "Можливо, так: <code>(Білорусь &lt;&amp;&gt; Литва)</code>"
    )


def test_a_mistake_that_is_everywhere_has_no_place():
    assert mistake("-спорт", "en") == (
        "I know what not to look for, but not what to look for. Add a word without a minus."
    )
