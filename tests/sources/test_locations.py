"""What a location is."""

import pytest

from feedsette.errors import SourceError
from feedsette.sources.locations import web_url


@pytest.mark.parametrize(
    ("location", "url"),
    [
        (" http://a.example/feed#top ", "http://a.example/feed"),
        ("HTTPS://A.example:8000/B?C", "https://a.example:8000/B?C"),
        ("Http://Ann:Pw@A.example", "http://Ann:Pw@a.example"),
        ("feed://a.example/rss", "http://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("feed://https://a.example/rss", "https://a.example/rss"),
        ("feed.xml", None),
        ("C:/feeds/a.xml", None),
        ("-", None),
    ],
)
def test_a_location_is_a_url_or_none(location: str, url: str | None) -> None:
    assert web_url(location) == url


@pytest.mark.parametrize("location", ["ftp://a.example/", "http://", "http://a b/", "http://a:0/"])
def test_urls_that_are_refused(location: str) -> None:
    with pytest.raises(SourceError):
        web_url(location)
