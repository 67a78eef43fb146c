"""Web addresses in texts of the bot's: clickable in a brief, whole as targets, never deceiving."""

import pytest
from hypothesis import given, settings

from bot.text.neutral import bare_link, in_brief, in_link, link_target
from tests.unit.text.hostile import titles
from tests.unit.text.reading import links, tokens


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("voir https://a.fr/b_c?d=1&e=2 ici", "voir https://a.fr/b_c?d=1&e=2 ici"),
        ("https://a.fr/@moi", "https://a.fr/%40moi"),
        ("https://a.fr/_b_c", "<https://a.fr/_b_c>"),
        ("(https://a.fr/b)", "(https://a.fr/b)"),
        ("https://a.fr/b_(c).", "<https://a.fr/b_(c)>."),
        ("https://a.fr/é", "<https://a.fr/é>"),
        ("https://google.fr@evil.fr", r"https:\//google\.fr＠evil\.fr"),
        ("https://a:b@evil.fr", r"https:\//a:b＠evil\.fr"),
        ("voir https://a.fr:8080/b, https://c.fr.", "voir https://a.fr:8080/b, https://c.fr."),
        ("https://mon_site.exemple-x.fr?a", "https://mon_site.exemple-x.fr?a"),
        ("javascript:alert(1) file:///etc ftp://a.fr", r"javascript:alert(1) file:\/\//etc"),
        ("http://localhost:8080/x_y", "http://localhost:8080/x_y"),
        ("https://a--b.fr:12345/x", "https://a--b.fr:12345/x"),
        ("https://a.fr?", "https://a.fr?"),
        ("https://a.fr: b", "https://a.fr: b"),
        ("https://a.fr. B", "https://a.fr. B"),
        ("https://.fr/x", r"https:\//\.fr/x"),
        ("https://-a.fr/x", r"https:\//-a\.fr/x"),
        ("https://a-/x", r"https:\//a-/x"),
        ("https://a__b.fr", r"https:\//a\_\_b\.fr"),
        ("https://a.fr:123456/x", r"https:\//a\.fr:123456/x"),
        ("https://a.fr.éa/x", r"https:\//a\.fr\.éa/x"),
        ("https://a.fr:b", r"https:\//a\.fr:b"),
        ("https://a.fr%40b", r"https:\//a\.fr%40b"),
        ("https://a.fr-/x", r"https:\//a\.fr-/x"),
        ("https://a.fr/(b)", "<https://a.fr/(b)>"),
        ("(https://a.fr/(b)))", "(<https://a.fr/(b)>))"),
        ("https://a.fr/(b).).", "<https://a.fr/(b)>.)."),
        ("https://a.fr/_bX", "<https://a.fr/_bX>"),
    ],
)
def test_a_brief_keeps_web_addresses_clickable(text: str, said: str) -> None:
    assert in_brief(text).startswith(said)


@pytest.mark.covers("H8")
@pytest.mark.parametrize(
    ("url", "target"),
    [
        (
            "https://fr.wikipedia.org/wiki/Orange_(fruit)",
            "https://fr.wikipedia.org/wiki/Orange_(fruit)",
        ),
        ("https://a.fr/b)", "https://a.fr/b%29"),
        ("https://a.fr/b)(", "https://a.fr/b%29%28"),
        ("https://a.fr/b(", "https://a.fr/b%28"),
        ("https://a.fr/b c", "https://a.fr/b%20c"),
        ("https://a.fr/<b>\"'`\\", "https://a.fr/%3Cb%3E%22%27%60%5C"),
        ("https://a.fr/?x=1&y=2", "https://a.fr/?x=1&y=2"),
        ("https://a.fr/*b*", "https://a.fr/*b*"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("https://a--b_c.fr:12345#d", "https://a--b_c.fr:12345#d"),
        ("https://a.fr.éa/x", "https://a.fr.éa/x"),
        ("https://a.fr/&copy;", "https://a.fr/%26copy;"),
        ("https://a.fr/&#64;", "https://a.fr/%26#64;"),
        (f"https://a.fr/&{'a' * 40};", f"https://a.fr/%26{'a' * 40};"),
        (f"https://a.fr/&{'a' * 41};", f"https://a.fr/&{'a' * 41};"),
        ("https://a.fr/^{|}[]@", "https://a.fr/%5E%7B%7C%7D%5B%5D%40"),
        ("https://", None),
        ("https://.a.fr", None),
        ("https://a./x", None),
        ("https://a-/x", None),
        ("https://a..fr", None),
        ("https://a.fr:123456/x", None),
        ("https://a.fr/\u200bb", "https://a.fr/b"),
        ("https://a@b.fr", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("/c/abc", None),
        ("", None),
    ],
)
def test_only_a_web_address_becomes_a_target(url: str, target: str | None) -> None:
    assert link_target(url) == target


@settings(deadline=None)
@given(titles)
def test_a_link_is_one_link_whatever_its_name_and_target(text: str) -> None:
    target = link_target("https://exemple.fr/" + text)
    assert target is not None
    for link in (f"- [{in_link(text)}]({target})", f"- {bare_link(target)}"):
        assert len(links(link)) == 1
        assert links(link)[0].startswith("https://exemple.fr/")
    shown = [each.type for each in tokens(f"- [{in_link(text)}]({target})")]
    assert shown.count("link_open") == 1


def test_the_name_of_a_link_holds_no_address_to_attach() -> None:
    assert in_link("voir https://evil.fr x") == r"voir evil\.fr x"


@pytest.mark.parametrize(
    "target",
    [
        *(
            "https://a.fr",
            "https://a.fr/",
            "http://a-b.fr:80",
            "https://a.fr/b/?c=d&e=f#g%20+h-i",
            "https://a.fr/b_c",
        ),
        *(
            "https://a.fr/b,c.d;e!f",
            "https://a.fr/b./c",
            f"https://a.fr/&{'a' * 41};b",
            "HTTP://A.FR/B",
        ),
    ],
)
def test_an_address_that_every_device_knows_to_its_end_stands_bare(target: str) -> None:
    assert bare_link(target) == target


@pytest.mark.parametrize(
    "target",
    [
        *(
            "https://a.fr/b.",
            "https://a.fr/_b",
            "https://a.fr/b_",
            "https://a.fr/b__c",
            "https://é.fr",
        ),
        *("https://a.fr/(b)", "https://a.fr/*b*", "https://a.fr/~b", "https://a.fr/&copy;b"),
        *(
            f"https://a.fr/&{'a' * 40};b",
            "https://a.fr/&#64;b",
            "https://a.fr/:b:",
            "https://a.fr/ſ",
        ),
    ],
)
def test_any_other_address_stands_between_angle_brackets(target: str) -> None:
    assert bare_link(target) == f"<{target}>"
