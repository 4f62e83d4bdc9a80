"""A mail as a file that a mail program opens ready to be sent: the text, who it goes to, and an attached sheet.

`X-Unsent: 1` lets Outlook open it as a draft with a button to send (Microsoft, "MIME header fields"). There is no
sender, date or Message-ID: those are the mail program's to give, and without them the same input is the same file.
Nothing is sent from here, and no address is looked up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from elca_docs.exchange.mail_text import MailText

_SHEET: Final = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An Excel file that goes with a mail."""

    name: str
    data: bytes


def mail_draft(mail: MailText, *, to: Sequence[str] = (), attachment: Attachment | None = None) -> bytes:
    """Return the mail as an .eml file; `to` holds addresses that `usable_address` has found usable.

    The boundary of its parts is made of their content, so the same input gives the same bytes.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    if to:
        message["To"] = [Address(addr_spec=each) for each in to]
    message["X-Unsent"] = "1"
    message.set_content(mail.text, cte="quoted-printable")
    if attachment:
        maintype, subtype = _SHEET
        message.add_attachment(attachment.data, maintype=maintype, subtype=subtype, filename=attachment.name)
        content = hashlib.sha256(mail.text.encode() + attachment.data).hexdigest()
        message.set_boundary(f"=_part_{content[:32]}")  # "=_" occurs neither in quoted-printable nor in base64
    return message.as_bytes()


def usable_address(text: str) -> bool:
    """Whether a text is one plain e-mail address (RFC 5322, addr-spec) in ASCII, which every mail program takes."""
    if not text.isascii() or not text.isprintable() or " " in text:
        return False
    try:
        found = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        return False
    return bool(found.username) and "." in found.domain
