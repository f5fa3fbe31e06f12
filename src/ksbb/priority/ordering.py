"""The order of the rule in the database, for lists that are read page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import (
    BigIntegerField,
    F,
    FloatField,
    Func,
    IntegerField,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from ksbb.needs.small_numbers import LEAST_SHOWN
from ksbb.overlap.queries import served_beside
from ksbb.priority.formula import NEUTRAL

if TYPE_CHECKING:
    from datetime import date

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    from ksbb.needs.models import Need
    from ksbb.priority.formula import Terms


def by_priority(
    needs: QuerySet[Need], terms: Terms, persons_per_family: int, today: date
) -> QuerySet[Need]:
    """Return the needs in the order in which their next package would be placed.

    The order is that of `simulate`; where two are the same, by code instead of by lot. The values
    it is made of are `reckoned_weight` and `reckoned_packages`. Needs of nothing come last.
    """
    families = Least(
        Greatest(_families(persons_per_family), Value(LEAST_SHOWN)),
        Value(terms.families_full),
    )
    age = Least(
        Greatest(Coalesce(_Days(Value(today), "target__counted_on"), terms.age_full), Value(0)),
        Value(terms.age_full),
    )
    weight = (
        Value(NEUTRAL)
        + _whole(Value(terms.families_extra) * families, terms.families_full)
        - _whole(Value(terms.age_less) * age, terms.age_full)
    )
    packages = _whole(
        Value(terms.committed_percent) * Cast("committed", BigIntegerField())
        + Value(terms.served_percent) * Cast(served_beside(), BigIntegerField()),
        100,
    )
    key = (Value(2.0) * Cast("reckoned_packages", FloatField()) + Value(1.0)) / (
        Value(2.0) * Cast("reckoned_weight", FloatField()) * Cast("quantity", FloatField())
    )
    found = needs.filter(quantity__gt=0).annotate(
        reckoned_weight=weight, reckoned_packages=packages
    )
    return found.annotate(reckoned_key=key).order_by(
        "reckoned_key", F("quantity").desc(), "reckoned_weight", "target__code"
    )


def _families(persons_per_family: int) -> Coalesce:
    """Return the families of a place; an institution's from its residents, rounded up."""
    more = persons_per_family - 1
    rounded = _whole(F("target__residents") + Value(more), persons_per_family)
    return Coalesce("target__families", rounded, 0, output_field=IntegerField())


class _Quotient(Func):
    """A whole number divided by another one and rounded down; neither is below zero."""

    template = "((%(expressions)s))"
    arg_joiner = ") / ("
    output_field = BigIntegerField()


def _whole(number: Any, by: int) -> _Quotient:
    return _Quotient(number, Value(by))


class _Days(Func):
    """How many days lie between a later day and an earlier one; NULL where one is not known."""

    arity = 2
    output_field = IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Count days as SQLite does."""
        return self.as_sql(
            compiler,
            connection,
            template="CAST(julianday(%(expressions)s) AS INTEGER)",
            arg_joiner=") - julianday(",
            **context,
        )

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        """Subtract days as PostgreSQL does."""
        return self.as_sql(
            compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **context
        )
