"""One address for an article, however it was linked."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# Only keys that are known to track. Some outlets name the article in the query (?id=, ?newsid=, ?ELEMENT_ID=), so a
# query is never stripped whole.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|yclid|ysclid|msclkid|twclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|"
    r"_openstat|from_rss|at_medium|at_campaign|cmpid|ns_\w+|pk_\w+|mtm_\w+|sfnsn|hss_channel|spm|vero_id|wt_mc"
)
_TWIN_HOST = re.compile(r"^(?:(?:www|m|mobile|amp|touch|wap|pda)\.)+(?=[^.]+\.)")
_AMP = re.compile(r"^/amp(?=/)|(?:/amp|\.amp)$|\.amp(?=\.html?$)")
_AMP_CACHE = re.compile(
    r"(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)?(?:[\w-]+\.cdn\.ampproject\.org/[cv]|(?:www\.)?google\.[a-z.]{2,6}/amp)/(?:s/)?"
)
"""Before the address of a page of which the copy of a search engine is linked."""
_AMP_KEYS = {"amp": frozenset({"", "1", "true"}), "outputtype": frozenset({"amp"}), "output": frozenset({"amp"})}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SAFE = "/:@!$&'()*+,;=~-._"


def canonical(url: str) -> str:
    """The same text for every way one article is linked: for comparing, not for opening.

    Drops the scheme, `www.`, `m.` and `amp.`, the default port, the fragment, a closing slash, tracking keys, and what
    makes a page AMP's: `/amp` before or behind, `.amp`, `?amp`, a search engine's copy; sorts what is left of the
    query. `canonical(canonical(x)) == canonical(x)`.
    """
    while copied := _AMP_CACHE.match(url):
        url = url[copied.end() :]
    parts = urlsplit(url if _SCHEME.match(url) else f"//{url.lstrip('/')}")
    try:
        port = parts.port
    except ValueError:
        port = None
    host = _TWIN_HOST.sub("", (parts.hostname or "").rstrip(".").lower())
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{port}" if port not in (None, 80, 443) else host
    path = quote(_without_amp(unquote(parts.path)), safe=_SAFE)
    kept = sorted(
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(key.lower()) and value.lower() not in _AMP_KEYS.get(key.lower(), ())
    )
    return netloc + path + (f"?{urlencode(kept)}" if kept else "")


def _without_amp(path: str) -> str:
    while True:
        cut = _AMP.sub("", path).rstrip("/")
        if cut == path:
            return path
        path = cut


def host_of(url: str) -> str:
    """The host as people name a site: without `www.` and its twins, in its own letters."""
    host = _TWIN_HOST.sub("", (urlsplit(url).hostname or "").rstrip(".").lower())
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def outlet_of(url: str, name: str | None) -> str:
    """Who publishes there: the site, or, where the address names none (an IP, an intranet host), the given name."""
    host = host_of(url)
    if host not in _SHARED and "." in host and not _NUMBERS.fullmatch(host) and ":" not in host:
        return host
    return name or canonical(url)


def is_shared(url: str) -> bool:
    """Whether many publish on that host, each under a path of theirs."""
    return host_of(url) in _SHARED


_SHARED = frozenset(
    "t.me telegram.me feeds.feedburner.com feedproxy.google.com news.google.com bing.com medium.com "
    "substack.com facebook.com youtube.com x.com twitter.com instagram.com threads.net wordpress.com "
    "blogspot.com".split()
)
"""Hosts on which many outlets publish."""
_NUMBERS = re.compile(r"[\d.]+")


_CHANNEL = re.compile(
    r"(?:@|(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:s/)?@?)([A-Za-z]\w{3,31})(?:[/?#].*)?", re.ASCII
)
_NO_CHANNELS = frozenset(
    "joinchat addstickers addemoji addlist addtheme share proxy socks login invoice boost setlanguage contact "
    "giftcode confirmphone".split()
)
"""What Telegram keeps these names for."""


def channel_address(typed: str) -> str | None:
    """Where a public Telegram channel is read, for any way to write it: `@name`, `t.me/name`, the link of a post."""
    found = _CHANNEL.fullmatch(typed.strip())
    if found is None or found.group(1).lower() in _NO_CHANNELS:
        return None
    return f"https://t.me/s/{found.group(1).lower()}"


def as_address(typed: str) -> str:
    """What a person means who pastes an address, a bare name of a site, or a Telegram channel in any of its forms."""
    typed = typed.strip()
    channel = channel_address(typed)
    if channel:
        return channel
    return f"https://{typed}" if _BARE.fullmatch(typed) else typed


_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
