"""Countries and their people, in five languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from core.lexicon import LANGUAGES, Language
from core.text.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryWords:
    """What one country, its adjective and its people are called in one language."""

    names: tuple[str, ...]
    """The usual name first."""
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    """Man and woman; none where they are called by the adjective."""


Country = dict[Language, CountryWords]


@cache
def countries() -> tuple[Country, ...]:
    """All of them."""
    rows = [row.strip() for row in _COUNTRIES.strip().splitlines() if row.strip()]
    words = [_words(row) for row in rows]
    return tuple(
        dict(zip(LANGUAGES, words[at : at + len(LANGUAGES)], strict=True))
        for at in range(0, len(words), len(LANGUAGES))
    )


Kind = Literal["names", "adjectives", "man", "woman"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a word is of a country."""

    country: Country
    kind: Kind

    def others(self, language: Language) -> tuple[str, ...]:
        """The same of that country in another language: names for a name, adjectives for an adjective."""
        words = self.country[language]
        match self.kind:
            case "names":
                return words.names
            case "adjectives":
                return words.adjectives
            case "man":
                return words.people[:1]
            case "woman":
                return words.people[-1:]


def country_of(key: str, language: Language) -> Found | None:
    """The country that a key names in this language, or is an adjective of, or calls the people of."""
    return _by_key().get((key, language))


@cache
def _by_key() -> dict[tuple[str, Language], Found]:
    found: dict[tuple[str, Language], Found] = {}
    for country in countries():
        for language, words in country.items():
            for kind, called in _called(words):
                found.setdefault((fold(called), language), Found(country, kind))
    return found


def _called(words: CountryWords) -> Iterator[tuple[Kind, str]]:
    yield from (("names", name) for name in words.names)
    yield from (("man", man) for man in words.people[:1])
    yield from (("woman", woman) for woman in words.people[1:])
    yield from (("adjectives", adjective) for adjective in words.adjectives)


def _words(row: str) -> CountryWords:
    """«name/another-name adjective man woman»; `_` is a space, `-` alone is no word."""
    names, adjectives, *people = (tuple(word.replace("_", " ").split("/")) for word in row.split() if word != "-")
    return CountryWords(names=names, adjectives=adjectives, people=tuple(name for one in people for name in one))


