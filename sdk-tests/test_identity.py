"""Who one is: keys, teams, organizations."""

from __future__ import annotations

from typing import Any

import pytest
import wandb
from hookline import KEY, ORGANIZATION, TEAM, USER, Refused, Server


def test_login_takes_the_right_key_and_no_other(server: Server) -> None:
    assert wandb.login(key=KEY, host=server.url, verify=True, relogin=True)
    with pytest.raises(Exception, match="(?i)invalid|authenticate|401"):
        wandb.login(key="0" * 40, host=server.url, verify=True, relogin=True)
    assert wandb.login(key=KEY, host=server.url, verify=True, relogin=True)


def test_the_viewer_has_the_personal_space_and_the_teams(api: Any) -> None:
    assert api.viewer.username == USER
    assert api.default_entity == USER
    assert api.viewer.teams[0] == USER
    assert TEAM in api.viewer.teams


def test_a_team_has_members_and_takes_new_ones(server: Server, api: Any, unique: str) -> None:
    team = api.create_team(f"team-{unique}")
    assert [member.username for member in team.members] == [USER]
    server.post("/users", {"username": f"ben-{unique}"})
    assert team.invite(f"ben-{unique}")
    assert not team.invite(f"nobody-{unique}")
    account = team.create_service_account(f"CI {unique}")
    assert account.account_type == "SERVICE"
    assert len(api.team(team.name).members) == 3


def test_people_are_found_by_name_and_address(server: Server, api: Any, unique: str) -> None:
    server.post("/users", {"username": f"eva-{unique}", "email": f"eva-{unique}@acme.example"})
    assert api.user(f"eva-{unique}").email == f"eva-{unique}@acme.example"
    assert [user.username for user in api.users(f"eva-{unique}@acme.example")] == [f"eva-{unique}"]
    assert api.user("nobody-at-all") is None


def test_a_key_is_made_and_works(server: Server, api: Any) -> None:
    me = api.user(USER)
    key = me.generate_api_key("from the client")
    assert len(key) == 40
    assert wandb.Api(api_key=key).viewer.username == USER
    assert any(key.startswith(name) for name in api.user(USER).api_keys)


def test_an_organization_is_found_by_the_name_it_shows(api: Any) -> None:
    assert api.organization(ORGANIZATION).org_entity.entity_type == "organization"
    with pytest.raises(Exception, match="(?i)not found|acme"):
        api.organization("no-such-organization")


@pytest.fixture
def somebody(server: Server, unique: str) -> Any:
    """A user of their own, in one organization and a team of it."""
    key = f"somebody{unique}".ljust(40, "0")
    server.post("/users", {"username": f"u-{unique}", "apiKey": key})
    server.post("/organizations", {"name": f"org-{unique}"})
    server.post("/teams", {"name": f"team-{unique}", "organization": f"org-{unique}"})
    server.post(f"/teams/team-{unique}/members", {"username": f"u-{unique}", "role": "member"})
    return wandb.Api(api_key=key)


def choose_entity(key: str, server: Server, entity: str) -> Any:
    mutation = "mutation U($entity: String!) { updateUser(input: {defaultEntity: $entity}) { user { entity } } }"
    return Server(server.url, key).graphql(mutation, entity=entity)["updateUser"]["user"]["entity"]


def test_a_team_is_chosen_as_the_place_of_what_names_none(server: Server, somebody: Any, unique: str) -> None:
    key = somebody.api_key
    assert choose_entity(key, server, f"team-{unique}") == f"team-{unique}"
    mine = wandb.Api(api_key=key)
    assert mine.default_entity == f"team-{unique}"
    mine.create_project("here", mine.default_entity)
    assert [project.name for project in mine.projects()] == ["here"]
    with pytest.raises(Refused) as refused:
        choose_entity(key, server, "vision")
    assert refused.value.status == 422
    server.delete(f"/teams/team-{unique}/members/u-{unique}")
    assert wandb.Api(api_key=key).default_entity == f"u-{unique}"


def test_a_team_is_made_by_who_is_in_several_organizations(server: Server, somebody: Any, unique: str) -> None:
    server.post("/organizations", {"name": f"second-{unique}"})
    server.post(f"/organizations/second-{unique}/members", {"username": f"u-{unique}", "role": "admin"})
    assert [member.username for member in somebody.create_team(f"new-{unique}").members] == [f"u-{unique}"]


def test_addresses_are_told_to_who_shares_a_team(server: Server, somebody: Any, unique: str) -> None:
    server.post("/users", {"username": f"known-{unique}", "email": f"known-{unique}@acme.example"})
    server.post(f"/teams/team-{unique}/members", {"username": f"known-{unique}", "role": "member"})
    assert somebody.user(f"known-{unique}").email == f"known-{unique}@acme.example"
    assert somebody.viewer.email == ""


def test_somebody_from_elsewhere_who_is_put_into_a_registry_comes_into_its_organization(server: Server, api: Any, unique: str) -> None:
    key = f"guest{unique}".ljust(40, "0")
    server.post("/users", {"username": f"g-{unique}", "apiKey": key})
    registry = api.create_registry(unique, visibility="restricted", organization=ORGANIZATION)
    guest = api.user(f"g-{unique}")
    registry.add_members(guest).update_member(guest, role="member")
    assert {member.user.username: member.role for member in registry.user_members()} == {USER: "admin", f"g-{unique}": "member"}
    theirs = wandb.Api(api_key=key)
    assert unique in [found.name for found in theirs.registries(ORGANIZATION)]
    registry.remove_members(guest)
    assert unique not in [found.name for found in wandb.Api(api_key=key).registries(ORGANIZATION)]
