"""Every event × scope × action that the client allows: create, read back equal, change, delete."""

from __future__ import annotations

from typing import Any

import pytest
from hookline import TEAM
from wandb.automations import (
    DoNothing,
    OnAddArtifactAlias,
    OnAddArtifactTag,
    OnAddCollectionTag,
    OnCreateArtifact,
    OnLinkArtifact,
    OnRemoveArtifactTag,
    OnRemoveCollectionTag,
    OnRunMetric,
    OnRunState,
    OnUnlinkArtifact,
    RunEvent,
    SendNotification,
    SendWebhook,
)
from wandb.automations.events import ArtifactEvent

EVERYWHERE = ["project", "registry", "collection", "registry_collection", "team", "organization"]
RUN_PLACES = ["project", "team", "organization"]

EVENTS = {
    "created": (OnCreateArtifact, None, ["collection"]),
    "linked": (OnLinkArtifact, ArtifactEvent.alias.matches_regex("^prod"), EVERYWHERE),
    "unlinked": (OnUnlinkArtifact, None, EVERYWHERE),
    "alias": (OnAddArtifactAlias, ArtifactEvent.alias.eq("production"), EVERYWHERE),
    "tag": (OnAddArtifactTag, ArtifactEvent.tag.eq("eu"), EVERYWHERE),
    "tag removed": (OnRemoveArtifactTag, ArtifactEvent.tag.matches_regex("^eu"), EVERYWHERE),
    "collection tag": (OnAddCollectionTag, ArtifactEvent.tag.eq("gold"), EVERYWHERE),
    "collection tag removed": (OnRemoveCollectionTag, None, EVERYWHERE),
    "threshold": (OnRunMetric, RunEvent.metric("loss").avg(5).lt(0.3), RUN_PLACES),
    "change": (OnRunMetric, RunEvent.metric("loss").mean(10).decreases_by(frac=0.1), RUN_PLACES),
    "z-score": (OnRunMetric, abs(RunEvent.metric("loss").zscore(30)) > 3, RUN_PLACES),
    "state": (OnRunState, RunEvent.state.in_(["failed", "finished"]), RUN_PLACES),
}


@pytest.fixture
def actions(webhook: Any, channel: Any) -> list[Any]:
    return [
        SendWebhook.from_integration(webhook, payload={"version": "${artifact_version}", "n": {"a": [1, None]}}),
        SendWebhook.from_integration(webhook),
        *(SendNotification.from_integration(channel, title="t", text="x", level=level) for level in ["INFO", "WARN", "ERROR"]),
        DoNothing(),
    ]


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_created_is_read_back_equal(api: Any, scopes: dict[str, Any], actions: list[Any], unique: str, event: str) -> None:
    kind, condition, places = EVENTS[event]
    for place in places:
        scope = scopes[place]
        entity = scope.org_entity.name if place == "organization" else getattr(scope, "entity", scope.name)
        for number, action in enumerate(actions):
            name = f"{unique} {event} {place} {number}"
            trigger = kind(scope=scope, filter=condition) if condition is not None else kind(scope=scope)
            created = api.create_automation(trigger >> action, name=name, description="d")
            assert (created.name, created.description, created.enabled) == (name, "d", True)
            found = api.automation(name=name, entity=entity)
            assert found == created

            renamed = api.update_automation(found, name=f"{name}!", enabled=False)
            assert (renamed.name, renamed.enabled, renamed.description) == (f"{name}!", False, "d")
            assert (renamed.event, renamed.scope, renamed.action) == (created.event, created.scope, created.action)
            assert api.delete_automation(renamed)


def test_an_event_then_an_action_is_the_same_as_an_arrow(api: Any, project: Any, unique: str) -> None:
    event = OnRunMetric(scope=project, filter=RunEvent.metric("loss") < 1)
    first = api.create_automation(event.then(DoNothing()), name=f"{unique} a")
    second = api.create_automation(event >> DoNothing(), name=f"{unique} b")
    assert (first.event, first.scope, first.action) == (second.event, second.scope, second.action)


def test_severities_and_texts_come_back(api: Any, project: Any, channel: Any, unique: str) -> None:
    event = OnRunState(scope=project, filter=RunEvent.state == "failed")
    for level in ["INFO", "WARN", "ERROR"]:
        action = SendNotification.from_integration(channel, title=f"title {level}", text="text", level=level)
        created = api.create_automation(event >> action, name=f"{unique} {level}")
        assert (created.action.severity.value, created.action.title, created.action.message) == (level, f"title {level}", "text")


def test_payloads_come_back_as_dicts_or_none(api: Any, server: Any, project: Any, webhook: Any, unique: str) -> None:
    event = OnRunMetric(scope=project, filter=RunEvent.metric("loss") > 1)
    payload = {"run": "${run_name}", "value": "${metric_value}", "nested": {"list": [1, 2.5, None, True]}, "ünï": "…"}
    created = api.create_automation(event >> SendWebhook.from_integration(webhook, payload=payload), name=f"{unique} dict")
    assert created.action.request_payload == payload
    assert api.create_automation(event >> SendWebhook.from_integration(webhook), name=f"{unique} none").action.request_payload is None
    listed = server.get(f"/projects/{TEAM}/{project.name}/automations?q={unique}")["items"]
    assert {automation["name"]: automation["action"].get("payload") for automation in listed} == {f"{unique} dict": payload, f"{unique} none": None}