# Five lines a country: Ukrainian, Belarusian, Russian, Polish, English.
_COUNTRIES = """
Україна український українець українка
Украіна украінскі украінец украінка
Украина украинский украинец украинка
Ukraina ukraiński Ukrainiec Ukrainka
Ukraine Ukrainian

Білорусь білоруський білорус білоруска
Беларусь беларускі беларус беларуска
Беларусь/Белоруссия белорусский/беларусский белорус белоруска
Białoruś białoruski Białorusin Białorusinka
Belarus Belarusian

Росія російський росіянин росіянка
Расія расійскі расіянін расіянка
Россия российский россиянин россиянка
Rosja rosyjski Rosjanin Rosjanka
Russia Russian

Польща польський поляк полька
Польшча польскі паляк полька
Польша польский поляк полька
Polska polski Polak Polka
Poland Polish Pole

Литва литовський литовець литовка
Літва літоўскі літовец літоўка
Литва литовский литовец литовка
Litwa litewski Litwin Litwinka
Lithuania Lithuanian

Латвія латвійський латвієць латвійка
Латвія латвійскі латыш латышка
Латвия латвийский латвиец латвийка
Łotwa łotewski Łotysz Łotyszka
Latvia Latvian

Естонія естонський естонець естонка
Эстонія эстонскі эстонец эстонка
Эстония эстонский эстонец эстонка
Estonia estoński Estończyk Estonka
Estonia Estonian

Молдова молдовський молдованин молдованка
Малдова малдаўскі малдаванін малдаванка
Молдова/Молдавия молдавский молдаванин молдаванка
Mołdawia mołdawski Mołdawianin Mołdawianka
Moldova Moldovan

Румунія румунський румун румунка
Румынія румынскі румын румынка
Румыния румынский румын румынка
Rumunia rumuński Rumun Rumunka
Romania Romanian

Угорщина угорський угорець угорка
Венгрыя венгерскі венгр венгерка
Венгрия венгерский венгр венгерка
Węgry węgierski Węgier Węgierka
Hungary Hungarian

Словаччина словацький словак словачка
Славакія славацкі славак славачка
Словакия словацкий словак словачка
Słowacja słowacki Słowak Słowaczka
Slovakia Slovak

Чехія чеський чех чешка
Чэхія чэшскі чэх чэшка
Чехия чешский чех чешка
Czechy czeski Czech Czeszka
Czechia/Czech_Republic Czech

Болгарія болгарський болгарин болгарка
Балгарыя балгарскі балгарын балгарка
Болгария болгарский болгарин болгарка
Bułgaria bułgarski Bułgar Bułgarka
Bulgaria Bulgarian

Сербія сербський серб сербка
Сербія сербскі серб сербка
Сербия сербский серб сербка
Serbia serbski Serb Serbka
Serbia Serbian Serb

Хорватія хорватський хорват хорватка
Харватыя харвацкі харват харватка
Хорватия хорватский хорват хорватка
Chorwacja chorwacki Chorwat Chorwatka
Croatia Croatian Croat

Словенія словенський словенець словенка
Славенія славенскі славенец славенка
Словения словенский словенец словенка
Słowenia słoweński Słoweniec Słowenka
Slovenia Slovenian Slovene

Чорногорія чорногорський чорногорець чорногорка
Чарнагорыя чарнагорскі чарнагорац чарнагорка
Черногория черногорский черногорец черногорка
Czarnogóra czarnogórski Czarnogórzec Czarnogórka
Montenegro Montenegrin

Албанія албанський албанець албанка
Албанія албанскі албанец албанка
Албания албанский албанец албанка
Albania albański Albańczyk Albanka
Albania Albanian

Греція грецький грек грекиня
Грэцыя грэчаскі грэк грачанка
Греция греческий грек гречанка
Grecja grecki Grek Greczynka
Greece Greek

Туреччина турецький турок турчанка
Турцыя турэцкі турак турчанка
Турция турецкий турок турчанка
Turcja turecki Turek Turczynka
Turkey/Türkiye Turkish Turk

Грузія грузинський грузин грузинка
Грузія грузінскі грузін грузінка
Грузия грузинский грузин грузинка
Gruzja gruziński Gruzin Gruzinka
Georgia Georgian

Вірменія вірменський вірменин вірменка
Арменія армянскі армянін армянка
Армения армянский армянин армянка
Armenia ormiański/armeński Ormianin Ormianka
Armenia Armenian

Азербайджан азербайджанський азербайджанець азербайджанка
Азербайджан азербайджанскі азербайджанец азербайджанка
Азербайджан азербайджанский азербайджанец азербайджанка
Azerbejdżan azerbejdżański/azerski Azer Azerka
Azerbaijan Azerbaijani

Казахстан казахстанський/казахський казах казашка
Казахстан казахстанскі/казахскі казах казашка
Казахстан казахстанский/казахский казах казашка
Kazachstan kazachski/kazachstański Kazach Kazaszka
Kazakhstan Kazakh

Узбекистан узбецький узбек узбечка
Узбекістан узбекскі узбек узбечка
Узбекистан узбекский узбек узбечка
Uzbekistan uzbecki Uzbek Uzbeczka
Uzbekistan Uzbek

Киргизстан киргизький киргиз киргизка
Кыргызстан кыргызскі кіргіз кіргізка
Киргизия/Кыргызстан киргизский/кыргызский киргиз киргизка
Kirgistan kirgiski Kirgiz Kirgizka
Kyrgyzstan Kyrgyz

Таджикистан таджицький таджик таджичка
Таджыкістан таджыкскі таджык таджычка
Таджикистан таджикский таджик таджичка
Tadżykistan tadżycki Tadżyk Tadżyczka
Tajikistan Tajik

Туркменістан туркменський туркмен туркменка
Туркменістан туркменскі туркмен туркменка
Туркменистан/Туркмения туркменский туркмен туркменка
Turkmenistan turkmeński Turkmen Turkmenka
Turkmenistan Turkmen

Німеччина німецький німець німкеня
Германія нямецкі/германскі немец немка
Германия немецкий/германский немец немка
Niemcy niemiecki Niemiec Niemka
Germany German

Австрія австрійський австрієць австрійка
Аўстрыя аўстрыйскі аўстрыец аўстрыйка
Австрия австрийский австриец австрийка
Austria austriacki Austriak Austriaczka
Austria Austrian

Швейцарія швейцарський швейцарець швейцарка
Швейцарыя швейцарскі швейцарац швейцарка
Швейцария швейцарский швейцарец швейцарка
Szwajcaria szwajcarski Szwajcar Szwajcarka
Switzerland Swiss

Франція французький француз француженка
Францыя французскі француз францужанка
Франция французский француз француженка
Francja francuski Francuz Francuzka
France French Frenchman Frenchwoman

Італія італійський італієць італійка
Італія італьянскі італьянец італьянка
Италия итальянский итальянец итальянка
Włochy włoski Włoch Włoszka
Italy Italian

Іспанія іспанський іспанець іспанка
Іспанія іспанскі іспанец іспанка
Испания испанский испанец испанка
Hiszpania hiszpański Hiszpan Hiszpanka
Spain Spanish Spaniard

Португалія португальський португалець португалка
Партугалія партугальскі партугалец партугалка
Португалия португальский португалец португалка
Portugalia portugalski Portugalczyk Portugalka
Portugal Portuguese

Велика_Британія/Британія британський британець британка
Вялікабрытанія/Брытанія брытанскі брытанец брытанка
Великобритания/Британия британский британец британка
Wielka_Brytania/Brytania brytyjski Brytyjczyk Brytyjka
United_Kingdom/Great_Britain/Britain British Briton

Ірландія ірландський ірландець ірландка
Ірландыя ірландскі ірландзец ірландка
Ирландия ирландский ирландец ирландка
Irlandia irlandzki Irlandczyk Irlandka
Ireland Irish Irishman Irishwoman

Нідерланди/Голландія нідерландський/голландський голландець голландка
Нідэрланды/Галандыя нідэрландскі/галандскі галандзец галандка
Нидерланды/Голландия нидерландский/голландский голландец голландка
Holandia/Niderlandy holenderski/niderlandzki Holender Holenderka
Netherlands/Holland Dutch Dutchman Dutchwoman

Бельгія бельгійський бельгієць бельгійка
Бельгія бельгійскі бельгіец бельгійка
Бельгия бельгийский бельгиец бельгийка
Belgia belgijski Belg Belgijka
Belgium Belgian

Данія данський данець данка
Данія дацкі датчанін датчанка
Дания датский датчанин датчанка
Dania duński Duńczyk Dunka
Denmark Danish Dane

Швеція шведський швед шведка
Швецыя шведскі швед шведка
Швеция шведский швед шведка
Szwecja szwedzki Szwed Szwedka
Sweden Swedish Swede

Норвегія норвезький норвежець норвежка
Нарвегія нарвежскі нарвежац нарвежка
Норвегия норвежский норвежец норвежка
Norwegia norweski Norweg Norweżka
Norway Norwegian

Фінляндія фінський/фінляндський фін фінка
Фінляндыя фінскі/фінляндскі фін фінка
Финляндия финский/финляндский финн финка
Finlandia fiński Fin Finka
Finland Finnish Finn

США/Сполучені_Штати/Америка американський американець американка
ЗША/Злучаныя_Штаты/Амерыка амерыканскі амерыканец амерыканка
США/Соединённые_Штаты/Америка американский американец американка
USA/Stany_Zjednoczone/Ameryka amerykański Amerykanin Amerykanka
USA/United_States/America American

Канада канадський канадець канадка
Канада канадскі канадзец канадка
Канада канадский канадец канадка
Kanada kanadyjski Kanadyjczyk Kanadyjka
Canada Canadian

Мексика мексиканський мексиканець мексиканка
Мексіка мексіканскі мексіканец мексіканка
Мексика мексиканский мексиканец мексиканка
Meksyk meksykański Meksykanin Meksykanka
Mexico Mexican

Бразилія бразильський бразилець бразилійка
Бразілія бразільскі бразілец бразільянка
Бразилия бразильский бразилец бразильянка
Brazylia brazylijski Brazylijczyk Brazylijka
Brazil Brazilian

Аргентина аргентинський аргентинець аргентинка
Аргенціна аргенцінскі аргенцінец аргенцінка
Аргентина аргентинский аргентинец аргентинка
Argentyna argentyński Argentyńczyk Argentynka
Argentina Argentine/Argentinian

Венесуела венесуельський венесуелець венесуелка
Венесуэла венесуэльскі венесуэлец венесуэлка
Венесуэла венесуэльский венесуэлец венесуэлка
Wenezuela wenezuelski Wenezuelczyk Wenezuelka
Venezuela Venezuelan

Куба кубинський кубинець кубинка
Куба кубінскі кубінец кубінка
Куба кубинский кубинец кубинка
Kuba kubański Kubańczyk Kubanka
Cuba Cuban

Китай китайський китаєць китаянка
Кітай кітайскі кітаец кітаянка
Китай китайский китаец китаянка
Chiny chiński Chińczyk Chinka
China Chinese

Японія японський японець японка
Японія японскі японец японка
Япония японский японец японка
Japonia japoński Japończyk Japonka
Japan Japanese

Індія індійський індієць індійка
Індыя індыйскі індыец індыянка
Индия индийский индиец индианка
Indie indyjski/hinduski Hindus Hinduska
India Indian

Пакистан пакистанський пакистанець пакистанка
Пакістан пакістанскі пакістанец пакістанка
Пакистан пакистанский пакистанец пакистанка
Pakistan pakistański Pakistańczyk Pakistanka
Pakistan Pakistani

Афганістан афганський афганець афганка
Афганістан афганскі афганец афганка
Афганистан афганский афганец афганка
Afganistan afgański Afgańczyk Afganka
Afghanistan Afghan

Іран іранський іранець іранка
Іран іранскі іранец іранка
Иран иранский иранец иранка
Iran irański Irańczyk Iranka
Iran Iranian

Ірак іракський іракець -
Ірак іракскі іракец -
Ирак иракский иракец -
Irak iracki Irakijczyk Irakijka
Iraq Iraqi

Ізраїль ізраїльський ізраїльтянин ізраїльтянка
Ізраіль ізраільскі ізраільцянін ізраільцянка
Израиль израильский израильтянин израильтянка
Izrael izraelski Izraelczyk Izraelka
Israel Israeli

Палестина палестинський палестинець палестинка
Палесціна палесцінскі палесцінец палесцінка
Палестина палестинский палестинец палестинка
Palestyna palestyński Palestyńczyk Palestynka
Palestine Palestinian

Сирія сирійський сирієць сирійка
Сірыя сірыйскі сірыец сірыйка
Сирия сирийский сириец сирийка
Syria syryjski Syryjczyk Syryjka
Syria Syrian

Єгипет єгипетський єгиптянин єгиптянка
Егіпет егіпецкі егіпцянін егіпцянка
Египет египетский египтянин египтянка
Egipt egipski Egipcjanin Egipcjanka
Egypt Egyptian

Ліван ліванський ліванець ліванка
Ліван ліванскі ліванец ліванка
Ливан ливанский ливанец ливанка
Liban libański Libańczyk Libanka
Lebanon Lebanese

Корея корейський кореєць кореянка
Карэя карэйскі карэец караянка
Корея корейский кореец кореянка
Korea koreański Koreańczyk Koreanka
Korea Korean

В'єтнам в'єтнамський в'єтнамець в'єтнамка
В'етнам в'етнамскі в'етнамец в'етнамка
Вьетнам вьетнамский вьетнамец вьетнамка
Wietnam wietnamski Wietnamczyk Wietnamka
Vietnam Vietnamese

Австралія австралійський австралієць австралійка
Аўстралія аўстралійскі аўстраліец аўстралійка
Австралия австралийский австралиец австралийка
Australia australijski Australijczyk Australijka
Australia Australian
"""
