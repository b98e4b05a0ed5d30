"""An assistant's whole job through the server, over each transport, and a client that means harm."""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra polidiff[mcp] is not installed")

from mcp.client.streamable_http import streamable_http_client

from mcp import Client, StdioServerParameters, stdio_client
from polidiff.mcp import Shelf, Tools
from polidiff.mcp.server import make_server

NORTH = """# North's plan for machines that think

## Power

The Ministry of Energy will build forty new stations for data centers by 2030.

## Schools

The Ministry of Education will train ten thousand teachers in the use of machines.

## Trade

The Ministry of Trade will forbid the export of advanced chips to rivals.
"""

SOUTH = """# South's plan for machines that think

## Schools

The Ministry of Education shall train every teacher in the use of machines.

## Trade

The Ministry of Trade shall lift all limits on the export of advanced chips.

## Health

The Ministry of Health shall fund machines that read X-ray pictures in each clinic.
"""

QUOTED = "build forty new stations for data centers"
DRAFT = (
    "North’s plan says its Ministry of Energy will “{words} by 2030”. "
    "South’s plan says that the Ministry of Health shall fund {what} in each clinic."
)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with two plans, and a secret beside it."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "north.md").write_text(NORTH, encoding="utf-8")
    (plans / "south.md").write_text(SOUTH, encoding="utf-8")
    (tmp_path / "secret.md").write_text("# Secret\n\nThe key is under the mat.\n", encoding="utf-8")
    (plans / "way-out.md").symlink_to(tmp_path / "secret.md")
    return plans, tmp_path / "reports"


def _tools(folders: tuple[Path, Path]) -> Tools:
    return Tools(Shelf([folders[0]], folders[1]))


def _run(job: Callable[[], Awaitable[Any]]) -> Any:
    return asyncio.run(asyncio.wait_for(job(), 240))  # type: ignore[arg-type]


