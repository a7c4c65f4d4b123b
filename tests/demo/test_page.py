"""The chat page in a real browser: what is typed and pressed reaches the bot, what the bot does is seen."""

import asyncio
import re
import shutil
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect
from starlette.applications import Starlette
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chatovyi.demo import bot_api, page
from chatovyi.demo.entities import Formatted, with_found
from chatovyi.demo.markup import parse_html
from chatovyi.demo.model import Button
from chatovyi.demo.telegram import StandIn
from chatovyi.serve import serving

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    if BROWSER is None:
        pytest.skip("no Chromium or Chrome on this machine: the page is not looked at")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def demo(world, bot_at):
    """The page and the Bot API at one address, a person, and a bot that answers."""

    @asynccontextmanager
    async def running():
        person = world.add_user("Ви")
        app = Starlette(routes=[*bot_api.routes(world), *page.routes(world, person)])
        async with serving(app) as address, bot_at(address) as bot:
            answering = asyncio.create_task(answer_everything(bot))
            yield address, person, bot
            answering.cancel()

    return running


async def answer_everything(bot):
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=50):
            offset = update.update_id + 1
            if update.callback_query:
                await take_press(update.callback_query)
            else:
                await take_text(update.message)


async def take_text(message):
    buttons = [InlineKeyboardButton("Стежити", callback_data="follow")]
    buttons.append(InlineKeyboardButton("Читати", url="https://novyny.example/1"))
    await message.reply_html(
        f"Стежити за <b>{message.text}</b>? Перелік: /list", reply_markup=InlineKeyboardMarkup([buttons])
    )


async def take_press(query):
    await query.answer("Стежу")
    await query.edit_message_text(f"{query.message.text}\nтакож: Голос міста")


@asynccontextmanager
async def looking(browser, address, *, size=DESKTOP):
    """A page; what its console says and what it asks of other hosts must be nothing."""
    context = await browser.new_context(
        viewport=size, timezone_id="Europe/Kyiv", reduced_motion="reduce", color_scheme="light"
    )
    tab = await context.new_page()
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: request.url.startswith(address) or complaints.append(request.url))
    await tab.goto(address)
    yield tab
    await context.close()
    assert complaints == []


def rightmost(tab):
    return tab.evaluate("Math.max(...[...document.querySelectorAll('*')].map(it => it.getBoundingClientRect().right))")


def contrast(tab, selector):
    """How much lighter the text is than what is behind it, or the other way round (WCAG 2)."""
    return tab.locator(selector).first.evaluate(
        """node => {
          const channels = colour => colour.match(/[\\d.]+/g).map(Number);
          const part = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
          const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
          let behind = node;
          const colour = it => channels(getComputedStyle(it).backgroundColor);
          while ((colour(behind)[3] ?? 1) < 0.5) behind = behind.parentElement;
          const both = [light(channels(getComputedStyle(node).color)), light(colour(behind))];
          const [dark, bright] = both.sort((one, other) => one - other);
          return (bright + 0.05) / (dark + 0.05);
        }"""
    )


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_a_conversation_from_start_to_a_live_edit(browser, demo, size):
    async with demo() as (address, _, _), looking(browser, address, size=size) as tab:
        await tab.get_by_role("button", name="Почати").click()
        await expect(tab.locator(".theirs")).to_contain_text("Стежити за /start?")

        await tab.get_by_label("Повідомлення").fill("політв'язні")
        await tab.keyboard.press("Enter")
        last = tab.locator(".theirs").last
        await expect(last.locator("strong")).to_have_text("політв'язні")
        await expect(last.get_by_role("link")).to_have_attribute("href", "https://novyny.example/1")
        await expect(last.get_by_role("link")).to_have_attribute("target", "_blank")

        await last.get_by_role("button", name="Стежити").click()
        await expect(last).to_contain_text("також: Голос міста")
        await expect(last.locator(".edited")).to_have_text("редаговано")
        await expect(last).to_have_class(re.compile("changed"))
        await expect(last.locator(".key")).to_have_count(0)
        await expect(tab.locator("#toast")).to_have_text("Стежу")
        await expect(tab.locator("time").last).to_have_text("11:40")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab_with_an_alert(browser):
    world = StandIn(clock=lambda: datetime(2026, 3, 2, 9, 40, tzinfo=UTC))
    person = world.add_user("Ви")
    world.start(person)
    world.set_note("День 2, 09:40 · новини йдуть")
    said = parse_html("<b>Слово</b>, яке довше за будь-який екран: " + "політв’язні" * 30).formatted
    row = (
        Button(text="Не писати про цей сюжет більше ніколи", kind="callback_data", value="mute"),
        Button(text="Читати", kind="url", value="https://novyny.example/"),
    )
    world.post(person, with_found(Formatted(f"{said.text} /list", said.entities)), keyboard=(row,))
    async with (
        serving(Starlette(routes=page.routes(world, person))) as address,
        looking(browser, address) as tab,
    ):
        await expect(tab.locator(".key")).to_have_count(2)
        yield tab


@pytest.mark.parametrize("size", [{"width": 360, "height": 640}, PHONE, DESKTOP])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_and_can_be_read(tab_with_an_alert, size, scheme):
    tab = tab_with_an_alert
    await tab.set_viewport_size(size)
    await tab.emulate_media(color_scheme=scheme)

    assert await rightmost(tab) <= size["width"]
    for place in (
        ".body",
        ".key",
        ".command",
        ".mine .signature",
        ".theirs .signature",
        ".note",
        ".languages a",
        "#presence",
    ):
        assert await contrast(tab, place) >= 4.5, place


