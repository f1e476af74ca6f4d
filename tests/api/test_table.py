"""The table of tokens (tests/permissions/api.txt), asked operation by operation and held to the document."""

import dataclasses
import json
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from dialogue.api.site import api, urlpatterns

TABLE = Path(__file__).parent.parent / "permissions" / "api.txt"
KINDS = ("none", "wrong", "revoked", "expired", "foreign", "read", "write")
SENT = {
    "add_note": {"text": "Đã xong một nửa.", "percent": 50},
    "report": {"resolution": "done", "result": "Đã xong.", "no_evidence_reason": "Ảnh gửi sau."},
    "ask_due": {"kind": "pause", "reason": "Chờ vật tư."},
    "report_part": {"result": "Đã cử người."},
    "discuss": {"text": "Cần thêm đá."},
    "write_answer": {"text": "Đã kiểm tra, sẽ sửa trong tháng.", "legal_basis": ""},
}
AS_JSON = {"ask_due", "write_answer", "discuss"}


@dataclass(frozen=True)
class Line:
    """One operation for one row, and what each kind of token gets."""

    name: str
    row: str
    method: str
    statuses: tuple[int, ...]


def lines() -> list[Line]:
    texts = (line.partition("#")[0].split() for line in TABLE.read_text("utf-8").splitlines())
    return [
        Line(words[0], words[1], words[2], tuple(map(int, words[3:]))) for words in texts if words
    ]


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


@pytest.fixture(scope="module")
def registry(document):
    """Where schemas that point into the document find what they point at."""
    resource = Resource(contents=document, specification=DRAFT202012)
    return Registry().with_resource("urn:document", resource).crawl()


def told(document, name: str) -> tuple[str, str]:
    """The path and method of an operation as the document writes them."""
    route = next(str(one.pattern) for one in urlpatterns if one.name == name)
    return "/api/v1/" + route.replace("<int:", "{").replace(">", "}")


def problems_with(registry, schema, body) -> list[str]:
    """What a body has that its schema does not allow."""
    pointed = json.loads(json.dumps(schema).replace('"#/', '"urn:document#/'))
    return [error.message for error in OAS31Validator(pointed, registry=registry).iter_errors(body)]


def call(client, world, line: Line):
    """What is right for the operation, under a key of its own."""
    address = world.address(f"api:{line.name}", line.row)
    if line.method == "GET":
        return client.get(address)
    headers = {"Idempotency-Key": str(uuid.uuid4()), "If-Match": '"0"'}
    typed = SENT.get(line.name, {})
    if line.name in AS_JSON:
        return client.generic(
            line.method, address, json.dumps(typed), "application/json", headers=headers
        )
    return client.post(address, typed, headers=headers)


def test_every_operation_is_in_the_table():
    assert {line.name for line in lines()} == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("line", lines(), ids=lambda line: f"{line.name} {line.row}")
def test_who_may_call(world, programs, document, registry, line):
    found, wrong = [], {}
    operation = document["paths"].get(told(document, line.name), {}).get(line.method.lower(), {})
    for kind in KINDS:
        client = programs.client(kind)
        with transaction.atomic():
            answer = call(client, world, line)
            content = b"".join(answer)
            transaction.set_rollback(True)
        found.append(answer.status_code)
        media, _semicolon, _rest = answer["Content-Type"].partition(";")
        said = operation.get("responses", {}).get(str(answer.status_code), {}).get("content", {})
        if operation and line.name != "evidence" and media in said:
            wrong[kind] = problems_with(registry, said[media]["schema"], json.loads(content))
        elif operation:
            wrong[kind] = [] if media in said or line.name == "evidence" else [f"{media} unsaid"]

    assert tuple(found) == line.statuses
    assert {kind: problems for kind, problems in wrong.items() if problems} == {}


@pytest.mark.parametrize("number", ("999999", "99999999999999999999"))
@pytest.mark.parametrize(
    "line", [line for line in lines() if line.row not in ("-", "") and line.statuses[-1] < 300],
    ids=lambda line: f"{line.method} {line.name}",
)  # fmt: skip
def test_a_row_nobody_has_is_not_found(world, programs, line, number):
    unknown = dataclasses.replace(line, row=f"={number}")

    assert call(programs.client("write"), world, unknown).status_code == 404


def test_the_document_is_valid_and_says_everything(document):
    validate(document)
    operations = {
        one["operationId"]: one for path in document["paths"].values() for one in path.values()
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}

    assert len(operations) == len(urlpatterns) - 2
    for one in operations.values():
        refusals = {code: answer for code, answer in one["responses"].items() if code >= "400"}
        assert one["summary"], one["operationId"]
        assert one["description"], one["operationId"]
        assert one["security"] == [{"Bearer": []}]
        assert {"401", "403", "422", "429"} <= set(refusals)
        assert {str(answer["content"]) for answer in refusals.values()} == {str(problem)}
        assert all("content" in answer for code, answer in one["responses"].items() if code < "300")
