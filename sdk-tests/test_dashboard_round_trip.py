"""Automations made in the dashboard, which speaks REST, and in the client are the same automations."""

from __future__ import annotations

from typing import Any

import pytest
from hookline import TEAM, Server
from wandb.automations import DoNothing, OnRunMetric, RunEvent


def make(server: Server, project: Any, name: str, **document: Any) -> dict[str, Any]:
    scope = {"project": f"{TEAM}/{project.name}"}
    return server.post("/automations", {"name": name, "scope": scope, "action": {"nothing": True}, **document})


METRIC = {"name": "loss", "aggregate": "none", "window": 1}

#: Those that the client has words for, and what it then holds.
READABLE = {
    "a threshold": ("run.metric_threshold", {"metric": {**METRIC, "aggregate": "average", "window": 5, "is": "below", "threshold": 0.3}}),
    "a z-score": ("run.metric_zscore", {"zscore": {"name": "loss"}}),
    "a change": ("run.metric_change", {"change": {"name": "loss", "by": "increase", "amount": 0.1, "window": 10, "priorWindow": 50}}),
    "states": ("run.state", {"states": ["finished", "failed"]}),
    "an alias": ("artifact.alias_added", {"alias": "^production$"}),
    "a tag in some collections": ("artifact.tag_added", {"tag": "eu", "collection": "^detector$"}),
}

#: Those that it can only show in part.
BEYOND = {
    "a value that is no number": ("run.metric_threshold", {"metric": {**METRIC, "is": "nan_or_infinite"}}),
    "a comparison that it lacks": ("run.metric_threshold", {"metric": {**METRIC, "is": "equal", "threshold": 1}}),
    "a plateau": ("run.metric_change", {"change": {"name": "loss", "by": "less_than", "amount": 0.01}}),
    "conditions on the run": (
        "run.state",
        {"states": ["failed"], "run": {"user": "ana", "tags": ["prod"], "config": {"lr": 0.1}, "minDurationSeconds": 3600}},
    ),
    "conditions beside a query": (
        "run.state",
        {"states": ["failed"], "run": {"name": "^a"}, "query": {"$or": [{"display_name": "x"}, {"display_name": {"$contains": "y"}}]}},
    ),
}


@pytest.mark.parametrize("case", [*READABLE, *BEYOND])
def test_a_rename_by_the_client_leaves_the_rest_alone(server: Server, api: Any, project: Any, unique: str, case: str) -> None:
    on, condition = (READABLE | BEYOND)[case]
    made = make(server, project, unique, on=on, filter=condition, cooldownSeconds=60, maxFiringsPerMinute=7)
    found = api.automation(name=unique, entity=TEAM)
    api.update_automation(found, name=f"{unique} renamed")
    after = server.get(f"/automations/{made['id']}")
    assert after == {**made, "name": f"{unique} renamed", "updatedAt": after["updatedAt"]}


@pytest.mark.parametrize("case", BEYOND)
def test_a_move_by_the_client_leaves_the_filter_alone(server: Server, api: Any, project: Any, unique: str, case: str) -> None:
    on, condition = BEYOND[case]
    made = make(server, project, unique, on=on, filter=condition)
    found = api.automation(name=unique, entity=TEAM)
    server.post("/projects", {"entity": TEAM, "name": f"{unique}-copy"})
    moved = api.update_automation(found, scope=api.project(f"{unique}-copy", entity=TEAM))
    assert server.get(f"/automations/{made['id']}")["filter"] == made["filter"]
    assert moved.event == found.event


@pytest.mark.parametrize("payload", ['{ "n": ${metric_value} }', [1, 2], '"${run_name}"', {"a": {"b": "${run_name}"}}])
def test_a_template_of_any_form_survives_a_rename(server: Server, api: Any, project: Any, webhook: Any, unique: str, payload: Any) -> None:
    action = {"webhook": webhook.name, "payload": payload}
    condition = {"metric": {**METRIC, "is": "above", "threshold": 1}}
    made = make(server, project, unique, on="run.metric_threshold", filter=condition, action=action, team=TEAM)
    found = api.automation(name=unique, entity=TEAM)
    assert isinstance(found.action.request_payload, dict)
    api.update_automation(found, name=f"{unique} renamed")
    assert server.get(f"/automations/{made['id']}")["action"] == made["action"]


def test_events_without_a_name_in_the_client_are_left_out(server: Server, api: Any, project: Any, unique: str) -> None:
    make(server, project, f"{unique} silent", on="run.silent", filter={"silentMinutes": 10})
    make(server, project, f"{unique} schedule", on="schedule", filter={"schedule": {"cron": "0 9 * * *", "timeZone": "Europe/Berlin"}})
    make(server, project, f"{unique} state", on="run.state", filter={"states": ["failed"]})
    for listed in [api.automations(), api.automations(entity=TEAM)]:
        assert [found.name for found in listed if found.name.startswith(f"{unique} ")] == [f"{unique} state"]


def test_the_dashboard_shows_what_the_client_made(server: Server, api: Any, project: Any, unique: str) -> None:
    condition = RunEvent.metric("val/loss").avg(5).lt(0.3) & RunEvent.name.matches_regex("^sweep-")
    api.create_automation(OnRunMetric(scope=project, filter=condition) >> DoNothing(), name=unique, description="from the client")
    [shown] = server.get(f"/projects/{TEAM}/{project.name}/automations?q={unique}")["items"]
    assert {key: shown[key] for key in ["name", "description", "enabled", "scope", "on", "filter", "action"]} == {
        "name": unique,
        "description": "from the client",
        "enabled": True,
        "scope": {"project": f"{TEAM}/{project.name}"},
        "on": "run.metric_threshold",
        "filter": {
            "metric": {"name": "val/loss", "aggregate": "average", "window": 5, "is": "below", "threshold": 0.3},
            "run": {"name": "^sweep-"},
        },
        "action": {"nothing": True},
    }
    server.patch(f"/automations/{shown['id']}", {"enabled": False, "name": f"{unique} off"})
    found = api.automation(name=f"{unique} off", entity=TEAM)
    assert (found.enabled, found.event.filter) == (False, OnRunMetric(scope=project, filter=condition).filter)
