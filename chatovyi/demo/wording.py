"""What the outlets of the demo call things, in the language each writes in."""

from dataclasses import dataclass

from seeds import Outlet, SeedArticle, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the pages of an outlet say around its articles, in its language."""

    headlines: str
    all_outlets: str
    latest: str
    also: str
    letter: str
    rights: str
    missing: str
    months: str


LANGUAGES = ("uk", "be", "en")
SECTIONS = {
    "politics": ("Політика", "Палітыка", "Politics"),
    "rights": ("Права людини", "Правы чалавека", "Human rights"),
    "war": ("Війна", "Вайна", "War"),
    "court": ("Суд", "Суд", "Courts"),
    "incident": ("Надзвичайні події", "Здарэнні", "Incidents"),
    "society": ("Суспільство", "Грамадства", "Society"),
    "economy": ("Економіка", "Эканоміка", "Economy"),
    "energy": ("Енергетика", "Энергетыка", "Energy"),
    "transport": ("Транспорт", "Транспарт", "Transport"),
    "weather": ("Погода", "Надвор\u2019е", "Weather"),
    "culture": ("Культура", "Культура", "Culture"),
    "sport": ("Спорт", "Спорт", "Sport"),
    "science": ("Наука", "Навука", "Science"),
    "health": ("Здоров\u2019я", "Здароўе", "Health"),
    "education": ("Освіта", "Адукацыя", "Education"),
}

WORDING = {
    "uk": Wording(
        headlines="Стрічка",
        all_outlets="Усі видання",
        latest="Останні новини",
        also="Читайте також",
        letter="Найважливіше за день – одним листом. Надсилаємо о восьмій вечора, без реклами.",
        rights="Вигадане видання з вигаданого світу. Передруковувати можна.",
        missing="Такої сторінки немає, або її ще не опублікували.",
        months="січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    ),
    "be": Wording(
        headlines="Стужка",
        all_outlets="Усе выданні",
        latest="Апошнія навіны",
        also="Чытайце таксама",
        letter="Галоўнае за дзень – адным лістом. Дасылаем а восьмай вечара, без рэкламы.",
        rights="Выдуманае выданне з выдуманага свету. Перадрукоўваць можна.",
        missing="Такой старонкі няма, або яе яшчэ не апублікавалі.",
        months="студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    ),
    "en": Wording(
        headlines="Latest",
        all_outlets="All outlets",
        latest="Latest stories",
        also="Related",
        letter="The day's most important stories in one email. Sent at eight in the evening, no advertising.",
        rights="An invented outlet in an invented world. Feel free to reprint.",
        missing="There is no such page, or it has not been published yet.",
        months="January February March April May June July August September October November December",
    ),
}


def section(world: World, outlet: Outlet, article: SeedArticle) -> str:
    return SECTIONS[world.story(article.story).kind][LANGUAGES.index(outlet.language)]
