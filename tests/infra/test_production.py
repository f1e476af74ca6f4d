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
    },
    {
        "SECRET_KEY": (
            "not-secret-outside-production" * 3,
            "SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu.",
        ),
        "SEALING_KEYS": ("dev:bm90LXNlY3JldC1vdXRzaWRlLXByb2R1Y3Rpb24tLTE=", KEYS),
    },
    {"TRACKING_PEPPER": (GOOD["SECRET_KEY"], "TRACKING_PEPPER trùng với SECRET_KEY.")},
)
ASK = "import django; django.setup(); from dialogue.checks import check_production as c; print(*[e.msg for e in c()], sep='\\n')"
CELERY = ["-m", "celery", "--app", "dialogue"]
STARTS = (
    ["-c", "import dialogue.wsgi"],
    [*CELERY, "worker", "--pool", "solo"],
    [*CELERY, "beat", "--schedule", "{folder}/schedule", "--pidfile="],
)


def run(arguments, **changes):
    environment = GOOD | {"DJANGO_SETTINGS_MODULE": "dialogue.settings"} | changes
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=check_deploy.ROOT, env=environment, capture_output=True, text=True, timeout=60
    )


def test_good_settings_pass_the_deployment_check_without_a_warning():
    result = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("wrong", REFUSALS)
def test_each_bad_setting_is_refused_in_one_sentence(wrong):
    result = run(["-W", "ignore", "-c", ASK], **{name: value for name, (value, _) in wrong.items()})

    told = result.stdout.splitlines()
    assert sorted(told) == sorted(sentence for _, sentence in wrong.values())


@pytest.mark.parametrize("arguments", STARTS, ids=("web", "worker", "beat"))
def test_nothing_starts_with_a_bad_setting(arguments, tmp_path):
    result = run([part.format(folder=tmp_path) for part in arguments], SECRET_KEY="short")

    assert result.returncode != 0
    assert "SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu." in result.stderr


def test_the_web_server_loads_with_good_settings():
    result = run(["-c", "import dialogue.wsgi"])

    assert (result.returncode, result.stderr) == (0, "")


def test_a_demonstration_may_be_as_open_as_it_likes():
    result = run(["-c", ASK], DIALOGUE_MODE="demo", SECRET_KEY="short", ALLOWED_HOSTS="*")

    assert result.stdout.split() == []
