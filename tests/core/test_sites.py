"""Whose server an address is on."""

import pytest

from core.site import site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.pravda.com.ua/rss/", "pravda.com.ua"),
        ("https://eurointegration.com.ua/rss", "eurointegration.com.ua"),
        ("http://feeds.bbci.co.uk/ukrainian/rss.xml", "bbci.co.uk"),
        ("https://one.blogspot.com/feeds", "blogspot.com"),
        ("https://two.blogspot.com/feeds", "blogspot.com"),
        ("https://t.me/s/channel", "t.me"),
        ("https://t.me./s/channel", "t.me"),
        ("https://NEWS.Example.ORG:8443/x", "example.org"),
        ("https://xn--b1amarcd.xn--j1amh/", "xn--b1amarcd.xn--j1amh"),
        ("https://a.b.unheard-of/", "b.unheard-of"),
        ("http://91.198.36.14/rss", "91.198.36.14"),
        ("http://[2606:4700::1111]/rss", "2606:4700::1111"),
    ],
)
def test_a_site_is_what_one_owner_registered(url, site):
    assert site_of(url) == site


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "http://10.1.2.3/",
        "http://[::1]/",
        "http://localhost/",
        "http://news/",
        "",
        "http://[",
    ],
)
def test_ones_own_network_is_no_site(url):
    assert site_of(url) is None
