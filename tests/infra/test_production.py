import json
import os
import subprocess
import sys

import check_deploy
import pytest

GOOD = check_deploy.good_settings() | {"PATH": os.environ["PATH"]}
KEYS = "SEALING_KEYS còn trống, sai dạng hoặc là giá trị mẫu."
# What is wrong is told all at once, so every start here shows many refusals.
REFUSALS = (
    {
        "SECRET_KEY": ("", "SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu."),
        "TRACKING_PEPPER": ("", "TRACKING_PEPPER còn trống, quá ngắn hoặc là giá trị mẫu."),
        "SEALING_KEYS": ("", KEYS),
        "SITE_URL": (
            "http://doithoai.tinh.gov.vn",
            "SITE_URL phải là địa chỉ https thật của hệ thống.",
        ),
        "ALLOWED_HOSTS": ("", "ALLOWED_HOSTS còn trống hoặc chấp nhận mọi tên miền."),
        "USES_HTTPS": (
            "false",
            "USES_HTTPS đang tắt nên phiên đăng nhập đi qua mạng không mã hoá.",
        ),
        "DEFAULT_FROM_EMAIL": ("", "DEFAULT_FROM_EMAIL phải là một địa chỉ thư điện tử thật."),
        "EMAIL_URL": (
            "consolemail://",
            "EMAIL_URL chưa chỉ tới máy chủ thư SMTP nên không thư nào được gửi đi.",
        ),
        "DATABASE_URL": ("postgres://", "DATABASE_URL còn trống."),
        "REDIS_URL": ("", "REDIS_URL còn trống hoặc không phải địa chỉ Redis."),
    },
    {
        "SECRET_KEY": ("short", "SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu."),
        "SEALING_KEYS": ("k1:c2hvcnQ=", KEYS),
        "ALLOWED_HOSTS": ("*", "ALLOWED_HOSTS còn trống hoặc chấp nhận mọi tên miền."),
        "EMAIL_URL": (
            "smtp://",
            "EMAIL_URL chưa chỉ tới máy chủ thư SMTP nên không thư nào được gửi đi.",
        ),
        "DATABASE_URL": (
            "postgres://dialogue:change-me@postgres:5432/dialogue",
            "DATABASE_URL còn giữ mật khẩu mẫu.",
        ),
    },
    {
        "EMAIL_URL": (
            "",
            "EMAIL_URL chưa chỉ tới máy chủ thư SMTP nên không thư nào được gửi đi.",
        ),
        "SECRET_KEY": (
            "not-secret-outside-production" * 3,
            "SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu.",
        ),
        "SEALING_KEYS": ("dev:bm90LXNlY3JldC1vdXRzaWRlLXByb2R1Y3Rpb24tLTE=", KEYS),
    },
    {"TRACKING_PEPPER": (GOOD["SECRET_KEY"], "TRACKING_PEPPER trùng với SECRET_KEY.")},
)
ASK = "from dialogue.checks import check_production as c; print(*[e.msg for e in c()], sep='\\n')"
WEB = ["-c", "import dialogue.wsgi"]
CHECK = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
OPEN = {"DIALOGUE_MODE": "demo", "SECRET_KEY": "short", "ALLOWED_HOSTS": "*"}
MISTYPED = OPEN | {"DIALOGUE_MODE": "prodution"}
CELERY = ["-m", "celery", "--app", "dialogue"]
STARTS = (
    WEB,
    [*CELERY, "worker", "--pool", "solo"],
    [*CELERY, "beat", "--schedule", "{folder}/schedule", "--pidfile="],
)


BAD = {"SECRET_KEY": "short"}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The answers of one process whose SECRET_KEY is bad from the beginning, and of forks of it that
    read good settings, or those with what is changed in them.
    """
    folder = tmp_path_factory.mktemp("beat")
    starts = [[part.format(folder=folder) for part in words] for words in STARTS]
    wrongs = [{name: value for name, (value, _) in wrong.items()} for wrong in REFUSALS]
    questions = [{"words": words, "changes": {}} for words in starts]
    questions += [{"words": words, "changes": GOOD} for words in (CHECK, WEB)]
    asked = ({}, OPEN, MISTYPED, *wrongs)
    questions += [{"words": ["-c", ASK], "changes": GOOD | wrong} for wrong in asked]
    result = subprocess.run(
        [sys.executable, "-m", "tests.infra.forks"], cwd=check_deploy.ROOT, timeout=300,
        env=GOOD | {"DJANGO_SETTINGS_MODULE": "dialogue.settings"} | BAD,
        input=json.dumps(questions), capture_output=True, text=True,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    answers = json.loads(result.stdout)
    started, rest = answers[: len(starts)], answers[len(starts) :]
    check, web, good, is_open, mistyped, *refused = rest
    return {
        "starts": started, "check": check, "web": web,
        "good": good, "open": is_open, "mistyped": mistyped, "refused": refused,
    }  # fmt: skip


def test_good_settings_pass_the_deployment_check_without_a_warning(told):
    code, _output, errors = told["check"]

    assert (code, errors) == (0, "")


@pytest.mark.parametrize("number", range(len(REFUSALS)))
def test_each_bad_setting_is_refused_in_one_sentence(told, number):
    _code, output, _errors = told["refused"][number]

    assert sorted(output.splitlines()) == sorted(
        sentence for _, sentence in REFUSALS[number].values()
    )


@pytest.mark.parametrize("number", range(len(STARTS)), ids=("web", "worker", "beat"))
def test_nothing_starts_with_a_bad_setting(told, number):
    code, _output, errors = told["starts"][number]

    assert code != 0
    assert "SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu." in errors


def test_the_web_server_loads_with_good_settings(told):
    code, _output, errors = told["web"]

    assert (code, errors) == (0, "")
    assert told["good"] == [0, "\n", ""]


def test_a_demonstration_may_be_as_open_as_it_likes(told):
    code, output, _errors = told["open"]

    assert (code, output.split()) == (0, [])


def test_a_mode_nobody_knows_is_production(told):
    _code, output, _errors = told["mistyped"]

    assert output.splitlines() == [
        "SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu.",
        "ALLOWED_HOSTS còn trống hoặc chấp nhận mọi tên miền.",
    ]
