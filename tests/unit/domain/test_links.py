import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.links import web_addresses

A, B = "https://a.example/x", "http://b.example"


@pytest.mark.parametrize(
    "typed",
    [
        A,
        f"voir {A}.",
        f"({A})",
        f"({A}),",
        f"[{A}]",
        f"voir {A}?",
        f"<{A}>",
        f"[le modèle]({A})",
        f'[le modèle]({A} "\u200c")',
        f'[{A}]({A} "smartCard-inline")',
        f"[https://a.exam…]({A})",
        f"![image]({A})",
        f"**{A}**",
        f"«\u00a0{A}\u00a0»",
        f"“{A}”",
        f"Drive:{A}, et {A}!",
        rf"{A}\\",
        f"{A}\u202e",
        f"{A}|suite",
        f"javascript:alert(1) {A} file:///etc/passwd data:text/html,x ftp://f.example",
        r"https\:\/\/a.example/x",
    ],
)
def test_an_address_is_found_once_however_it_is_written(typed: str) -> None:
    assert web_addresses(typed) == (A,)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (f"{B}\n{A} {B}", (B, A)),
        ("https://fr.example/Python_(langage)", ("https://fr.example/Python_(langage)",)),
        ("(https://fr.example/Python_(langage))", ("https://fr.example/Python_(langage)",)),
        ("https://a.example/?a[]=1", ("https://a.example/?a[]=1",)),
        (r"https://a.example/un\_deux", ("https://a.example/un_deux",)),
        ("HTTPS://A.example", ("HTTPS://A.example",)),
        ("https://a.example/?u=https://b.example", ("https://a.example/?u=https://b.example",)),
        ("http://localhost:8080/", ("http://localhost:8080/",)),
        ("http://localhost:1/", ("http://localhost:1/",)),
        ("https://fr.example/a_((b))", ("https://fr.example/a_((b))",)),
    ],
)
def test_an_address_is_taken_whole(typed: str, found: tuple[str, ...]) -> None:
    assert web_addresses(typed) == found


@pytest.mark.covers("H8")
@pytest.mark.parametrize(
    "typed",
    [
        *("", "https://", "https://...", "xhttps://a.example", "www.a.example", "https:a.example"),
        *("https://paul@evil.example", "http://[", "http://[::1", "https://a.example:99999"),
        "https://a.example:0",
        *("[https://a.example](javascript:alert)", "https://?x", "javascript:alert(1)"),
    ],
)
def test_what_leads_nowhere_or_elsewhere_is_no_address(typed: str) -> None:
    assert web_addresses(typed) == ()


@given(st.text(alphabet=st.sampled_from("htps:/[]()<>.ab@\\ \"'")))
def test_only_web_addresses_come_out_of_any_text(text: str) -> None:
    assert all(each.startswith(("http://", "https://")) for each in web_addresses(f"http://{text}"))
