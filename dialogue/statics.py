"""Static files under names that change with their content, the editor's modules included."""

from hashlib import md5
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

MODULES = "js/editor"
IMPORT = r"""(?P<matched>\b(?P<word>from|import) "(?P<url>\./\w+\.js)";)"""


class HashedStatics(CompressedManifestStaticFilesStorage):
    """Files may be kept by a browser for ever: another content has another name.

    The editor's modules import each other, also in circles, so that no module's name can follow from
    the names it imports: all of them share one hash, of the whole folder.
    """

    # Not support_js_module_import_aggregation: libraries' own files do not pass through it.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (f"{MODULES}/*.js", ((IMPORT, '%(word)s "%(url)s";'),)),
    )

    def file_hash(self, name: str | None, content: Any = None) -> str | None:
        """The part of a file's name that changes with its content; None is the manifest itself."""
        if name and str(PurePosixPath(name).parent) == MODULES:
            return hash_of_folder(Path(settings.STATICFILES_DIRS[0]) / MODULES)
        hashed: str | None = super().file_hash(name, content)
        return hashed


def hash_of_folder(folder: Path) -> str:
    """One hash of all files of a folder, their names and contents."""
    hasher = md5(usedforsecurity=False)
    for path in sorted(folder.iterdir()):
        hasher.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return hasher.hexdigest()[:12]
