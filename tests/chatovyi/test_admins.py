"""The program with owners named in its settings."""

from dataclasses import replace

from tests.chatovyi.conftest import living


async def test_whom_the_settings_name_is_an_owner_from_the_first_start(settings, telegram):
    oksana, petro = telegram.add_user("Оксана"), telegram.add_user("Петро")
    async with living(replace(settings, owners=(oksana.id,))):
        said = telegram.send_text(oksana, "/team")
        await telegram.wait_message(oksana, contains="Оксана – господар", after=said.id)
        said = telegram.send_text(petro, "/team")
        await telegram.wait_message(petro, contains="немає права", after=said.id)
