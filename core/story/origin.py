"""Whose word an article repeats: «повідомляє Reuters», «за даними Зеркала», «according to AP», «— CBS News».

Only agencies and outlets count; what an official or a ministry said is a quotation, not an origin. A name is known by
the table, or by the noun before it («агентство Northwire», «видання „Пульс“»).
"""

import re
from collections.abc import Iterator

from core.lexicon.lemma import stem

_KNOWN = {
    "Reuters": "Reuters Рейтер Рейтерс",
    "AP": "AP|Associated Press|Ассошиэйтед Пресс",
    "AFP": "AFP|Agence France-Presse|АФП|Франс Пресс",
    "Bloomberg": "Bloomberg|Блумберг",
    "BBC": "BBC|Бі-бі-сі|Би-би-си|Бі-Бі-Сі|BBC News",
    "CNN": "CNN|Сі-ен-ен",
    "CBS": "CBS|CBS News",
    "NBC": "NBC|NBC News",
    "ABC": "ABC News",
    "Fox News": "Fox News",
    "The New York Times": "The New York Times|New York Times|NYT",
    "The Washington Post": "The Washington Post|Washington Post|WP",
    "The Wall Street Journal": "The Wall Street Journal|Wall Street Journal|WSJ",
    "Financial Times": "The Financial Times|Financial Times|FT",
    "The Guardian": "The Guardian|Guardian",
    "The Times": "The Times",
    "The Economist": "The Economist|Economist",
    "The Telegraph": "The Telegraph",
    "Politico": "Politico|Політіко|Политико",
    "Axios": "Axios",
    "Der Spiegel": "Der Spiegel|Spiegel",
    "Bild": "Bild",
    "DPA": "DPA|dpa",
    "ANSA": "ANSA",
    "EFE": "EFE",
    "Le Monde": "Le Monde",
    "Euronews": "Euronews",
    "Deutsche Welle": "Deutsche Welle|Німецька хвиля|Немецкая волна|DW",
    "Sky News": "Sky News",
    "Al Jazeera": "Al Jazeera|Аль-Джазіра|Аль-Джазира",
    "Anadolu": "Anadolu|Анадолу",
    "Yonhap": "Yonhap|Ренхап|Рёнхап|Рьонхап",
    "Kyodo": "Kyodo|Кіодо|Киодо",
    "Xinhua": "Xinhua|Сіньхуа|Синьхуа",
    "PAP": "PAP|ПАП|Польське агентство пресове",
    "Onet": "Onet",
    "Rzeczpospolita": "Rzeczpospolita",
    "Gazeta Wyborcza": "Gazeta Wyborcza",
    "RMF FM": "RMF FM|RMF",
    "Радіо Свобода": "Радіо Свобода|Радио Свобода|Радыё Свабода|Radio Svoboda|RFE/RL|Radio Free Europe",
    "Укрінформ": "Укрінформ|Укринформ|Ukrinform",
    "Інтерфакс-Україна": "Інтерфакс-Україна|Интерфакс-Украина|Interfax-Ukraine",
    "Українська правда": "Українська правда|Украинская правда|Ukrainska Pravda|УП",
    "Суспільне": "Суспільне|Суспильне|Suspilne",
    "УНІАН": "УНІАН|УНИАН|UNIAN",
    "Зеркало": "Зеркало|Zerkalo|Люстэрка",
    "Наша Ніва": "Наша Ніва|Наша Нива|Nasha Niva",
    "Вясна": "Вясна|Весна|Viasna",
    "БелТА": "БелТА|БЕЛТА|BelTA|Белта",
    "Белсат": "Белсат|Belsat",
    "Медуза": "Медуза|Meduza",
    "Интерфакс": "Интерфакс|Інтерфакс|Interfax",
    "ТАСС": "ТАСС|ТАРС|TASS",
    "РИА Новости": "РИА Новости|РІА Новості|РИА Новостей|RIA Novosti",
    "Seznam": "Seznam",
}


def _bare(alias: str) -> tuple[str, ...]:
    """The words of a name without what inflection changes: Cyrillic ones are cut, Latin ones are not inflected."""
    words = alias.casefold().split()
    return tuple(stem(word).rstrip("аеиіоуыюя") or word if word > "\u0400" else word for word in words)


