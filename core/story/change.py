"""What is new in a follow-up: a number grew, a matter went on to its next stage, was denied, somebody new is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.story.gist import Gist

Kind = Literal["number", "stage", "denial", "name"]


@dataclass(frozen=True, slots=True)
class Change:
    """One slot of the headline that holds something else than before; `was` is empty where it held nothing."""

    kind: Kind
    was: str
    now: str


# What happens to people and matters, in the order in which it does: lemmas of five languages, a line each.
_STAGES = {
    "search": """розшук розшукувати зникнути зниклий
        розыск пропасть пропавший
        вышук знікнуць
        zaginąć zaginiony
        missing""",
    "detention": """затримати затримання заарештувати арешт арештувати
        задержать задержание арестовать арест
        затрымаць затрыманне арыштаваць арышт
        zatrzymać zatrzymanie aresztować areszt
        detain detention arrest""",
    "charge": """підозра звинуватити обвинувачення обвинувачувати
        подозрение обвинить обвинение
        падазрэнне абвінаваціць абвінавачанне
        oskarżyć oskarżenie zarzut
        charge accuse indict""",
    "trial": """суд судити засідання
        судить
        судзіць
        proces sądzić
        trial hearing""",
    "sentence": """вирок засудити засуджений
        приговор приговорить осудить
        прысуд асудзіць
        wyrok skazać
        sentence convict""",
    "appeal": """апеляція оскаржити
        апелляция обжаловать
        апеляцыя абскардзіць
        apelacja
        appeal""",
    "release": """звільнити звільнення помилувати помилування відпустити
        освободить освобождение помиловать помилование отпустить
        вызваліць вызваленне памілаваць памілаванне
        uwolnić uwolnienie zwolnić ułaskawić
        release free pardon""",
    "return": """повернутися повернути прибути
        вернуться вернуть прибыть
        вярнуцца вярнуць прыбыць
        wrócić powrócić
        return arrive""",
    "death": """померти смерть
        умереть скончаться
        памерці смерць
        umrzeć zemrzeć śmierć
        die death""",
}
_STAGE_OF: Mapping[str, str] = {lemma: stage for stage, lemmas in _STAGES.items() for lemma in lemmas.split()}
STAGES = tuple(_STAGES)
"""Their names, in order."""
_ORDER = {stage: number for number, stage in enumerate(STAGES)}

_DENIALS = frozenset(
    "не спростувати спростування заперечити заперечувати відхилити відмовитися скасувати "
    "опровергнуть опровержение отрицать отклонить отказаться отменить "
    "няма абвергнуць адмаўляць адхіліць адмовіцца адмяніць "
    "nie zaprzeczyć zaprzeczać odrzucić odmówić odwołać "
    "not deny reject refuse cancel".split()
)


def changed(before: Gist, now: Gist, *, known: frozenset[str] = frozenset()) -> Change | None:
    """What the newer headline has that the older had not; the weightiest, or `None` where nothing is new.

    `known` are lemmas that the older story's texts held: a name among them is not new.
    """
    return _stage(before, now) or _number(before, now) or _denial(before, now) or _name(before, now, known)


def _stage(before: Gist, now: Gist) -> Change | None:
    was, reached = _stages(before), _stages(now)
    fresh = sorted(reached - was, key=_ORDER.__getitem__)
    return Change("stage", max(was, key=_ORDER.__getitem__, default=""), fresh[-1]) if fresh else None


def _stages(gist: Gist) -> set[str]:
    return {_STAGE_OF[lemma] for lemma in gist.title if lemma in _STAGE_OF}


def _number(before: Gist, now: Gist) -> Change | None:
    fresh = sorted(now.numbers - before.numbers, key=float)
    if not fresh:
        return None
    gone = sorted(before.numbers - now.numbers, key=float)
    return Change("number", gone[-1] if gone else "", fresh[-1])


def _denial(before: Gist, now: Gist) -> Change | None:
    was, said = _DENIALS.intersection(before.title), _DENIALS.intersection(now.title)
    return Change("denial", "", min(said)) if said and not was else None


def _name(before: Gist, now: Gist, known: frozenset[str]) -> Change | None:
    fresh = sorted(now.names - before.lemmas() - known)
    return Change("name", "", fresh[0]) if fresh else None
