"""Entities: the things an investor asks about. Each has a row in `fact` with the same id."""

import datetime as dt
from enum import StrEnum

from sqlmodel import Field

from knowledge.models.columns import Identifier, Text, enum_column
from knowledge.models.row import Row


class EntityBase(Row):
    """What every entity has."""

    id: Identifier = Field(primary_key=True, foreign_key="fact.id", ondelete="CASCADE")
    name: Text = Field(index=True)
    name_en: str = ""


class ZoneBase(EntityBase):
    """An area with a government of its own."""

    city: str = ""
    home: bool = Field(default=False, description="the zone this bureau serves")


class Zone(ZoneBase, table=True):
    """A zone, as stored."""


class ChainBase(EntityBase):
    """An industry chain, 产业链."""

    position: int = Field(default=0, ge=0, description="its place in the bureau's own order")


class Chain(ChainBase, table=True):
    """A chain, as stored."""


class Sector(EntityBase, table=True):
    """A field of industry that is not one of the chains, as stored."""


class ParkForm(StrEnum):
    """Kinds of places and carriers, 载体."""

    PARK = "park"
    BASE = "base"
    PLATFORM = "platform"
    VILLAGE = "village"
    VENUE = "venue"
    TOWN = "town"
    CAMPUS = "campus"


class ParkBase(EntityBase):
    """A park, 园区, or another carrier of industry."""

    form: ParkForm = enum_column(ParkForm)


class Park(ParkBase, table=True):
    """A park, as stored."""


class OrganizationForm(StrEnum):
    """Kinds of organizations."""

    GOVERNMENT = "government"
    BUREAU = "bureau"
    OFFICE = "office"
    CENTER = "center"
    COMMITTEE = "committee"
    SUBDISTRICT = "subdistrict"
    ASSOCIATION = "association"
    SCHOOL = "school"
    GROUP = "group"


class OrganizationBase(EntityBase):
    """A public body or association."""

    form: OrganizationForm = enum_column(OrganizationForm)


class Organization(OrganizationBase, table=True):
    """An organization, as stored."""


class Company(EntityBase, table=True):
    """A company, as stored."""


class Person(EntityBase, table=True):
    """A person with a public post, as stored."""


class WorkForm(StrEnum):
    """Kinds of works."""

    SERIES = "series"
    FILM = "film"
    BRAND = "brand"
    SYSTEM = "system"


class WorkBase(EntityBase):
    """A film, a series, a brand, a technical system."""

    form: WorkForm = enum_column(WorkForm)


class Work(WorkBase, table=True):
    """A work, as stored."""


class PolicyBase(EntityBase):
    """A policy document or a system of rules."""

    issued_here: bool = Field(description="false: somebody else's, merely mentioned")


class Policy(PolicyBase, table=True):
    """A policy, as stored."""


class ProjectStatus(StrEnum):
    """How far a project is."""

    PLANNED = "planned"
    BUILDING = "building"
    PRODUCING = "producing"
    DONE = "done"


class ProjectBase(EntityBase):
    """A construction, expansion or development project."""

    status: ProjectStatus = enum_column(ProjectStatus)


class Project(ProjectBase, table=True):
    """A project, as stored."""


class SigningBase(EntityBase):
    """A signing ceremony."""

    date: dt.date


class Signing(SigningBase, table=True):
    """A signing, as stored."""


ENTITY_TABLES: tuple[type[EntityBase], ...] = (
    Zone,
    Chain,
    Sector,
    Park,
    Organization,
    Company,
    Person,
    Work,
    Policy,
    Project,
    Signing,
)
