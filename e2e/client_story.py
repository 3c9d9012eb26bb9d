"""What a team's training script does with the stock client; told by the environment where, and prints what it made."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import wandb
from wandb.automations import OnAddArtifactAlias, OnRunMetric, RunEvent, SendWebhook
from wandb.automations.events import ArtifactEvent

team, project, organization, registry = sys.argv[1:]
api = wandb.Api()
api.create_project(project, team)
hook = next(found for found in api.webhook_integrations(entity=team) if found.name == "deploy-hook")

good = OnRunMetric(scope=api.project(project, entity=team), filter=RunEvent.metric("val/accuracy").avg(2).gt(0.8))
api.create_automation(
    good >> SendWebhook.from_integration(hook, payload={"run": "${run_name}", "value": "${metric_value}"}),
    name="Accuracy is good",
    description="Made by a script",
)
released = OnAddArtifactAlias(
    scope=api.project(f"wandb-registry-{registry}", entity=organization), filter=ArtifactEvent.alias.eq("production")
)
api.create_automation(
    released >> SendWebhook.from_integration(hook, payload={"version": "${artifact_version_string}"}), name="Deploy what is released"
)

Path("weights.bin").write_bytes(bytes(range(256)) * 8)
Path("notes.txt").write_text("kept beside the run")
with wandb.init(
    entity=team, project=project, name="swift-fox", tags=["prod"], config={"lr": 0.01, "optimizer": {"name": "adam"}}
) as run:
    for step, accuracy in enumerate([0.5, 0.7, 0.85, 0.9]):
        print(f"epoch {step}: accuracy {accuracy}")
        run.log({"val/accuracy": accuracy, "loss": 1 - accuracy})
    run.summary["best"] = 0.9
    run.save("notes.txt", policy="now")
    artifact = wandb.Artifact("detector", "model", metadata={"accuracy": 0.9})
    artifact.add_file("weights.bin")
    logged = run.log_artifact(artifact, aliases=["best"], tags=["eu"]).wait()
    run.link_artifact(logged, f"wandb-registry-{registry}/fraud", aliases=["production"])

Path(os.environ["STORY_RESULT"]).write_text(json.dumps({"run": run.id, "digest": logged.digest, "client": wandb.__version__}))
