"""The loops of a look-up in a form that numba compiles: the same steps as `core.text.scan` and `core.match.vector`.

numba comes with the optional extra `fast`; without it this module cannot be imported. The functions know arrays alone,
and hold no lock of Python's while they run.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

from core.match.filing import ANY_OF, ASK, END, NEAR, NONE_OF, ONE_OF, OWNER, REFUSED, REQUIRED, REST
from core.match.leaves import BEGINS, ENDS, TITLED
from core.match.tables import Bytes, Numbers, Slots
from core.text import scan
from core.text.scan import Flags, Hashes, Places

Units = NDArray[np.uint16]
Kinds = NDArray[np.uint16]
F = TypeVar("F", bound=Callable[..., object])


def _compiled(function: F) -> F:
    """The function as machine code, kept beside this file where that can be written."""
    compiler: Callable[..., Any] = numba.njit
    try:
        compiled: F = compiler(cache=True, nogil=True)(function)
    except RuntimeError:  # numba finds no folder to keep it in
        compiled = compiler(nogil=True)(function)
    return compiled


_LETTER, _APOSTROPHE, _HYPHEN, _ODD, _INSIDE = (
    scan.LETTER,
    scan.APOSTROPHE_SIGN,
    scan.HYPHEN_SIGN,
    scan.ODD,
    scan.INSIDE,
)
_BOTH, _PARTING, _PARTING_AT_EDGE, _NEW_LINE = scan.BOTH_SCRIPTS, scan.PARTING, scan.PARTING_AT_EDGE, scan.NEW_LINE
_MISTYPED, _BEFORE, _AFTER, _LOOKED_AT = scan.MISTYPED, scan.BEFORE_APOSTROPHE, scan.AFTER_APOSTROPHE, scan.LOOKED_AT
_BASE = np.uint64(scan.BASE)
_MULTIPLIER = scan.MULTIPLIER
_APOSTROPHE_UNIT = ord("'")
_SIGNS = _LOOKED_AT & ~_NEW_LINE
_U0, _U1, _U29, _U32 = np.uint64(0), np.uint64(1), np.uint64(29), np.uint64(32)


@_compiled
def _mixed(total: np.uint64) -> np.uint64:
    total ^= total >> _U32
    total *= _MULTIPLIER
    return (total ^ (total >> _U29)) | _U1


@_compiled
def _sign(kind: int, before: int, after: int) -> int:
    """What an apostrophe, hyphen or quotation mark is between these neighbours."""
    if kind & _MISTYPED:
        return _APOSTROPHE if before & _BEFORE and after & _AFTER else kind
    if before & after & _LETTER:
        return kind | _ODD if kind & _HYPHEN else kind
    at_edge = False
    if not before & _INSIDE:
        at_edge = not after & _INSIDE or (after & _LETTER) != 0
    elif before & _LETTER:
        at_edge = not after & _INSIDE
    if at_edge:
        return _PARTING if kind & _PARTING_AT_EDGE else 0
    return kind | _ODD


@_compiled
def _kind_at(units: Units, kinds: Kinds, at: int) -> int:
    kind = int(kinds[units[at]])
    if not kind & _SIGNS:
        return kind
    before = int(kinds[units[at - 1]]) if at else 0
    after = int(kinds[units[at + 1]]) if at + 1 < len(units) else 0
    return _sign(kind, before, after)


@_compiled
def _run(units: Units, kinds: Kinds, values: Hashes, at: int) -> tuple[int, np.uint64, bool]:
    """The run that begins here: its end, its hash, and whether it is odd."""
    total = _U0
    power = _U1
    seen = 0
    kind = _kind_at(units, kinds, at)
    while kind & _INSIDE:
        seen |= kind
        value = values[units[at]]
        total += (value if value else values[_APOSTROPHE_UNIT]) * power
        power *= _BASE
        at += 1
        kind = _kind_at(units, kinds, at) if at < len(units) else 0
    return at, _mixed(total), (seen & _ODD) != 0 or (seen & _BOTH) == _BOTH


@_compiled
def runs(
    units: Units,
    kinds: Kinds,
    values: Hashes,
    hashes: Hashes,
    starts: Places,
    ends: Places,
    joined: Flags,
    odd: Flags,
) -> int:
    """Writes what `core.text.scan.find_runs` finds; how many runs."""
    count = 0
    at = 0
    parting = False
    new_lines = 0
    while at < len(units):
        kind = _kind_at(units, kinds, at)
        if not kind & _INSIDE:
            parting |= (kind & _PARTING) != 0
            new_lines += (kind & _NEW_LINE) != 0
            at += 1
            continue
        if count:
            joined[count - 1] = not parting and new_lines < 2
        parting = False
        new_lines = 0
        starts[count] = at
        at, hashes[count], odd[count] = _run(units, kinds, values, at)
        ends[count] = at
        joined[count] = False
        count += 1
    return count


@_compiled
def _slot(keys: Hashes, shift: np.uint64, value: np.uint64) -> np.int64:
    slot = np.int64(value >> shift)
    last = len(keys) - 1
    while keys[slot] != _U0 and keys[slot] != value:
        slot = (slot + 1) & last
    return slot


@_compiled
def look_up(
    hashes: Hashes,
    part_hashes: Hashes,
    keys: Hashes,
    values: Numbers,
    marks: Bytes,
    shift: np.uint64,
    numbers: Numbers,
    new: Numbers,
) -> int:
    """Writes what each word, then each part holds, and numbers those never looked at letter by letter; how many."""
    count = 0
    whole = len(hashes)
    for at in range(whole + len(part_hashes)):
        slot = _slot(keys, shift, hashes[at] if at < whole else part_hashes[at - whole])
        numbers[at] = values[slot]
        if marks[slot] == 0:
            new[count] = at
            count += 1
    return count


@_compiled
def hold(
    numbers: Numbers,
    joined: Flags,
    part_places: Numbers,
    titles: int,
    several: Numbers,
    roles: Bytes,
    titled: Numbers,
    pair_keys: Hashes,
    pair_values: Numbers,
    pair_shift: np.uint64,
    present: Flags,
    leaves: Numbers,
    count: int,
    leaf_at: Numbers,
    places: Numbers,
) -> tuple[int, int]:
    """Marks in `present` and adds to `leaves` what the words hold by their `numbers`, and tells where; how many leaves
    and places, or -1 where `leaf_at` is too short for them. `titles` words stand in titles."""
    end = 0
    part = 0
    before = 0
    words = len(joined)
    for place in range(words):
        begin = end
        follows = place > 0 and joined[place - 1]
        number = numbers[place]
        while True:
            first, last = 0, 1 if number else 0
            if number < 0:
                first = 1 - number
                last = first + several[-number]
            for step in range(first, last):
                if end == len(leaf_at):
                    return count, -1
                leaf = several[step] if number < 0 else number
                leaf_at[end], places[end] = leaf, place
                end += 1
                if follows and roles[leaf] & ENDS:
                    end = _rows(
                        leaf, place, roles, pair_keys, pair_values, pair_shift, leaf_at, places, before, begin, end
                    )
                    if end < 0:
                        return count, -1
            if part == len(part_places) or part_places[part] != place:
                break
            number = numbers[words + part]
            part += 1
        before = begin
        for at in range(begin, end):
            leaf = leaf_at[at]
            count = _mark(leaf, present, leaves, count)
            if place < titles and roles[leaf] & TITLED:
                count = _mark(titled[leaf], present, leaves, count)
    return count, end


@_compiled
def _rows(
    leaf: int,
    place: int,
    roles: Bytes,
    pair_keys: Hashes,
    pair_values: Numbers,
    pair_shift: np.uint64,
    leaf_at: Numbers,
    places: Numbers,
    begin: int,
    until: int,
    end: int,
) -> int:
    """Adds the phrases of this word with what ends before it, which is at `begin` to `until`; the new end, or -1."""
    for before in range(begin, until):
        other = leaf_at[before]
        if roles[other] & BEGINS:
            pair = _mixed((np.uint64(other) << _U32) | np.uint64(leaf))
            row = pair_values[_slot(pair_keys, pair_shift, pair)]
            if row:
                if end == len(leaf_at):
                    return -1
                leaf_at[end], places[end] = row, place
                end += 1
    return end


@_compiled
def _mark(leaf: int, present: Flags, leaves: Numbers, count: int) -> int:
    if present[leaf]:
        return count
    present[leaf] = True
    leaves[count] = leaf
    return count + 1


@_compiled
def _apart(place: int, breaks: Slots) -> int:
    """Which passage a place is in."""
    passage = 0
    while passage < len(breaks) and breaks[passage] <= place:
        passage += 1
    return passage


@_compiled
def _is_near(rest: Numbers, at: int, size: int, leaf_at: Numbers, places: Numbers, end: int, breaks: Slots) -> bool:
    """As `core.match.vector` says it of the numbers of a `NEAR` condition."""
    within = rest[at]
    middle = at + 2 + 2 * rest[at + 1]
    for left in range(at + 2, middle, 2):
        for one in range(end):
            if leaf_at[one] != rest[left]:
                continue
            last = places[one]
            first = last - rest[left + 1] + 1
            passage = _apart(last, breaks)
            for right in range(middle, at + size, 2):
                for other in range(end):
                    if leaf_at[other] != rest[right]:
                        continue
                    other_last = places[other]
                    other_first = other_last - rest[right + 1] + 1
                    between = max(first, other_first) - min(last, other_last) - 1
                    if 0 <= between <= within and passage == _apart(other_last, breaks):
                        return True
    return False


@_compiled
def _further(
    rest: Numbers, at: int, present: Flags, leaf_at: Numbers, places: Numbers, end: int, breaks: Slots
) -> bool:
    while rest[at] != END:
        code = rest[at]
        size = rest[at + 1]
        if code == NEAR:
            if not _is_near(rest, at + 2, size, leaf_at, places, end, breaks):
                return False
        else:
            held = False
            for step in range(at + 2, at + 2 + size):
                held |= present[rest[step]]
            if (code == ONE_OF and not held) or (code == NONE_OF and held):
                return False
        at += 2 + size
    return True


@_compiled
def fulfil(
    leaves: Numbers,
    count: int,
    heads: Numbers,
    postings: Numbers,
    rows: Numbers,
    rest: Numbers,
    present: Flags,
    leaf_at: Numbers,
    places: Numbers,
    end: int,
    breaks: Slots,
    owners: Numbers,
    asks: Numbers,
) -> int:
    """Writes the owners of the rows that these leaves fulfil; how many, which may be more than there is room for."""
    found = 0
    candidates = _candidates(leaves, count, heads, postings, present)
    for at in range(len(candidates)):
        row = candidates[at]
        if not _fulfils(rows, row, present):
            continue
        if rows[row, REST] and not _further(rest, rows[row, REST], present, leaf_at, places, end, breaks):
            continue
        if found < len(owners):
            owners[found] = rows[row, OWNER]
            asks[found] = rows[row, ASK]
        found += 1
    for at in range(count):
        present[leaves[at]] = False
    return found


@_compiled
def _candidates(leaves: Numbers, count: int, heads: Numbers, postings: Numbers, present: Flags) -> Numbers:
    """The rows filed under these leaves whose second leaf is held, too. Each step asks for what does not depend on the
    answers before it, so that the processor waits for much of its memory at once."""
    starts = np.empty(count, np.int32)
    ends = np.empty(count, np.int32)
    size = 0
    for at in range(count):
        leaf = leaves[at]
        starts[at] = heads[leaf, 0]
        ends[at] = starts[at] + heads[leaf, 1]
        size += heads[leaf, 1]
    candidates = np.empty(size, np.int32)
    found = 0
    for at in range(count):
        for filed in range(starts[at], ends[at]):
            candidates[found] = postings[filed, 0]
            found += present[postings[filed, 1]]
    return candidates[:found]


@_compiled
def _fulfils(rows: Numbers, row: int, present: Flags) -> bool:
    held = present[rows[row, REQUIRED]] & present[rows[row, REQUIRED + 1]]
    for refused in range(REFUSED, ANY_OF):
        held &= not present[rows[row, refused]]
    any_of = False
    for one in range(ANY_OF, REST):
        any_of |= present[rows[row, one]]
    return bool(held & any_of)
