"""The few Belarusian words that no rule makes, written out; verbs with every prefix they take."""

import re

from bench.belarusian.lexeme import Lexeme

_PREFIXES = frozenset(
    "а па да за на пра пры пера раз рас с з у вы ад пад аб над дапа прада спа паз зʼ абʼ адʼ падʼ разʼ".split()
) | {""}
_FINITE = {
    "быць": "буду будзеш будзе будзем будзеце будуць будзь будзьце",
    "даць": "дам дасі дасць дадзім дасце дадуць дай дайце дась",
    "есці": "ем ясі есць ядзім ясце ядуць еш ешце еў ела елі",
    "магчы": "магу можаш можа можам можаце могуць мог магла магло маглі мажы мажыце",
    "хацець": "хачу хочаш хоча хочам хочаце хочуць хацей",
    "бегчы": "бягу бяжыш бяжыць бяжым бежыце бяжыце бягуць бег бегла беглі бяжы бяжыце",
    "аймець": "аймаю аймаеш аймае аймаем аймаеце аймаюць аймай аймайце",
}
_GOING = re.compile("(.*(?:й|[дбз]ы)|сы)сці")
_GO_PRESENT = "ду дзеш дзе дзем дзеце дуць дзі дзіце".split()
_GO_PAST = "шоў шла шло шлі".split()
_ALONE = {
    "мець": "маю маеш мае маем маеце маюць май майце",
    "быць": _FINITE["быць"] + " ёсць",
}
_ISCI = (
    "іду ідзеш ідзе ідзём ідзем ідзяце ідзеце ідуць ідзі ідзіце ішоў ішла ішло ішлі "
    "йду йдзе йдзеш йдзем йдуць йшоў йшла йшло йшлі"
)


def conjugated(infinitive: str) -> set[tuple[str, str]]:
    """Forms of ісці, даць, быць… and of what prefixes make of them; none for any other verb."""
    if infinitive in _ALONE:
        return {_tagged(form) for form in _ALONE[infinitive].split()}
    if infinitive == "ісці":
        return {_tagged(form) for form in _ISCI.split()} | {("ідучы", "G---"), ("ішоўшы", "G---")}
    if match := _GOING.fullmatch(infinitive):
        stem = match.group(1)
        stressed = stem[:-2] + "ой" if stem.endswith("ай") else stem
        if stem == "перай":
            stressed = "пярой"
        present = {_tagged(stressed + end) for end in _GO_PRESENT} | {_tagged(stem + "ду")}
        if stem.endswith("ы"):
            present |= {_tagged(stem + "й" + end) for end in (*_GO_PRESENT, *_GO_PAST)}
        return present | {_tagged(stem + end) for end in _GO_PAST} | {(stem + "шоўшы", "G---"), (stem + "шаў", "V-sm")}
    for base, forms in _FINITE.items():
        if (
            infinitive != "сесці"
            and infinitive.endswith(base)
            and (prefix := infinitive.removesuffix(base)) in _PREFIXES
        ):
            if prefix == "вы":
                forms = forms.replace("бяж", "беж").replace("бяг", "бег")
            return {_tagged(prefix + form) for form in forms.split()}
    return set()


def _tagged(form: str) -> tuple[str, str]:
    if form[-1] in "ую":
        return form, "V-s1"
    if form.endswith(("ла", "шла")):
        return form, "V-sf"
    if form.endswith(("ў", "мог")):
        return form, "V-sm"
    return form, "V-p-" if form.endswith(
        ("уць", "юць", "ем", "ём", "ім", "ам", "це", "лі")
    ) and form != "ем" else "V-s-"


