"""Rules over who comes: quotas that add up, somebody who chooses (domain.md §4.3)."""

import re
from collections.abc import Iterator
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import fold
from documents.checks.registry import INFO, WARNING, Book, Found
from plans.checks.sheet import PlanSheet, plan_sheet
from plans.queries import GroupLine

GROUPS = Book(plan_sheet)
rule = GROUPS.rule
CHOSEN = re.compile(r"\b(nhan dan|hoi vien|cong dan|nguoi dan|cu tri|ho dan|ho gia dinh)\b")


@rule(
    "quota-sum",
    "R9",
    WARNING,
    gettext_lazy("Số lượng các nhóm cộng khớp"),
    gettext_lazy("Tổng ở nhóm trên phải bằng các nhóm bên dưới cộng lại"),
)
def quotas_add_up(plan: PlanSheet) -> Iterator[Found]:
    """The quotas of the groups below come to the quota above (150 = 30 + 120)."""
    for line in plan.groups:
        if line.mismatch:
            words = _("“%(name)s” ghi %(quota)s nhưng các nhóm bên dưới cộng lại là %(sum)s.")
            total = " - ".join(f"{n:02d}" for n in dict.fromkeys(line.mismatch))
            shown = {"name": _name(line), "quota": line.quota, "sum": total}
            yield Found(words % shown, line.group.clause_id)


@rule(
    "group-selector",
    "R10",
    WARNING,
    gettext_lazy("Nhóm đại biểu phải lựa chọn có cơ quan lựa chọn, cử"),
    gettext_lazy("Không ghi ai chọn thì không ai lập danh sách"),
)
def somebody_chooses(plan: PlanSheet) -> Iterator[Found]:
    """A group of people who do not come by their post has a body that selects them."""
    chosen: list[bool] = []
    for place, line in enumerate(plan.groups):
        del chosen[line.depth - 1 :]
        is_parent = place + 1 < len(plan.groups) and plan.groups[place + 1].depth > line.depth
        is_covered = line.group.selector_id is not None or any(chosen)
        chosen.append(is_covered)
        if not is_parent and not is_covered and _must_be_chosen(line):
            words = _("“%(name)s” chưa ghi cơ quan lựa chọn, cử đại biểu.")
            yield Found(words % {"name": _name(line)}, line.group.clause_id)


def _must_be_chosen(line: GroupLine) -> bool:
    group = line.group
    return group.per_unit is not None or CHOSEN.search(fold(group.clause.text)) is not None


@rule(
    "quota-units",
    "R11",
    INFO,
    gettext_lazy("Số lượng theo đơn vị có số đơn vị"),
    gettext_lazy("Không có số đơn vị thì không cộng được tổng số đại biểu"),
)
def units_counted(plan: PlanSheet) -> Iterator[Found]:
    """A quota per unit can be multiplied."""
    for line in plan.groups:
        if line.group.per_unit is not None and line.counted is None:
            words = _("“%(name)s” ghi mỗi đơn vị nhưng chưa ghi có mấy đơn vị.")
            yield Found(words % {"name": _name(line)}, line.group.clause_id)


def _name(line: GroupLine) -> str:
    return shorten(line.group.clause.text.split("\n")[0], 80, placeholder="…")
