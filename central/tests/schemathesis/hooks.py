"""What Schemathesis checks here beside its own checks."""

import json

import schemathesis


@schemathesis.check
def malformed_names_the_field(ctx, response, case):
    """Whoever writes a client learns which field is wrong."""
    if response.status_code == 400:
        problem = response.json()
        assert problem.get("field"), f"no field in {problem}"


@schemathesis.check
def refusals_are_problems(ctx, response, case):
    """Every refusal has a stable code, and says nothing twice."""
    if response.status_code >= 400:
        assert response.headers["content-type"][0] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == response.status_code
        assert problem["code"] and problem["title"]


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


@schemathesis.check
def refusals_echo_nothing(ctx, response, case):
    """A person's number sent in a body never comes back in an error."""
    if response.status_code >= 400:
        said = json.dumps(response.json(), ensure_ascii=False)
        for text in texts(case.body):
            assert len(text) < 6 or text not in said, "a value that was sent is in the error"
