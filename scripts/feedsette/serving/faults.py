"""What a visitor sees of an error: what was wrong with the request, never how the server looks."""

import sqlite3
import traceback
from typing import Any

_ASKED_WRONGLY = (sqlite3.Error, UnicodeError, OverflowError)
"""Raised where a request brings what SQLite refuses: half a key, half a surrogate, a number that is
too large. Datasette lets some of them through as errors of its own.
"""
_ASKED_ODDLY = (
    ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What Datasette's own code raises for values that it does not look at (`_timelimit=x`, `_facet=[`,
`tags__arraycontains` of a number): with a query, they are faults of the request.
"""


def explain(datasette: Any, request: Any, exception: Exception) -> Any:
    """Let Datasette show a request's fault as 400, and its own without words from inside."""
    from datasette.database import QueryInterrupted  # Datasette is complete only by now
    from datasette.handle_exception import handle_exception
    from datasette.utils.asgi import Base400
    from datasette.views.base import DatasetteError

    if isinstance(exception, DatasetteError) and exception.status == 500:
        # "Cannot sort table by x": Datasette's own errors are all about requests
        shown = DatasetteError(exception.message, title=exception.title, status=400)
    elif isinstance(exception, Base400 | DatasetteError):
        _keep_sql(exception, request)
        return None
    elif request.method == "POST" and isinstance(exception, AssertionError):
        # what 0.65 says to a form sent to a table
        shown = DatasetteError("Datasette shows what is here, and takes nothing", status=405)
    elif isinstance(exception, QueryInterrupted):
        shown = DatasetteError("The query took too long", status=400)
    elif _is_about(request, exception):
        shown = DatasetteError("A value in this address is not one that can be used", status=400)
    elif isinstance(exception, _ASKED_WRONGLY):
        shown = DatasetteError(f"This cannot be answered: {_words(exception)}", status=400)
    else:
        traceback.print_exception(exception)
        shown = DatasetteError("The server failed; its log says why", status=500)
    return handle_exception(datasette, request, shown)


def _keep_sql(exception: Any, request: Any) -> None:
    """Let the page show SQL that is none (`selec 1`), to be mended: it has no form otherwise."""
    sql, is_page = request.args.get("sql"), not request.path.endswith((".json", ".csv"))
    if sql and is_page and getattr(exception, "title", None) == "Invalid SQL":
        exception.error_dict = {"asked_sql": sql, "asked_at": request.path}


def _words(exception: Exception) -> str:
    return str(exception) if isinstance(exception, sqlite3.Error) else type(exception).__name__


def _is_about(request: Any, exception: Exception) -> bool:
    """Whether Datasette's code stumbled over what was asked for."""
    # it asserts that it knows the format of `/content/articles.nosuch`, and looks for a table by
    # the name that it reads in `/content/Articles/1`
    named = isinstance(exception, KeyError) and str(exception.args[0]) in request.path.split("/")
    asked = request.query_string or isinstance(exception, AssertionError) or named
    return bool(asked) and isinstance(exception, _ASKED_ODDLY) and not _is_ours(exception)


def _is_ours(exception: Exception) -> bool:
    """Whether it is our code that stumbled, or was the last to call a library: then it is our bug.

    Some of our code stands between Datasette and Datasette, which proves nothing.
    """
    frames = traceback.walk_tb(exception.__traceback__)
    names = [str(frame.f_globals.get("__name__")).partition(".")[0] for frame, _ in frames]
    return [name for name in names if name in ("feedsette", "datasette")][-1:] == ["feedsette"]