async def test_what_the_bot_sends_stays_text(browser, demo, world):
    async with demo() as (address, person, bot), looking(browser, address) as tab:
        world.send_text(person, "<img src=x onerror=alert(1)>")
        await bot.send_message(person.id, "<script>alert(1)</script>")
        await bot.send_message(
            person.id,
            '🙂<b>а<i>б</i></b> <a href="https://a.example/?q=&quot;&gt;">в</a>\n<blockquote>г</blockquote>\nд /list',
            parse_mode="HTML",
        )

        await expect(tab.locator(".mine .text")).to_have_text("<img src=x onerror=alert(1)>")
        rich = tab.locator(".theirs").last.locator(".text")
        assert await rich.evaluate("node => node.innerHTML") == (
            '🙂<strong>а<em>б</em></strong> <a href="https://a.example/?q=&quot;&gt;" target="_blank" '
            'rel="noopener noreferrer">в</a>\n<blockquote>г</blockquote>д <button class="command" type="button">'
            "/list</button>"
        )
        await rich.get_by_role("button", name="/list").click()
        await expect(tab.locator(".mine").last).to_contain_text("/list")


async def test_the_menu_and_the_note_follow_the_program(browser, demo, world):
    async with demo() as (address, person, bot), looking(browser, address) as tab:
        world.start(person)
        await bot.set_my_commands([("list", "Мої підписки"), ("help", "Допомога")])
        world.set_note("День 2, 09:40 · новини йдуть")

        await expect(tab.locator("#note")).to_have_text("День 2, 09:40 · новини йдуть")
        await tab.get_by_role("button", name="Команди").click()
        await expect(tab.locator("#menu li")).to_have_count(2)
        await tab.keyboard.press("Escape")
        await expect(tab.locator("#menu")).to_be_hidden()
        await tab.get_by_label("Повідомлення").press_sequentially("/he")
        await tab.get_by_role("button", name="/help").click()
        await expect(tab.locator(".mine").last).to_contain_text("/help")


async def test_an_alert_is_a_dialog_and_english_is_a_link_away(browser, demo, world):
    async with demo() as (address, person, bot), looking(browser, address) as tab:
        await tab.get_by_role("link", name="Eng").click()
        await tab.get_by_role("button", name="Start").click()
        await expect(tab.locator(".theirs")).to_contain_text("/start")
        assert world.user(person.id).language_code == "en"

        world.fault("hold_before", "answerCallbackQuery")
        key = tab.get_by_role("button", name="Стежити")
        await key.click()
        await expect(key).to_have_attribute("aria-busy", "true")
        await world.wait_until(lambda: world.calls_of("answerCallbackQuery"))
        (pressed,) = world.callbacks
        await bot.answer_callback_query(pressed, "Забагато підписок", show_alert=True)
        await expect(tab.get_by_role("dialog")).to_contain_text("Забагато підписок")
        await expect(key).not_to_have_attribute("aria-busy", "true")
        await tab.keyboard.press("Enter")
        await expect(tab.get_by_role("dialog")).to_be_hidden()


async def test_new_messages_do_not_pull_a_reader_down(browser, demo, world):
    async with demo() as (address, person, bot), looking(browser, address, size=PHONE) as tab:
        world.start(person)
        for number in range(30):
            await bot.send_message(person.id, f"новина {number}")
        await expect(tab.locator(".theirs").last).to_be_in_viewport()
        await tab.locator("#scroller").evaluate("node => node.scrollTop = 0")
        await expect(tab.locator("#down")).to_be_visible()

        await bot.send_message(person.id, "ще одна")
        await expect(tab.locator("#unread")).to_have_text("1")
        await tab.get_by_role("button", name="До нових повідомлень").click()
        await expect(tab.get_by_text("ще одна")).to_be_in_viewport()
        await expect(tab.locator("#down")).to_be_hidden()


async def test_a_page_left_open_comes_back_by_itself(browser, world):
    person = world.add_user("Ви")
    world.send_text(person, "було")
    async with serving(Starlette(routes=page.routes(world, person))) as address:
        port = int(address.rpartition(":")[2])
        context = await browser.new_context(viewport=PHONE)
        tab = await context.new_page()
        await tab.goto(address)
        await expect(tab.locator(".mine")).to_have_count(1)
    await expect(tab.locator("#presence")).to_have_text("з’єднання…")
    world.send_text(person, "стало")
    async with serving(Starlette(routes=page.routes(world, person)), port=port):
        await expect(tab.locator(".mine")).to_have_count(2)
        await expect(tab.locator("#presence")).to_have_text("бот")
        await context.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "evil.example"}, 403),
        ({"origin": "http://evil.example"}, 403),
    ],
)
async def test_only_the_page_itself_may_ask(demo, headers, status):
    async with demo() as (address, _, _), httpx.AsyncClient() as client:
        answer = await client.get(address, headers=headers)
        assert answer.status_code == status
        refused = await client.post(f"{address}/chat/send", json={"text": "а"}, headers=headers)
        assert refused.status_code == 403
        own = {"origin": address}
        assert (await client.post(f"{address}/chat/send", json={"text": "а"}, headers=own)).status_code == 200
        press = {"message_id": 99, "data": "x"}
        assert (await client.post(f"{address}/chat/press", json=press, headers=own)).status_code == 409
        assert (await client.post(f"{address}/chat/press", content=b"{", headers=own)).status_code == 400
