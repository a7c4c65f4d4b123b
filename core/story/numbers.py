"""Numbers as digits, however they are written: «1 080», «1,5», «двоє», «троих», «pięciu», «seven»."""

import re
from collections.abc import Iterator

_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3}(?!\d))")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

_WORDS = {
    1: "один одна одне одного одну одної одному одній одним одно одной одном адзін адна адно аднаго адну адной аднаму "
    "jeden jedna jedno jednego jedną jednej jednym one",
    2: "два дві двох двом двома двоє двоих две двух двум двумя двое дзве двух дзвюх двум двое "
    "dwa dwie dwóch dwom dwoma dwoje dwu two",
    3: "три трьох трьом трьома троє трое трех трем тремя троих тры трох тром trzy trzech trzem trzema troje three",
    4: "чотири чотирьох чотирьом четверо четыре четырех четырем четверых чатыры чатырох чацвёра "
    "cztery czterech czterem czworo four",
    5: "пʼять пʼяти пʼятьох пʼятьом пʼятеро пять пяти пятью пятеро пятерых пяць пяці пяцёра pięć pięciu pięcioro five",
    6: "шість шести шістьох шестеро шесть шестью шестерых шэсць шасці шасцёра sześć sześciu sześcioro six",
    7: "сім семи сімох семеро семь семью семерых сямі сем сямёра siedem siedmiu siedmioro seven",
    8: "вісім восьми вісьмох восьмеро восемь восьмерых восем васьмі васьмёра osiem ośmiu ośmioro eight",
    9: "девʼять девʼяти девʼятьох девʼятеро девять девяти девятерых дзевяць дзевяці dziewięć dziewięciu nine",
    10: "десять десяти десятьох десятеро десятерых дзесяць дзесяці dziesięć dziesięciu ten",
    100: "сто ста сотня сотню сотні сотни sto stu setka setkę hundred",
    1000: "тисяча тисячу тисячі тысяча тысячу тысячи тысячы tysiąc tysiąca thousand",
}
_VALUES = {form: str(value) for value, forms in _WORDS.items() for form in forms.split()}


def value_of(key: str) -> str | None:
    """The digits of a number word, or of a key that is a number already; `None` for any other word."""
    if key[:1].isdigit():
        return key if key.isdigit() else None
    return _VALUES.get(key)


def numbers_in(text: str) -> Iterator[str]:
    """Every number that is written in digits: groups joined, a comma as a point, no zeros behind it."""
    for found in NUMBER.findall(_GROUPED.sub("", text)):
        whole, point, part = found.replace(",", ".").partition(".")
        part = part.rstrip("0")
        yield f"{whole}.{part}" if point and part else whole


def grouped(text: str) -> str:
    """The same text with the groups of its numbers joined."""
    return _GROUPED.sub("", text)
