"""Updates, moves and refusals."""

from __future__ import annotations

from typing import Any

import pytest
from hookline import TEAM, Server
from wandb.automations import DoNothing, OnAddArtifactAlias, OnCreateArtifact, OnLinkArtifact, OnRunMetric, OnRunState, RunEvent, SendWebhook
from wandb.automations.events import ArtifactEvent
from wandb.errors import CommError


@pytest.fixture
def saved(api: Any, project: Any, unique: str) -> Any:
    event = OnRunMetric(scope=project, filter=RunEvent.metric("loss").avg(5).gt(1) & RunEvent.name.contains("sweep"))
    return api.create_automation(event >> DoNothing(), name=unique, description="first")


def test_each_field_changes_alone(api: Any, saved: Any) -> None:
    saved.description = "second"
    saved.enabled = False
    updated = api.update_automation(saved)
    assert (updated.description, updated.enabled, updated.event) == ("second", False, saved.event)
    assert updated.created_at == saved.created_at
    assert api.automation(name=saved.name, entity=TEAM) == updated


def test_the_action_is_replaced(api: Any, saved: Any, webhook: Any) -> None:
    updated = api.update_automation(saved, action=SendWebhook.from_integration(webhook, payload={"a": "${run_id}"}))
    assert updated.action.request_payload == {"a": "${run_id}"}
    assert updated.event == saved.event
    assert api.update_automation(updated, action=DoNothing()).action == saved.action


def test_an_automation_moves_from_place_to_place(api: Any, scopes: dict[str, Any], unique: str) -> None:
    event = OnLinkArtifact(scope=scopes["collection"], filter=ArtifactEvent.alias.eq("prod"))
    automation = api.create_automation(event >> DoNothing(), name=unique)
    for place in ["project", "registry", "registry_collection", "team", "organization", "collection"]:
        moved = api.update_automation(automation, scope=scopes[place])
        assert moved.id == automation.id
        assert moved.scope.name == getattr(scopes[place], "full_name", None) or moved.scope.name
        assert (moved.event, moved.created_at) == (automation.event, automation.created_at)
        automation = moved


def test_a_run_event_does_not_move_to_a_collection(api: Any, saved: Any, scopes: dict[str, Any]) -> None:
    with pytest.raises(CommError, match="collection"):
        api.update_automation(saved, scope=scopes["collection"])
    assert api.automation(name=saved.name, entity=TEAM) == saved.model_copy(update={"scope": saved.scope})


def test_the_event_is_replaced_with_its_filter(api: Any, saved: Any, project: Any) -> None:
    state = OnRunState(scope=project, filter=RunEvent.state == "failed")
    updated = api.update_automation(saved, event=state)
    assert updated.event.filter == state.filter
    alias = OnAddArtifactAlias(scope=project, filter=ArtifactEvent.alias.matches_regex("^v"))
    assert api.update_automation(updated, event=alias).event.filter.filter == alias.filter


def test_a_new_version_is_a_collections_event(api: Any, scopes: dict[str, Any], unique: str) -> None:
    automation = api.create_automation(OnLinkArtifact(scope=scopes["collection"]) >> DoNothing(), name=unique)
    updated = api.update_automation(automation, event=OnCreateArtifact(scope=scopes["collection"]))
    assert updated.event.event_type.value == "CREATE_ARTIFACT"


def test_a_name_is_taken_in_its_place_only(server: Server, api: Any, saved: Any, project: Any, unique: str) -> None:
    event = OnRunState(scope=project, filter=RunEvent.state == "failed")
    with pytest.raises(CommError, match=unique):
        api.create_automation(event >> DoNothing(), name=saved.name)
    server.post("/projects", {"entity": TEAM, "name": f"{unique}-other"})
    other = api.project(f"{unique}-other", entity=TEAM)
    elsewhere = OnRunState(scope=other, filter=RunEvent.state == "failed")
    assert api.create_automation(elsewhere >> DoNothing(), name=saved.name).scope.name == other.name


@pytest.mark.parametrize("place", ["project", "registry", "collection", "registry_collection", "team", "organization"])
def test_an_existing_automation_is_fetched(api: Any, scopes: dict[str, Any], unique: str, place: str) -> None:
    event = OnLinkArtifact(scope=scopes[place])
    created = api.create_automation(event >> DoNothing(), name=unique)
    assert api.create_automation(event >> DoNothing(), name=unique, fetch_existing=True) == created


def test_a_missing_automation_is_told_as_missing(api: Any, saved: Any) -> None:
    assert api.delete_automation(saved.id)
    with pytest.raises(CommError, match="(?i)not found"):
        api.update_automation(saved)
    # On "missing" the client goes on to create it, and stumbles over its own check of what it read before.
    with pytest.raises(CommError, match="ValidatedCreateInput"):
        api.update_automation(saved, create_missing=True)


def test_what_is_gone_cannot_be_deleted(api: Any, saved: Any) -> None:
    assert api.delete_automation(saved)
    for missing in [saved, "VHJpZ2dlcjo5OTk5OTk=", "not an id"]:
        with pytest.raises(CommError):
            api.delete_automation(missing)


def test_unknown_integrations_and_variables_are_refused(api: Any, project: Any, webhook: Any, unique: str) -> None:
    event = OnRunState(scope=project, filter=RunEvent.state == "failed")
    with pytest.raises(CommError, match="(?i)integration"):
        api.create_automation(event >> SendWebhook(integration_id="SW50ZWdyYXRpb246OTk5OTk="), name=unique)
    with pytest.raises(CommError, match="no_such_variable"):
        api.create_automation(event >> SendWebhook.from_integration(webhook, payload={"a": "${no_such_variable}"}), name=unique)


def test_a_viewer_reads_and_does_not_write(server: Server, saved: Any, unique: str) -> None:
    import wandb

    key = f"viewer{unique}".ljust(40, "0")
    server.post("/users", {"username": f"v-{unique}", "apiKey": key})
    server.post(f"/teams/{TEAM}/members", {"username": f"v-{unique}", "role": "viewer"})
    theirs = wandb.Api(api_key=key)
    assert theirs.automation(name=saved.name, entity=TEAM) == saved
    with pytest.raises(CommError, match="viewer"):
        theirs.update_automation(saved, enabled=False)


def test_another_teams_project_is_not_there(server: Server, saved: Any, unique: str) -> None:
    import wandb

    key = f"stranger{unique}".ljust(40, "0")
    server.post("/users", {"username": f"s-{unique}", "apiKey": key})
    stranger = wandb.Api(api_key=key)
    assert list(stranger.automations()) == []
    with pytest.raises(CommError, match="(?i)not found"):
        stranger.update_automation(saved, enabled=False)
    with pytest.raises(CommError, match="(?i)not found"):
        stranger.delete_automation(saved)
