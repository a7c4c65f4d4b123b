"""The demo as a newcomer meets it: one command, one word, one tap, alerts within seconds."""

import asyncio
import json
import os
import re
import shutil
import signal
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import async_playwright, expect

HOUSE = Path(__file__).parents[2]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@asynccontextmanager
async def demo():
    """`./run demo`, from the address it prints to a clean end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CHATOVYI_")}
    program = await asyncio.create_subprocess_exec(HOUSE / "run", "demo", env=clean, stdout=asyncio.subprocess.PIPE)
    try:
        async with asyncio.timeout(60):
            while not (found := re.search(rb"http://127\.0\.0\.1:\d+", await program.stdout.readline())):
                pass
        yield found.group().decode()
        program.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(program.wait(), 10) == 0
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


async def shown(lines):
    """Every message that the chat page is told of, as it comes."""
    async for line in lines:
        if line.startswith("data: "):
            for message in json.loads(line.removeprefix("data: ")).get("messages", ()):
                yield message


async def test_a_word_and_a_tap_bring_an_alert_within_seconds():
    seen = []
    async with (
        demo() as address,
        httpx.AsyncClient(base_url=address, headers={"origin": address}) as page,
        asyncio.timeout(90),
        page.stream("GET", "/chat/events", timeout=60) as events,
    ):
        async for message in shown(events.aiter_lines()):
            seen.append(message["text"])
            if "Надішліть слово" in message["text"] and len(seen) <= 2:
                await page.post("/chat/send", json={"text": "політв'язні"})
            follow = [one["value"] for row in message["keyboard"] for one in row if one["text"] == "✅ Стежити"]
            if follow:
                await page.post("/chat/press", json={"message_id": message["id"], "data": follow[0]})
            if "США домовляються з Білоруссю" in message["text"]:
                break

    assert any("За 7 днів: 2 статті, 2 сюжети." in text for text in seen)
    assert "🔎 політвʼязні" in seen[-1]


@pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on this machine: the demo is not looked at")
async def test_the_demo_works_in_a_browser():
    async with demo() as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.goto(address)

        await page.get_by_role("textbox").fill("політв'язні")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="✅ Стежити").click()

        await expect(page.get_by_text("США домовляються з Білоруссю").first).to_be_visible(timeout=30_000)
        await expect(page.get_by_text("🔕 Мовчати про це добу").first).to_be_visible()
        await browser.close()
