from builders import an_article

from bench.sameness.service import Service, settle_all


def test_a_printing_is_held_against_the_one_face_of_its_story(redis):
    stories = Service(redis).stories("stream")

    settled = settle_all([an_article(1), an_article(2, minutes=60)], stories)

    assert [one.story for one in settled] == [settled[0].story] * 2
    assert [one.row()["relation"] for one in settled] == ["original", "copy"]
    assert (stories.pairs_held, stories.texts_read) == (1, 1)


def test_namespaces_do_not_see_each_other(redis):
    service = Service(redis)

    first, second = (settle_all([an_article(at)], service.stories(f"apart-{at}"))[0] for at in (1, 2))

    assert first.story != second.story


def test_memory_is_that_of_one_namespace_by_kind(redis):
    service = Service(redis)
    settle_all([an_article(1)], service.stories("stream"))
    before = service.bytes_by_kind("stream")
    settle_all([an_article(2)], service.stories("apart-1"))

    assert before.keys() == {"index", "kept", "streams"}
    assert service.bytes_by_kind("stream") == before