async def _call(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    answer = await client.call_tool(name, arguments)
    assert not answer.is_error, answer.content
    assert answer.structured_content is not None
    assert len(json.dumps(answer.structured_content, ensure_ascii=False).encode()) < 30_000
    return answer.structured_content


async def _job(client: Client) -> None:
    """Read, compare, draft with a false quotation and a false claim, check, mend."""
    for name in ("north.md", "south.md"):
        assert (await _call(client, "read", source=name))["provisions"] >= 3
    compared = await _call(client, "compare", sources=["north", "south"])
    assert set(compared["counts"]) <= {"shared", "divergent", "only", "undecided"}
    wrong = DRAFT.format(words="build fifty new stations for data centers", what="no machines that read X-ray pictures")
    checked = await _call(client, "check_draft", text=wrong, against=["north", "south"])
    quote = next(row for row in checked["items"] if row["kind"] == "quote")
    assert quote["verdict"] == "altered"
    assert any("forty" in json.dumps(edit) for edit in quote["edits"])
    assert not any(row["verdict"] == "supported" and "no machines" in row["text"] for row in checked["items"])
    found = await _call(client, "search", words="stations for data centers", sources=["north"])
    place = found["items"][0]
    exact = await _call(client, "passage", source="north", start=place["start"], end=place["end"])
    assert QUOTED in exact["text"]
    assert exact["link"].endswith("north.md")
    right = DRAFT.format(words=QUOTED, what="machines that read X-ray pictures")
    mended = await _call(client, "check_draft", text=right, against=["north", "south"])
    assert [row["verdict"] for row in mended["items"] if row["kind"] == "quote"] == ["verbatim"]


def test_an_assistant_compares_drafts_checks_and_mends(folders: tuple[Path, Path]) -> None:
    async def job() -> None:
        async with Client(make_server(_tools(folders))) as client:
            await _job(client)

    _run(job)


def test_the_same_over_stdio(folders: tuple[Path, Path]) -> None:
    async def job() -> None:
        command = [sys.executable, "-m", "polidiff", "mcp", str(folders[0])]
        server = StdioServerParameters(command=command[0], args=command[1:], env=dict(os.environ))
        async with Client(stdio_client(server)) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            assert {"read", "provisions", "search", "compare", "check_draft", "judge_next", "judge_answer"} <= names
            await _job(client)

    _run(job)


def test_the_same_over_http_on_this_machine_alone(folders: tuple[Path, Path]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "polidiff", "mcp", str(folders[0]), "--http", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)

            async def job() -> None:
                async with Client(streamable_http_client(f"http://127.0.0.1:{port}/mcp")) as client:
                    await _job(client)

            _run(job)
            assert _post(port, host="evil.example") in (403, 421)
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not come up")


def _post(port: int, host: str) -> int:
    """Return the status that a page of another host gets which was led to this machine."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/mcp", "{}", {"Host": host, "Content-Type": "application/json"})
    return connection.getresponse().status


def test_a_judge_through_the_assistant_must_prove_its_words(folders: tuple[Path, Path]) -> None:
    async def job() -> None:
        async with Client(make_server(_tools(folders))) as client:
            report = (await _call(client, "compare", sources=["north.md", "south.md"]))["report"]
            asked = await _call(client, "judge_next", report=report)
            assert not asked["done"]
            request = asked["request"]
            lie = [
                {"id": item["id"], "label": "same", "spans": [[1, "made up"], [2, "words"]]}
                for item in request["items"]
            ]
            told = await _call(client, "judge_answer", report=report, request=request["id"], answers=lie, model="liar")
            assert told["accepted"] == 0
            assert {one["why"] for one in told["refused"]} == {"words not in the passage"}
            for _ in range(40):
                asked = await _call(client, "judge_next", report=report)
                if asked["done"]:
                    break
                answers = [{"id": item["id"], "label": "none", "spans": []} for item in asked["request"]["items"]]
                await _call(
                    client,
                    "judge_answer",
                    report=report,
                    request=asked["request"]["id"],
                    answers=answers,
                    model="honest",
                )
            assert asked["done"], asked
            assert (folders[1] / report / "judge.jsonl").read_text(encoding="utf-8").count("honest") > 0

    _run(job)


def test_nothing_outside_of_the_folders_is_read(folders: tuple[Path, Path]) -> None:
    ways = [
        "../secret.md",
        str(folders[0].parent / "secret.md"),
        "way-out.md",
        "/etc/passwd",
        "plans/../../secret.md",
        "file:///etc/passwd",
        "https://example.com/plan.pdf",
        "-",
        "",
        "\0",
        "x" * 5_000,
        ".",
    ]

    async def job() -> None:
        async with Client(make_server(_tools(folders))) as client:
            for way in ways:
                for name, key in (("read", "source"), ("provisions", "source"), ("findings", "report")):
                    answer = await client.call_tool(name, {key: way})
                    assert answer.is_error, way
                    said = answer.content[0].text  # type: ignore[union-attr]
                    assert "mat" not in said
                    assert "Traceback" not in said

    _run(job)


def test_two_hundred_malformed_requests_leave_the_server_well(folders: tuple[Path, Path]) -> None:
    dice = random.Random(20)
    junk: list[Any] = [
        None, 0, -1, 10**30, 1.5, True, "", "north.md", "\ud83d", "§" * 3_000, [], [[]], {}, {"a": {"b": []}},
        ["north.md"] * 300, "../..", "99999999", "-5", float("1e300"),
    ]  # fmt: skip
    names = ["read", "provisions", "passage", "search", "findings", "check_quotes", "check_claims", "check_draft",
             "judge_next", "judge_answer", "codebooks", "list_documents", "no_such_tool", "compare"]  # fmt: skip
    keys = ["source", "sources", "words", "report", "cursor", "quotes", "claims", "against", "text", "request",
            "answers", "start", "end", "provision", "top", "kind", "model", "around", "codebook", "other"]  # fmt: skip

    async def job() -> None:
        async with Client(make_server(_tools(folders))) as client:
            for _ in range(200):
                arguments = {key: dice.choice(junk) for key in dice.sample(keys, dice.randint(0, 6))}
                try:
                    told = str((await client.call_tool(dice.choice(names), arguments)).content)
                except Exception as error:  # what the client itself refuses to send, or the server's plain no
                    told = str(error)
                assert "Traceback" not in told
            assert (await _call(client, "read", source="north.md"))["document"] == "north"

    _run(job)


def test_pages_and_resources(folders: tuple[Path, Path]) -> None:
    rows = "\n\n".join(f"The Ministry of Roads will build road number {number} by 2031." for number in range(400))
    (folders[0] / "long.md").write_text(f"# A long plan\n\n{rows}\n", encoding="utf-8")

    async def job() -> None:
        async with Client(make_server(_tools(folders))) as client:
            held: list[str] = []
            cursor = None
            while True:
                page = await _call(client, "provisions", source="long.md", cursor=cursor)
                assert len(json.dumps(page)) < 25_000
                held += [row["id"] for row in page["items"]]
                cursor = page["next"]
                if cursor is None:
                    break
            assert len(held) == len(set(held)) == page["total"] == 400
            text = (await client.read_resource("polidiff://document/long")).contents[0].text  # type: ignore[union-attr]
            assert "road number 399" in text
            prompt = await client.get_prompt("compare_documents", {"a": "north.md", "b": "south.md"})
            assert "check_draft" in str(prompt.messages[0].content)

    _run(job)


def test_names_of_documents_are_no_quotations_and_no_claims(folders: tuple[Path, Path]) -> None:
    async def job() -> None:
        async with Client(make_server(_tools(folders))) as client:
            for tool, key in (("check_quotes", "quotes"), ("check_claims", "claims")):
                for name in ("north.md", "north", "south", str(folders[0] / "south.md")):
                    answer = await client.call_tool(tool, {key: [QUOTED, name], "against": ["north.md"]})
                    said = answer.content[0].text  # type: ignore[union-attr]
                    assert answer.is_error
                    assert "\n" not in said
                    assert f"{key} takes" in said
                    assert "name it in against" in said
                (schema,) = (one.input_schema for one in (await client.list_tools()).tools if one.name == tool)
                assert "no file names" in schema["properties"][key]["description"]
            found = await _call(client, "check_quotes", quotes=["stations", QUOTED], against=["north.md"])
            assert [row["verdict"] for row in found["items"]] == ["verbatim", "verbatim"]

    _run(job)


def test_an_unsure_verdict_says_first_that_it_is_none(folders: tuple[Path, Path]) -> None:
    claims = [
        "The Ministry of Education will train ten thousand teachers.",
        "The Ministry of Education will train nine thousand teachers.",
        "Clever chips may one day be friendlier to the poor than schools are.",
        "The plan wants to allow trade in chips with friends.",
    ]

    async def job() -> None:
        async with Client(make_server(_tools(folders))) as client:
            rows = (await _call(client, "check_claims", claims=claims, against=["north.md"]))["items"]
            assert {row["unsure"] for row in rows} == {True, False}
            for row in rows:
                assert next(iter(row)) == "say"
                assert row["say"].startswith("unsure: don't rely") == row["unsure"]
                assert row["settled"] == (None if row["unsure"] else row["verdict"])
                assert row["unsure"] or row["say"].startswith(row["verdict"].replace("_", " "))
            (told,) = (one.description for one in (await client.list_tools()).tools if one.name == "check_claims")
            assert told is not None
            assert "`unsure: true` is none" in told

    _run(job)
