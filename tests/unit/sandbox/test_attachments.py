from io import BytesIO

import pytest
from werkzeug.test import Client

from bot.sandbox.errors import RefusedError
from tests.unit.sandbox.shop import Shop, reply


def test_a_link_is_attached_listed_and_deleted(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}/attachments"
    made = shop.api.ok("POST", path, {"url": "https://a.example/x", "name": "modèle"})
    assert (made["name"], made["url"], made["isUpload"]) == ("modèle", "https://a.example/x", False)
    assert shop.api.get(path, fields="name") == [{"id": made["id"], "name": "modèle"}]
    assert shop.api.get(f"{path}/{made['id']}")["pos"] == 16384
    data = shop.store.log(shop.card.id)[-1].data
    assert data["attachment"] == {"id": made["id"], "name": "modèle", "url": made["url"]}
    assert shop.api.ok("DELETE", f"{path}/{made['id']}") == {"limits": {}}
    assert shop.types()[-1] == "deleteAttachmentFromCard"
    assert shop.api("GET", f"{path}/{made['id']}").status == 404


def test_a_link_without_a_name_bears_its_address(shop: Shop) -> None:
    assert shop.paul.attach(shop.card, "https://a.example").name == "https://a.example"


def test_a_file_is_uploaded_and_downloaded(shop: Shop) -> None:
    grant = shop.world.grant(shop.mel)
    header = f'OAuth oauth_consumer_key="{grant.key}", oauth_token="{grant.token}"'
    client = Client(shop.app)
    path = f"/1/cards/{shop.card.id}/attachments"
    upload = {"file": (BytesIO(b"bonjour"), "mon modele.txt", "text/plain"), "name": "Modèle"}
    answer = client.post(path, data=upload, headers={"Authorization": header})
    made = reply(answer).body
    assert (made["name"], made["bytes"], made["isUpload"]) == ("Modèle", 7, True)
    assert made["fileName"] == "mon modele.txt"
    place = made["url"].removeprefix("https://trello.com")
    assert client.get(place, headers={"Authorization": header}).data == b"bonjour"
    shop.store.uploads.clear()
    assert client.get(place, headers={"Authorization": header}).status_code == 404


def test_a_file_without_a_name_is_refused(shop: Shop) -> None:
    grant = shop.world.grant(shop.mel)
    form = {"key": grant.key, "token": grant.token, "file": (BytesIO(b"x"), "")}
    answer = Client(shop.app).post(f"/1/cards/{shop.card.id}/attachments", data=form)
    assert answer.status_code == 400


def test_the_name_of_an_attachment_has_256_units_at_most(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}/attachments"
    body = {"url": "https://a.example", "name": "x" * 257}
    assert shop.api("POST", path, body).body == "invalid value for name"


def test_a_card_holds_a_thousand_attachments(shop: Shop) -> None:
    made = shop.paul.attach(shop.card, "https://a.example")
    shop.card.id_attachments = [made.id] * 1000
    with pytest.raises(RefusedError):
        shop.paul.attach(shop.card, "https://a.example")
