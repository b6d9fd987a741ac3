"""What a lesson stands on, and who is thanked for what it shows: the pages and the descriptions of videos name both."""

from __future__ import annotations

from pydantic import Field

from render.core.yaml_record import DOI, LINK, Line, Phrase, YamlRecord


class Source(YamlRecord):
    """A work that the lesson stands on."""

    title: Line = Field(description="Title of the work.")
    authors: Line = Field(description="Who wrote it.")
    year: int = Field(strict=True, ge=1600, le=2100, description="Year of publication.")
    where: Line | None = Field(
        default=None, description="Journal, conference or publisher, and the part used."
    )
    doi: str | None = Field(default=None, pattern=DOI, description="Its DOI.")
    link: str | None = Field(
        default=None, pattern=LINK, description="Where it can be read, if it has no DOI."
    )

    @property
    def address(self) -> str | None:
        """Where a reader finds the work."""
        return f"https://doi.org/{self.doi}" if self.doi else self.link


class Credit(YamlRecord):
    """Who is thanked for something that the lesson shows."""

    what: Phrase = Field(description="What is shown.")
    by: Phrase = Field(description="Who made it.")
    link: str = Field(pattern=LINK, description="Where it comes from.")
    licence: Phrase = Field(description="Name of the licence.")
    licence_link: str = Field(pattern=LINK, description="Text of the licence.")
