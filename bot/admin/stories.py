"""An editor's word on a story: an article of it tells another event, or another story tells the same."""

from bot.admin.step import Step
from bot.screen import Button, Screen, press, shortened
from bot.story import PAGE
from core.errors import UserError
from core.model import AlertId, Article, ArticleId, StoryId

LONGEST_TITLE = 48
BESIDE = 8
"""Stories proposed to be one with this one."""


def parts(step: Step) -> Screen:
    """Which of its articles tells another event? Those of the page that was open."""
    alert, say = AlertId(step.number()), step.say
    articles = step.tx.story_articles(_story(step, alert))
    page = articles[step.number(1) * PAGE :][:PAGE]
    if len(articles) < 2 or not page:
        raise UserError("gone")
    rows = [(press(_named(one), "split", alert, one.id),) for one in page]
    return Screen(say("story.which_part"), (*rows, (_enough(step),)))


def split(step: Step) -> Screen:
    """It is a story of its own from now on; a button takes that back."""
    alert, article, say = AlertId(step.number()), ArticleId(step.number(1)), step.say
    old = _story(step, alert)
    one = next((known for known in step.tx.story_articles(old) if known.id == article), None)
    new = step.tx.split_corrected(article, by=step.person, now=step.now) if one else None
    if one is None or new is None:
        raise UserError("gone")
    undo = press(say.plain("list.undo"), "union", alert, old if _story(step, alert) == new else new)
    return Screen(say("story.split", title=_named(one)), ((undo,),))


def unions(step: Step) -> Screen:
    """Which story tells the same?"""
    alert, say = AlertId(step.number()), step.say
    beside = step.tx.stories_beside(step.person, _story(step, alert), limit=BESIDE)
    if not beside:
        return Screen(say("story.none_beside"))
    rows = [(press(shortened(title, LONGEST_TITLE), "union", alert, story),) for story, title in beside]
    return Screen(say("story.which_other"), (*rows, (_enough(step),)))


def union(step: Step) -> Screen:
    """Both are one from now on."""
    alert, say = AlertId(step.number()), step.say
    if not step.tx.join_corrected(_story(step, alert), StoryId(step.number(1)), by=step.person, now=step.now):
        raise UserError("gone")
    return Screen(say("story.united"))


def _story(step: Step, alert: AlertId) -> StoryId:
    """Of an alert of this very chat."""
    story = step.tx.alert_story(step.person, alert)
    if story is None:
        raise UserError("gone")
    return story


def _named(article: Article) -> str:
    return shortened(article.title or article.text, LONGEST_TITLE) or article.outlet


def _enough(step: Step) -> Button:
    return press(step.say.plain("wrong.nothing"), "enough")
