"""What wandb.Api() reads of runs and projects, and the few things that it writes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import wandb
from hookline import TEAM, USER


@pytest.fixture(scope="module")
def logged(environment: None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a run of ten steps, half of which have a second metric, with system metrics and output."""
    folder = tmp_path_factory.mktemp("logged")
    settings = wandb.Settings(x_stats_sampling_interval=0.1, root_dir=str(folder))
    with wandb.init(entity=TEAM, project="read", id="logged", dir=folder, config={"lr": 0.5}, settings=settings) as run:
        for step in range(10):
            run.log({"acc": step} if step % 2 else {"acc": step, "val": {"loss": step / 2}})
            print(f"step {step}")
        time.sleep(1)  # ten samples of the machine
    return f"{TEAM}/read/logged"


@pytest.mark.parametrize("page_size", [1, 2, 3, 10, 1000])
def test_a_scan_of_some_metrics_reads_every_row_that_has_them(api: Any, logged: str, page_size: int) -> None:
    run = api.run(logged)
    assert list(run.scan_history(keys=["acc"], page_size=page_size)) == [{"_step": step, "acc": step} for step in range(10)]
    assert [row["val.loss"] for row in run.scan_history(keys=["acc", "val.loss"], page_size=page_size)] == [0, 1, 2, 3, 4]


def test_a_scan_covers_the_steps_that_are_asked_for(api: Any, logged: str) -> None:
    run = api.run(logged)
    for keys in [None, ["acc"]]:
        rows = list(run.scan_history(keys=keys, page_size=2, min_step=3, max_step=6))
        assert [(row["_step"], row["acc"]) for row in rows] == [(3, 3), (4, 4), (5, 5)]


def test_a_history_is_thinned_evenly(api: Any, logged: str) -> None:
    run = api.run(logged)
    assert [row["_step"] for row in run.history(samples=4, pandas=False)] == [0, 3, 6, 9]
    assert [row["acc"] for row in run.history(samples=4, keys=["acc"], pandas=False)] == [0, 3, 6, 9]
    assert len(run.history(pandas=False)) == 10


def test_system_metrics_are_a_history_of_their_own(api: Any, logged: str) -> None:
    run = api.run(logged)
    rows = run.history(stream="system", pandas=False)
    assert rows and any(key.startswith("system.") for key in rows[-1])
    assert any(key.startswith("system.") for key in run.system_metrics)
    assert run.system_metrics.items() <= rows[-1].items()


def test_what_a_run_was_started_with_is_in_its_files(api: Any, logged: str) -> None:
    run = api.run(logged)
    assert run.metadata["python"]
    assert {"config.yaml", "wandb-summary.json", "wandb-metadata.json", "output.log"} <= {file.name for file in run.files()}
    assert [file.name for file in run.files(names=["config.yaml"])] == ["config.yaml"]
    assert [file.name for file in run.files(pattern="wandb-%")] == ["wandb-metadata.json", "wandb-summary.json"]
    assert run.file("config.yaml").size > 0


if hasattr(wandb.apis.public.Run, "console_logs"):  # from 0.31 on

    def test_console_lines_are_read_page_by_page(api: Any, logged: str) -> None:
        run = api.run(logged)
        lines = [line.content for line in run.console_logs()]
        assert [line for line in lines if line.startswith("step ")] == [f"step {step}" for step in range(10)]
        assert [line.content for line in run.console_logs(last=2)] == lines[-2:]


def test_files_are_uploaded_and_deleted_afterwards(api: Any, logged: str, folder: Path) -> None:
    run = api.run(logged)
    (folder / "late.txt").write_text("late")
    run.upload_file("late.txt")
    assert run.file("late.txt").download(folder / "back").read() == "late"
    run.file("late.txt").delete()
    assert "late.txt" not in [file.name for file in api.run(logged).files()]


def test_a_run_is_made_ended_and_not_ended_twice(api: Any, unique: str) -> None:
    made = api.create_run(project=unique, entity=TEAM)
    run = wandb.Api().run(f"{TEAM}/{unique}/{made.id}")
    assert run.update_state("failed")
    with pytest.raises(wandb.Error, match="invalid state transition"):
        run.update_state("failed")
    with pytest.raises(wandb.Error, match="invalid state transition"):
        run.update_state("running")
    run.wait_until_finished()
    assert run.state == "failed"


def test_a_run_is_changed_by_one_and_read_by_another(api: Any, unique: str, folder: Path) -> None:
    with wandb.init(entity=TEAM, project=unique) as run:
        run.log({"a": 1})
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    found.name, found.group, found.job_type, found.description = "new name", "g2", "eval", "described"
    found.tags = ["x", "y"]
    found.config["nested"] = {"a": [1, {"b": None}]}
    found.update()
    found.summary["nested"] = {"x": 1}
    found.summary.update()
    again = wandb.Api().run(f"{TEAM}/{unique}/{run.id}")
    assert (again.name, again.group, again.job_type, again.description) == ("new name", "g2", "eval", "described")
    assert (again.tags, again.config["nested"], again.summary["nested"]["x"]) == (["x", "y"], {"a": [1, {"b": None}]}, 1)
    del again.summary["nested"]
    again.summary.update()
    assert "nested" not in wandb.Api().run(f"{TEAM}/{unique}/{run.id}").summary


def test_projects_are_made_listed_and_read(api: Any, unique: str) -> None:
    for name in ["a", "b", "c"]:
        api.create_project(f"{unique}-{name}", TEAM)
    names = [project.name for project in wandb.Api().projects(TEAM, per_page=2)]
    assert [name for name in names if name.startswith(unique)] == [f"{unique}-{name}" for name in ["a", "b", "c"]]
    found = api.project(f"{unique}-a", TEAM)
    assert (found.entity, found.owner.username, found.path) == (TEAM, USER, [TEAM, f"{unique}-a"])
    with pytest.raises(ValueError):
        _ = wandb.Api().project(f"{unique}-none", TEAM).id


def test_artifacts_made_by_a_run_go_with_it_when_that_is_wished(api: Any, unique: str, folder: Path) -> None:
    for name in ["kept", "gone"]:
        with wandb.init(entity=TEAM, project=unique, id=name) as run:
            artifact = wandb.Artifact(name, "dataset")
            artifact.metadata["n"] = name
            run.log_artifact(artifact).wait()
        api.run(f"{TEAM}/{unique}/{name}").delete(delete_artifacts=name == "gone")
    assert wandb.Api().artifact_exists(f"{TEAM}/{unique}/kept:v0")
    assert not wandb.Api().artifact_exists(f"{TEAM}/{unique}/gone:v0")


def test_a_personal_space_has_its_user(api: Any) -> None:
    assert [(member.username, member.account_type) for member in api.team(USER).members] == [(USER, "USER")]
