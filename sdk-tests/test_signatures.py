"""Deliveries as receivers check them: with the public package, and with the code that the dashboard hands out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from hookline import ROOT, TEAM, Receiver, Server
from standardwebhooks import Webhook, WebhookVerificationError

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
NEW_SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"


@pytest.fixture
def own_receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.shutdown()


@pytest.fixture
def hook(server: Server, project: Any, own_receiver: Receiver, unique: str) -> dict[str, Any]:
    """A webhook that signs with a secret and a key, called when a run fails."""
    server.post(f"/teams/{TEAM}/secrets", {"name": f"SIGNING_{unique}", "value": SECRET})
    webhook = server.post(
        f"/teams/{TEAM}/webhooks",
        {
            "name": f"hook-{unique}",
            "url": own_receiver.url(),
            "signingSecret": f"SIGNING_{unique}",
            "asymmetricSignature": True,
        },
    )
    server.post(
        "/automations",
        {
            "name": "Tell of failures",
            "scope": {"project": f"{TEAM}/{project.name}"},
            "on": "run.state",
            "filter": {"states": ["failed"]},
            "action": {"webhook": webhook["name"], "payload": {"run": "${run_name}", "größe": 'a "b" \\ c'}},
        },
    )
    return webhook


def deliver(server: Server, project: Any, receiver: Receiver, run: str) -> tuple[bytes, dict[str, str]]:
    server.post(f"/projects/{TEAM}/{project.name}/events", {"type": "run.state", "run": {"id": run, "state": "failed"}})
    got = receiver.next()
    return got["body"], {name.lower(): value for name, value in got["headers"].items()}


def verifier(scheme: str) -> ModuleType:
    """The Python code that the dashboard shows for a receiver."""
    program = f"import('./lib/domain/verifiers.ts').then((m) => process.stdout.write(m.verifierFor('python', '{scheme}')))"
    node = ROOT / "node_modules" / ".bin" / "node"
    code = subprocess.run([node, "-e", program], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    module = ModuleType(f"verify_{scheme}")
    exec(compile(code, scheme, "exec"), module.__dict__)
    return module


def test_the_public_package_verifies_a_delivery_and_refuses_a_changed_one(
    server: Server, project: Any, own_receiver: Receiver, hook: dict[str, Any]
) -> None:
    body, headers = deliver(server, project, own_receiver, "r1")
    assert Webhook(SECRET).verify(body, headers)["run"] == "r1"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(NEW_SECRET).verify(body, headers)


def test_while_a_secret_is_rotated_the_public_package_verifies_with_the_old_and_the_new_value(
    server: Server, project: Any, own_receiver: Receiver, hook: dict[str, Any], unique: str
) -> None:
    server(
        "PUT",
        f"/api/v1/teams/{TEAM}/secrets/SIGNING_{unique}",
        {"value": NEW_SECRET, "overlapSeconds": 3600},
    )
    body, headers = deliver(server, project, own_receiver, "r1")
    for secret in (SECRET, NEW_SECRET):
        assert Webhook(secret).verify(body, headers)["run"] == "r1"
    server.post(f"/teams/{TEAM}/secrets/SIGNING_{unique}/switch", {})
    body, headers = deliver(server, project, own_receiver, "r2")
    assert Webhook(NEW_SECRET).verify(body, headers)["run"] == "r2"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, headers)


def test_the_code_that_the_dashboard_hands_out_verifies_a_delivery(
    server: Server, project: Any, own_receiver: Receiver, hook: dict[str, Any]
) -> None:
    body, headers = deliver(server, project, own_receiver, "r1")
    [key] = hook["publicKeys"]
    wandb_signature, standard, ed25519 = verifier("base64"), verifier("standard"), verifier("ed25519")
    assert wandb_signature.verify(body, headers["x-wandb-signature"], SECRET)
    assert standard.verify(body, headers, SECRET)
    assert ed25519.verify(body, headers, key["publicKey"])
    assert not wandb_signature.verify(body + b" ", headers["x-wandb-signature"], SECRET)
    assert not standard.verify(body, headers, NEW_SECRET)
    assert not ed25519.verify(body + b" ", headers, key["publicKey"])
