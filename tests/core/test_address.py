"""Is an article one article, however it was linked?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.address import canonical, channel_address, host_of, outlet_of


@pytest.mark.parametrize(
    "linked",
    [
        "https://site.ua/news/1",
        "http://site.ua/news/1",
        "https://www.site.ua/news/1",
        "https://m.site.ua/news/1",
        "https://mobile.site.ua/news/1",
        "https://amp.site.ua/news/1",
        "https://site.ua/news/1/",
        "https://site.ua/news/1/amp",
        "https://site.ua/news/1/amp/",
        "https://site.ua/amp/news/1",
        "https://site.ua/news/1.amp",
        "https://site.ua/news/1?amp",
        "https://site.ua/news/1?amp=1&outputType=amp",
        "https://touch.site.ua/news/1",
        "https://site-ua.cdn.ampproject.org/c/s/site.ua/news/1",
        "https://site-ua.cdn.ampproject.org/v/s/amp.site.ua/news/1/amp?amp=1",
        "https://www.google.com/amp/s/site.ua/news/1",
        "https://site.ua:443/news/1",
        "http://site.ua:80/news/1",
        "HTTPS://Site.UA/news/1",
        "https://site.ua./news/1",
        "https://site.ua/news/1#comments",
        "https://site.ua/news/1?utm_source=telegram&utm_medium=social",
        "https://site.ua/news/1?fbclid=IwAR0&gclid=1&_ga=2",
        "https://user@site.ua/news/1",
        "site.ua/news/1",
        "//site.ua/news/1",
    ],
)
def test_every_way_to_link_an_article_is_one_address(linked):
    assert canonical(linked) == "site.ua/news/1"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://site.ua/news/1", "https://site.ua/news/2"),
        ("https://site.ua/news?id=1", "https://site.ua/news?id=2"),
        ("https://site.ua/?ELEMENT_ID=7", "https://site.ua/"),
        ("https://site.ua/News/1", "https://site.ua/news/1"),
        ("https://site.ua/news/1", "https://life.site.ua/news/1"),
        ("https://site.ua:8080/1", "https://site.ua/1"),
        ("https://site.ua/ukr/1", "https://site.ua/eng/1"),
        ("https://m.ua/1", "https://ua/1"),
        ("https://site.ua/amplitude", "https://site.ua/litude"),
        ("https://site.ua/news/lamp", "https://site.ua/news/l"),
        ("https://site.ua/?amp=7", "https://site.ua/"),
        ("https://site.ua/?output=pdf", "https://site.ua/"),
        ("https://google.com/maps/1", "https://1"),
        ("https://site.ua/a%2Fb", "https://site.ua/a"),
        ("https://site.ua/?id=a%26b%3Dc", "https://site.ua/?id=a&b=c"),
    ],
)
def test_different_articles_have_different_addresses(one, other):
    assert canonical(one) != canonical(other)


def test_the_order_of_a_query_does_not_matter_and_its_values_do():
    assert canonical("https://site.ua/?b=2&a=1") == canonical("https://site.ua/?a=1&b=2&utm_campaign=x")
    assert canonical("https://site.ua/?b=2&a=1") != canonical("https://site.ua/?a=2&b=1")
    assert canonical("https://site.ua/?id=") != canonical("https://site.ua/")


@pytest.mark.parametrize(
    "key", ["utm_source", "UTM_Source", "fbclid", "yclid", "mc_cid", "at_medium", "pk_campaign", "ns_x"]
)
def test_keys_that_track_are_dropped(key):
    assert canonical(f"https://site.ua/1?{key}=x&id=3") == "site.ua/1?id=3"


@pytest.mark.parametrize("key", ["id", "newsid", "p", "page", "lang", "source", "ref", "utm"])
def test_keys_that_may_name_the_article_stay(key):
    assert canonical(f"https://site.ua/1?{key}=3") == f"site.ua/1?{key}=3"


def test_letters_are_the_same_encoded_or_not():
    assert canonical("https://site.ua/новина") == canonical("https://site.ua/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B0")
    assert canonical("https://site.ua/a b") == canonical("https://site.ua/a%20b")
    assert canonical("https://site.ua/?q=новина") == canonical(
        "https://site.ua/?q=%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B0"
    )


PATHS = st.lists(st.text(st.sampled_from("abЖї19-_.~%25 '()+,;=:@!$"), min_size=1, max_size=8), max_size=4).map(
    "/".join
)
QUERIES = st.lists(
    st.tuples(st.sampled_from(["id", "utm_source", "q", "Ж", "a[b]", ""]), st.text(max_size=6)), max_size=3
)


@given(
    st.sampled_from(["site.ua", "www.site.ua", "m.site.ua", "life.site.ua", "новини.укр", "10.0.0.7"]),
    PATHS.filter(lambda path: not path.rstrip("/").endswith("/amp")),
    QUERIES.map(lambda query: "&".join(f"{key}={value}" for key, value in query)),
)
def test_a_canonical_address_is_its_own(host, path, query):
    address = canonical(f"https://{host}/{path}?{query}")
    assert canonical(address) == address


@pytest.mark.parametrize(
    "linked",
    [
        "https://site.ua:8080/a//b",  # a double slash makes the rest look like an address with a scheme
        "https://новини.укр//1",  # or like a path
        "https://www.m.site.ua/1",  # only the first of two prefixes goes
        "https://site.ua/1/amp/amp",  # the same of two endings
        "http://[2001:db8::1]/1",  # the brackets go, and then the colons name a port
    ],
)
def test_a_canonical_address_is_its_own_in_odd_cases_too(linked):
    assert canonical(canonical(linked)) == canonical(linked)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.site.ua/1", "site.ua"),
        ("https://m.site.ua", "site.ua"),
        ("https://life.site.ua/1", "life.site.ua"),
        ("https://Новини.укр/1", "новини.укр"),
        ("https://xn--b1amarcd.xn--j1amh/1", "новини.укр"),
        ("https://xn--zzzzz--.ua/1", "xn--zzzzz--.ua"),
        ("http://127.0.0.1:8080/1", "127.0.0.1"),
        ("not an address", ""),
    ],
)
def test_a_host_is_named_as_people_name_it(address, host):
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("address", "name", "outlet"),
    [
        ("https://www.site.ua/feed", "Сайт", "site.ua"),
        ("https://life.site.ua/feed", None, "life.site.ua"),
        ("http://127.0.0.1:8080/vezha/feed.xml", "Вежа", "Вежа"),
        ("http://127.0.0.1:8080/vezha/feed.xml", None, "127.0.0.1:8080/vezha/feed.xml"),
        ("http://[::1]:8080/feed", "Вежа", "Вежа"),
        ("http://localhost/feed", "Вежа", "Вежа"),
        ("http://intranet/feed", None, "intranet/feed"),
    ],
)
def test_an_outlet_is_the_site_or_where_the_address_names_none_the_name_given(address, name, outlet):
    assert outlet_of(address, name) == outlet


@pytest.mark.parametrize(
    "typed",
    [
        "@Vezha_news",
        "t.me/vezha_news",
        "https://t.me/vezha_news",
        "https://t.me/s/vezha_news",
        "http://www.telegram.me/s/vezha_news/",
        "https://t.me/vezha_news/1234",
        "https://t.me/s/vezha_news?before=10",
        "https://telegram.dog/vezha_news#x",
        " @vezha_news ",
    ],
)
def test_a_channel_is_one_address_however_it_was_pasted(typed):
    assert channel_address(typed) == "https://t.me/s/vezha_news"


@pytest.mark.parametrize(
    "typed",
    [
        "https://t.me/+AbCdEf",
        "https://t.me/joinchat/AbCdEf",
        "https://t.me/c/12345/6",
        "https://t.me/",
        "@abc",
        "@вежа",
        "https://nott.me/vezha_news",
        "https://t.me.evil.example/vezha_news",
        "https://site.ua/@vezha_news",
        "vezha_news",
    ],
)
def test_what_is_no_public_channel_has_no_such_address(typed):
    assert channel_address(typed) is None


@pytest.mark.parametrize(
    "url", ["https://x.ua/1.amp/amp", "https://x.ua/amp/.amp/", "x.ua/a%2Famp", "google.com/amp/google.com/amp/x.ua/1"]
)
def test_what_is_amp_twice_over_is_made_plain_at_once(url):
    assert canonical(canonical(url)) == canonical(url)


def test_an_html_page_keeps_its_ending():
    assert canonical("https://site.ua/news/1.amp.html") == "site.ua/news/1.html"
