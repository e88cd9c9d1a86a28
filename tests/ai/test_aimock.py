"""The product's client against a stand-in for the vendors that we did not write."""

import json
import re
import threading
import time

import pytest
from conftest import KEY, aimock, in_front_of, reply, serving

XAI_MODEL = "grok-4.20-0309-non-reasoning"
GROQ_MODEL = "openai/gpt-oss-120b"
ANSWER = {"concern": "none", "reply": "Tea it is!", "facts": [{"text": "Likes tea", "confidence": 90}]}
#: What may never leave us: long digits, handles, addresses.
PERSONAL = re.compile(r"\d{7,}|@\w|\w@\w|://|t\.me")


def codes(outcome):
    return [(attempt["vendor"], attempt["error"]) for attempt in outcome["attempts"]]


def test_a_reply_in_the_responses_format(ask, vendors):
    outcome = ask("what about tea", xai=vendors.url)
    assert outcome["reply"] == ANSWER["reply"]
    assert outcome["facts"] == ANSWER["facts"]
    assert (outcome["vendor"], outcome["model"]) == ("xai", XAI_MODEL)
    assert outcome["usage"] == {"input": 900, "cached_input": 0, "output": 25}
    assert outcome["micro_usd"] == 900 * 125 // 100 + 63
    assert outcome["zero_retention"] is None


def test_a_reply_in_the_chat_format_without_the_models_thoughts(ask, vendors):
    outcome = ask("what about tea", groq=vendors.url)
    assert outcome["reply"] == ANSWER["reply"]
    assert (outcome["vendor"], outcome["model"]) == ("groq", GROQ_MODEL)
    assert outcome["usage"]["output"] == 25
    assert "thought" not in json.dumps(outcome)


def test_a_rate_limited_vendor_is_followed_by_the_other(ask, vendors):
    before = time.monotonic()
    outcome = ask("slow down please", xai=vendors.url, groq=vendors.url)
    assert outcome["reply"] == "Here I am."
    assert codes(outcome) == [("xai", "rate_limited"), ("groq", None)]
    assert time.monotonic() - before < 6, "seven seconds are not waited for"


@pytest.mark.parametrize(
    ("flag", "error"),
    [
        ("--chaos-malformed", "malformed_envelope"),
        ("--chaos-disconnect", "unreachable"),
        ("--chaos-drop", "overloaded"),
    ],
)
def test_a_vendor_in_chaos_is_followed_by_the_other(ask, vendors, flag, error):
    with aimock(flag, "1") as chaos:
        outcome = ask("what about tea", xai=chaos.url, groq=vendors.url)
        assert outcome["reply"] == ANSWER["reply"]
        assert codes(outcome) == [("xai", error), ("groq", None)]
        outcome = ask("what about tea", xai=chaos.url, groq=chaos.url)
        assert "reply" not in outcome
        assert codes(outcome) == [("xai", error), ("groq", error)]


def test_a_busy_vendor_is_asked_twice_and_no_more(ask):
    with aimock("--chaos-drop", "1") as chaos:
        ask("what about tea", xai=chaos.url)
        assert [entry["response"]["status"] for entry in chaos.journal()] == [500, 500]


def test_a_retired_model_is_followed_by_the_other_vendor(ask, vendors):
    assert codes(ask("are you retired", xai=vendors.url, groq=vendors.url)) == [
        ("xai", "model_gone"),
        ("groq", "model_gone"),
    ]


def test_prose_is_no_reply(ask, vendors):
    outcome = ask("tell me in prose", xai=vendors.url, groq=vendors.url)
    assert "reply" not in outcome
    assert codes(outcome) == [("xai", "malformed_content"), ("groq", "malformed_content")]


def test_what_the_model_noticed_of_the_fan_is_read(ask, vendors):
    for vendor in ("xai", "groq"):
        assert ask("what about tea", **{vendor: vendors.url})["concern"] == "none"
        assert ask("nobody would notice", **{vendor: vendors.url})["concern"] == "self_harm"


