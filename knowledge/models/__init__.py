"""The tables of the knowledge base, one concept a file; importing this package registers them all."""

from knowledge.models.alias import Alias
from knowledge.models.announcement import Announcement, AnnouncementState, Mention, Push, PushState
from knowledge.models.change import Action, Change, Version
from knowledge.models.chat import Chat, Question
from knowledge.models.document import Correction, Document, Passage
from knowledge.models.draft import Draft, DraftSource, DraftState
from knowledge.models.enquiry import Enquiry, EnquiryKind, EnquiryState, Waiting
from knowledge.models.entity import (
    ENTITY_TABLES,
    Chain,
    Company,
    Organization,
    Park,
    Person,
    Policy,
    Project,
    Sector,
    Signing,
    Work,
    Zone,
)
from knowledge.models.evidence import Evidence
from knowledge.models.fact import Fact, Kind, Origin, Status
from knowledge.models.figure import Figure, Nature, Qualifier
from knowledge.models.incoming import Incoming, IncomingState
from knowledge.models.link import Link, Relation
from knowledge.models.outgoing import Outgoing, OutgoingState
from knowledge.models.post import Post, Role
from knowledge.models.revision import Revision
from knowledge.models.secret import Secret
from knowledge.models.staff import LinkPurpose, Staff, StaffLink, StaffRole, StaffSession
from knowledge.models.statement import Statement
from knowledge.models.subscription import Interest, Pace, Subscription

__all__ = [
    "ENTITY_TABLES",
    "Action",
    "Alias",
    "Announcement",
    "AnnouncementState",
    "Chain",
    "Change",
    "Chat",
    "Company",
    "Correction",
    "Document",
    "Draft",
    "DraftSource",
    "DraftState",
    "Enquiry",
    "EnquiryKind",
    "EnquiryState",
    "Evidence",
    "Fact",
    "Figure",
    "Incoming",
    "IncomingState",
    "Interest",
    "Kind",
    "Link",
    "LinkPurpose",
    "Mention",
    "Nature",
    "Organization",
    "Origin",
    "Outgoing",
    "OutgoingState",
    "Pace",
    "Park",
    "Passage",
    "Person",
    "Policy",
    "Post",
    "Project",
    "Push",
    "PushState",
    "Qualifier",
    "Question",
    "Relation",
    "Revision",
    "Role",
    "Secret",
    "Sector",
    "Signing",
    "Staff",
    "StaffLink",
    "StaffRole",
    "StaffSession",
    "Statement",
    "Status",
    "Subscription",
    "Version",
    "Waiting",
    "Work",
    "Zone",
]
