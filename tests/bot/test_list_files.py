"""Watch lists as files: what is written is read again, and a broken file is told from a good one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.list_files import MOST_BYTES, read_list, text_of, written
from core.errors import UserError
from core.query import canonical, parse
from core.timing import Manner
from core.watchlist import LONGEST_LABEL, Line, ListId, WatchList, difference

# Queries of every kind, and cells that table programs love to spoil.
QUERIES = (
    *("сніг", "=сніг", "~сніжинка", "сніж*", '"обмін полоненими"'),
    *("сніг -дощ", "a'b", "сніг мова:uk", "(а АБО б) в"),
)
words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30)
labels = words.map(lambda text: " ".join(f"н {text}".split())[:LONGEST_LABEL])
cells = st.one_of(words, st.sampled_from(["=дім", "'=", "''", "-", '"', "a,b;c", "+380", "@петро"]))
lines = st.builds(
    Line,
    text=st.sampled_from([canonical(parse(query)) for query in QUERIES]),
    label=labels,
    urgent=st.booleans(),
    note=words.map(lambda text: f"п{text}"),
)
manners = st.one_of(
    st.sampled_from([Manner(), Manner(urgent=True), Manner(rhythm="hourly")]),
    st.builds(Manner, rhythm=st.just("daily"), at=st.integers(0, 1439)),
    st.builds(Manner, rhythm=st.just("weekly"), at=st.integers(0, 1439), weekday=st.integers(0, 6)),
)
lists = st.builds(
    WatchList,
    id=st.just(ListId(1)),
    slug=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True),
    name=labels.map(lambda text: text[:60].strip()),
    about=words,
    icon=st.sampled_from(["", "🕊", "👩‍👩‍👧‍👦"]),
    public=st.booleans(),
    manner=manners,
)
some_lines = st.lists(lines, max_size=6, unique_by=lambda line: line.text)


@pytest.mark.parametrize("form", ["toml", "json"])
@given(one=lists, its=some_lines)
def test_a_list_that_is_written_is_read_as_the_same(form, one, its):
    read = read_list(written(one, its, form), name=f"x.{form}")
    assert (read.slug, read.over(one), list(read.lines), read.doubled) == (one.slug, one, its, ())


@given(its=some_lines.filter(bool))
def test_the_lines_of_a_table_are_read_as_the_same(its):
    read = read_list(written(WatchList(id=ListId(1), slug="a", name="а"), its, "csv"), name="x.csv")
    assert (list(read.lines), read.properties) == (its, {})


@given(its=some_lines.filter(bool))
def test_the_queries_of_a_plain_file_are_read_as_the_same(its):
    read = read_list(written(WatchList(id=ListId(1), slug="a", name="а"), its, "txt"), name="x.txt")
    assert [line.text for line in read.lines] == [line.text for line in its]


@given(cell=cells)
def test_no_cell_of_a_table_begins_as_a_formula(cell):
    line = Line(text="сніг", label="сніг", note=cell)
    text = written(WatchList(id=ListId(1), slug="a", name="а"), [line], "csv")
    assert not any(row.split(",")[-1].lstrip('"').startswith(("=", "+", "-", "@")) for row in text.splitlines())
    assert read_list(text, name="x.csv").lines == (line,)


def read(content, name="x.csv"):
    return read_list(text_of(content), name=name)


def test_a_byte_order_mark_semicolons_and_ukrainian_columns_are_understood():
    content = "\ufeffНазва;Псевдоніми;Оточення;Терміново\r\nІван Знак;Знак|Ivan Znak;адвокат;так\r\n;;;\r\n".encode()
    (line,) = read(content).lines
    assert (line.label, line.urgent) == ("Іван Знак", True)
    assert line.text == canonical(parse('("Іван Знак" АБО Знак АБО "Ivan Znak") адвокат'))


def test_a_name_without_a_query_is_a_phrase():
    assert read(b"name\nAles Bialiatski\n").lines[0].text == canonical(parse('"Ales Bialiatski"'))


def test_a_plain_file_has_a_query_a_line_and_remarks():
    assert [line.text for line in read("# назви\nсніг\n\n мороз \n".encode(), "x.txt").lines] == ["сніг", "мороз"]


def test_a_query_that_is_there_twice_counts_once_and_is_told():
    read_twice = read("query,name\nсніг,А\nСніг,Б\nсніг,В\n".encode())
    assert [line.label for line in read_twice.lines] == ["А", "Б"]
    assert read_twice.doubled == ("В",)


@pytest.mark.parametrize(
    ("content", "name", "hint"),
    [
        ("запит\nсніг\n".encode("cp1251"), "x.csv", "file_encoding"),
        ("query\nсніг\n".encode("utf-16"), "x.csv", "file_encoding"),
        (b"PK\x03\x04\x14\x00\x00\x00", "x.csv", "file_encoding"),
        (b"q" * (MOST_BYTES + 1), "x.txt", "file_large"),
        (b"", "x.csv", "file_empty"),
        (b"query\n\n", "x.csv", "file_empty"),
        (b"# only a remark\n", "x.txt", "file_empty"),
        (b"colour,size\nred,1\n", "x.csv", "file_columns"),
        (b"query,note\nsnow,a,b\n", "x.csv", "file_cells"),
        (b'query\n"snow\n', "x.csv", "file_broken"),
        (b"query,urgent\nsnow,perhaps\n", "x.csv", "file_row"),
        (b"query\n=HYPERLINK(A1)\n", "x.csv", "file_formula"),
        (b"query\n=1+1\n", "x.csv", "file_formula"),
        (b"query,note\nsnow,@SUM(A1:A9)\n", "x.csv", "file_formula"),
        (b"query,note\nsnow,=cmd|' /C calc'!A0\n", "x.csv", "file_formula"),
        ("query\n(сніг\n".encode(), "x.csv", "file_query"),
        (b"name,query\n,\n,x\n -,\n", "x.csv", "file_query"),
        (b"[list", "x.toml", "file_broken"),
        (b"colour = 1", "x.toml", "file_unknown"),
        (b"line = 1", "x.toml", "file_unknown"),
        (b'[list]\ncolour = "red"', "x.toml", "file_unknown"),
        (b'[list]\nid = "A B"', "x.toml", "file_value"),
        (b'[list]\npublic = "yes"', "x.toml", "file_value"),
        (b'[list]\ndelivery = "daily 25:00"', "x.toml", "file_value"),
        (b'[[line]]\nquery = "snow"\nsize = 1', "x.toml", "file_row"),
        (b"[[line]]\nquery = 1", "x.toml", "file_row"),
        (b'[[concept]]\nname = "x"', "x.toml", "file_broken"),
        (b"{", "x.json", "file_broken"),
        (b"1", "x.json", "file_broken"),
        (b"[" * 100_000, "x.json", "file_broken"),
        (b"[1]", "x.json", "file_row"),
        (b"snow", "x.docx", "file_form"),
        (b"snow", "x", "file_form"),
    ],
)
def test_a_broken_file_is_told_from_a_good_one(content, name, hint):
    with pytest.raises(UserError) as refused:
        read(content, name)
    assert refused.value.hint == hint


def test_a_difference_tells_what_comes_what_goes_and_what_is_called_otherwise():
    snow, frost, rain = (Line(text=text, label=text) for text in ("сніг", "мороз", "дощ"))
    urgent = Line(text="сніг", label="сніг", urgent=True)
    found = difference([snow, rain], [urgent, frost])
    assert (found.added, found.removed, found.altered) == ((frost,), (rain,), (urgent,))
