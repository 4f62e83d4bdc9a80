"""How LibreOffice is set up for a run: nothing runs, nothing is fetched, nobody is asked. Text only.

Each run has a fresh profile with these settings and nothing else, so what a user has set up in theirs changes no PDF,
and two runs never wait for each other. Paths and names: LibreOffice's registry schemas (officecfg); one that a version
does not know is ignored by it. Tried with 7.4: by default an external picture is fetched, and a picture file of this
machine embedded; with BlockUntrustedRefererLinks neither happens (evidence notes, 2.3).
"""

from __future__ import annotations

from typing import Final

_COMMON: Final = "/org.openoffice.Office.Common"
_SETTINGS: Final = (
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never; 0 would be always, 1 on request
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    # No first steps, no recovery of what a killed run left, no crash report, no look at the graphics card.
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    (f"{_COMMON}/Misc", "CrashReport", "false"),
    (f"{_COMMON}/Misc", "CollectUsageInformation", "false"),
    (f"{_COMMON}/Misc", "UseOpenCL", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    # The same page and decimal sign everywhere, where a document does not say (A4, not Letter).
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "en-GB"),
    # The PDF: tagged for readers who listen to it, with an outline; no fields but those that are for signatures.
    (f"{_COMMON}/Filter/PDF/Export", "UseTaggedPDF", "true"),
    (f"{_COMMON}/Filter/PDF/Export", "ExportBookmarks", "true"),
    (f"{_COMMON}/Filter/PDF/Export", "ExportBookmarksToPDFDestination", "true"),  # so that pages can be found again
    (f"{_COMMON}/Filter/PDF/Export", "ExportFormFields", "false"),
    (f"{_COMMON}/Filter/PDF/Export", "ExportNotes", "false"),
    (f"{_COMMON}/Filter/PDF/Export", "ExportNotesInMargin", "false"),
    (f"{_COMMON}/Filter/PDF/Export", "EmbedStandardFonts", "true"),
)


def registry() -> str:
    """Return the content of a profile's registrymodifications.xcu."""
    settings = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{settings}</oor:items>\n"
    )
