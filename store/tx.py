"""All verbs of a transaction together."""

from store.archive import Archive
from store.concepts import KeptConcepts
from store.history import History
from store.inbox import Inbox
from store.lists import Lists
from store.news import Articles, Sources
from store.people import Subscriptions
from store.post import Outbox
from store.troubles import Troubles
from store.unions import Unions
from store.upkeep import Upkeep


class SqlTx(
    Sources, Articles, Unions, Subscriptions, Inbox, Outbox, Upkeep, Troubles, KeptConcepts, Lists, History, Archive
):
    """`core.ports.Tx` over SQL."""
