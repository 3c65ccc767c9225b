"""What schemathesis cannot know: who asks, and which requests would end the asker's own session or role."""

import json
import os
import urllib.request

import schemathesis

BASE = os.environ["FUZZ_API"]
ROLE = os.environ["FUZZ_ROLE"]
PASSWORD = "rentora-demo"

# These are asked as another account of the role: the first one's session and role must last.
SPENDABLE = {"logout", "logoutAll", "becomeHost", "updateMe", "revokeSession", "revokeOtherSessions"}


def sign_in(number):
    body = json.dumps({"email": f"{ROLE}-{number:04d}@example.test", "password": PASSWORD}).encode()
    request = urllib.request.Request(f"{BASE}/auth/login", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["data"]["access_token"]


if ROLE != "anonymous":

    @schemathesis.auth(refresh_interval=None, cache_by_key=lambda case, context: context.operation.definition.raw["operationId"] in SPENDABLE)
    class Token:
        """Signs in once, and anew for each request that spends a session."""

        def get(self, case, context):
            return sign_in(1)

        def set(self, case, data, context):
            case.headers = case.headers or {}
            spends = context.operation.definition.raw["operationId"] in SPENDABLE
            case.headers["Authorization"] = f"Bearer {sign_in(2) if spends else data}"
