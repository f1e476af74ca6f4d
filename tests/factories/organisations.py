"""Units, organisations, people and their roles for tests."""

import datetime

import factory
from factory.django import DjangoModelFactory

from organisations.models import (
    AdministrativeUnit,
    Membership,
    Organisation,
    PartyTerm,
    Post,
    Role,
    User,
)


class UnitFactory(DjangoModelFactory):
    """A commune."""

    name = factory.Sequence(lambda n: f"Hưng Chính {n}")
    kind = "xã"
    level = AdministrativeUnit.Level.COMMUNE

    class Meta:
        model = AdministrativeUnit


class OrganisationFactory(DjangoModelFactory):
    """The party committee of a commune; `system="state"` for its people's committee."""

    name = factory.Sequence(lambda n: f"Đảng ủy xã Hưng Chính {n}")
    short_name = factory.Sequence(lambda n: f"Đảng ủy {n}")
    symbol = "ĐU"
    system = Organisation.System.PARTY
    function = Organisation.Function.COMMITTEE
    unit = factory.SubFactory(UnitFactory)
    parent_heading = "Đảng bộ tỉnh Nghệ An"
    place_name = "Hưng Chính"
    collective = "Ban Thường vụ"
    archive_line = "Lưu Văn phòng Đảng ủy"

    class Meta:
        model = Organisation


class PartyTermFactory(DjangoModelFactory):
    """A term that has begun and not ended."""

    organisation = factory.SubFactory(OrganisationFactory)
    name = "2025–2030"
    starts_on = datetime.date(2020, 1, 1)

    class Meta:
        model = PartyTerm


class PostFactory(DjangoModelFactory):
    """The head's post."""

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Bí thư"
    is_head = True

    class Meta:
        model = Post
        django_get_or_create = ("organisation", "name")


class UserFactory(DjangoModelFactory):
    """A person without any role."""

    email = factory.Sequence(lambda n: f"nguoi{n}@vi-du.vn")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn {n}")

    class Meta:
        model = User


class MembershipFactory(DjangoModelFactory):
    """A role without an end."""

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CLERK

    class Meta:
        model = Membership


def member(role: str, organisation: Organisation | None = None, **user: object) -> User:
    """A new person with one role (in a new organisation if none is given); heads hold its post."""
    organisation = organisation or OrganisationFactory()
    person = UserFactory(**user)
    post = PostFactory(organisation=organisation) if role == Role.HEAD else None
    MembershipFactory(user=person, organisation=organisation, role=role, post=post)
    return person