_ROWS = """
N чалавек: чалавека/gs,as чалавеку/ds,ls чалавекам/is чалавеча/vs людзі/np людзей/gp,ap людзям/dp людзьмі/ip людзях/lp
N дзіця: дзіцё/ns,as дзіцяці/gs,ds,ls дзіцем/is дзіцём/is дзеці/np дзяцей/gp,ap дзецям/dp дзецьмі/ip дзецях/lp
N дзіцё: дзіцяці/gs,ds,ls дзіцем/is дзіцём/is дзеці/np дзяцей/gp,ap дзецям/dp дзецьмі/ip дзецях/lp
A павінны: павінен/ns павінна/ns павінны/np
N год: года/gs году/gs,ds,ls годам/is годзе/ls гады/np,ap гадоў/gp гадам/dp гадамі/ip гадах/lp годы/np годаў/gp
N дзень: дня/gs дню/ds,ls днём/is дні/np,ap дзён/gp дням/dp днямі/ip днях/lp днёў/gp
N вока: воку/ds,ls вокам/is воку/ds вочы/np,ap вачэй/gp вачам/dp вачыма/ip вачамі/ip вачах/lp воч/gp
N вуха: вуху/ds,ls вухам/is вуша/ls вушы/np,ap вушэй/gp вушам/dp вушамі/ip вушыма/ip вушах/lp
N сябар: сябра/gs,as сябру/ds,ls сябрам/is сябры/np сяброў/gp,ap сябрам/dp сябрамі/ip сябрах/lp
N імя: імені/gs,ds,ls імем/is імені/gs імёны/np,ap імёнаў/gp імён/gp імёнам/dp імёнамі/ip імёнах/lp імя/gs імю/ds
N маці: маці/gs,ds,as,ls маткай/is маткі/np матак/gp
N кроў: крыві/gs,ds,ls крывёй/is крывёю/is
N бацька: бацькі/gs,as бацьку/ds,as бацькам/is бацьку/ls бацькі/np бацькоў/gp,ap бацькам/dp бацькамі/ip бацьках/lp
N дзяўчына: дзяўчаты/np дзяўчат/gp,ap дзяўчатам/dp дзяўчатамі/ip дзяўчатах/lp
N дзверы: дзвярэй/gp дзвярам/dp дзвярамі/ip дзвярыма/ip дзвярмі/ip дзвярах/lp
N сястра: сясцёр/gp,ap
N сотня: соцень/gp
N чацвер: чацвярга/gs чацвяргу/ds чацвяргом/is чацвяргі/np чацвяргоў/gp
N гаршчок: гаршка/gs гаршку/ds гаршком/is гаршкі/np гаршкоў/gp гаршкам/dp гаршкамі/ip гаршках/lp
N лоб: ілба/gs лба/gs ілбу/ds лбом/is ілбом/is лбе/ls ілбе/ls ілбы/np лбы/np
N лёд: ільду/gs лёду/gs ільдом/is лёдам/is ільдзе/ls льдзе/ls
N племя: племені/gs,ds,ls племенем/is плямёны/np плямёнаў/gp плямён/gp плямёнам/dp плямёнамі/ip
N мільён: млн/gp
N мільярд: млрд/gp
N тысяча: тыс/gp
N кіламетр: км/gp
N кілаграм: кг/gp
N рубель: руб/gp
"""


def rows() -> list[Lexeme]:
    """Nouns (and one adjective) whose forms no ending foretells."""
    found = []
    for row in _ROWS.strip().splitlines():
        lemma, _, forms = row[2:].partition(":")
        cells = [(lemma, f"{row[0]}ns-")]
        for form in forms.split():
            spelled, _, places = form.partition("/")
            cells += [(spelled, f"{row[0]}{place}-") for place in places.split(",")]
        found.append(Lexeme(lemma, False, tuple(cells)))
    return found


_UNCHANGING = {
    "R": "у ў на да з са за ад аб ва па пад пра праз пры для без бяз дзеля перад між паміж над каля ля супраць пасля "
    "паводле сярод вакол замест акрамя апроч насупраць згодна насуперак з-за з-пад",
    "C": "і а але або ці каб што калі бо як каля дык хоць хаця альбо ды ні нібы бы быццам",
    "Q": "не ня ж жа б бы хай няхай нават толькі вось якраз менавіта ці ані амаль бадай",
    "M": "я ты ён яна яно мы вы яны хто што мяне мне мной цябе табе табой яго яму ім яе ёй ёю нас нам намі вас вам "
    "вамі іх імі сябе сабе сабой каго каму чаго чаму кім чым ніхто нішто",
    "U": "два дзве тры чатыры пяць шэсць сем восем дзевяць дзесяць дваццаць трыццаць сорак сто дзвесце абодва абедзве",
    "D": "вельмі ўжо ужо яшчэ потым тады тут там дзе куды адкуль заўсёды ніколі сёння учора заўтра цяпер зараз так "
    "таксама дома разам зноў вось надта больш менш лепш горш вакол побач даўно нядаўна хутка рана позна",
}

MORE = """
Менск/OH
менскі/V
Меншчына/E
Расея/E
расейскі/V
расеец
расейца/HP
"""
"""Entries that the list lacks, for it keeps to the official orthography: a capital and a neighbour as half the press
writes them."""


def unchanging(word: str) -> str:
    """The letter of a word's part, for words of one form; X where it is not written here."""
    return next((part for part, words in _UNCHANGING.items() if word in words.split()), "X")
