"""Artifacts and registries through the stock client, down to the bytes."""

from __future__ import annotations

import filecmp
import os
from pathlib import Path
from typing import Any

import pytest
import wandb
from hookline import ORGANIZATION, TEAM, Receiver, Server


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "sub").mkdir(parents=True)
    (folder / "weights.bin").write_bytes(os.urandom(20_000))
    (folder / "sub" / "notes.txt").write_text(f"in {tmp_path}")
    return folder


@pytest.fixture
def registry(server: Server, api: Any, unique: str) -> Any:
    return api.create_registry(unique, visibility="organization", organization=ORGANIZATION, artifact_types=["model"])


def log(project: str, data: Path, *, aliases: list[str] = [], tags: list[str] = [], **options: Any) -> Any:
    with wandb.init(entity=TEAM, project=project, settings=wandb.Settings(console="off")) as run:
        artifact = wandb.Artifact("net", "model", **options)
        artifact.add_dir(str(data))
        return run.log_artifact(artifact, aliases=aliases, tags=tags).wait()


def same(left: Path | str, right: Path | str) -> bool:
    return all(filecmp.cmp(Path(left, name), Path(right, name), shallow=False) for name in ("weights.bin", "sub/notes.txt"))


def test_a_logged_version_comes_back_with_everything(api: Any, unique: str, data: Path, folder: Path) -> None:
    logged = log(unique, data, aliases=["best"], tags=["eu"], metadata={"accuracy": 0.9}, description="first")
    found = api.artifact(f"{TEAM}/{unique}/net:best")
    assert (found.version, found.id, found.type, found.digest) == ("v0", logged.id, "model", logged.digest)
    assert (sorted(found.aliases), found.tags, found.metadata, found.description) == (["best", "latest"], ["eu"], {"accuracy": 0.9}, "first")
    assert (found.size, found.file_count) == (sum(path.stat().st_size for path in data.rglob("*") if path.is_file()), 2)
    assert same(found.download(str(folder / "down"), skip_cache=True), data)
    assert Path(found.get_entry("sub/notes.txt").download(str(folder / "one"), skip_cache=True)).read_text().startswith("in ")
    assert found.logged_by().id in [run.id for run in api.runs(f"{TEAM}/{unique}")]


def test_latest_follows_the_newest_and_the_same_content_makes_no_version(api: Any, unique: str, data: Path, folder: Path) -> None:
    log(unique, data)
    (data / "more.txt").write_text("more")
    assert log(unique, data).version == "v1"
    assert log(unique, data, aliases=["again"]).version == "v1"
    versions = {version.version: sorted(version.aliases) for version in api.artifacts("model", f"{TEAM}/{unique}/net")}
    assert versions == {"v0": [], "v1": ["again", "latest"]}


def test_aliases_tags_and_metadata_are_edited(api: Any, unique: str, data: Path, folder: Path) -> None:
    log(unique, data, aliases=["old"], tags=["eu"])
    found = api.artifact(f"{TEAM}/{unique}/net:v0")
    found.aliases.append("new")
    found.aliases.remove("old")
    found.tags.append("us")
    found.tags.remove("eu")
    found.metadata["checked"] = True
    found.save()
    again = wandb.Api().artifact(f"{TEAM}/{unique}/net:v0")
    assert (sorted(again.aliases), again.tags, again.metadata) == (["latest", "new"], ["us"], {"checked": True})


def test_a_version_linked_to_a_registry_is_read_downloaded_and_unlinked(api: Any, registry: Any, unique: str, data: Path, folder: Path) -> None:
    log(unique, data)
    linked = api.artifact(f"{TEAM}/{unique}/net:v0").link(f"wandb-registry-{registry.name}/fraud", aliases=["production"])
    assert (linked.version, sorted(linked.aliases), linked.is_link) == ("v0", ["latest", "production"], True)
    name = f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:production"
    found = api.artifact(name)
    assert (found.source_qualified_name, found.collection.name) == (f"{TEAM}/{unique}/net:v0", "fraud")
    assert same(found.download(str(folder / "down"), skip_cache=True), data)
    assert [collection.name for collection in registry.collections()] == ["fraud"]
    assert [version.name for version in registry.versions()] == ["fraud:v0"]
    assert [version.name for version in registry.collections(filter={"name": "fraud"}).versions(filter={"alias": "production"})] == ["fraud:v0"]
    found.unlink()
    assert not wandb.Api().artifact_exists(name)
    assert api.artifact_exists(f"{TEAM}/{unique}/net:v0")


def test_the_addresses_that_it_prints_lead_to_our_pages(server: Server, api: Any, registry: Any, unique: str, data: Path, folder: Path) -> None:
    log(unique, data)
    version = api.artifact(f"{TEAM}/{unique}/net:v0")
    linked = version.link(f"wandb-registry-{registry.name}/fraud")
    shared = version.link(f"{TEAM}/{unique}/shared")
    assert version.url == f"{server.url}/{TEAM}/{unique}/artifacts/model/net/v0"
    pages = [server.page_behind(url) for url in (linked.url, shared.url, api.project(unique, entity=TEAM).url)]
    assert pages == [
        f"/registry/{registry.name}/fraud/v0?organization={ORGANIZATION}",
        f"/{TEAM}/{unique}/artifacts/model/shared/v0",
        f"/{TEAM}/{unique}",
    ]


