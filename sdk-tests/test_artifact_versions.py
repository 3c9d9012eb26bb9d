"""How versions come about: from parts, from several runs, from what is there already; and what is left of a deleted one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import wandb
from hookline import TEAM, Server


def start(project: str, **options: Any) -> Any:
    return wandb.init(entity=TEAM, project=project, settings=wandb.Settings(console="off"), **options)


def artifact_of(folder: Path, files: dict[str, str], **options: Any) -> Any:
    artifact = wandb.Artifact("rows", "dataset", **options)
    for name, text in files.items():
        (folder / name).write_text(text)
        artifact.add_file(str(folder / name))
    return artifact


def test_an_incremental_version_holds_what_the_one_before_held(api: Any, unique: str, folder: Path) -> None:
    with start(unique) as run:
        run.log_artifact(artifact_of(folder, {"a.txt": "a", "b.txt": "b"})).wait()
        added = run.log_artifact(artifact_of(folder, {"b.txt": "B", "c.txt": "c"}, incremental=True)).wait()
        assert added.version == "v1"
    found = api.artifact(f"{TEAM}/{unique}/rows:latest")
    assert sorted(found.manifest.entries) == ["a.txt", "b.txt", "c.txt"]
    assert (found.file_count, found.size) == (3, 3)
    down = Path(found.download(str(folder / "down"), skip_cache=True))
    assert {path.name: path.read_text() for path in down.iterdir()} == {"a.txt": "a", "b.txt": "B", "c.txt": "c"}
    with start(unique) as run:
        whole = artifact_of(folder, {"a.txt": "a", "b.txt": "B", "c.txt": "c"})
        assert run.log_artifact(whole).wait().version == "v1"


def test_a_draft_of_a_version_becomes_the_next(api: Any, unique: str, folder: Path) -> None:
    with start(unique) as run:
        run.log_artifact(artifact_of(folder, {"a.txt": "a", "b.txt": "b"})).wait()
    draft = api.artifact(f"{TEAM}/{unique}/rows:v0").new_draft()
    draft.remove("a.txt")
    (folder / "c.txt").write_text("c")
    draft.add_file(str(folder / "c.txt"))
    draft.save()
    draft.wait()
    assert sorted(wandb.Api().artifact(f"{TEAM}/{unique}/rows:v1").manifest.entries) == ["b.txt", "c.txt"]


def test_several_runs_write_one_version(api: Any, unique: str, folder: Path) -> None:
    with start(unique, id="first") as run:
        run.upsert_artifact(artifact_of(folder, {"a.txt": "a"}), distributed_id="together")
    with start(unique, id="second") as run:
        run.upsert_artifact(artifact_of(folder, {"b.txt": "b"}), distributed_id="together")
    assert not api.artifact_exists(f"{TEAM}/{unique}/rows:latest")
    with start(unique, id="third") as run:
        run.finish_artifact(artifact_of(folder, {"c.txt": "c"}), distributed_id="together")
    found = wandb.Api().artifact(f"{TEAM}/{unique}/rows:latest")
    assert (found.version, sorted(found.manifest.entries)) == ("v0", ["a.txt", "b.txt", "c.txt"])
    for run_id in ["first", "second", "third"]:
        assert [made.name for made in api.run(f"{TEAM}/{unique}/{run_id}").logged_artifacts()] == ["rows:v0"]


def test_content_that_is_there_already_is_an_output_of_each_run_that_logs_it(api: Any, unique: str, folder: Path) -> None:
    for run_id in ["first", "second"]:
        with start(unique, id=run_id) as run:
            run.log_artifact(artifact_of(folder, {"a.txt": "a"})).wait()
        assert [made.name for made in api.run(f"{TEAM}/{unique}/{run_id}").logged_artifacts()] == ["rows:v0"]
    assert api.artifact(f"{TEAM}/{unique}/rows:v0").logged_by().id == "first"


def test_an_artifact_refers_to_files_of_another(api: Any, unique: str, folder: Path) -> None:
    with start(unique) as run:
        run.log_artifact(artifact_of(folder, {"a.txt": "a"})).wait()
    with start(unique) as run:
        entry = run.use_artifact("rows:v0").get_entry("a.txt")
        other = wandb.Artifact("view", "dataset")
        other.add_reference(entry, "linked.txt")
        run.log_artifact(other).wait()
    down = Path(wandb.Api().artifact(f"{TEAM}/{unique}/view:v0").download(str(folder / "down"), skip_cache=True))
    assert (down / "linked.txt").read_text() == "a"


def test_files_are_counted_and_paged_with_references(api: Any, unique: str, folder: Path) -> None:
    with start(unique) as run:
        artifact = artifact_of(folder, {f"f{number}.txt": str(number) for number in range(5)})
        for number in range(5):
            artifact.add_reference(f"https://example.com/{number}", f"a{number}", checksum=False)
        run.log_artifact(artifact).wait()
    found = api.artifact(f"{TEAM}/{unique}/rows:v0")
    assert sorted(file.name for file in found.files(per_page=3)) == sorted(found.manifest.entries)
    assert (len(found.files()), len(found.files(names=["f1.txt", "f3.txt"])), found.file_count) == (10, 2, 10)


def test_what_a_deleted_version_was_is_still_told(api: Any, unique: str, folder: Path) -> None:
    with start(unique) as run:
        run.log_artifact(artifact_of(folder, {"a.txt": "a"})).wait()
    found = api.artifact(f"{TEAM}/{unique}/rows:v0")
    found.delete(delete_aliases=True)
    assert found.used_by() == []
    assert found.logged_by().id == run.id
    with pytest.raises(Exception, match="(?i)not found"):
        wandb.Api().artifact(f"{TEAM}/{unique}/rows:v0")


def test_a_storage_region_that_is_not_there_is_refused(unique: str, folder: Path) -> None:
    with start(unique) as run:
        artifact = wandb.Artifact("rows", "dataset", storage_region="elsewhere-1")
        with pytest.raises(ValueError, match="elsewhere-1"):
            run.log_artifact(artifact)
            artifact.wait()


def test_aliases_of_a_link_are_changed_without_a_role_where_it_was_made(server: Server, api: Any, unique: str, folder: Path) -> None:
    server.post("/teams", {"name": f"makers-{unique}"})
    server.post("/registries", {"name": unique})
    key = f"linker{unique}".ljust(40, "0")
    server.post("/users", {"username": f"l-{unique}", "apiKey": key})
    server.post("/organizations/Acme/members", {"username": f"l-{unique}", "role": "member"})
    server.post(f"/teams/makers-{unique}/members", {"username": f"l-{unique}", "role": "viewer"})
    with wandb.init(entity=f"makers-{unique}", project=unique, settings=wandb.Settings(console="off")) as run:
        run.log_artifact(artifact_of(folder, {"a.txt": "a"})).wait().link(f"wandb-registry-{unique}/fraud")
    linked = wandb.Api(api_key=key).artifact(f"Acme/wandb-registry-{unique}/fraud:v0")
    linked.aliases.append("production")
    linked.save()
    assert "production" in wandb.Api().artifact(f"Acme/wandb-registry-{unique}/fraud:v0").aliases
