"""Versions where they stand: used by runs, linked into registries, and in the hands of people who may only look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import wandb
from hookline import ORGANIZATION, TEAM, Server


def start(project: str, **options: Any) -> Any:
    return wandb.init(entity=TEAM, project=project, settings=wandb.Settings(console="off"), **options)


def log(project: str, folder: Path, files: dict[str, str], **options: Any) -> Any:
    with start(project) as run:
        artifact = wandb.Artifact("net", "model")
        for name, text in files.items():
            (folder / name).write_text(text)
            artifact.add_file(str(folder / name))
        return run.log_artifact(artifact, **options).wait()


@pytest.fixture
def registry(api: Any, unique: str) -> Any:
    return api.create_registry(unique, visibility="organization", organization=ORGANIZATION)


@pytest.fixture
def person(server: Server, unique: str) -> Any:
    """Makes somebody with a role in the team, and answers an `Api` with their key."""

    def make(role: str | None, registry: str | None = None) -> Any:
        name = f"{role or 'nobody'}-{unique}"
        key = name.replace("-", "").ljust(40, "0")
        server.post("/users", {"username": name, "apiKey": key})
        server.post(f"/organizations/{ORGANIZATION}/members", {"username": name, "role": "member"})
        if registry:
            server.post(f"/registries/{registry}/members", {"kind": "user", "name": name, "role": role})
        elif role:
            server.post(f"/teams/{TEAM}/members", {"username": name, "role": role})
        return wandb.Api(api_key=key)

    return make


def test_the_number_of_a_deleted_version_is_not_given_again(api: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"})
    log(unique, folder, {"a.txt": "1"})
    api.artifact(f"{TEAM}/{unique}/net:v1").delete(delete_aliases=True)
    assert log(unique, folder, {"a.txt": "2"}).version == "v2"
    versions = wandb.Api().artifacts("model", f"{TEAM}/{unique}/net")
    assert {one.version: one.aliases for one in versions} == {"v0": [], "v2": ["latest"]}


def test_content_of_a_deleted_version_makes_a_new_one(api: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"})
    api.artifact(f"{TEAM}/{unique}/net:v0").delete(delete_aliases=True)
    again = log(unique, folder, {"a.txt": "0"})
    assert again.version == "v1"
    down = Path(wandb.Api().artifact(f"{TEAM}/{unique}/net:v1").download(str(folder / "down"), skip_cache=True))
    assert (down / "a.txt").read_text() == "0"


def test_a_version_that_is_gone_is_no_input_of_the_run_that_used_it(api: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"})
    with start(unique) as run:
        run.use_artifact("net:v0")
    api.artifact(f"{TEAM}/{unique}/net:v0").delete(delete_aliases=True)
    assert list(wandb.Api().run(f"{TEAM}/{unique}/{run.id}").used_artifacts()) == []


def test_deleting_a_version_takes_its_links_along(api: Any, registry: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"}).link(f"wandb-registry-{registry.name}/fraud", aliases=["production"])
    api.artifact(f"{TEAM}/{unique}/net:v0").delete(delete_aliases=True)
    assert not wandb.Api().artifact_exists(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:production")


def test_a_run_uses_a_version_out_of_a_registry(api: Any, registry: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"}).link(f"wandb-registry-{registry.name}/fraud", aliases=["production"])
    with start(f"{unique}-serving") as run:
        used = run.use_artifact(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:production")
        assert (Path(used.download(str(folder / "down"), skip_cache=True)) / "a.txt").read_text() == "0"
    assert [one.source_name for one in api.run(f"{TEAM}/{unique}-serving/{run.id}").used_artifacts()] == ["net:v0"]
    assert [one.id for one in api.artifact(f"{TEAM}/{unique}/net:v0").used_by()] == [run.id]


def test_an_artifact_that_is_not_logged_yet_is_logged_by_the_run_that_uses_it(api: Any, unique: str, folder: Path) -> None:
    (folder / "rows.csv").write_text("1,2")
    with start(unique) as run:
        artifact = wandb.Artifact("rows", "dataset")
        artifact.add_file(str(folder / "rows.csv"))
        run.use_artifact(artifact)
        artifact.wait()
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    assert [one.name for one in found.used_artifacts()] == ["rows:v0"]


def test_aliases_and_metadata_of_a_link_and_of_its_source(api: Any, registry: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"}, aliases=["best"]).link(f"wandb-registry-{registry.name}/fraud")
    linked = api.artifact(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:v0")
    linked.aliases.append("production")
    linked.metadata["checked"] = True
    linked.tags = ["eu"]
    linked.save()
    fresh = wandb.Api()
    source = fresh.artifact(f"{TEAM}/{unique}/net:v0")
    assert (sorted(source.aliases), source.metadata, source.is_link) == (["best", "latest"], {"checked": True}, False)
    again = fresh.artifact(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:production")
    assert (sorted(again.aliases), again.metadata, again.is_link) == (["latest", "production"], {"checked": True}, True)
    assert again.source_artifact.qualified_name == source.qualified_name
    assert [one.qualified_name for one in source.linked_artifacts] == [again.qualified_name.replace("production", "v0")]


def test_two_registries_and_two_collections_hold_one_version(api: Any, registry: Any, unique: str, folder: Path) -> None:
    version = log(unique, folder, {"a.txt": "0"})
    for name in ["fraud", "spam"]:
        version.link(f"wandb-registry-{registry.name}/{name}")
    other = log(unique, folder, {"a.txt": "1"})
    assert other.link(f"wandb-registry-{registry.name}/fraud").version == "v1"
    assert sorted(one.name for one in registry.versions()) == ["fraud:v0", "fraud:v1", "spam:v0"]
    version.link(f"wandb-registry-{registry.name}/fraud")  # it stands there already
    assert len(list(registry.versions())) == 3


def test_a_link_is_not_deleted_as_a_version(api: Any, registry: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"}).link(f"wandb-registry-{registry.name}/fraud")
    linked = api.artifact(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:v0")
    linked.delete()  # the client unlinks
    assert not wandb.Api().artifact_exists(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:v0")
    assert wandb.Api().artifact_exists(f"{TEAM}/{unique}/net:v0")


def test_who_may_only_look_reads_and_downloads_and_changes_nothing(api: Any, person: Any, unique: str, folder: Path) -> None:
    log(unique, folder, {"a.txt": "0"}, aliases=["best"])
    viewer = person("viewer")
    found = viewer.artifact(f"{TEAM}/{unique}/net:best")
    assert (Path(found.download(str(folder / "down"), skip_cache=True)) / "a.txt").read_text() == "0"
    found.aliases.append("production")
    with pytest.raises(Exception, match="as viewer"):
        found.save()
    with pytest.raises(Exception, match="as viewer"):
        viewer.artifact(f"{TEAM}/{unique}/net:v0").delete(delete_aliases=True)
    with pytest.raises(Exception, match="as viewer"):
        viewer.artifact_collection("model", f"{TEAM}/{unique}/net").delete()
    assert sorted(wandb.Api().artifact(f"{TEAM}/{unique}/net:v0").aliases) == ["best", "latest"]


def test_a_stranger_to_the_team_finds_no_version(api: Any, person: Any, unique: str, folder: Path) -> None:
    version = log(unique, folder, {"a.txt": "0"})
    stranger = person(None)
    with pytest.raises(Exception, match="(?i)not found"):
        stranger.artifact(f"{TEAM}/{unique}/net:v0")
    assert not stranger.artifact_exists(version.qualified_name)


def test_who_is_in_the_organization_alone_downloads_from_a_registry(
    api: Any, registry: Any, person: Any, unique: str, folder: Path
) -> None:
    log(unique, folder, {"a.txt": "0"}).link(f"wandb-registry-{registry.name}/fraud")
    found = person(None).artifact(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:v0")
    assert (Path(found.download(str(folder / "down"), skip_cache=True)) / "a.txt").read_text() == "0"
    assert [file.name for file in found.files()] == ["a.txt"]


def test_who_may_not_download_from_a_registry_sees_what_it_holds(
    server: Server, api: Any, registry: Any, person: Any, unique: str, folder: Path
) -> None:
    log(unique, folder, {"a.txt": "0"}).link(f"wandb-registry-{registry.name}/fraud")
    restricted = person("restricted_viewer", registry.name)
    found = restricted.artifact(f"{ORGANIZATION}/wandb-registry-{registry.name}/fraud:v0")
    assert found.version == "v0"
    with pytest.raises(Exception, match="may not (see|download)"):
        found.download(str(folder / "down"), skip_cache=True)


def test_a_reference_to_files_of_this_machine_is_loaded_from_there(api: Any, unique: str, folder: Path) -> None:
    (folder / "here").mkdir()
    (folder / "here" / "a.txt").write_text("a")
    with start(unique) as run:
        artifact = wandb.Artifact("here", "dataset")
        artifact.add_reference(f"file://{folder / 'here'}")
        run.log_artifact(artifact).wait()
    found = api.artifact(f"{TEAM}/{unique}/here:v0")
    assert (Path(found.download(str(folder / "down"), skip_cache=True)) / "a.txt").read_text() == "a"
    assert (found.manifest.entries["a.txt"].ref, found.file_count) == (f"file://{folder / 'here' / 'a.txt'}", 1)


def test_an_incremental_artifact_without_one_before_is_the_first(api: Any, unique: str, folder: Path) -> None:
    (folder / "a.txt").write_text("a")
    with start(unique) as run:
        artifact = wandb.Artifact("rows", "dataset", incremental=True)
        artifact.add_file(str(folder / "a.txt"))
        assert run.log_artifact(artifact).wait().version == "v0"
    assert sorted(api.artifact(f"{TEAM}/{unique}/rows:latest").manifest.entries) == ["a.txt"]


def test_runs_that_write_one_version_at_the_same_time_make_it_once(api: Any, unique: str, folder: Path) -> None:
    runs = [start(unique, id=f"part{number}", reinit="create_new") for number in range(3)]
    for number, run in enumerate(runs):
        artifact = wandb.Artifact("rows", "dataset")
        (folder / f"{number}.txt").write_text(str(number))
        artifact.add_file(str(folder / f"{number}.txt"))
        run.upsert_artifact(artifact, distributed_id="together")
    for run in runs:
        run.finish()
    with start(unique, id="last") as run:
        run.finish_artifact(wandb.Artifact("rows", "dataset"), distributed_id="together")
    found = wandb.Api().artifacts("dataset", f"{TEAM}/{unique}/rows")
    assert [(one.version, sorted(one.manifest.entries)) for one in found] == [("v0", ["0.txt", "1.txt", "2.txt"])]