def test_a_registry_refuses_other_types(registry: Any, unique: str, folder: Path) -> None:
    with wandb.init(entity=TEAM, project=unique, settings=wandb.Settings(console="off")) as run:
        artifact = wandb.Artifact("rows", "dataset")
        artifact.metadata["n"] = 1
        logged = run.log_artifact(artifact).wait()
        with pytest.raises(Exception, match="does not accept"):
            logged.link(f"wandb-registry-{registry.name}/rows")


def test_a_used_version_is_an_input_of_the_run(api: Any, unique: str, data: Path, folder: Path) -> None:
    log(unique, data)
    with wandb.init(entity=TEAM, project=unique, settings=wandb.Settings(console="off")) as run:
        run.use_artifact("net:latest")
    assert [artifact.name for artifact in api.run(f"{TEAM}/{unique}/{run.id}").used_artifacts()] == ["net:v0"]
    assert [user.id for user in api.artifact(f"{TEAM}/{unique}/net:v0").used_by()] == [run.id]


def test_references_need_no_upload(api: Any, unique: str, folder: Path) -> None:
    with wandb.init(entity=TEAM, project=unique, settings=wandb.Settings(console="off")) as run:
        artifact = wandb.Artifact("elsewhere", "dataset")
        artifact.add_reference("https://example.com/rows.csv", checksum=False)
        run.log_artifact(artifact).wait()
    entry = api.artifact(f"{TEAM}/{unique}/elsewhere:v0").manifest.entries["rows.csv"]
    assert entry.ref == "https://example.com/rows.csv"


def test_a_version_with_aliases_is_deleted_only_on_purpose(api: Any, unique: str, data: Path, folder: Path) -> None:
    log(unique, data, aliases=["best"])
    found = api.artifact(f"{TEAM}/{unique}/net:v0")
    with pytest.raises(Exception, match="alias"):
        found.delete()
    found.delete(delete_aliases=True)
    assert not wandb.Api().artifact_exists(f"{TEAM}/{unique}/net:v0")


def test_collections_are_edited_listed_and_deleted(api: Any, unique: str, data: Path, folder: Path) -> None:
    log(unique, data)
    collection = api.artifact_collection("model", f"{TEAM}/{unique}/net")
    collection.description = "described"
    collection.tags = ["gold"]
    collection.save()
    again = wandb.Api().artifact_collection("model", f"{TEAM}/{unique}/net")
    assert (again.description, again.tags, again.is_sequence()) == ("described", ["gold"], True)
    assert [found.name for found in api.artifact_type("model", f"{TEAM}/{unique}").collections()] == ["net"]
    again.delete()
    assert not wandb.Api().artifact_collection_exists(f"{TEAM}/{unique}/net", "model")


def test_link_model_makes_a_registered_model(api: Any, unique: str, data: Path, folder: Path) -> None:
    with wandb.init(entity=TEAM, project=unique, settings=wandb.Settings(console="off")) as run:
        run.link_model(str(data), f"{unique}-model", name="net", aliases=["ready"])
    assert api.artifact(f"{TEAM}/model-registry/{unique}-model:ready").source_name == "net:v0"


def test_registries_are_changed_and_deleted(api: Any, registry: Any) -> None:
    assert registry.description is None
    registry.description = "new words"
    registry.save()
    team = api.team(TEAM)
    registry.add_members(team)
    registry.update_member(team, role="member")
    assert [(member.team.name, member.role) for member in registry.team_members()] == [(TEAM, "member")]
    registry.remove_members(team)
    assert registry.team_members() == []
    found = wandb.Api().registry(registry.name, organization=ORGANIZATION)
    assert (found.description, found.artifact_types, found.visibility) == ("new words", ["model"], "organization")
    found.delete()
    assert registry.name not in [left.name for left in wandb.Api().registries(ORGANIZATION)]


@pytest.mark.parametrize("where", ["project", "registry"])
def test_the_version_string_of_a_webhook_leads_to_the_same_bytes(
    api: Any, webhook: Any, receiver: Receiver, registry: Any, unique: str, data: Path, folder: Path, where: str
) -> None:
    from wandb.automations import ArtifactEvent, OnAddArtifactAlias, SendWebhook

    api.create_project(unique, TEAM)
    # By its project: 0.28.2 knows no other scope for a registry.
    scope = api.project(f"wandb-registry-{registry.name}", registry.entity) if where == "registry" else api.project(unique, TEAM)
    event = OnAddArtifactAlias(scope=scope, filter=ArtifactEvent.alias.eq("production"))
    action = SendWebhook.from_integration(webhook, payload={"version": "${artifact_version_string}", "alias": "${alias}"})
    api.create_automation(event >> action, name=f"{unique}-{where}")
    logged = log(unique, data, aliases=["production"] if where == "project" else [])
    if where == "registry":
        logged.link(f"wandb-registry-{registry.name}/fraud", aliases=["production"])
    body = receiver.next()["json"]
    assert body["alias"] == "production"
    assert same(wandb.Api().artifact(body["version"]).download(str(folder / "down"), skip_cache=True), data)
    assert receiver.is_quiet()
