"""The Python of docs/use-cases.md, which "View as code" shows too, makes the very automation of the document above it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hookline import ROOT, Receiver, Server
from wandb import Api

GUIDE = (ROOT / "docs" / "use-cases.md").read_text()
#: The guide's team and organization have names of their own here: `acme` is this server's organization.
TEAM = "guide"


def block(chapter: str, language: str) -> str | None:
    found = re.search(rf"^```{language}\n(.*?)^```", chapter, re.MULTILINE | re.DOTALL)
    return found and found[1]


CHAPTERS = {chapter.partition("\n")[0]: chapter for chapter in GUIDE.split("\n## ")[1:]}
WITH_CLIENT = [title for title, chapter in CHAPTERS.items() if block(chapter, "python")]


@pytest.fixture(scope="module")
def organization(server: Server, api: Api, receiver: Receiver) -> str:
    """What the guide takes for granted: the team, its project, collection and integrations. Answers who owns the registries."""
    server.post("/teams", {"name": TEAM, "organization": "Acme"})
    server.post("/registries", {"name": "model", "organization": "Acme"})
    server.post("/projects", {"entity": TEAM, "name": "vision"})
    server.post(f"/projects/{TEAM}/vision/events", {"type": "artifact.created", "artifact": {"collection": "lidar", "type": "dataset"}})
    server.post(f"/teams/{TEAM}/webhooks", {"name": "deploy-hook", "url": receiver.url("/deploy")})
    server.post(f"/teams/{TEAM}/slack-channels", {"name": "ml-alerts", "webhookUrl": receiver.url("/slack")})
    return api.registry("model", organization="Acme").entity


def test_most_use_cases_can_be_said_by_the_client() -> None:
    assert len(CHAPTERS) == 15
    assert len(WITH_CLIENT) >= 11


@pytest.mark.parametrize("title", WITH_CLIENT)
def test_the_python_makes_what_the_document_says(server: Server, organization: str, title: str) -> None:
    chapter = re.sub("acme(-org)?", lambda found: organization if found[1] else TEAM, CHAPTERS[title])
    # Other tests make organizations too, and then a registry's name alone does not say which one is meant.
    chapter = chapter.replace("registry: model", f"registry: {organization}/model")
    document = yaml.safe_load(block(chapter, "yaml"))
    document.pop("kind")
    document["on"] = document.pop(True)  # YAML 1.1, which this reader still follows, takes the word for a truth value
    said = server.post("/automations", {**document, "name": f"{title} as a document"})

    program = block(chapter, "python").replace("http://localhost:3000", server.url)
    names: dict[str, Any] = {}
    exec(compile(program, title, "exec"), names)
    found = names["api"].automation(name=document["name"])
    made = server.get(f"/automations/{id_of(server, document['name'])}")

    assert found.name == document["name"]
    assert without_marks(made) == {**without_marks(said), "name": document["name"]}


def id_of(server: Server, name: str) -> str:
    return next(item["id"] for item in server.get("/automations")["items"] if item["name"] == name)


def without_marks(automation: dict[str, Any]) -> dict[str, Any]:
    """What it does: not who it is and since when. A name that the wizard writes as a pattern the client writes as it is."""
    kept = {key: value for key, value in automation.items() if key not in ("id", "href", "createdAt", "updatedAt")}
    condition = kept["filter"]
    alias = re.fullmatch(r"\^([\w-]+)\$", condition.get("alias", ""))
    if alias:
        condition = {"query": {"$or": [{"$and": [{"alias": {"$eq": alias[1]}}]}]}}
    if "states" in condition:
        condition = {**condition, "states": sorted(condition["states"])}
    return {**kept, "filter": condition}
