"""What an administrator types."""

from organisations.forms.days import DayForm, DeadlineRuleForm, SignOffForm
from organisations.forms.directory import (
    CreateOrganisationForm,
    EditOrganisationForm,
    PostForm,
    TermForm,
    UnitForm,
)
from organisations.forms.people import (
    AbsenceForm,
    ChangePasswordForm,
    ForgottenPasswordForm,
    LoginForm,
    MemberForm,
    ReauthenticateForm,
    ResetPasswordForm,
)
from organisations.forms.sheets import ConfirmSheetForm, SheetForm

__all__ = [
    "AbsenceForm",
    "ChangePasswordForm",
    "ConfirmSheetForm",
    "CreateOrganisationForm",
    "DayForm",
    "DeadlineRuleForm",
    "EditOrganisationForm",
    "ForgottenPasswordForm",
    "LoginForm",
    "MemberForm",
    "PostForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "SheetForm",
    "SignOffForm",
    "TermForm",
    "UnitForm",
]
