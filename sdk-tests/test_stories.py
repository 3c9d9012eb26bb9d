"""What people come for: something happens in training, and somebody hears of it once."""

from __future__ import annotations

from typing import Any

import wandb
from hookline import TEAM, Receiver, Server
from wandb.automations import OnAddArtifactAlias, OnRunMetric, RunEvent, SendNotification, SendWebhook
from wandb.automations.events import ArtifactEvent


def test_slack_hears_once_of_a_metric_above_its_limit(server: Server, api: Any, receiver: Receiver, unique: str) -> None:
    server.post("/projects", {"entity": TEAM, "name": unique})
    server.post(f"/teams/{TEAM}/slack-channels", {"name": unique, "webhookUrl": receiver.url(f"/{unique}")})
    channel = next(found for found in api.slack_integrations(entity=TEAM) if found.channel_name == unique)
    event = OnRunMetric(scope=api.project(unique, entity=TEAM), filter=RunEvent.metric("custom-metric") > 10)
    api.create_automation(event >> SendNotification.from_integration(channel), name=unique)

    with wandb.init(entity=TEAM, project=unique, name="swift-fox") as run:
        for value in [9, 11, 12]:
            run.log({"custom-metric": value})

    sent = receiver.next()
    assert sent["path"] == f"/{unique}"
    assert f"{server.url}/{TEAM}/{unique}/runs/{run.id}" in sent["body"].decode()
    assert receiver.is_quiet()


def test_a_webhook_hears_of_an_alias_in_a_registry(server: Server, api: Any, receiver: Receiver, unique: str) -> None:
    server.post("/projects", {"entity": TEAM, "name": unique})
    server.post("/registries", {"name": unique, "organization": "Acme"})
    server.post(f"/teams/{TEAM}/webhooks", {"name": unique, "url": receiver.url(f"/{unique}")})
    hook = next(found for found in api.webhook_integrations(entity=TEAM) if found.name == unique)
    events = f"/projects/{TEAM}/{unique}/events"
    version = {"collection": "detector", "version": 0}
    server.post(events, {"type": "artifact.created", "artifact": {"collection": "detector", "type": "model"}})
    server.post(events, {"type": "artifact.linked", "artifact": version, "to": {"registry": f"Acme/{unique}", "collection": "fraud"}})
    registry = api.project(f"wandb-registry-{unique}", entity="Acme")
    event = OnAddArtifactAlias(scope=registry, filter=ArtifactEvent.alias.eq("production"))
    payload = {"version": "${artifact_version_string}", "alias": "${alias}", "by": "${event_author}"}
    api.create_automation(event >> SendWebhook.from_integration(hook, payload=payload), name=unique)

    linked = api.artifact(f"Acme/wandb-registry-{unique}/fraud:v0")
    linked.aliases += ["candidate", "production"]
    linked.save()

    sent = receiver.next()
    assert (sent["path"], sent["json"]) == (
        f"/{unique}",
        {"version": f"Acme/wandb-registry-{unique}/fraud:v0", "alias": "production", "by": "ana"},
    )
    assert receiver.is_quiet()
    assert api.artifact(sent["json"]["version"]).name == "fraud:v0"
