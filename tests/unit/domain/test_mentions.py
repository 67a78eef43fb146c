import pytest

from bot.domain.mentions import unmentioning


@pytest.mark.covers("S2")
@pytest.mark.parametrize(
    ("markdown", "harmless"),
    [
        ("écrire à compta@example.com", "écrire à compta＠example.com"),
        ("**@paul** relit", "**＠paul** relit"),
        ("[lire](https://ex.fr/@paul)", "[lire](https://ex.fr/%40paul)"),
        ("voir https://ex.fr/@paul @mel", "voir https://ex.fr/%40paul ＠mel"),
        ("&#64;a &#064;b &#x40;c &#X40;d &commat;e &#64 f", "＠a ＠b ＠c ＠d ＠e ＠ f"),
        ("https://ex.fr/?a&#64;b", "https://ex.fr/?a%40b"),
        ("&#640; &#x40a; &commatter; &amp;", "&#640; &#x40a; &commatter; &amp;"),
    ],
)
def test_an_owners_own_markdown_mentions_nobody(markdown: str, harmless: str) -> None:
    assert unmentioning(markdown) == harmless


@pytest.mark.parametrize("scheme", ["http", "https", "HTTP"])
def test_an_owners_link_keeps_working_without_a_mention(scheme: str) -> None:
    assert unmentioning(f"@mel {scheme}://a.fr/@mel") == f"＠mel {scheme}://a.fr/%40mel"
