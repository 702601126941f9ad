"""Arrow schemas as Spark has them."""

from __future__ import annotations

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from .. import claims_schema, control_schema

#: Of a report that was not read: its number in its batch or file, its id, a code, the reason in words.
PROBLEM = pa.schema([("row", pa.int64()), ("report", pa.string()), ("code", pa.string()), ("detail", pa.string())])


def _optional(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_optional(field.type)).with_nullable(True) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_optional(kind.value_type)).with_nullable(True))
    return kind


def optional(schema: pa.Schema) -> pa.Schema:
    """The same columns, each of which may be null, and so may all in them: what Spark hands over has a null within a struct that is null."""
    return pa.schema([field.with_type(_optional(field.type)).with_nullable(True) for field in schema])


def claims() -> StructType:
    """Claims, as :func:`contested.claims_schema` has them."""
    return from_arrow_schema(optional(claims_schema()))


def control() -> StructType:
    """Who holds what, as :func:`contested.control_schema` has it."""
    return from_arrow_schema(optional(control_schema()))


def sifted() -> pa.Schema:
    """Claims and problems in one table: a row has a claim, or a problem in its last column."""
    problem = pa.field("problem", pa.struct(list(PROBLEM)), nullable=True)
    return optional(claims_schema()).append(problem)


def whole(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows, built anew: of a column in which nothing is, Spark hands over no offsets, which the compiled module must not read."""
    return batch.take(pa.array(range(batch.num_rows), pa.int64()))


def side_by_side(claims: pa.RecordBatch, problems: pa.RecordBatch) -> pa.RecordBatch:
    """The rows of both, in :func:`sifted`."""
    schema = sifted()
    of_claims = [*(column.cast(kind) for column, kind in zip(claims.columns, schema.types)), pa.nulls(claims.num_rows, schema.field("problem").type)]
    of_problems = [pa.nulls(problems.num_rows, kind) for kind in schema.types[:-1]]
    of_problems.append(pa.StructArray.from_arrays([problems.column(name).cast(PROBLEM.field(name).type) for name in PROBLEM.names], fields=list(PROBLEM)))
    return pa.RecordBatch.from_arrays([pa.concat_arrays(pair) for pair in zip(of_claims, of_problems)], schema=schema)
