"""Is it recognised whose report an article repeats?"""

import pytest

from core.story.origin import origin_of, without_origin


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Білий дім про план – Reuters", "", "Reuters"),
        ("WSJ: Росія купує ракети", "", "The Wall Street Journal"),
        ("Переговори тривають", "Про це повідомляє агентство Northwire.", "Northwire"),
        ("Переговори тривають", "За даними Зеркала, їх було сто.", "Зеркало"),
        ("Переговори тривають", "Про це з посиланням на «Нашу Ніву» пише сайт.", "Наша Ніва"),
        ("Президент объявил, передаёт агентство Рёнхап", "", "Yonhap"),
        ("Перамовы працягваюцца", "Пра гэта паведамляе Радыё Свабода.", "Радіо Свобода"),
        ("Rozmowy trwają", "Jak podaje PAP, nie ma daty.", "PAP"),
        ("Talks go on", "The talks were held in Minsk, according to Reuters.", "Reuters"),
        ("Talks go on", "No date is set, three people told Bloomberg.", "Bloomberg"),
    ],
)
def test_agencies_and_outlets_that_are_quoted_are_origins(title, text, name):
    assert origin_of(title, text, outlet="Вежа") == name


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Міноборони повідомило про втрати", "За даними Генштабу, їх сто."),
        ("Прем'єр передав листа", "Про це сказав Шмигаль."),
        ("Reuters подало до суду", ""),
        ("Дніпро – Житомир", ""),
    ],
)
def test_officials_and_mere_mentions_are_no_origins(title, text):
    assert origin_of(title, text, outlet="Вежа") is None


def test_an_outlet_is_not_its_own_origin():
    assert origin_of("Білий дім про план – Reuters", "", outlet="Reuters") is None


@pytest.mark.parametrize(
    ("title", "rest"),
    [
        ("Білий дім про план – Reuters", "Білий дім про план"),
        ("Bloomberg: Радники обговорили", "Радники обговорили"),
        ("Війська в парламенті, передает агентство Ренхап.", "Війська в парламенті"),
        ("Дніпро – Житомир", "Дніпро – Житомир"),
        ("Reuters", "Reuters"),
    ],
)
def test_a_headline_is_compared_without_who_said_it(title, rest):
    assert without_origin(title) == rest
