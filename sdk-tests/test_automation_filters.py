"""Filters as the client builds them, there and back; and those that cannot be evaluated."""

from __future__ import annotations

from typing import Any

import pytest
from wandb._filters import And, Or
from wandb.automations import DoNothing, OnAddArtifactAlias, OnRunMetric, OnRunState, RunEvent
from wandb.automations.events import ArtifactEvent
from wandb.errors import CommError

METRIC = RunEvent.metric("val/loss")

METRICS = {
    "above": METRIC > 1,
    "at least": METRIC >= 1.5,
    "below": METRIC < 0,
    "at most": METRIC <= -1e-9,
    "highest": METRIC.max(3).gt(1),
    "lowest": METRIC.min(10_000).lte(2),
    "average": METRIC.avg(7).lt(0.25),
    "a large number": METRIC > 1e300,
    "changes by a part": METRIC.mean(5).changes_by(frac=0.5),
    "changes by an amount": METRIC.changes_by(diff=2),
    "rises": METRIC.max(4).increases_by(diff=0.25),
    "falls": METRIC.min(4).decreases_by(frac=0.1),
    "z-score above": METRIC.zscore(30) > 3,
    "z-score below": METRIC.zscore(5) < -2.5,
    "z-score either way": abs(METRIC.zscore(100)) > 1,
    "for some runs": METRIC.avg(5).gt(1) & RunEvent.name.contains("my-run"),
    "for runs by pattern": (METRIC > 1) & RunEvent.name.matches_regex("^sweep-[0-9]+$"),
    "for runs by name": (METRIC > 1) & ((RunEvent.name == "a") | RunEvent.name.in_(["b", "c"])),
    "not for some runs": (METRIC > 1) & ~RunEvent.name.contains("debug"),
}

ALIASES = {
    "by name": ArtifactEvent.alias.eq("prod"),
    "by pattern": ArtifactEvent.alias.matches_regex("^v[0-9]+$"),
    "either": ArtifactEvent.alias.eq("a") | ArtifactEvent.alias.eq("b"),
    "both conditions": ArtifactEvent.alias.ne("a") & ~ArtifactEvent.alias.matches_regex("^tmp"),
    "one of": ArtifactEvent.alias.in_(["a", "b"]),
    "none of": ArtifactEvent.alias.not_in(["a", "b"]),
    "part of": ArtifactEvent.alias.contains("prod"),
    "nested": And(exprs=(Or(exprs=(ArtifactEvent.alias.eq("a"), And(exprs=(ArtifactEvent.alias.ne("b"),)))),)),
}


def comes_back(api: Any, event: Any, name: str) -> None:
    created = api.create_automation(event >> DoNothing(), name=name)
    inner = getattr(created.event.filter, "filter", created.event.filter)
    assert inner == event.filter
    renamed = api.update_automation(created, name=f"{name} renamed")
    assert renamed.event == created.event


@pytest.mark.parametrize("case", METRICS)
def test_a_metric_filter_comes_back(api: Any, project: Any, unique: str, case: str) -> None:
    comes_back(api, OnRunMetric(scope=project, filter=METRICS[case]), unique)


@pytest.mark.parametrize("case", ALIASES)
def test_an_alias_filter_comes_back(api: Any, project: Any, unique: str, case: str) -> None:
    comes_back(api, OnAddArtifactAlias(scope=project, filter=ALIASES[case]), unique)


@pytest.mark.parametrize("states", [["running"], ["finished", "failed"], ["running", "finished", "failed"]])
def test_run_states_come_back(api: Any, project: Any, unique: str, states: list[str]) -> None:
    comes_back(api, OnRunState(scope=project, filter=RunEvent.state.in_(states) & RunEvent.name.contains("x")), unique)


def test_fields_that_runs_are_searched_by_are_taken_as_they_are(api: Any, project: Any, unique: str) -> None:
    query = {"$and": [{"tags": {"$in": ["prod"]}}, {"config.lr.value": {"$gte": 0.1}}, {"summary_metrics.acc": {"$exists": True}}]}
    event = OnRunState(scope=project, filter={"run_filter": query, "run_state_filter": {"states": ["FAILED"]}})
    comes_back(api, event, unique)


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"$and": [{"no_such_field": {"$eq": 1}}]}, "no_such_field"),
        ({"$and": [{"display_name": {"$regex": "(?=x)"}}]}, "run_filter|display_name|regex|pattern|look"),
        ({"$and": [{"config.lr": {"$near": 1}}]}, "near"),
    ],
)
def test_what_cannot_be_evaluated_is_refused(api: Any, project: Any, unique: str, query: dict[str, Any], named: str) -> None:
    event = OnRunState(scope=project, filter={"run_filter": query, "run_state_filter": {"states": ["FAILED"]}})
    with pytest.raises(CommError, match=named):
        api.create_automation(event >> DoNothing(), name=unique)


def test_a_filter_that_the_client_lost_is_kept(server: Any, api: Any, project: Any, unique: str) -> None:
    """What the client sends of a run event whose filter it could not read, with a change of anything else."""
    created = api.create_automation(OnRunState(scope=project, filter=RunEvent.state == "failed") >> DoNothing(), name=unique)
    mutation = "mutation U($input: UpdateFilterTriggerInput!) { updateFilterTrigger(input: $input) { trigger { name } } }"
    server.graphql(
        mutation,
        input={"id": created.id, "name": f"{unique}!", "triggeringEventType": "RUN_STATE", "eventFilter": '{"$and":[]}'},
    )
    assert api.automation(name=f"{unique}!", entity=project.entity).event == created.event