_CANONICAL = {
    _bare(alias): name
    for name, aliases in _KNOWN.items()
    for alias in (aliases.split("|") if "|" in aliases else [aliases, *aliases.split()])
}

_VERB = (
    "повідомля[єю]\\w*|повідомил\\w*|передає|передають|передав|пише|пишуть|інформу[єю]\\w*|дізна\\w+|розповіда[єю]\\w*|"
    "сообща[ею]т|сообщил\\w*|переда[её]т|передают|пишет|пишут|информиру[ею]т|узнал\\w*|рассказал\\w*|"
    "паведамля[ею]\\w*|паведаміл\\w*|перадае|піша|пішуць|"
    "podaje|podał\\w*|pisze|informuj\\w*|poinformował\\w*|donosi|przekazał\\w*|"
    "reports?|reported|says|said|writes|told"
)
_BY = (
    "за даними|за інформацією|з посиланням на|посилаючись на|за повідомленням|"
    "по данным|по информации|со ссылкой на|ссылаясь на|по сообщению|"
    "паводле(?: звестак| інфармацыі)?|са спасылкай на|спасылаючыся на|"
    "według|jak podaje|powołując się na|za portalem|"
    "according to|citing|as reported by"
)
_NOUN = (
    "агентств\\w+|інформагентств\\w+|информагентств\\w+|агенцтв\\w+|видання\\w*|виданн\\w+|издани\\w+|выданн\\w+|газет\\w+|"
    "телеканал\\w*|портал\\w*|журнал\\w*|правозахисний центр|правозащитн\\w+ центр\\w*|"
    "agencj\\w+|dziennik\\w*|gazet\\w+|portal\\w*|tygodnik\\w*|newspaper|news agency|agency|outlet"
)
_QUOTED = '[«„“"]([^»”“"\\n]{2,40})[»”“"]'
_CAPITAL = "[A-ZА-ЯЁЄІЇҐЎŁŚŻŹĆ]"
_PLAIN = f"((?:{_CAPITAL}[\\w'’ʼ./-]*)(?: (?:{_CAPITAL}[\\w'’ʼ./-]*)){{0,3}})"
_NAME = f"(?:{_QUOTED}|{_PLAIN})"

_ROUTES = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?i:\\b(?:{_BY})) (?:(?i:{_NOUN}) )?{_NAME}",
        f"(?i:\\b(?:{_VERB})) (?:(?i:{_NOUN}) )?{_NAME}",
        f"{_NAME},? (?i:(?:{_VERB}))\\b",
        f"[—–-] ?(?:(?i:{_NOUN}) )?{_NAME}\\.?$",
        f"^{_NAME}: ",
    )
)
_NAMED_BY_NOUN = re.compile(f"(?i:\\b(?:{_NOUN})) {_NAME}")
READ = 1200
"""Characters of a headline or text in which its origin is looked for: it stands in the lead, or nowhere."""


def origin_of(title: str, text: str, *, outlet: str) -> str | None:
    """The first agency or outlet that the headline or the lead gives as its origin; never the outlet itself."""
    named = (*_named(title[:READ]), *_named(text[:READ]))
    return next((name for name in named if name.casefold() != outlet.casefold()), None)


def _named(text: str) -> Iterator[str]:
    found = sorted((match.start(), _name(match)) for route in _ROUTES for match in route.finditer(text))
    for _, name in found:
        if name:
            yield name


def _name(match: re.Match[str]) -> str:
    raw = next(group for group in match.groups() if group)
    known = _known(raw)
    if known:
        return known
    by_noun = _NAMED_BY_NOUN.search(match.group())
    return next(group for group in by_noun.groups() if group).rstrip(".,:") if by_noun else ""


def _known(raw: str) -> str | None:
    """The longest beginning of the words that the table knows."""
    told = raw.rstrip(".,:").split()
    for end in range(len(told), 0, -1):
        name = _CANONICAL.get(_bare(" ".join(told[:end]).rstrip(".,:")))
        if name:
            return name
    return None


def without_origin(title: str) -> str:
    """The headline without the words that only say who said it, where an agency or outlet is named so."""
    for route in _ROUTES if len(title) <= READ else ():
        for match in route.finditer(title):
            if _name(match) and match.span() != (0, len(title)):
                return f"{title[: match.start()]} {title[match.end() :]}".strip(" ,—–-")
    return title
