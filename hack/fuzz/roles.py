"""What schemathesis cannot know: who asks, and which requests would end a session or a role of those who ask."""

import json
import os
import urllib.request
import uuid

import schemathesis

BASE = os.environ["FUZZ_API"]
ROLE = os.environ["FUZZ_ROLE"]
ASKING = set(os.environ["FUZZ_ASKING"].split(","))  # the accounts, by id, that any role signs in as
BYSTANDER = os.environ["FUZZ_BYSTANDER"]  # one that nobody signs in as
PASSWORD = "rentora-demo"

# These are asked as another account of the role: the first one's session and role must last.
SPENDABLE = {"logout", "logoutAll", "becomeHost", "updateMe", "endSession"}

# These end another's session: they meet the bystander where they would meet somebody who asks.
AIMED = {"revokeUserSessions", "lockUser"}


def sign_in(number):
    body = json.dumps({"email": f"{ROLE}-{number:04d}@example.test", "password": PASSWORD}).encode()
    request = urllib.request.Request(f"{BASE}/auth/login", data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["data"]["access_token"]


def operation_of(case):
    return case.operation.definition.raw["operationId"]


def asks(value):
    try:
        return str(uuid.UUID(str(value))) in ASKING
    except ValueError:
        return False


@schemathesis.hook
def before_call(context, case, kwargs):
    if operation_of(case) in AIMED and asks(case.path_parameters.get("user_id")):
        case.path_parameters["user_id"] = BYSTANDER


if ROLE != "anonymous":

    @schemathesis.auth(refresh_interval=600)
    class Token:
        """Signs in before the token ends and when a request is answered 401, and anew for each request that spends a session."""

        def get(self, case, context):
            return sign_in(1)

        def set(self, case, data, context):
            case.headers = case.headers or {}
            case.headers["Authorization"] = f"Bearer {sign_in(2) if operation_of(case) in SPENDABLE else data}"
