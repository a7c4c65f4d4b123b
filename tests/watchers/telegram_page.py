"""The page on which Telegram shows a channel to everybody, as far as it matters to a reader of it."""

from html import escape

from raw_web import answer
from rounds import NOON


def post(number, text=None, *, name="vezha", at=NOON, before="", after="", edited=False, text_markup=None):
    said = text_markup if text_markup is not None else escape(text or "").replace("\n", "<br/>")
    body = f'<div class="tgme_widget_message_text js-message_text" dir="auto">{said}</div>' if said else ""
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="{name}/{number}">'
        '<div class="tgme_widget_message_user"><a href="https://t.me/vezha"><i><img src="x.jpg"></i></a></div>'
        '<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_author accent_color">'
        '<a class="tgme_widget_message_owner_name" href="https://t.me/vezha"><span dir="auto">Вежа</span></a></div>'
        f"{before}{body}{after}"
        '<div class="tgme_widget_message_footer compact js-message_footer"><div class="tgme_widget_message_info">'
        '<span class="tgme_widget_message_views">12.3K</span><span class="tgme_widget_message_meta">'
        f'{"edited &nbsp;" if edited else ""}<a class="tgme_widget_message_date" href="https://t.me/{name}/{number}">'
        f'<time datetime="{at.isoformat()}" class="time">10:00</time></a></span></div></div></div></div></div>'
    )


def quote(text):
    return (
        '<a class="tgme_widget_message_reply" href="https://t.me/vezha/1"><div class="tgme_widget_message_author">'
        '<span class="tgme_widget_message_author_name">Вежа</span></div>'
        f'<div class="tgme_widget_message_text js-message_reply_text" dir="auto">{text}</div></a>'
    )


def forwarded(name):
    return (
        '<div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;'
        f'<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/x/1"><span>{name}</span></a></div>'
    )


def linked(title, description):
    return (
        '<a class="tgme_widget_message_link_preview" href="https://x.example/1">'
        '<div class="link_preview_site_name">Сайт</div>'
        f'<div class="link_preview_title">{title}</div><div class="link_preview_description">{description}</div></a>'
    )


SERVICE = (
    '<div class="tgme_widget_message service_message js-widget_message" data-post="vezha/1">'
    '<div class="tgme_widget_message_text js-message_text">Channel created</div></div>'
)


def page_of(*posts, earlier=None, title="Вежа"):
    more = f'<a href="/s/vezha?before={earlier}" class="tme_messages_more" data-before="{earlier}"></a>'
    return (
        '<!DOCTYPE html><html><head><title>Вежа – Telegram</title></head><body class="widget_frame_base">'
        f'<div class="tgme_channel_info_header_title"><span dir="auto">{title}</span></div>'
        f'<section class="tgme_channel_history js-message_history">{more if earlier else ""}{"".join(posts)}</section>'
        "</body></html>"
    )


def shown(*posts, earlier=None):
    return answer(page_of(*posts, earlier=earlier).encode(), "Content-Type: text/html; charset=utf-8")
