"""SAM and cfn-lint have nothing to say, and would speak if there were something."""

import lint
import pytest
import templates

pytestmark = pytest.mark.slow


def test_cfn_lint_is_silent_on_the_translated_templates(tmp_path):
    assert lint.cfn_lint(templates.translated(), tmp_path) == []


def test_cfn_lint_speaks_on_translated_faults(tmp_path):
    source = templates.source()["fans"]
    function = source["Resources"]["FansGetFunction"]["Properties"]
    function["Role"] = {"Fn::GetAtt": ["FanGetRole", "Arn"]}
    source["Globals"]["Function"]["Runtime"] = "rust1.x"
    rows = source["Resources"]["FansGetRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0]
    rows["Action"] = ["dynamodb:GetItm"]
    found = "\n".join(lint.cfn_lint({"fans": templates.translate(source)}, tmp_path))
    for rule in ("E1010", "E3030", "W3037"):
        assert rule in found, found


def test_cfn_lint_sees_a_parameter_that_a_nested_stack_does_not_take(tmp_path):
    translated = templates.translated()
    translated["root"]["Resources"]["Fans"]["Properties"]["Parameters"]["Other"] = "x"
    assert any("E3043" in finding for finding in lint.cfn_lint(translated, tmp_path))


@pytest.mark.parametrize("path", templates.paths(), ids=templates.name_of)
def test_sam_accepts_the_template(path):
    assert lint.sam(), "run tests/run sam first"
    valid, output = lint.sam_validate(path)
    assert valid, output


def test_sam_refuses_a_broken_template(tmp_path):
    assert lint.sam(), "run tests/run sam first"
    broken = tmp_path / "broken.yaml"
    text = (templates.STACKS / "fans.yaml").read_text(encoding="utf-8")
    broken.write_text(text.replace("Type: HttpApi", "Type: HttpsApi"), encoding="utf-8")
    valid, output = lint.sam_validate(broken)
    assert not valid, output
