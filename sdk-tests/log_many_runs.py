"""Logs many runs at once from one process: log_many_runs.py <entity> <project> <first> <runs> <steps>."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import wandb


def main(entity: str, project: str, first: int, runs: int, steps: int) -> None:
    settings = wandb.Settings(console="off", x_disable_meta=True)
    opened = [
        wandb.init(entity=entity, project=project, id=f"many-{number}", reinit="create_new", settings=settings)
        for number in range(first, first + runs)
    ]
    for step in range(steps):
        for number, run in enumerate(opened):
            run.log({"loss": 1 / (step + 1), "acc": step, "run": first + number})
    with ThreadPoolExecutor(runs) as pool:
        list(pool.map(lambda run: run.finish(), opened))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
