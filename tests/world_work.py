"""The tasks of the world, by the names the tables use."""

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from tests.world import World


def name_tasks(world: "World") -> None:
    from assignments.actions import report_task
    from assignments.models import (
        Contest,
        Cooperation,
        DueRequest,
        Evidence,
        Progress,
        Recount,
        Task,
    )
    from tests.world import stored

    rows = world.rows
    of_notice = Task.objects.filter(clause__document=rows["notice"].document)
    rows["task"] = of_notice.get(lead=world.bodies["kinh_te"])
    rows["reported"] = of_notice.get(lead=world.bodies["cong_an"])
    report_task(
        rows["reported"],
        by=world.users["congan"],
        result="Đã tuần tra.",
        resolution="done",
        no_evidence_reason="Sổ trực lưu tại đơn vị.",
    )
    rows["due_request"] = DueRequest.objects.create(
        task=rows["task"], kind="pause", reason="Chờ vật tư.", asked_on=timezone.localdate(),
        asked_by=world.users["kinhte"],
    )  # fmt: skip
    rows["comment"] = Progress.objects.create(
        task=rows["task"], kind="comment", by=world.users["mattran"], text="Bao giờ xong?"
    )
    rows["recount"] = Recount.objects.create(reason="Bão số 3")
    rows["cooperation"], _is_new = Cooperation.objects.get_or_create(
        task=rows["task"], organisation=world.bodies["cong_an"]
    )
    rows["contest"] = Contest.objects.create(
        task=rows["reported"], asked_by=world.users["mattran"], reason="Chưa thấy tuần tra."
    )
    rows["evidence"] = Evidence.objects.create(
        progress=Progress.objects.filter(task=rows["task"]).latest("pk"),
        file=stored("khao-sat.txt"),
    )
