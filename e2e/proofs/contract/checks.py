"""What holds for every answer, whatever the document says of it."""

import json
import os

import schemathesis

# Headers that a random value turns into another question: for whom one acts (404 for everybody who may not), and
# which earlier request this one repeats. They are left out where each test is about something else, and sent in the
# phase that is random throughout.
ELSEWHERE = ("Salus-For", "Idempotency-Key")


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Lets a request ask what its test is about."""
    if case.meta is None or case.meta.phase.name == "fuzzing":
        return
    for name in ELSEWHERE:
        if name in (case.headers or {}):
            del case.headers[name]


answered = set()


@schemathesis.hook
def after_call(context, case, response):
    """Notes which operations were answered with success: a test that reaches none of them proves little."""
    label = case.operation.label
    if 200 <= response.status_code < 300 and label not in answered:
        answered.add(label)
        with open(os.environ["SALUS_REACHED"], "a", encoding="utf-8") as file:
            file.write(f"{label}\n")


@schemathesis.check
def every_error_is_a_problem(ctx, response, case):
    """RFC 9457: its media type, its own status again, a type that is ours and a title."""
    if response.status_code < 400:
        return
    content_type = (response.headers.get("content-type") or [""])[0]
    assert content_type.startswith("application/problem+json"), f"{response.status_code} as {content_type!r}"
    # An answer to HEAD has no body (RFC 9110, 9.3.2).
    if response.request.method == "HEAD":
        return
    problem = json.loads(response.content)
    assert problem.get("status") == response.status_code, f"a problem says {problem.get('status')}"
    assert problem.get("type", "").startswith("/problems/"), f"a problem's type is {problem.get('type')!r}"
    assert problem.get("title"), "a problem has no title"
