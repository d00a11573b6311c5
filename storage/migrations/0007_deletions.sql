-- Messages of ours that somebody deleted in Discord. The comments in them count as hidden until somebody decides otherwise.
CREATE TABLE deletions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  -- what was deleted, in words of ours: "Page 3", "2 messages"
  subject TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  -- null while something still shows what it should not
  applied_at TEXT,
  decided_by INTEGER,
  -- where staff reads of it
  notice_channel INTEGER,
  notice_message INTEGER,
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- a guild's deletions, newest first
CREATE INDEX deletions_by_guild ON deletions (guild_id, id);
-- what is taken up again at start
CREATE INDEX deletions_unapplied ON deletions (guild_id, id) WHERE applied_at IS NULL;
-- an article's deletions, when it goes
CREATE INDEX deletions_by_article ON deletions (article_id);
-- an import's deletions, when it goes
CREATE INDEX deletions_by_import ON deletions (import_id);

-- Which comments a deletion has hidden.
CREATE TABLE deleted_comments (
  comment_id INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  deletion_id INTEGER NOT NULL REFERENCES deletions (id) ON DELETE CASCADE,
  guild_id INTEGER NOT NULL,
  PRIMARY KEY (deletion_id, comment_id)
) STRICT, WITHOUT ROWID;

-- the deletions of a comment, when it goes
CREATE INDEX deleted_comments_by_comment ON deleted_comments (comment_id);
