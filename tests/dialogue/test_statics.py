"""The site's own files under the names a browser may keep for ever."""

import re
from pathlib import Path

from django.core.management import call_command

from dialogue.statics import MODULES, hash_of_folder


def test_modules_import_each_other_by_their_hashed_names(settings, tmp_path: Path):
    settings.STATIC_ROOT = tmp_path
    settings.INSTALLED_APPS = ["django.contrib.staticfiles"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "dialogue.statics.HashedStatics"}
    }
    mark = hash_of_folder(Path(settings.STATICFILES_DIRS[0]) / MODULES)

    call_command("collectstatic", interactive=False, verbosity=0)

    served = sorted((tmp_path / MODULES).glob(f"*.{mark}.js"))
    imported = set(re.findall(r'"\./(.+?)";', "".join(path.read_text() for path in served)))
    assert len(served) == len(list(Path(settings.STATICFILES_DIRS[0], MODULES).glob("*.js")))
    assert imported == {path.name for path in served} - {f"editor.{mark}.js"}


def test_a_changed_module_changes_the_name_of_all(tmp_path: Path):
    (tmp_path / "one.js").write_text("1")
    (tmp_path / "two.js").write_text("2")
    before = hash_of_folder(tmp_path)

    (tmp_path / "two.js").write_text("3")

    assert hash_of_folder(tmp_path) != before
