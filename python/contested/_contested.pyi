import os

import pyarrow as pa

__version__: str

def extract_batch(reports: pa.RecordBatch, threads: int = 0) -> pa.RecordBatch: ...
def assess_batch(claims: pa.RecordBatch, as_of: str | None = None) -> pa.RecordBatch: ...
def claims_schema() -> pa.Schema: ...
def control_schema() -> pa.Schema: ...

class Ledger:
    def __new__(cls, path: str | os.PathLike[str]) -> Ledger: ...
    def add_batch(self, reports: pa.RecordBatch, threads: int = 0) -> list[int]: ...
    def claims_batch(
        self,
        *,
        as_of: str | None = None,
        known_at: str | None = None,
        since: str | None = None,
        place: str | None = None,
        actor: str | None = None,
        source: str | None = None,
        types: list[str] = ...,
        kinds: list[str] = ...,
        denied: bool = False,
        words: str | None = None,
        country: str | None = None,
        all: bool = False,
        limit: int | None = None,
    ) -> pa.RecordBatch: ...
    def control_json(self, as_of: str | None = None, known_at: str | None = None) -> str: ...
    def situation_json(
        self, area: str | None = None, as_of: str | None = None, known_at: str | None = None, since: str | None = None
    ) -> str: ...
