"""What anybody may ask: how the watch goes, and how fast their own alerts come."""


async def test_before_there_is_a_source_it_is_said_who_adds_them(house, oksana):
    assert (await house.say(oksana, "/status")).text.startswith("Поки що не вартую жодного джерела")


async def test_a_person_is_told_how_fast_their_own_alerts_come(house, oksana, petro):
    await house.follow(oksana, "Мінськ")
    await house.publish("a.test", "Мінськ відпустив людей")
    house.clock.move(seconds=30)
    await house.carry()

    assert (await house.say(oksana, "/status")).text == (
        "🛡 Вартую 1 джерело.\nВаші сповіщення приходять зазвичай за 30 с після публікації."
    )
    assert (await house.say(petro, "/status")).text == "🛡 Watching 1 source.\nThere were no alerts for you of late."


async def test_alerts_that_were_gathered_as_wanted_are_not_slow(house, oksana):
    await house.follow(oksana, "Мінськ")
    (mine,) = await house.verb("subscriptions", house.target(oksana))
    card = house.last(oksana)
    await house.forge(oksana, card, f"rhythm:{mine.id}:daily")
    await house.publish("a.test", "Мінськ відпустив людей")
    await house.carry()
    assert "02.03, 09:40" in house.last(oksana).text  # it came on the next day
    assert (await house.say(oksana, "/status")).text.endswith("Вам останнім часом сповіщень не було.")
