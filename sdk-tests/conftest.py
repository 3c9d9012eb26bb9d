"""The stock `wandb` client against a real server. Every test makes its own projects and registries."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import wandb
from hookline import KEY, TEAM, NameServer, Receiver, Server, start_server
from wandb import automations

_names = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    names = NameServer()
    process, server = start_server(tmp_path_factory.mktemp("server"), names.port)
    yield server
    process.terminate()
    process.wait(30)
    names.shutdown()


@pytest.fixture(scope="session", autouse=True)
def environment(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a user sets, and nothing of this machine's own settings."""
    home = tmp_path_factory.mktemp("home")
    os.environ.update(
        WANDB_BASE_URL=server.url,
        WANDB_API_KEY=KEY,
        WANDB_CONFIG_DIR=str(home),
        WANDB_CACHE_DIR=str(home / "cache"),
        WANDB_DATA_DIR=str(home / "data"),
        WANDB_DIR=str(home),
        WANDB_SILENT="true",
        HOME=str(home),
    )


@pytest.fixture(scope="session")
def api(environment: None) -> Any:
    return wandb.Api()


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.shutdown()


@pytest.fixture
def unique() -> str:
    """Part of a name that no other test uses."""
    return f"t{next(_names)}"


@pytest.fixture
def project(server: Server, api: Any, unique: str) -> Any:
    server.post("/projects", {"entity": TEAM, "name": unique})
    return api.project(unique, entity=TEAM)


@pytest.fixture(scope="session")
def webhook(server: Server, api: Any, receiver: Receiver) -> Any:
    server.post(f"/teams/{TEAM}/webhooks", {"name": "deploy", "url": receiver.url("/deploy")})
    return next(hook for hook in api.webhook_integrations(entity=TEAM) if hook.name == "deploy")


@pytest.fixture(scope="session")
def channel(server: Server, api: Any, receiver: Receiver) -> Any:
    server.post(f"/teams/{TEAM}/slack-channels", {"name": "ml-alerts", "webhookUrl": receiver.url("/slack")})
    return next(found for found in api.slack_integrations(entity=TEAM) if found.channel_name == "ml-alerts")


@pytest.fixture
def scopes(server: Server, api: Any, project: Any, unique: str) -> dict[str, Any]:
    """One of each place that an automation can listen in, as the client holds it."""
    events = f"/projects/{TEAM}/{project.name}/events"
    server.post("/registries", {"name": unique})
    server.post(events, {"type": "artifact.created", "artifact": {"collection": "detector", "type": "model"}})
    link = {"artifact": {"collection": "detector", "version": 0}, "to": {"registry": unique, "collection": "fraud"}}
    server.post(events, {"type": "artifact.linked", **link})
    registry = api.registry(unique, organization="Acme")
    return {
        "project": project,
        # Before 0.31 a registry is a scope only as the project that it is.
        "registry": registry if hasattr(automations, "RegistryScope") else api.project(registry.full_name, entity=registry.entity),
        "collection": api.artifact_collection("model", f"{TEAM}/{project.name}/detector"),
        "registry_collection": api.artifact_collection("model", f"{registry.entity}/{registry.full_name}/fraud"),
        "team": api.team(TEAM),
        "organization": api.organization("Acme"),
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the client runs, and leaves what it writes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
