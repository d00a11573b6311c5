-- Votes: reactions of members on messages that carry one comment. Threads know what Discord allows in them.

CREATE TABLE votes (
  -- first: a reaction's message is looked up at every event
  message_row INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  member_id INTEGER NOT NULL,
  -- the emoji itself, or the id of a guild's own
  emoji TEXT NOT NULL,
  guild_id INTEGER NOT NULL,
  comment_id INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  PRIMARY KEY (message_row, member_id, emoji)
) STRICT, WITHOUT ROWID;

-- an article's votes, comment by comment, and a comment that is deleted
CREATE INDEX votes_by_comment ON votes (comment_id, member_id);

ALTER TABLE threads ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
