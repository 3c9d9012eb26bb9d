"""Many runs at once; the benchmark `client-runs` does the same at full size."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hookline import TEAM

PROCESSES, RUNS, STEPS = 2, 5, 100
SCRIPT = Path(__file__).with_name("log_many_runs.py")


def test_every_step_of_many_runs_is_kept_and_no_client_complains(api: Any, unique: str, folder: Path) -> None:
    own = {name: value for name, value in os.environ.items() if name not in {"WANDB_SERVICE", "WANDB_SILENT"}}
    started = [
        subprocess.Popen(
            [sys.executable, SCRIPT, TEAM, unique, str(number * RUNS), str(RUNS), str(STEPS)],
            cwd=folder,
            env=own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    said = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0] * PROCESSES
    assert not [line for line in "\n".join(said).splitlines() if "WARNING" in line or "ERROR" in line]
    for number in range(PROCESSES * RUNS):
        run = api.run(f"{TEAM}/{unique}/many-{number}")
        rows = [(row["_step"], row["acc"], row["run"]) for row in run.scan_history()]
        assert (run.state, rows) == ("finished", [(step, step, number) for step in range(STEPS)])
