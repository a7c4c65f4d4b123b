"""Whose server an address is on: those who are asked one thing at a time."""

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from tld import get_fld  # its list of suffixes is a file that comes with it; nothing is fetched

PLATFORMS = ("blogspot.com", "github.io", "wordpress.com")
"""One machine answers for everybody's names there, and counts who asks."""


def site_of(url: str) -> str | None:
    """The registrable domain (`bbc.co.uk`), a platform, or a public number; `None` in one's own network."""
    owner = owner_of(url)
    return next((one for one in PLATFORMS if owner and owner.endswith("." + one)), owner)


def owner_of(url: str) -> str | None:
    """The name that somebody registered, or a public number; `None` in one's own network."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    return _owner(host)


@lru_cache(maxsize=4096)
def _owner(host: str) -> str | None:
    try:
        return host if ip_address(host).is_global else None
    except ValueError:
        pass
    if "." not in host:
        return None
    # A suffix that no list knows is one label long (publicsuffix.org, "if no rules match").
    return get_fld(host, fix_protocol=True, fail_silently=True) or ".".join(host.split(".")[-2:])
