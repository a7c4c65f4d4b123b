"""The two orthographies of Belarusian, official and classical, and what else one form is written with.

Rules: Bušlakoŭ, Viačorka, Sańko, Saŭka, «Беларускі клясычны правапіс», 2005.
"""

import re

from core.text.fold import APOSTROPHE


def other_spellings(form: str) -> set[str]:
    """In the other orthography, with ў for an initial у, without the apostrophe; itself may be among them.

    Generous: a wrong spelling is a string that nobody writes.
    """
    official = _without_soft_signs(form)
    loan = classical_loan(form)
    found = {form, official, classical(form), classical(official), loan, classical(loan)}
    found |= {one.replace(APOSTROPHE, "") for one in found if APOSTROPHE in one}
    found |= {"ў" + one[1:] for one in found if one.startswith("у")}
    found |= {"у" + one[1:] for one in found if one.startswith("ў")}
    return {one for one in found if one}


_BEFORE_SOFT = re.compile("(?<=[зсц])(?=(?:[бвмпфнлзсц]|дз)[еёіюяь])")
_DOUBLED = (
    ("ддз", "дзьдз"),
    ("нн", "ньн"),
    ("лл", "льл"),
)
_SOFT_VOWELS = "еёіюя"


def classical(form: str) -> str:
    """With the sign of softness where a consonant is soft by its neighbour: шэсце → шэсьце, з'езд → зьезд."""
    for plain, soft in _DOUBLED:
        if plain in form:
            form = re.sub(f"{plain}(?=[{_SOFT_VOWELS}])", soft, form)
    form = re.sub(f"(?<=з){APOSTROPHE}(?=[{_SOFT_VOWELS}])", "ь", form)
    while (longer := _BEFORE_SOFT.sub("ь", form)) != form:
        form = longer
    return form


def _without_soft_signs(form: str) -> str:
    """шэсьце → шэсце, судзьдзя → суддзя, зьезд → з'езд."""
    if "ь" not in form:
        return form
    form = form.replace("дзьдз", "ддз")
    form = re.sub("(?<=[нл])ь(?=[нл])", "", form)
    form = re.sub("(?<=[зсц])ь(?=[бвмпфнлзсцд])", "", form)
    return re.sub(f"(?<=з)ь(?=[{_SOFT_VOWELS}])", APOSTROPHE, form)


_LOAN = re.compile(
    "ф|цы[яіюйён]|і[зс][мт]|ы[зс][мт]|лаг|лог|граф|мент|тэ|дэ|рэ|эр|эн|экс|аль[нм]|арн|атар|тар|ант|пра[ек]т|аван|авал|"
    "і[кч]|еўр|анс|энс|тур|ыя|ія|ію|ій|іс|аж|ов?ы$|"
    "план|клуб|клас|блок|блак|газет|музе|сезон|метад|метр|камер|лагер|амерык|рэклам|нерв|серы|візіт|палац|паліт|салон"
)
"""Marks of a word of foreign root; in a native one the rules below make strings that nobody writes."""
_ENDS = "(?!(?:м|мі|х|ў|й|ю|га|му|я|е|ш|це|ць)?$)"
"""Not in a grammatical ending: школа, школах keep their vowels."""
_TO_CLASSICAL = (
    (re.compile(f"(?<=[сз])і(?![яюейё]){_ENDS}"), "ы"),
    (re.compile(f"(?<=[бвзмнпсф])е{_ENDS}"), "э"),
    (re.compile("(?<=[сзнм])ёр"), "эр"),
    (re.compile(f"(?<=л)а{_ENDS}"), "я"),
    (re.compile(f"(?<=л)о{_ENDS}"), "ё"),
    (re.compile(f"(?<=л)у{_ENDS}"), "ю"),
    (re.compile("^еўр|(?<=а)еўр"), "эўр"),
)
_FINAL_R = re.compile("(?<=[тд])р$")


def classical_loan(form: str) -> str:
    """A word of foreign root as the classical orthography writes it: парламент → парлямэнт, міністр → міністар."""
    form = _FINAL_R.sub("ар", form)
    if not _LOAN.search(form):
        return form
    for pattern, other in _TO_CLASSICAL:
        form = pattern.sub(other, form)
    return form


_TO_OFFICIAL = (
    (re.compile("(?<=[сз])ы"), "і"),
    (re.compile("(?<=[бвзмнпсф])э|^э(?=ў)|(?<=а)э(?=ў)"), "е"),
    (re.compile("(?<=л)я"), "а"),
    (re.compile("(?<=л)ё"), "о"),
    (re.compile("(?<=л)ю"), "у"),
    (re.compile("(?<=[тд])ар$"), "р"),
)


def skeleton(form: str) -> str:
    """What a Belarusian word's official and classical spellings have in common."""
    form = _without_soft_signs(form).replace(APOSTROPHE, "")
    if form[:1] == "ў":
        form = "у" + form[1:]
    for pattern, other in _TO_OFFICIAL:
        form = pattern.sub(other, form)
    return form
