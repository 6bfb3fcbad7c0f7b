"""Files that Telegram keeps."""

from dataclasses import dataclass

from tests.telegram_server.models import BufferedInputFile
from tests.telegram_server.refusals import Json, bad


@dataclass(frozen=True)
class File:
    """A stored file."""

    number: int
    name: str
    data: bytes

    @property
    def file_id(self) -> str:
        """How a bot names it."""
        return f"file-{self.number}"

    @property
    def ids(self) -> Json:
        """The fields that every kind of file has in a message."""
        return {"file_id": self.file_id, "file_unique_id": f"u{self.number}", "file_size": len(self.data)}

    @property
    def path(self) -> str:
        """Where it can be downloaded, below /file/bot<token>/."""
        return f"files/{self.number}/{self.name}"


class Files:
    """Every file, whoever sent it."""

    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def add(self, name: str, data: bytes) -> File:
        """Keep a file."""
        file = File(len(self._files) + 1, name, data)
        self._files[file.file_id] = file
        return file

    def sent(self, value: object) -> File:
        """The file in a request: an upload, the id of one that is known, or an address.

        Raises:
            Refused: it is none of these.
        """
        if isinstance(value, BufferedInputFile):
            if not value.data:
                raise bad("file must be non-empty")
            return self.add(value.filename or "file", value.data)
        known = self._files.get(str(value))
        if known is not None:
            return known
        if str(value).startswith(("http://", "https://")):
            # Telegram would fetch it; the stand-in reaches nothing outside.
            return self.add(str(value).rsplit("/", 1)[-1] or "file", b"?")
        raise bad("wrong file identifier/HTTP URL specified")

    def named(self, file_id: str) -> File:
        """A file by its id.

        Raises:
            Refused: there is none.
        """
        if file_id not in self._files:
            raise bad("invalid file_id")
        return self._files[file_id]

    def at(self, path: str) -> File | None:
        """The file at a path."""
        return next((file for file in self._files.values() if file.path == path), None)