def test_an_answer_that_does_not_judge_the_fans_words_is_no_reply(ask, vendors):
    outcome = ask("it says nothing of me", xai=vendors.url, groq=vendors.url)
    assert "reply" not in outcome
    assert codes(outcome) == [("xai", "malformed_content"), ("groq", "malformed_content")]


def test_the_vendor_is_told_to_store_nothing_and_nothing_that_identifies(ask, vendors):
    text = "what about tea? I am @tom_99, tom@example.org, +49 170 1234567, card 4242 4242 4242 4242, t.me/tom"
    with serving(in_front_of(vendors)) as front:
        for vendor in ("xai", "groq"):
            assert ask(text, **{vendor: front.url})["reply"] == ANSWER["reply"]
        xai, groq = front.bodies
    assert xai["store"] is False
    assert xai["prompt_cache_key"] == "example"
    assert xai["text"]["format"]["strict"] is True
    assert set(xai) == {"model", "store", "instructions", "input", "max_output_tokens", "text", "prompt_cache_key"}
    assert groq["response_format"]["json_schema"]["strict"] is True
    assert set(groq) == {
        "model", "messages", "max_completion_tokens", "response_format", "reasoning_effort", "include_reasoning",
    }
    for body in (xai, groq):
        sent = json.dumps(body, ensure_ascii=False)
        assert "what about tea" in sent
        assert PERSONAL.search(sent) is None, PERSONAL.search(sent)


def test_the_stand_ins_journal_holds_no_key_and_one_conversation(ask, vendors):
    ask("what about tea", xai=vendors.url)
    entry = vendors.journal()[-1]
    assert entry["path"] == "/v1/responses"
    assert KEY not in json.dumps(entry)
    assert [message["role"] for message in entry["body"]["messages"]] == ["system", "user", "user"]
    assert entry["headers"]["user-agent"] == "sofi-crm"


def test_a_body_of_groqs_own_is_read(ask):
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1795000000,
        "model": GROQ_MODEL,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "reasoning": "a thought", "content": json.dumps(ANSWER)},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {
            "queue_time": 0.05,
            "prompt_tokens": 1000,
            "prompt_time": 0.04,
            "completion_tokens": 60,
            "completion_time": 0.12,
            "total_tokens": 1060,
            "total_time": 0.16,
            "prompt_tokens_details": {"cached_tokens": 512},
            "completion_tokens_details": {"reasoning_tokens": 20},
        },
        "usage_breakdown": None,
        "system_fingerprint": "fp_1",
        "x_groq": {"id": "req_1", "seed": 7},
        "service_tier": "on_demand",
    }

    def answer(handler, _):
        assert handler.path == "/openai/v1/chat/completions"
        reply(handler, 200, json.dumps(body).encode(), x_ratelimit_remaining_requests="999")

    with serving(answer) as groq:
        outcome = ask("hello", groq=groq.url)
    assert outcome["reply"] == ANSWER["reply"]
    assert outcome["usage"] == {"input": 1000, "cached_input": 512, "output": 60}
    assert "a thought" not in json.dumps(outcome)


def test_what_the_vendor_says_about_retention_is_kept(ask):
    body = json.dumps({"output": [{"type": "message", "content": [{"type": "output_text", "text": json.dumps(ANSWER)}]}]})
    with serving(lambda handler, _: reply(handler, 200, body.encode(), x_zero_data_retention="true")) as xai:
        assert ask("hello", xai=xai.url)["zero_retention"] is True


def test_an_answer_of_a_megabyte_is_refused(ask):
    huge = json.dumps({"output": [], "padding": "x" * 1024 * 1024}).encode()
    with serving(lambda handler, _: reply(handler, 200, huge)) as xai:
        assert codes(ask("hello", xai=xai.url)) == [("xai", "too_large")]


def test_a_vendor_that_hangs_ends_inside_the_deadline(ask):
    over = threading.Event()
    with serving(lambda handler, _: over.wait(20)) as xai:
        before = time.monotonic()
        outcome = ask("hello", seconds=2, xai=xai.url)
        took = time.monotonic() - before
        over.set()
    assert codes(outcome) == [("xai", "timeout")]
    assert took < 4
    assert 1900 <= outcome["attempts"][0]["millis"] <= 3000
