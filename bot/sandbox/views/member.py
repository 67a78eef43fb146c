"""Members as the service shows them."""

from bot.sandbox.limits import limit
from bot.sandbox.rows import Json, Member, Membership
from bot.sandbox.store import Store
from bot.sandbox.views.fields import Table, Viewer, chosen, shown

PREFS: Json = {
    "privacy": {"fullName": "public", "avatar": "public"},
    "sendSummaries": True,
    "minutesBetweenSummaries": 60,
    "minutesBeforeDeadlineToNotify": 1440,
    "colorBlind": False,
    "locale": "fr",
}
FIELDS: Table[Member] = {
    "aaId": lambda *_: None,
    "activityBlocked": lambda *_: False,
    "avatarHash": lambda *_: None,
    "avatarUrl": lambda *_: None,
    "bio": lambda *_: "",
    "bioData": lambda *_: {"emoji": {}},
    "email": lambda *_: None,
    "confirmed": lambda *_: True,
    "fullName": lambda _, member, __: member.full_name,
    "idEnterprise": lambda *_: None,
    "idEnterprisesDeactivated": lambda *_: [],
    "idMemberReferrer": lambda *_: None,
    "idPremOrgsAdmin": lambda *_: [],
    "initials": lambda _, member, __: member.initials,
    "memberType": lambda *_: "normal",
    "nonPublic": lambda *_: {},
    "nonPublicAvailable": lambda *_: True,
    "products": lambda *_: [],
    "url": lambda _, member, __: f"https://trello.com/{member.username}",
    "username": lambda _, member, __: member.username,
    "status": lambda *_: "disconnected",
    "idBoards": lambda store, member, __: _boards(store, member),
    "idOrganizations": lambda *_: [],
}
OWN_FIELDS: Table[Member] = {
    "aaBlockSyncUntil": lambda *_: None,
    "aaEmail": lambda *_: None,
    "aaEnrolledDate": lambda *_: None,
    "avatarSource": lambda *_: "none",
    "credentialsRemovedCount": lambda *_: 0,
    "domainClaimed": lambda *_: None,
    "gravatarHash": lambda *_: "",
    "idEnterprisesAdmin": lambda *_: [],
    "loginTypes": lambda *_: ["atlassian"],
    "marketingOptIn": lambda *_: {"optedIn": False, "date": "2020-01-01T00:00:00.000Z"},
    "messagesDismissed": lambda *_: [],
    "oneTimeMessagesDismissed": lambda *_: [],
    "prefs": lambda *_: PREFS,
    "trophies": lambda *_: [],
    "uploadedAvatarHash": lambda *_: None,
    "uploadedAvatarUrl": lambda *_: None,
    "premiumFeatures": lambda *_: [],
    "isAaMastered": lambda *_: False,
    "ixUpdate": lambda *_: "0",
    "limits": lambda *_: {
        "boards": {"totalPerMember": limit(4500)},
        "orgs": {"totalPerMember": limit(850)},
    },
}
"""What only the member themselves is shown."""

ON_ACTIONS = (
    "activityBlocked", "avatarHash", "avatarUrl", "fullName", "idMemberReferrer", "initials",
    "nonPublic", "nonPublicAvailable", "username",
)  # fmt: skip
ON_BOARDS = (*ON_ACTIONS, "confirmed", "memberType")
IN_LISTS = ("fullName", "username")


def _boards(store: Store, member: Member) -> list[str]:
    return [each.id_board for each in store.memberships.values() if each.id_member == member.id]


def member_view(
    store: Store, id_member: str, wanted: str | None = None, default: tuple[str, ...] = ON_ACTIONS
) -> Json:
    """Return a member with the wanted fields."""
    names = chosen(wanted, tuple(FIELDS), default)
    return shown(store, store.members[id_member], FIELDS, names, "")


def profile_view(store: Store, member: Member, wanted: str | None, viewer: Viewer) -> Json:
    """Return a member's profile; their own has more."""
    table = {**FIELDS, **OWN_FIELDS} if viewer == member.id else FIELDS
    return shown(store, member, table, chosen(wanted, tuple(table), tuple(table)), viewer)


def membership_view(membership: Membership) -> Json:
    """Return a membership."""
    return {
        "id": membership.id,
        "idMember": membership.id_member,
        "memberType": membership.role,
        "unconfirmed": False,
        "deactivated": False,
    }
