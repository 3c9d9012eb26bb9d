"""Who one is: keys, teams, organizations."""

from __future__ import annotations

from typing import Any

import pytest
import wandb
from hookline import KEY, ORGANIZATION, TEAM, USER, Server


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
