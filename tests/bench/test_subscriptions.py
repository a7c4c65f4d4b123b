"""What the bench at scale asks of every method is what the product would be asked."""

from collections import Counter
from itertools import islice

from bench.scale.asked import kept, meant, tree
from bench.scale.generate import People
from bench.scale.lemmas import Vocabulary
from bench.scale.lemmatised import tsquery
from core.match.plain import PlainEngine
from core.match.port import Article, Passage, Sure
from core.meaning import Tier
from core.model import QueryId
from core.query import parse
from core.query.canonical import canonical, normal
from core.query.tree import Node, Query

WORDS = ["білорусь", "вʼязень", "київ", "мова", "річка", "сніг", "театр", "школа"]


def subscriptions() -> list[Node]:
    counts = Counter({word: 2 for word in WORDS})
    phrases = Counter({("річка", "сніг"): 1, ("театр", "школа"): 1})
    people = People({"uk": Vocabulary(counts=counts, phrases=phrases)}, 0.0, "real")
    return [normal(Query(root=people.ask())).root for _ in range(400)]


def test_every_subscription_is_a_query_of_the_product_in_its_canonical_form():
    for node in subscriptions():
        text = canonical(Query(root=node))
        assert parse(text).root == node
        assert canonical(parse(text)) == text


def test_a_subscription_read_from_the_file_is_the_one_that_was_written():
    assert all(tree(kept(node)) == node for node in subscriptions())


def test_every_subscription_can_be_put_to_postgresql():
    prefixes = [node for node in subscriptions() if "*" in canonical(Query(root=node))]
    others = [tsquery(node) for node in subscriptions() if node not in prefixes]
    assert len(others) > 350


def test_the_same_people_ask_the_same_every_time():
    assert list(islice(subscriptions(), 50)) == list(islice(subscriptions(), 50))


def test_a_form_given_for_a_lemma_is_found():
    engine = PlainEngine(Sure())
    engine.add(QueryId(1), meant(parse("вʼязень").root, {"вʼязень": {"вʼязнів": Tier.FORM}}))
    article = Article(passages=(Passage("title", "Звільнили вʼязнів"), Passage("text", "")))
    assert [match.query for match in engine.match(article)] == [1]
