"""Lists: complete, oldest first, page by page."""

from __future__ import annotations

from typing import Any

import pytest
from hookline import Server
from wandb.automations import DoNothing, OnLinkArtifact, OnRunState, RunEvent, SendWebhook


@pytest.fixture
def many(server: Server, api: Any, unique: str) -> list[Any]:
    """Ten projects in a team of their own, one automation in each, and as many projects without any."""
    server.post("/teams", {"name": f"many-{unique}"})
    made = []
    for number in range(10):
        server.post("/projects", {"entity": f"many-{unique}", "name": f"empty-{number}"})
        server.post("/projects", {"entity": f"many-{unique}", "name": f"p-{number}"})
        project = api.project(f"p-{number}", entity=f"many-{unique}")
        event = OnRunState(scope=project, filter=RunEvent.state == "failed")
        made.append(api.create_automation(event >> DoNothing(), name=f"{unique} {number}"))
    return made


@pytest.mark.parametrize("per_page", [1, 2, 3, 50])
def test_every_page_is_read(api: Any, many: list[Any], unique: str, per_page: int) -> None:
    of_the_team = list(api.automations(entity=f"many-{unique}", per_page=per_page))
    assert sorted(of_the_team, key=lambda found: found.name) == many
    mine = [found for found in api.automations(per_page=per_page) if found.name.startswith(f"{unique} ")]
    assert sorted(mine, key=lambda found: found.name) == many


def test_one_is_found_by_name(api: Any, many: list[Any], unique: str) -> None:
    assert api.automation(name=many[3].name, entity=f"many-{unique}") == many[3]
    assert api.automation(name=many[3].name) == many[3]
    with pytest.raises(ValueError, match="(?i)no automations"):
        api.automation(name=f"{unique} none", entity=f"many-{unique}")


def test_every_scope_is_in_the_lists(api: Any, scopes: dict[str, Any], unique: str) -> None:
    made = {
        place: api.create_automation(OnLinkArtifact(scope=scope) >> DoNothing(), name=f"{unique} {place}") for place, scope in scopes.items()
    }
    mine = {found.name: found for found in api.automations() if found.name.startswith(f"{unique} ")}
    assert mine == {found.name: found for found in made.values()}
    registry = [made["registry"], made["registry_collection"], made["organization"]]
    listed = [found for found in api.automations(entity=scopes["registry"].entity) if found.name.startswith(f"{unique} ")]
    assert {found.name for found in listed} >= {found.name for found in registry[:2]}


def test_integrations_are_listed_oldest_first(server: Server, api: Any, receiver: Any, unique: str) -> None:
    team = f"hooks-{unique}"
    server.post("/teams", {"name": team})
    for name in ["zulu", "alpha", "mike"]:
        server.post(f"/teams/{team}/webhooks", {"name": name, "url": receiver.url(f"/{name}")})
    server.post(f"/teams/{team}/slack-channels", {"name": "alerts", "webhookUrl": receiver.url("/slack")})
    for per_page in [1, 2, 50]:
        hooks = list(api.webhook_integrations(entity=team, per_page=per_page))
        assert [hook.name for hook in hooks] == ["zulu", "alpha", "mike"]
        assert hooks[0].url_endpoint == receiver.url("/zulu")
        assert len(list(api.integrations(entity=team, per_page=per_page))) == 4
    assert [found.channel_name for found in api.slack_integrations(entity=team)] == ["alerts"]


def test_a_webhook_of_ones_own_serves_a_teams_project(server: Server, api: Any, project: Any, receiver: Any, unique: str) -> None:
    mutation = """mutation M($input: CreateGenericWebhookIntegrationInput!) {
      result: createGenericWebhookIntegration(input: $input) {
        integration { __typename ... on GenericWebhookIntegration { id name urlEndpoint } } } }"""
    made = server.graphql(mutation, input={"entityName": "ana", "name": unique, "urlEndpoint": receiver.url("/own")})
    assert made["result"]["integration"]["urlEndpoint"] == receiver.url("/own")
    hook = next(hook for hook in api.webhook_integrations(entity="ana") if hook.name == unique)
    event = OnRunState(scope=project, filter=RunEvent.state == "failed")
    created = api.create_automation(event >> SendWebhook.from_integration(hook), name=unique)
    assert created.action.integration.id == hook.id
    assert created.scope.name == project.name
