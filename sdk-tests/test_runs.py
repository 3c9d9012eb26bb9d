"""Runs through the stock client: what was logged is what is read back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import wandb
from hookline import ROOT, TEAM, Receiver, Server


def start(project: str, **options: Any) -> Any:
    return wandb.init(entity=TEAM, project=project, settings=wandb.Settings(console="off"), **options)


def wait_for(found: Callable[[], Any], seconds: float = 30) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if value := found():
            return value
        time.sleep(0.2)
    raise AssertionError("It did not happen in time.")


def test_config_summary_and_history_read_back_as_logged(api: Any, unique: str, folder: Path) -> None:
    config = {"lr": 0.1, "layers": [1, 2], "nested": {"a": {"b": "c"}}, "nothing": None}
    run = start(unique, config=config, name="swift", tags=["prod"], notes="a note", group="g1", job_type="train")
    for step in range(5):
        run.log({"loss": 1 / (step + 1), "val": {"acc": step, "name": "x"}, "text": "hi", "flag": True, "bad": float("nan")})
    run.summary["best"] = 0.2
    run.finish()

    found = api.run(f"{TEAM}/{unique}/{run.id}")
    assert (found.name, found.state, found.group, found.job_type) == ("swift", "finished", "g1", "train")
    assert (found.tags, found.notes, found.user.username) == (["prod"], "a note", api.viewer.username)
    assert {key: found.config[key] for key in config} == config
    assert (found.summary["best"], found.summary["loss"], found.summary["val"]["acc"]) == (0.2, 0.2, 4)
    rows = list(found.scan_history())
    assert [row["_step"] for row in rows] == list(range(5))
    assert [row["loss"] for row in rows] == [1 / (step + 1) for step in range(5)]
    assert (rows[3]["val"], rows[3]["text"], rows[3]["flag"]) == ({"acc": 3, "name": "x"}, "hi", True)
    assert all(str(row["bad"]).lower() == "nan" for row in rows)
    assert found.history(keys=["loss", "val.acc"], pandas=False)[-1] == {"_step": 4, "loss": 0.2, "val.acc": 4}
    assert found.lastHistoryStep == 4


def test_a_run_without_a_name_gets_one(api: Any, unique: str, folder: Path) -> None:
    first, second = start(unique), None
    first.finish()
    second = start(unique)
    second.finish()
    assert first.name.endswith("-1") and second.name.endswith("-2")


def test_media_and_tables_are_files_of_the_run(api: Any, unique: str, folder: Path) -> None:
    import numpy

    run = start(unique)
    run.log({"image": wandb.Image(numpy.zeros((4, 4, 3), dtype="uint8")), "table": wandb.Table(columns=["a"], data=[[1], [2]])})
    run.log({"histogram": wandb.Histogram([1, 2, 3])})
    run.finish()
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    row = next(iter(found.scan_history()))
    assert (row["image"]["_type"], row["image"]["width"], row["table"]["nrows"]) == ("image-file", 4, 2)
    assert row["image"]["path"] in [file.name for file in found.files()]
    with found.file(row["image"]["path"]).download(folder, replace=True) as image:
        assert Path(image.name).read_bytes().startswith(b"\x89PNG")


def test_files_saved_with_a_run_come_back_byte_for_byte(api: Any, unique: str, folder: Path) -> None:
    content = bytes(range(256)) * 100
    (folder / "weights.bin").write_bytes(content)
    run = start(unique)
    run.save("weights.bin")
    run.finish()
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    found.file("weights.bin").download(folder / "back")
    assert (folder / "back" / "weights.bin").read_bytes() == content
    assert json.loads((found.file("wandb-metadata.json").download(folder / "back", replace=True)).read())["python"]
    found.file("weights.bin").delete()
    assert "weights.bin" not in [file.name for file in found.files()]


def test_a_resumed_run_goes_on_where_it_was(api: Any, unique: str, folder: Path) -> None:
    run = start(unique)
    for value in range(3):
        run.log({"loss": value})
    run.finish(exit_code=1)
    assert api.run(f"{TEAM}/{unique}/{run.id}").state == "failed"
    again = start(unique, id=run.id, resume="must")
    assert again.starting_step == 3
    again.log({"loss": 3})
    again.finish()
    api.flush()
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    assert [(row["_step"], row["loss"]) for row in found.scan_history()] == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert found.state == "finished"


def test_a_run_is_rewound_to_a_step(api: Any, unique: str, folder: Path) -> None:
    run = start(unique)
    for value in range(5):
        run.log({"loss": value})
    run.finish()
    again = start(unique, resume_from=f"{run.id}?_step=2")
    again.log({"loss": 30})
    again.finish()
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    assert [(row["_step"], row["loss"]) for row in found.scan_history()] == [(0, 0), (1, 1), (2, 2), (3, 30)]


def test_stopping_a_run_interrupts_its_script(api: Any, unique: str, folder: Path) -> None:
    script = folder / "train.py"
    script.write_text(
        "import time, wandb\n"
        f"run = wandb.init(entity='{TEAM}', project='{unique}', id='victim', settings=wandb.Settings(x_file_stream_transmit_interval=1))\n"
        "for step in range(300):\n"
        "    run.log({'loss': step})\n"
        "    time.sleep(0.2)\n"
    )
    # Its own background process, not the one of these tests, which would outlive it and keep the run open.
    own = {name: value for name, value in os.environ.items() if name != "WANDB_SERVICE"}
    process = subprocess.Popen([sys.executable, script], cwd=folder, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    api.create_project(unique, TEAM)
    found = wait_for(lambda: next((run for run in wandb.Api().runs(f"{TEAM}/{unique}") if run.id == "victim" and run.lastHistoryStep > 0), None))
    found.stop()
    assert process.wait(60) != 0
    assert wait_for(lambda: wandb.Api().run(f"{TEAM}/{unique}/victim").state == "killed")


def test_an_offline_run_is_synced_later(api: Any, unique: str, folder: Path) -> None:
    run = start(unique, mode="offline", config={"lr": 0.5})
    for value in range(4):
        run.log({"loss": value})
    run.finish()
    offline = next((folder / "wandb").glob("offline-run-*"), None) or next(Path(run.dir).parents[1].glob("offline-run-*"))
    subprocess.run([sys.executable, "-m", "wandb", "sync", str(offline)], check=True, capture_output=True, cwd=folder)
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    assert [row["loss"] for row in found.scan_history()] == [0, 1, 2, 3]
    assert (found.config["lr"], found.state) == (0.5, "finished")


def test_an_alert_reaches_the_channel_that_receives_alerts_once(server: Server, receiver: Receiver, unique: str, folder: Path) -> None:
    server.post(f"/teams/{TEAM}/slack-channels", {"name": unique, "webhookUrl": receiver.url(f"/{unique}"), "receivesRunAlerts": True})
    run = start(unique)
    run.alert("Loss is high", "It is 12", level="WARN", wait_duration=60)
    run.alert("Loss is high", "It is 13", level="WARN", wait_duration=60)
    run.alert("Done", "All is well")
    run.finish()
    messages = [receiver.next(), receiver.next()]
    texts = [json.dumps(message["json"]) for message in messages if message["path"] == f"/{unique}"]
    assert sorted("Loss is high" in text for text in texts) == [False, True]
    assert any(f"/{TEAM}/{unique}/runs/{run.id}" in text for text in texts)
    assert receiver.is_quiet()


def test_runs_are_found_by_filters_and_in_order(api: Any, unique: str, folder: Path) -> None:
    for lr in (0.3, 0.1, 0.2):
        run = start(unique, config={"lr": lr}, name=f"lr-{lr}")
        run.log({"loss": lr * 2})
        run.finish()
    names = lambda **query: [run.name for run in api.runs(f"{TEAM}/{unique}", **query)]  # noqa: E731
    assert names() == ["lr-0.3", "lr-0.1", "lr-0.2"]
    assert names(order="-created_at") == ["lr-0.2", "lr-0.1", "lr-0.3"]
    assert names(order="+summary_metrics.loss") == ["lr-0.1", "lr-0.2", "lr-0.3"]
    assert names(filters={"config.lr": {"$lt": 0.25}}, per_page=1) == ["lr-0.1", "lr-0.2"]
    assert names(filters={"display_name": {"$regex": "^lr-0.3"}, "state": "finished"}) == ["lr-0.3"]
    assert len(api.runs(f"{TEAM}/{unique}")) == 3


def test_edits_of_the_public_api_are_kept(api: Any, unique: str, folder: Path) -> None:
    run = start(unique, config={"lr": 1})
    run.finish()
    found = api.run(f"{TEAM}/{unique}/{run.id}")
    found.config["lr"] = 2
    found.tags.append("kept")
    found.notes = "edited"
    found.update()
    found.summary.update({"score": 7})
    again = wandb.Api().run(f"{TEAM}/{unique}/{run.id}")
    assert (again.config["lr"], again.tags, again.notes, again.summary["score"], again.state) == (2, ["kept"], "edited", 7, "finished")
    again.delete()
    with pytest.raises(Exception, match="[Cc]ould not find run"):
        wandb.Api().run(f"{TEAM}/{unique}/{run.id}")


def test_console_output_is_kept_line_by_line(unique: str, folder: Path) -> None:
    script = folder / "talk.py"
    script.write_text(f"import wandb\nwith wandb.init(entity='{TEAM}', project='{unique}', id='talker'):\n    print('first line')\n    print('second line')\n")
    subprocess.run([sys.executable, script], check=True, capture_output=True, cwd=folder)
    query = "query ($p: String, $e: String) { project(name: $p, entityName: $e) { run(name: \"talker\") { logLines(first: 100) { edges { node { line } } } } } }"
    found = Server(wandb.Api().settings["base_url"]).graphql(query, p=unique, e=TEAM)["project"]["run"]["logLines"]["edges"]
    lines = [edge["node"]["line"] for edge in found]
    assert "first line" in lines and lines.index("second line") == lines.index("first line") + 1


def test_the_snippet_of_the_connect_page_logs_a_run(server: Server, api: Any, folder: Path) -> None:
    source = f"import {{ pythonSnippet }} from '{ROOT / 'lib' / 'domain' / 'connect-snippet.ts'}'; process.stdout.write(pythonSnippet(...process.argv.slice(1)))"
    shown = subprocess.run([ROOT / "node_modules" / ".bin" / "node", "--input-type=module", "-e", source, server.url, server.key, TEAM], check=True, capture_output=True, text=True)
    script = folder / "first_run.py"
    script.write_text(shown.stdout)
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WANDB_")}
    subprocess.run([sys.executable, script], check=True, capture_output=True, cwd=folder, env=bare)
    newest = api.runs(f"{TEAM}/hello", order="-created_at")[0]
    assert (newest.state, len(list(newest.scan_history(keys=["loss"]))), newest.summary["loss"]) == ("finished", 10, 0.1)
