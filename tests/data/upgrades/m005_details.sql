pragma application_id = 1718825331;
begin;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE "feeds" (
   "id" INTEGER PRIMARY KEY,
   "feed_key" TEXT NOT NULL,
   "title" TEXT,
   "site_url" TEXT,
   "feed_url" TEXT,
   "description" TEXT,
   "language" TEXT,
   "format" TEXT,
   "generator" TEXT,
   "image_url" TEXT,
   "updated" TEXT,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT,
   "article_count" INTEGER,
   "key_policy" TEXT,
   "failing_since" TEXT,
   "last_error" TEXT,
   "gone_at" TEXT
);
CREATE TABLE "authors" (
   "id" INTEGER PRIMARY KEY,
   "name" TEXT NOT NULL,
   "url" TEXT,
   "article_count" INTEGER
);
CREATE TABLE "tags" (
   "id" INTEGER PRIMARY KEY,
   "slug" TEXT NOT NULL,
   "name" TEXT,
   "article_count" INTEGER
);
CREATE TABLE "loads" (
   "id" INTEGER PRIMARY KEY,
   "started_at" TEXT NOT NULL,
   "seconds" REAL,
   "feed_id" INTEGER REFERENCES "feeds"("id"),
   "location" TEXT NOT NULL,
   "status" TEXT NOT NULL,
   "http_status" INTEGER,
   "document_sha256" TEXT,
   "bytes" INTEGER,
   "entries" INTEGER,
   "new" INTEGER,
   "changed" INTEGER,
   "unchanged" INTEGER,
   "removed" INTEGER,
   "skipped" INTEGER,
   "extractor_version" INTEGER,
   "message" TEXT
);
CREATE TABLE "articles" (
   "id" INTEGER PRIMARY KEY,
   "feed_id" INTEGER NOT NULL REFERENCES "feeds"("id"),
   "item_key" TEXT NOT NULL,
   "guid" TEXT,
   "key_source" TEXT,
   "url" TEXT,
   "clean_url" TEXT,
   "canonical_url" TEXT,
   "title" TEXT,
   "author" TEXT,
   "published" TEXT,
   "updated" TEXT,
   "published_raw" TEXT,
   "first_seen" TEXT NOT NULL,
   "last_seen" TEXT NOT NULL,
   "removed_at" TEXT,
   "language" TEXT,
   "word_count" INTEGER,
   "reading_minutes" INTEGER,
   "code_block_count" INTEGER,
   "link_count" INTEGER,
   "image_count" INTEGER,
   "tags" TEXT,
   "revision_count" INTEGER,
   "content_sha256" TEXT,
   "details_sha256" TEXT,
   "extractor_version" INTEGER,
   "load_id" INTEGER REFERENCES "loads"("id"),
   "summary" TEXT,
   "text" TEXT,
   "html" TEXT
);
CREATE TABLE "article_authors" (
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "author_id" INTEGER NOT NULL REFERENCES "authors"("id"),
   "position" INTEGER,
   PRIMARY KEY ("article_id", "author_id")
);
CREATE TABLE "article_tags" (
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "tag_id" INTEGER NOT NULL REFERENCES "tags"("id"),
   "position" INTEGER,
   PRIMARY KEY ("article_id", "tag_id")
);
CREATE TABLE "sections" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "level" INTEGER,
   "title" TEXT,
   "path" TEXT,
   "anchor" TEXT,
   "word_count" INTEGER,
   "text" TEXT
);
CREATE TABLE "links" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "section_id" INTEGER REFERENCES "sections"("id"),
   "url" TEXT,
   "clean_url" TEXT,
   "domain" TEXT,
   "text" TEXT,
   "kind" TEXT,
   "internal" INTEGER,
   "footer" INTEGER,
   "reference" INTEGER,
   "reference_title" TEXT,
   "target_article_id" INTEGER REFERENCES "articles"("id"),
   "rel" TEXT,
   "problem" TEXT
);
CREATE TABLE "code_blocks" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "section_id" INTEGER REFERENCES "sections"("id"),
   "language" TEXT,
   "language_source" TEXT,
   "language_raw" TEXT,
   "confidence" REAL,
   "line_count" INTEGER,
   "caption" TEXT,
   "code" TEXT
);
CREATE TABLE "images" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "section_id" INTEGER REFERENCES "sections"("id"),
   "url" TEXT NOT NULL,
   "src" TEXT,
   "alt" TEXT,
   "title" TEXT,
   "caption" TEXT,
   "width" INTEGER,
   "height" INTEGER,
   "link_url" TEXT
);
CREATE TABLE "embeds" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "section_id" INTEGER REFERENCES "sections"("id"),
   "provider" TEXT,
   "url" TEXT NOT NULL,
   "title" TEXT
);
CREATE TABLE "enclosures" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "position" INTEGER NOT NULL,
   "url" TEXT NOT NULL,
   "media_type" TEXT,
   "length_bytes" INTEGER,
   "duration_seconds" INTEGER
);
CREATE TABLE "revisions" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "number" INTEGER NOT NULL,
   "replaced_at" TEXT NOT NULL,
   "change" TEXT,
   "title" TEXT,
   "content_sha256" TEXT,
   "text" TEXT,
   "html" TEXT
);
CREATE TABLE "fetches" (
   "id" INTEGER PRIMARY KEY,
   "location" TEXT NOT NULL,
   "feed_id" INTEGER REFERENCES "feeds"("id"),
   "document_sha256" TEXT,
   "extractor_version" INTEGER,
   "etag" TEXT,
   "last_modified" TEXT,
   "fresh_until" TEXT,
   "moved_to" TEXT,
   "last_attempt" TEXT,
   "last_success" TEXT,
   "gone_at" TEXT
);
CREATE TABLE "tag_month_counts" (
   "tag_id" INTEGER NOT NULL REFERENCES "tags"("id"),
   "month" TEXT NOT NULL,
   "articles" INTEGER NOT NULL,
   PRIMARY KEY ("tag_id", "month")
);
CREATE TABLE "domain_counts" (
   "domain" TEXT PRIMARY KEY NOT NULL,
   "links" INTEGER NOT NULL,
   "articles" INTEGER NOT NULL,
   "outward_links" INTEGER NOT NULL,
   "outward_articles" INTEGER NOT NULL
);
CREATE TABLE "repeated_titles" (
   "title" TEXT NOT NULL,
   "feed_id" INTEGER NOT NULL REFERENCES "feeds"("id"),
   "articles" INTEGER NOT NULL,
   PRIMARY KEY ("title", "feed_id")
);
CREATE TABLE "repeated_urls" (
   "canonical_url" TEXT NOT NULL,
   "feed_id" INTEGER NOT NULL REFERENCES "feeds"("id"),
   "articles" INTEGER NOT NULL,
   PRIMARY KEY ("canonical_url", "feed_id")
);
CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
    "title", "tags", "author", "text",
    tokenize='porter',
    content="articles"
);
CREATE VIRTUAL TABLE "sections_fts" USING FTS5 (
    "title", "text",
    tokenize='porter',
    content="sections"
);
CREATE VIRTUAL TABLE "code_blocks_fts" USING FTS5 (
    "code",
    tokenize='trigram',
    content="code_blocks"
);
insert into _sqlite_migrations values (1, 'feedsette', 'm001_create', '2024-02-09T12:00:00+00:00');
insert into _sqlite_migrations values (2, 'feedsette', 'm002_count_from_indexes', '2024-02-09T12:00:00+00:00');
insert into _sqlite_migrations values (3, 'feedsette', 'm003_tallies', '2024-02-09T12:00:00+00:00');
insert into _sqlite_migrations values (4, 'feedsette', 'm004_problems', '2024-02-09T12:00:00+00:00');
insert into _sqlite_migrations values (5, 'feedsette', 'm005_details', '2024-02-09T12:00:00+00:00');
insert into feeds values (1, 'https://garden.example/feed.xml', 'Garden of small programs', 'https://garden.example/', 'https://garden.example/feed.xml', 'What grows in a window box', 'en', 'rss20', NULL, NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-09T12:00:00+00:00', 4, 'guid', NULL, NULL, NULL);
insert into feeds values (2, 'https://workshop.example/atom.xml', 'Werkstatt', 'https://workshop.example/', 'https://workshop.example/atom.xml', NULL, 'de', 'atom10', NULL, NULL, '2024-02-05T12:00:00+00:00', '2024-02-08T12:00:00+00:00', '2024-02-09T12:00:00+00:00', 2, 'guid', NULL, NULL, NULL);
insert into feeds values (3, 'https://notes.example/', 'Notes 🌧', 'https://notes.example/', NULL, NULL, NULL, 'json11', NULL, NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-08T12:00:00+00:00', 2, 'guid', NULL, NULL, NULL);
insert into authors values (1, 'Ottilie Quast', NULL, 2);
insert into authors values (2, 'Brún Ævarsson', NULL, 1);
insert into authors values (3, 'Jörn Übelacker', 'https://workshop.example/joern', 1);
insert into authors values (4, 'Aoi', 'https://notes.example/aoi', 1);
insert into tags values (1, 'watering', 'Watering', 3);
insert into tags values (2, 'cron', 'cron', 2);
insert into tags values (3, 'sowing', 'Sowing', 1);
insert into tags values (4, 'python', 'python', 1);
insert into tags values (5, 'elektrik', 'Elektrik', 1);
insert into tags values (6, '雨', '雨', 1);
insert into tags values (7, 'winter', 'Winter', 1);
insert into loads values (1, '2024-02-09T12:00:00+00:00', NULL, 1, 'https://garden.example/feed.xml', 'loaded', 200, 'bffc51c643a9bc03e02a5bacd724133ed540bb1d8865c62c65548cadbe5924e4', 2484, 3, 3, 0, 0, 0, 0, 7, NULL);
insert into loads values (2, '2024-02-09T12:00:00+00:00', NULL, 2, 'https://workshop.example/atom.xml', 'loaded', NULL, '66f6b9fded4e6f807c5c75cf23656b2cc180e5026184e89bca273358da01730c', 1365, 2, 2, 0, 0, 0, 0, 7, '1 date is unusable (“Ohne Datum”: “neulich”): it is kept in published_raw');
insert into loads values (3, '2024-02-09T12:00:00+00:00', NULL, 3, 'notes.json', 'loaded', NULL, '2b6d0f31a9c42671d10ecb24bce9c04393f697a43f8247d63e9fd868381f3876', 1046, 2, 2, 0, 0, 0, 0, 7, NULL);
insert into loads values (4, '2024-02-09T12:00:00+00:00', NULL, 1, 'https://garden.example/feed.xml', 'loaded', 200, 'd2731aafd3eb5958fdcfb5e8a3766fc07ea63ea92612e21bcec5118b481a4119', 2608, 3, 1, 1, 1, 1, 0, 7, NULL);
insert into loads values (5, '2024-02-09T12:00:00+00:00', NULL, 2, 'https://workshop.example/atom.xml', 'not_modified', 304, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
insert into loads values (6, '2024-02-09T12:00:00+00:00', NULL, NULL, 'https://silent.example/feed', 'failed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'silent for 30 s');
insert into articles values (1, 1, 'garden-1', 'garden-1', 'guid', 'https://garden.example/watering?utm_source=rss', 'https://garden.example/watering', 'https://garden.example/watering', 'Watering by cron', 'Ottilie Quast', '2024-02-05T06:30:00+00:00', NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-09T12:00:00+00:00', NULL, 'en', 54, 1, 1, 3, 1, '["Watering", "cron"]', 0, 'bbc11e58cf5450a647eb4ac2234c890ad55a5a38f086abbdb35b6767f653669e', '198d0a539d6e839006a3ae6beafa0d95eb16e51c3e21aaba0e501742a2a11a90', 7, 1, 'A pump that starts by itself.', 'The pump starts at seven, and nobody gets up for it [1].

The pump

It hangs on a relay. The data sheet is short.

0 7 * * * /usr/local/bin/pump 30
# thirty seconds are enough

Its hose

Four metres of it, and a green one.

The bucket holds ten litres.

Elsewhere

[1] Relays for people who sleep', '<p>The pump starts at seven, and nobody gets up for it [1].</p>
<h2 id="pump">The pump</h2><p>It hangs on a relay. <a href="https://pumps.example/p3?utm_medium=x">The data sheet</a> is short.</p>
<pre><code class="language-bash">0 7 * * * /usr/local/bin/pump 30
# thirty seconds are enough
</code></pre>
<h3>Its hose</h3><p>Four metres of it, and <a href="/hoses#green">a green one</a>.</p>
<figure><img src="/img/pump.jpg" alt="A pump in a bucket" width="640" height="480"><figcaption>The bucket holds ten litres.</figcaption></figure>
<h2>Elsewhere</h2><p>[1] <a href="https://workshop.example/relays">Relays for people who sleep</a></p>');
insert into articles values (2, 1, 'garden-2', 'garden-2', 'guid', 'https://garden.example/seeds', 'https://garden.example/seeds', 'https://garden.example/seeds', 'Seeds, counted', 'Ottilie Quast, Brún Ævarsson', '2024-02-06T09:00:00+00:00', NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-09T12:00:00+00:00', NULL, 'en', 14, 1, 1, 0, 0, '["Sowing", "python"]', 1, 'a07d0c0183ed92206f2e3cf104370896976335482af566e33d6e3bb1769df9dd', '2fe45f0908844a3a216ecf5d4cdcf0653015ffef984515e2cdefaf448317e52e', 7, 4, NULL, 'We counted them three times.

from collections import Counter
print(Counter("radish"))

kind	seeds
radish	114', '<p>We counted them three times.</p><pre><code class="language-python">from collections import Counter
print(Counter("radish"))
</code></pre><table><tr><th>kind</th><th>seeds</th></tr><tr><td>radish</td><td>114</td></tr></table>
<p><iframe src="https://www.youtube.com/embed/abc123" title="Counting"></iframe></p>');
insert into articles values (3, 1, 'garden-3', 'garden-3', 'guid', 'https://garden.example/rain', 'https://garden.example/rain', 'https://garden.example/rain', 'Rained off', NULL, '2024-02-07T09:00:00+00:00', NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-08T12:00:00+00:00', '2024-02-09T12:00:00+00:00', 'en', 8, 1, 0, 0, 0, '[]', 0, 'bd43929fadd7f115704102ec9a8da11e48917e8eac04571523d76f104b72fd29', '2fe45f0908844a3a216ecf5d4cdcf0653015ffef984515e2cdefaf448317e52e', 7, 1, NULL, 'This one is taken back a day later.', 'This one is taken back a day later.');
insert into articles values (4, 2, 'tag:workshop.example,2024:1', 'tag:workshop.example,2024:1', 'guid', 'https://workshop.example/relays', 'https://workshop.example/relays', 'https://workshop.example/relays', 'Relais für Leute, die schlafen', 'Jörn Übelacker', '2024-02-04T08:00:00+00:00', '2024-02-05T12:00:00+00:00', NULL, '2024-02-08T12:00:00+00:00', '2024-02-08T12:00:00+00:00', NULL, 'de', 16, 1, 1, 2, 0, '["Elektrik", "cron"]', 0, '9e4cc388a1e5c6bc14beb623e2e28752f48d7cee45ac57a943e9242b653fc5cc', 'cd656a380c0dfdd026cda1ccc5df4df7bb674d3779ca17194f1567988d0e7639', 7, 2, NULL, 'Ein Relais klickt.

Das Klicken

Man hört es kaum. Siehe Bewässern und hier.

while (1) { klick(); }', '<p>Ein Relais klickt.</p><h2>Das Klicken</h2><p>Man hört es kaum. Siehe <a href="//garden.example/watering">Bewässern</a> und <a href="https:/workshop.example/tippfehler">hier</a>.</p><pre class="brush: c">while (1) { klick(); }</pre>');
insert into articles values (5, 2, 'tag:workshop.example,2024:2', 'tag:workshop.example,2024:2', 'guid', 'https://workshop.example/undated', 'https://workshop.example/undated', 'https://workshop.example/undated', 'Ohne Datum', NULL, NULL, NULL, 'neulich', '2024-02-08T12:00:00+00:00', '2024-02-08T12:00:00+00:00', NULL, 'de', 6, 1, 0, 0, 0, '[]', 0, '8ef7990f850758749e21592f78f2b4b8026cfaf75af09b0db922a024e19d106c', 'ceb277712a7b557b8b7486022ed0f254a97c0e51b7ff5645924acb0dbea3b434', 7, 2, NULL, 'Wann das war, weiß niemand mehr.', 'Wann das war, weiß niemand mehr.');
insert into articles values (6, 3, 'n1', 'n1', 'guid', 'https://notes.example/n1', 'https://notes.example/n1', 'https://notes.example/n1', NULL, 'Aoi', '2024-02-03T01:00:00+00:00', NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-08T12:00:00+00:00', NULL, 'ja', 14, 1, 0, 0, 0, '["Watering", "雨"]', 0, '6372fbe7f8708194c998c0d48bf2b2577d1ec157ea911ef73a143a9a815d0c1f', '2e214dc5e40e1a1cd274de51eb2e09cda0c47cf46ed9d8681ec97e11aeb069f0', 7, 3, NULL, '日本語の短い記事です。Rain, and a café.', '日本語の短い記事です。Rain, and a café.');
insert into articles values (7, 3, 'n2', 'n2', 'guid', 'https://notes.example/n2', 'https://notes.example/n2', 'https://notes.example/n2', 'Cross-posted: watering by cron', NULL, '2024-02-05T10:00:00+00:00', NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-08T12:00:00+00:00', NULL, NULL, 5, 1, 0, 1, 0, '[]', 0, 'a304f2e88e398be736f36b728f6181abfd6dddbf14689dfa964be0faa68fe833', '2fe45f0908844a3a216ecf5d4cdcf0653015ffef984515e2cdefaf448317e52e', 7, 3, NULL, 'Also at the garden. There.', '<p>Also at the garden. <a href=''https://garden.example/watering''>There</a>.</p><p>The post <a href=''https://garden.example/watering''>Watering by cron</a> appeared first on <a href=''https://garden.example/''>Garden of small programs</a>.</p>');
insert into articles values (8, 1, 'garden-4', 'garden-4', 'guid', 'https://garden.example/frost', 'https://garden.example/frost', 'https://garden.example/frost', 'A frost warning', NULL, '2024-02-08T06:00:00+00:00', NULL, NULL, '2024-02-09T12:00:00+00:00', '2024-02-09T12:00:00+00:00', NULL, 'en', 10, 1, 0, 1, 0, '["Watering", "Winter"]', 0, '7e1029f23514159246b4aea147067b6ee2373ba964e55b6f1aed838033cc0c3d', '2fe45f0908844a3a216ecf5d4cdcf0653015ffef984515e2cdefaf448317e52e', 7, 4, NULL, 'Empty the hose before the night; see watering by cron.', '<p>Empty the hose before the night; see <a href="https://garden.example/watering">watering by cron</a>.</p>');
insert into article_authors values (1, 1, 0);
insert into article_authors values (2, 1, 0);
insert into article_authors values (2, 2, 1);
insert into article_authors values (4, 3, 0);
insert into article_authors values (6, 4, 0);
insert into article_tags values (1, 1, 0);
insert into article_tags values (1, 2, 1);
insert into article_tags values (2, 3, 0);
insert into article_tags values (2, 4, 1);
insert into article_tags values (4, 5, 0);
insert into article_tags values (4, 2, 1);
insert into article_tags values (6, 1, 0);
insert into article_tags values (6, 6, 1);
insert into article_tags values (8, 1, 0);
insert into article_tags values (8, 7, 1);
insert into sections values (100000, 1, 0, 0, NULL, NULL, NULL, 12, 'The pump starts at seven, and nobody gets up for it [1].');
insert into sections values (100001, 1, 1, 2, 'The pump', 'The pump', 'pump', 18, 'It hangs on a relay. The data sheet is short.

0 7 * * * /usr/local/bin/pump 30
# thirty seconds are enough');
insert into sections values (100002, 1, 2, 3, 'Its hose', 'The pump › Its hose', NULL, 13, 'Four metres of it, and a green one.

The bucket holds ten litres.');
insert into sections values (100003, 1, 3, 2, 'Elsewhere', 'Elsewhere', NULL, 6, '[1] Relays for people who sleep');
insert into sections values (200000, 2, 0, 0, NULL, NULL, NULL, 14, 'We counted them three times.

from collections import Counter
print(Counter("radish"))

kind	seeds
radish	114');
insert into sections values (300000, 3, 0, 0, NULL, NULL, NULL, 8, 'This one is taken back a day later.');
insert into sections values (400000, 4, 0, 0, NULL, NULL, NULL, 3, 'Ein Relais klickt.');
insert into sections values (400001, 4, 1, 2, 'Das Klicken', 'Das Klicken', NULL, 11, 'Man hört es kaum. Siehe Bewässern und hier.

while (1) { klick(); }');
insert into sections values (500000, 5, 0, 0, NULL, NULL, NULL, 6, 'Wann das war, weiß niemand mehr.');
insert into sections values (600000, 6, 0, 0, NULL, NULL, NULL, 14, '日本語の短い記事です。Rain, and a café.');
insert into sections values (700000, 7, 0, 0, NULL, NULL, NULL, 5, 'Also at the garden. There.');
insert into sections values (800000, 8, 0, 0, NULL, NULL, NULL, 10, 'Empty the hose before the night; see watering by cron.');
insert into links values (100000, 1, 0, 100001, 'https://pumps.example/p3?utm_medium=x', 'https://pumps.example/p3', 'pumps.example', 'The data sheet', 'page', 0, 0, NULL, NULL, NULL, NULL, NULL);
insert into links values (100001, 1, 1, 100002, 'https://garden.example/hoses#green', 'https://garden.example/hoses', 'garden.example', 'a green one', 'page', 1, 0, NULL, NULL, NULL, NULL, NULL);
insert into links values (100002, 1, 2, 100003, 'https://workshop.example/relays', 'https://workshop.example/relays', 'workshop.example', 'Relays for people who sleep', 'page', 0, 0, 1, 'Relays for people who sleep', 4, NULL, NULL);
insert into links values (400000, 4, 0, 400001, 'https://garden.example/watering', 'https://garden.example/watering', 'garden.example', 'Bewässern', 'page', 0, 0, NULL, NULL, 1, NULL, NULL);
insert into links values (400001, 4, 1, 400001, 'https://workshop.example/tippfehler', 'https://workshop.example/tippfehler', 'workshop.example', 'hier', 'page', 1, 0, NULL, NULL, NULL, NULL, NULL);
insert into links values (700000, 7, 0, 700000, 'https://garden.example/watering', 'https://garden.example/watering', 'garden.example', 'There', 'page', 0, 0, NULL, NULL, 1, NULL, NULL);
insert into links values (700001, 7, 1, 700000, 'https://garden.example/watering', 'https://garden.example/watering', 'garden.example', 'Watering by cron', 'page', 0, 1, NULL, NULL, 1, NULL, NULL);
insert into links values (700002, 7, 2, 700000, 'https://garden.example/', 'https://garden.example/', 'garden.example', 'Garden of small programs', 'page', 0, 1, NULL, NULL, NULL, NULL, NULL);
insert into links values (800000, 8, 0, 800000, 'https://garden.example/watering', 'https://garden.example/watering', 'garden.example', 'watering by cron', 'page', 1, 0, NULL, NULL, 1, NULL, NULL);
insert into code_blocks values (100000, 1, 0, 100001, 'bash', 'declared', 'bash', NULL, 2, NULL, '0 7 * * * /usr/local/bin/pump 30
# thirty seconds are enough');
insert into code_blocks values (200000, 2, 0, 200000, 'python', 'declared', 'python', NULL, 2, NULL, 'from collections import Counter
print(Counter("radish"))');
insert into code_blocks values (400000, 4, 0, 400001, 'c', 'declared', 'c', NULL, 1, NULL, 'while (1) { klick(); }');
insert into images values (100000, 1, 0, 100002, 'https://garden.example/img/pump.jpg', '/img/pump.jpg', 'A pump in a bucket', NULL, 'The bucket holds ten litres.', 640, 480, NULL);
insert into embeds values (200000, 2, 0, 200000, 'youtube', 'https://www.youtube.com/embed/abc123', 'Counting');
insert into enclosures values (400000, 4, 0, 'https://workshop.example/klick.mp3', 'audio/mpeg', 48213, NULL);
insert into enclosures values (600000, 6, 0, 'https://notes.example/rain.ogg', 'audio/ogg', 1234, 61);
insert into revisions values (200001, 2, 1, '2024-02-09T12:00:00+00:00', 'text', 'Seeds, counted', 'f9b29644fe8ec3c29e368b982d4bee7c5143af93e18b1ca37cece64cb63c4e13', 'We counted them twice.

from collections import Counter
print(Counter("radish"))

kind	seeds
radish	112', '<p>We counted them twice.</p><pre><code class="language-python">from collections import Counter
print(Counter("radish"))
</code></pre><table><tr><th>kind</th><th>seeds</th></tr><tr><td>radish</td><td>112</td></tr></table>
<p><iframe src="https://www.youtube.com/embed/abc123" title="Counting"></iframe></p>');
insert into fetches values (1, 'https://garden.example/feed.xml', 1, 'd2731aafd3eb5958fdcfb5e8a3766fc07ea63ea92612e21bcec5118b481a4119', 7, '"2"', NULL, NULL, NULL, '2024-02-09T12:00:00+00:00', '2024-02-09T12:00:00+00:00', NULL);
insert into fetches values (2, 'https://workshop.example/atom.xml', 2, '66f6b9fded4e6f807c5c75cf23656b2cc180e5026184e89bca273358da01730c', 7, NULL, 'Mon, 05 Feb 2024 12:00:00 GMT', NULL, NULL, '2024-02-09T12:00:00+00:00', '2024-02-09T12:00:00+00:00', NULL);
insert into fetches values (3, 'notes.json', 3, '2b6d0f31a9c42671d10ecb24bce9c04393f697a43f8247d63e9fd868381f3876', 7, NULL, NULL, NULL, NULL, '2024-02-08T12:00:00+00:00', '2024-02-08T12:00:00+00:00', NULL);
insert into fetches values (4, 'https://silent.example/feed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2024-02-09T12:00:00+00:00', NULL, NULL);
insert into tag_month_counts values (1, '2024-02', 3);
insert into tag_month_counts values (2, '2024-02', 2);
insert into tag_month_counts values (3, '2024-02', 1);
insert into tag_month_counts values (4, '2024-02', 1);
insert into tag_month_counts values (5, '2024-02', 1);
insert into tag_month_counts values (6, '2024-02', 1);
insert into tag_month_counts values (7, '2024-02', 1);
insert into domain_counts values ('garden.example', 4, 4, 2, 2);
insert into domain_counts values ('pumps.example', 1, 1, 1, 1);
insert into domain_counts values ('workshop.example', 2, 2, 1, 1);
delete from articles_fts_data;
insert into articles_fts_data values (1, X'08160A097B');
insert into articles_fts_data values (10, X'000000020105050005010101020101030101040101050101');
insert into articles_fts_data values (137438953473, X'00000307023030010601031A010131010801030D2A020231320206010310010233300106010320010137010601031B01016101080103131B020601030702026E640108010307260201720106010323020174010601030501046261636B03060103060202696E010601031E020372756E0206010204020575636B657401060103300201790102030107636F6C6C65637402060103070303756E74020803010303060265720208010309040203726F6E010804010103010364616903060103080302746101060103160108656C736577686572010601033402056E6F75676801060103240103666F72010801030B2E0302757201060103270203726F6D02060103060103676574010601030902047265656E010601032D010468616E67010601031102036F6C6401060103310302736501060103260106696D706F7274020601030802017301060103180206010304020174010C01030C06170701046B696E64020601030D01056C6174657203060103090203697472010601033302046F63616C010601031D01046D657472010601032801066E6F626F6469010601030801026F66010601032903016603020302016E01080103121E020601030302057474696C6901060102020106010202010570656F706C0106010338020472696E74020601030A0203756D70010A0103030E1202057974686F6E020601010301057175617374010601020301060102030106726164697368020801030C050302696E0302020204656C616901080103142401067365636F6E6401060103220302656402080201030E030376656E0106010306020468656574010601031703036F7274010601031902046C656570010601033A02026F7702060101020204746172740106010304010574616B656E03060103050202656E010601033202026865010C0103020E091C04016D0206010304030169030601030204037274690106010321020477696365020601030501027570010601030A02027372010601031C0105776174657201080201010202016502060103020202686F01060103390109C3A676617273736F6E02060102050408090909080E0A08080B090A0C060E0B0A0B0A090F0C0B090A0A0B0B0A090D0D0B0B0C0A0B0B0D09060E110C0B0C0C110E070C0D0A0A0B0A0B090B0C090C08080A0B09090D0809');
insert into articles_fts_data values (274877906945, X'0000014A0230310406010310010962657761737365726E040601030C010463726F6E04060101030102646104060103050106010303030374756D05020302026965040205010365696E040601030202076C656B7472696B040601010202017304060103090103667572040203010468696572040601030E02036F7274040601030801046A6F726E040601020201046B61756D040601030A02046C69636B04060103110602656E0406010306060174040601030401046C65757404020401036D616E04060103070203656872050601030701076E69656D616E64050601030601036F686E050202010572656C616904080201030301087363686C6166656E0402060203696568040601030B01077562656C61636B040601020302026E64040601030D010477616E6E0506010302030172050601030402046569C39F0506010305020468696C65040601030F0408100B0E08070A0E08080B0A0B0B0B0908090A0A0E080D0D0A0E090B080B');
insert into articles_fts_data values (412316860417, X'000000C3023061060601030502036C736F070601030202026E64060601030402026F69060601020202017407060103030102627907020501046361666506060103060203726F6E07020604027373070202010667617264656E07060103050104706F737407020301047261696E060601030301037468650706010304040272650706010306010577617465720606010102010204011EE697A5E69CACE8AA9EE381AEE79FADE38184E8A898E4BA8BE381A7E3819906060103020103E99BA8060601010304080A090908070B08070D090B0A090F25');
insert into articles_fts_data values (549755813889, X'000000F804303131320201030134020601031101046272756E02070102040107636F6C6C65637402070103080303756E7402090301030306026572020901030A04010466726F6D02070103070106696D706F7274020701030901046B696E64020701030E01066F7474696C69020701020201057072696E74020701030B02057974686F6E02070101030105717561737402070102030106726164697368020901030D0501047365656402090201030F02026F77020701010201047468656D0207010304030372656502060103050203696D65020601030602047769636502010102776502070103020109C3A676617273736F6E02070102050407080B0E0B0A0B0D0B0D0C0C0C0E0C090B0A0A0809');
insert into articles_fts_data values (687194767361, X'0000008D02306108020201056265666F720806010305020179080601030A010463726F6E080601030B0105656D7074690806010302010566726F73740802030104686F7365080601030401056E69676874080601030701037365650806010308010374686508080103030501047761726E0802040303746572080C0101020103090205696E746572080601010304060C080B0C0A0B0C0A0B090D');
delete from articles_fts_idx;
insert into articles_fts_idx values (1, X'', 2);
insert into articles_fts_idx values (2, X'', 2);
insert into articles_fts_idx values (3, X'', 2);
insert into articles_fts_idx values (4, X'', 2);
insert into articles_fts_idx values (5, X'', 2);
delete from articles_fts_docsize;
insert into articles_fts_docsize values (1, X'03020239');
insert into articles_fts_docsize values (2, X'02020410');
insert into articles_fts_docsize values (3, X'02000008');
insert into articles_fts_docsize values (4, X'05020210');
insert into articles_fts_docsize values (5, X'02000006');
insert into articles_fts_docsize values (6, X'00020105');
insert into articles_fts_docsize values (7, X'05000005');
insert into articles_fts_docsize values (8, X'0302000A');
delete from articles_fts_config;
insert into articles_fts_config values ('automerge', 16);
insert into articles_fts_config values ('version', 4);
delete from sections_fts_data;
insert into sections_fts_data values (1, X'0C0774');
insert into sections_fts_data values (10, X'000000020105050005010101020101030101040101050101');
insert into sections_fts_data values (137438953473, X'00000332023030868D210601010C010131868D200601010D0306010102020231328C9A400601011001023330868D2106010112010137868D210601010D010161868D210601010501060101078C9A3E0601010702026E64868D20060101070206010106020172868D2106010115020174868D200601010501046261636B92A760060101060202696E868D2106010110020575636B6574868D220601010B0107636F6C6C6563748C9A40060101070303756E748C9A4006010103060265728C9A400801010904010364616992A7600601010803027461868D21060101080108656C736577686572868D23020202056E6F756768868D21060101160103666F72868D200601010B030601010403027572868D22060101020203726F6D8C9A40060101060103676574868D200601010902047265656E868D2206010108010468616E67868D210601010302036F6C64868D220601010C03027365868D2202030106696D706F72748C9A4006010108020173868D210601010A8C9A3F06010104020174868D200601010C010601010201080201010501046B696E648C9A400601010D01056C6174657292A760060101090203697472868D220601010E02046F63616C868D210601010F01046D657472868D220601010301066E6F626F6469868D200601010801026F66868D220601010402016E868D210601010401060101098C9A3E06010103010570656F706C868D2306010105020472696E748C9A400601010A0203756D70868D200601010301080301011101067261646973688C9A400801010C050204656C6169868D2106010106020601010301067365636F6E64868D2106010114030265648C9A400601010E030376656E868D2006010106020468656574868D210601010903036F7274868D210601010B02046C656570868D2306010107020474617274868D2006010104010574616B656E92A760060101050202656E868D220601010D02026865868D2006010102010802010107010601010A04016D8C9A400601010403016992A760060101020403727469868D21060101130204776963658C9A400601010501027570868D200601010A02027372868D210601010E010277658C9A40060101020202686F868D2306010106040A0F0B0B0A16100A0A0D0B0E100C0C0C0B0F0E110B0C0C0D0D0C090F11150D0E0C0D0D0F0B160E0D1210120F0B0C0D0C0D0D0E0B160A0A0C0D0B0B0B');
insert into sections_fts_data values (274877906945, X'0000010C02303198B5010601010B010962657761737365726E98B501060101070102646198B5010202868D1F06010103010365696E98B5000601010202017398B5010601010401046869657298B5010601010902036F727498B5010601010301046B61756D98B5010601010502046C69636B98B5010601010C0602656E98B501020306017498B5000601010401036D616E98B5010601010202036568729EC2200601010701076E69656D616E649EC22006010106010572656C616998B5000601010301047369656898B501060101060103756E6498B50106010108010477616E6E9EC220060101020301729EC2200601010402046569C39F9EC22006010105020468696C6598B5010601010A040A12100C0A0D0C0D0D090A0C0C100E0D0C0D0A0D');
insert into sections_fts_data values (412316860417, X'00000096023061A4CF400601010502036C736FAADC600601010202026E64A4CF4006010104020174AADC6006010103010463616665A4CF4006010106010667617264656EAADC600601010501047261696EA4CF40060101030103746865AADC600601010404027265AADC6006010106011EE697A5E69CACE8AA9EE381AEE79FADE38184E8A898E4BA8BE381A7E38199A4CF4006010102040A0C0B0A0D0F0D0C0B');
insert into sections_fts_data values (549755813889, X'000000CD04303131328C9A40010301348C9A40060101110107636F6C6C6563748C9A40070101080303756E748C9A4007010103060265728C9A400901010A04010466726F6D8C9A40070101070106696D706F72748C9A400701010901046B696E648C9A400701010E01057072696E748C9A400701010B01067261646973688C9A400901010D050104736565648C9A400701010F01047468656D8C9A400701010403037265658C9A40060101050203696D658C9A40060101060204776963658C9A4001010277658C9A400701010204090A100C0C0D0F0D0E100D0D0C0C0A');
insert into sections_fts_data values (687194767361, X'0000007906306265666F72B0EA0006010105020179B0EA000601010A010463726F6EB0EA000601010B0105656D707469B0EA00060101020104686F7365B0EA000601010401056E69676874B0EA00060101070103736565B0EA00060101080103746865B0EA00080101030501057761746572B0EA0006010109040E0A0D0E0D0E0C0D');
delete from sections_fts_idx;
insert into sections_fts_idx values (1, X'', 2);
insert into sections_fts_idx values (2, X'', 2);
insert into sections_fts_idx values (3, X'', 2);
insert into sections_fts_idx values (4, X'', 2);
insert into sections_fts_idx values (5, X'', 2);
delete from sections_fts_docsize;
insert into sections_fts_docsize values (100000, X'000C');
insert into sections_fts_docsize values (100001, X'0215');
insert into sections_fts_docsize values (100002, X'020D');
insert into sections_fts_docsize values (100003, X'0106');
insert into sections_fts_docsize values (200000, X'0010');
insert into sections_fts_docsize values (300000, X'0008');
insert into sections_fts_docsize values (400000, X'0003');
insert into sections_fts_docsize values (400001, X'020B');
insert into sections_fts_docsize values (500000, X'0006');
insert into sections_fts_docsize values (600000, X'0005');
insert into sections_fts_docsize values (700000, X'0005');
insert into sections_fts_docsize values (800000, X'000A');
delete from sections_fts_config;
insert into sections_fts_config values ('automerge', 16);
insert into sections_fts_config values ('version', 4);
delete from code_blocks_fts_data;
insert into code_blocks_fts_data values (1, X'038104');
insert into code_blocks_fts_data values (10, X'000000020102020002010101020101');
insert into code_blocks_fts_data values (137438953473, X'000003BC04300A2320868D200222020270728C9A4002210103202A20868D200605040402022F75868D20020B02023330868D20021F02023720868D20020302026172868D2002330202636F8C9A400406150202656E868D2002370202696D8C9A40021202027365868D20022B02027468868D20022401032229298C9A400237020272618C9A4002300103232074868D20022301032822728C9A40022F0202636F8C9A40022701032A202A868D2004060403012F868D20020A01032F6269868D20021602026C6F868D20021002027075868D20021A02027573868D20020C0103300A23868D20022102022037868D200202010333300A868D200220010337202A868D20020401036164698C9A40023202026C2F868D20021402027265868D200234010362696E868D200217010363616C868D20021302026F6C8C9A40020703016E868D20022E0301758C9A40041A10020274698C9A40020C01036469738C9A40023302027320868D2002310103652065868D2002360202636F868D20022D0301748C9A40020B02026E6F868D2002380202720A8C9A40021F0301288C9A40022D010366726F8C9A40020201036822298C9A40023602026972868D2002260103696D708C9A40021302026E2F868D2002180301748C9A40022402026F6E8C9A40020E02027274868D200227020273688C9A40023401036C2F62868D200215020265638C9A40020A02026C658C9A40020902026F63868D20021101036D20638C9A40020502027020868D20021D03016F8C9A40021401036E2F70868D20021902026473868D20023002026F75868D200239020273208C9A400210020274288C9A4002250301658C9A40041D1001036F6361868D20021202026C6C8C9A40020802026D208C9A40020402026E64868D20022F0301738C9A40020F020272748C9A40021602027567868D20023A03016E8C9A40041B100103702033868D20021E02026F728C9A400215020272698C9A4002220202756D868D20021B0103720A708C9A400220020228228C9A40022E02022F6C868D20020F020261648C9A40023102026520868D2002350202696E8C9A40022302026F6D8C9A400203020274208C9A400217030179868D2002280103732061868D2002320301698C9A40021102026563868D20022C020268228C9A4002350202722F868D20020E01037420638C9A400218020228638C9A400226020265728C9A40041E1002026869868D2002250202696F8C9A40020D02027920868D2002290103756768868D20023B02026D70868D20021C02026E748C9A40041C1002027372868D20020D0103792073868D20022A040A090C090909090A090909090A090A0A090B080A0909090A090A0A0A09090A0A090809090A090A09080909080A0A090A09080909090A0909090A09080A09090909090A090909080909090A0909090A09090909090909080A080909090A090A0909090A090A09');
insert into code_blocks_fts_data values (274877906945, X'000000C5043020283198B500020702026B6C98B500020D02027B2098B500020B010328293B98B50002130202312998B5000208010329207B98B500020A02023B2098B5000214010331292098B500020901033B207D98B50002150103636B2898B5000211010365202898B5000206010368696C98B5000203010369636B98B500021002026C6598B500020401036B282998B500021202026C6998B500020E01036C652098B50002050202696398B500020F010377686998B500020201037B206B98B500020C040A09090A090A090A0A0A0A0A0A090A090A090A');
delete from code_blocks_fts_idx;
insert into code_blocks_fts_idx values (1, X'', 2);
insert into code_blocks_fts_idx values (2, X'', 2);
delete from code_blocks_fts_docsize;
insert into code_blocks_fts_docsize values (100000, X'3A');
insert into code_blocks_fts_docsize values (200000, X'36');
insert into code_blocks_fts_docsize values (400000, X'14');
delete from code_blocks_fts_config;
insert into code_blocks_fts_config values ('automerge', 16);
insert into code_blocks_fts_config values ('version', 4);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX "idx_feeds_feed_key"
    ON "feeds" ("feed_key");
CREATE UNIQUE INDEX "idx_articles_feed_id_item_key"
    ON "articles" ("feed_id", "item_key");
CREATE INDEX "idx_articles_published_id"
    ON "articles" ("published" desc, "id");
CREATE INDEX "idx_articles_feed_id_published_id"
    ON "articles" ("feed_id", "published" desc, "id");
CREATE INDEX "idx_articles_title_feed_id"
    ON "articles" ("title", "feed_id");
CREATE INDEX "idx_articles_word_count_id_link_count_code_block_count_image_count_revision_count_published"
    ON "articles" ("word_count" desc, "id", "link_count", "code_block_count", "image_count", "revision_count", "published");
CREATE INDEX "idx_articles_canonical_url_feed_id"
    ON "articles" ("canonical_url", "feed_id");
CREATE INDEX idx_articles_empty on articles (word_count) where text is null and image_count = 0;
CREATE INDEX idx_articles_early on articles (published) where published > last_seen;
CREATE INDEX "idx_articles_clean_url"
    ON "articles" ("clean_url");
CREATE INDEX "idx_articles_author"
    ON "articles" ("author");
CREATE INDEX "idx_articles_language"
    ON "articles" ("language");
CREATE INDEX "idx_articles_load_id"
    ON "articles" ("load_id");
CREATE UNIQUE INDEX idx_authors_name_url on authors (name, coalesce(url, ''));
CREATE INDEX "idx_authors_article_count_id"
    ON "authors" ("article_count" desc, "id");
CREATE INDEX "idx_article_authors_author_id_article_id"
    ON "article_authors" ("author_id", "article_id");
CREATE UNIQUE INDEX "idx_tags_slug"
    ON "tags" ("slug");
CREATE INDEX "idx_tags_article_count_id"
    ON "tags" ("article_count" desc, "id");
CREATE INDEX "idx_article_tags_tag_id_article_id"
    ON "article_tags" ("tag_id", "article_id");
CREATE UNIQUE INDEX "idx_sections_article_id_position"
    ON "sections" ("article_id", "position");
CREATE UNIQUE INDEX "idx_links_article_id_position"
    ON "links" ("article_id", "position");
CREATE INDEX "idx_links_domain_article_id_footer_internal_kind"
    ON "links" ("domain", "article_id", "footer", "internal", "kind");
CREATE INDEX "idx_links_clean_url_article_id_footer_internal_kind"
    ON "links" ("clean_url", "article_id", "footer", "internal", "kind");
CREATE INDEX "idx_links_section_id"
    ON "links" ("section_id");
CREATE INDEX "idx_links_kind"
    ON "links" ("kind");
CREATE INDEX "idx_links_internal"
    ON "links" ("internal");
CREATE INDEX "idx_links_target_article_id"
    ON "links" ("target_article_id");
CREATE INDEX "idx_links_problem"
    ON "links" ("problem");
CREATE UNIQUE INDEX "idx_code_blocks_article_id_position"
    ON "code_blocks" ("article_id", "position");
CREATE INDEX "idx_code_blocks_language_article_id_language_source_line_count"
    ON "code_blocks" ("language", "article_id", "language_source", "line_count");
CREATE INDEX "idx_code_blocks_section_id"
    ON "code_blocks" ("section_id");
CREATE INDEX "idx_code_blocks_language_source"
    ON "code_blocks" ("language_source");
CREATE UNIQUE INDEX "idx_images_article_id_position"
    ON "images" ("article_id", "position");
CREATE INDEX idx_images_silent on images (article_id) where alt is null and section_id is not null;
CREATE INDEX "idx_images_section_id"
    ON "images" ("section_id");
CREATE UNIQUE INDEX "idx_embeds_article_id_position"
    ON "embeds" ("article_id", "position");
CREATE INDEX "idx_embeds_section_id"
    ON "embeds" ("section_id");
CREATE INDEX "idx_embeds_provider"
    ON "embeds" ("provider");
CREATE UNIQUE INDEX "idx_enclosures_article_id_position"
    ON "enclosures" ("article_id", "position");
CREATE INDEX "idx_enclosures_media_type"
    ON "enclosures" ("media_type");
CREATE UNIQUE INDEX "idx_revisions_article_id_number"
    ON "revisions" ("article_id", "number");
CREATE INDEX "idx_revisions_replaced_at_id"
    ON "revisions" ("replaced_at" desc, "id");
CREATE INDEX "idx_revisions_change"
    ON "revisions" ("change");
CREATE INDEX "idx_loads_feed_id"
    ON "loads" ("feed_id");
CREATE INDEX "idx_loads_status"
    ON "loads" ("status");
CREATE UNIQUE INDEX "idx_fetches_location"
    ON "fetches" ("location");
CREATE INDEX "idx_fetches_feed_id"
    ON "fetches" ("feed_id");
CREATE INDEX "idx_repeated_titles_feed_id"
    ON "repeated_titles" ("feed_id");
CREATE INDEX "idx_repeated_urls_feed_id"
    ON "repeated_urls" ("feed_id");
CREATE VIEW "article_list" AS select id, (select coalesce(title, feed_key) from feeds where id = articles.feed_id) as feed, title,
  author, published, updated, url, canonical_url, tags, language, word_count, reading_minutes,
  code_block_count, link_count, image_count, revision_count, first_seen, last_seen, removed_at,
  feed_id
from articles;
CREATE VIEW "link_list" AS select id, article_id, (select title from articles where id = links.article_id) as article,
  (select published from articles where id = links.article_id) as published, position, url,
  clean_url, domain, text, kind, internal, footer, reference, reference_title, target_article_id,
  problem
from links;
CREATE VIEW "code_list" AS select id, article_id, (select title from articles where id = code_blocks.article_id) as article,
  (select url from articles where id = code_blocks.article_id) as url,
  (select published from articles where id = code_blocks.article_id) as published, position,
  language, language_source, line_count, caption, code
from code_blocks;
CREATE VIEW "tag_months" AS select (select slug from tags where id = tag_month_counts.tag_id) as tag, month, articles, tag_id
from tag_month_counts
order by tag_id, month;
CREATE VIEW "domains" AS select domain, links, articles
from domain_counts
order by links desc, domain;
CREATE VIEW "cross_posts" AS select same.canonical_url, same.feeds, same.articles, same.first_published,
  same.first_article_id, articles.title
from (
  select twice.canonical_url, count(distinct feed_id) as feeds, count(*) as articles,
    min(published) as first_published, min(id) as first_article_id
  from (
    select canonical_url from articles
    where canonical_url is not null group by canonical_url having count(*) > 1
  ) as twice cross join articles on articles.canonical_url = twice.canonical_url
  group by twice.canonical_url
  having count(distinct feed_id) > 1
) as same cross join articles on articles.id = same.first_article_id
order by same.canonical_url;
CREATE VIEW "problems" AS select links.article_id, articles.title, 'malformed link' as kind,
  links.problem || coalesce(': ' || coalesce(links.url, links.text), '') as detail
from links cross join articles on articles.id = links.article_id
-- > '', which is to be looked up in an index; not null, SQLite holds for no condition at all
where links.problem > ''
union all
select id, title, 'unusable date', published_raw
from articles where published is null and published_raw is not null
union all
select id, title, 'no date', 'the feed names no date of publication'
from articles where published is null and published_raw is null
union all
-- later than the day after it was last seen: compared with no clock, so it stays reproducible
select id, title, 'future date', published
from articles where published > strftime('%Y-%m-%dT%H:%M:%S+00:00', last_seen, '+1 day')
  and published > last_seen  -- follows, and an index knows these
union all
select id, title, 'no title', coalesce(url, guid, item_key)
from articles where title is null
  -- not of those who never write one: short notes have none
  and feed_id in (
    select feed_id from articles where title is null
    group by feed_id having count(*) < (select article_count from feeds where id = feed_id)
  )
union all
select id, title, 'no text', coalesce(url, guid, 'nor does the feed name its address')
from articles where (word_count = 0 or word_count is null) and text is null and image_count = 0
  and not exists (select 1 from enclosures where enclosures.article_id = articles.id)
  and not exists (select 1 from embeds where embeds.article_id = articles.id)
union all
-- not of pictures that only the feed names, which have no section: no format lets them have one
select images.article_id, articles.title, 'no alt text', count(*) || ' of its images'
from images cross join articles on articles.id = images.article_id
where images.alt is null and images.section_id is not null
group by images.article_id
union all
select code_blocks.article_id, articles.title, 'unlabelled code', count(*) || ' of its code blocks'
from code_blocks cross join articles on articles.id = code_blocks.article_id
where code_blocks.language is null
group by code_blocks.article_id
union all
select articles.id, articles.title, 'repeated title', same.articles || ' articles of the feed'
from repeated_titles as same cross join articles
  on articles.title = same.title and articles.feed_id = same.feed_id
union all
select articles.id, articles.title, 'suspected duplicate', articles.canonical_url
from repeated_urls as same cross join articles
  on articles.canonical_url = same.canonical_url and articles.feed_id = same.feed_id;
CREATE TRIGGER "articles_ai" AFTER INSERT ON "articles" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "articles_fts" (rowid, "title", "tags", "author", "text") VALUES (new.rowid, new."title", new."tags", new."author", new."text");
END;
CREATE TRIGGER "articles_ad" AFTER DELETE ON "articles" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "tags", "author", "text") VALUES('delete', old.rowid, old."title", old."tags", old."author", old."text");
END;
CREATE TRIGGER "articles_au" AFTER UPDATE OF title, tags, author, text ON "articles" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "tags", "author", "text") VALUES('delete', old.rowid, old."title", old."tags", old."author", old."text");
  INSERT INTO "articles_fts" (rowid, "title", "tags", "author", "text") VALUES (new.rowid, new."title", new."tags", new."author", new."text");
END;
CREATE TRIGGER "sections_ai" AFTER INSERT ON "sections" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "sections_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;
CREATE TRIGGER "sections_ad" AFTER DELETE ON "sections" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "sections_fts" ("sections_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
END;
CREATE TRIGGER "sections_au" AFTER UPDATE OF title, text ON "sections" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "sections_fts" ("sections_fts", rowid, "title", "text") VALUES('delete', old.rowid, old."title", old."text");
  INSERT INTO "sections_fts" (rowid, "title", "text") VALUES (new.rowid, new."title", new."text");
END;
CREATE TRIGGER "code_blocks_ai" AFTER INSERT ON "code_blocks" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "code_blocks_fts" (rowid, "code") VALUES (new.rowid, new."code");
END;
CREATE TRIGGER "code_blocks_ad" AFTER DELETE ON "code_blocks" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "code_blocks_fts" ("code_blocks_fts", rowid, "code") VALUES('delete', old.rowid, old."code");
END;
CREATE TRIGGER "code_blocks_au" AFTER UPDATE OF code ON "code_blocks" when not exists (select 1 from loads where status = 'loading') BEGIN
  INSERT INTO "code_blocks_fts" ("code_blocks_fts", rowid, "code") VALUES('delete', old.rowid, old."code");
  INSERT INTO "code_blocks_fts" (rowid, "code") VALUES (new.rowid, new."code");
END;
commit;
