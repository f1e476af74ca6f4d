"""How the interface says no: RFC 9457 problem details with a Vietnamese sentence."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.forms import Form
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from core import audit
from core.access import RefusedError
from core.transitions import IllegalMoveError
from core.versions import StaleError
from organisations.models import User

MEDIA_TYPE = "application/problem+json"
TYPE = "tag:dialogue,2026:problem:"
FieldErrors = Sequence[Mapping[str, str]]


class ProblemError(Exception):
    """An answer that is a problem: `code` is its name for programs, `detail` the sentence for people."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: FieldErrors = (),
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:
        """Keep what is told."""
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.errors, self.headers, self.more = errors, headers or {}, more


def checked(form: Form) -> dict[str, Any]:
    """What a form makes of what was sent; 422 with a sentence for each field it refuses."""
    if form.is_valid():
        return form.cleaned_data
    errors = [
        {"field": "" if name == "__all__" else name, "detail": str(sentence)}
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]
    raise ProblemError(422, "invalid", _("Nội dung gửi lên chưa đúng."), errors=errors)


def answer_with(problem: ProblemError) -> HttpResponse:
    """The problem as it goes out."""
    told: dict[str, Any] = {
        "type": f"{TYPE}{problem.code}",
        "title": TITLES[problem.status],
        "status": problem.status,
        "detail": problem.detail,
        **problem.more,
    }
    if problem.errors:
        told["errors"] = list(problem.errors)
    return HttpResponse(
        json.dumps(told, ensure_ascii=False, default=str),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=dict(problem.headers),
    )


TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    412: "Precondition Failed",
    422: "Unprocessable Content",
    428: "Precondition Required",
    429: "Too Many Requests",
}


def not_found() -> ProblemError:
    """Not there, or not for this token: the answer is the same."""
    return ProblemError(404, "not-found", _("Không có, hoặc không thuộc cơ quan của mã truy cập."))


def unauthorised(code: str, detail: str) -> ProblemError:
    """The token opens nothing (RFC 6750)."""
    challenge = 'Bearer error="invalid_token"' if code != "no-token" else "Bearer"
    return ProblemError(401, code, detail, headers={"WWW-Authenticate": challenge})


def note_refusal(request: HttpRequest, user: User, reason: str) -> None:
    """The journal remembers what a program was refused, as it does for people."""
    audit.note(audit.Kind.REFUSED, by=user, said=f"{request.path}: {reason}")


def _missing_token(_error: Exception) -> ProblemError:
    return unauthorised("no-token", _("Thiếu mã truy cập ở tiêu đề Authorization: Bearer …"))


def _stale(error: Any) -> ProblemError:
    current = model_to_dict(error.current, fields=["text", "legal_basis", "version"])
    said = _("Đã có người sửa sau bản này. Nội dung hiện nay kèm theo; hãy gộp rồi gửi lại.")
    return ProblemError(
        412, "stale", said, headers={"ETag": f'"{current["version"]}"'}, current=current
    )


def _unreadable(error: Any) -> ProblemError:
    """What the schemas refuse before any form sees it."""
    status = 400 if any(one["loc"][0] == "header" for one in error.errors) else 422
    errors = [
        {"field": ".".join(map(str, one["loc"][-1:])), "detail": _sentence(one)}
        for one in error.errors
    ]
    return ProblemError(status, "invalid", _("Nội dung gửi lên chưa đúng."), errors=errors)


def _sentence(error: Mapping[str, Any]) -> str:
    if error["type"] == "missing":
        return _("Thiếu nội dung này.")
    return _("Giá trị không đúng kiểu hoặc ngoài giới hạn.")


def _http(error: Any) -> ProblemError:
    if error.status_code == 401:
        return _missing_token(error)
    return ProblemError(400, "unreadable", _("Không đọc được nội dung gửi lên."))


HANDLERS: dict[type[Exception], Callable[[Any], ProblemError]] = {
    ProblemError: lambda error: error,
    Http404: lambda _error: not_found(),
    RefusedError: lambda error: ProblemError(403, "refused", error.reason),
    IllegalMoveError: lambda error: ProblemError(409, "conflict", error.reason),
    StaleError: _stale,
    AuthenticationError: _missing_token,
    HttpError: _http,
    ValidationError: _unreadable,
}


def tell_problems(api: NinjaAPI) -> None:
    """Let the interface answer refusals of the lower layers in this form."""
    for kind, problem_of in HANDLERS.items():

        def handle(
            request: HttpRequest, error: Any, of: Callable[[Any], ProblemError] = problem_of
        ) -> HttpResponse:
            caller: Any = getattr(request, "auth", None)
            if caller and isinstance(error, RefusedError):
                note_refusal(request, caller.user, error.reason)
            return answer_with(of(error))

        api.add_exception_handler(kind, handle)
