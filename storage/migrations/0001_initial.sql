-- The first schema.
--
-- Every row but the bot's own facts names its guild, and what hangs on an article names both guild and article,
-- so that no row can belong to one guild and hang on an article of another. Instants are ISO 8601 text in UTC with microseconds.
-- Which columns hold words of people stands in storage/register.py.

CREATE TABLE guilds (
  guild_id INTEGER PRIMARY KEY,
  articles_channel INTEGER,
  staff_channel INTEGER,
  announce_channel INTEGER,
  -- whom somebody who is no member may write to
  contact TEXT
) STRICT;

-- What was answered when it was asked whose words a site's are; the last answer counts.
CREATE TABLE sites (
  guild_id INTEGER NOT NULL,
  site TEXT NOT NULL,
  rights TEXT NOT NULL,
  decided_by INTEGER NOT NULL,
  decided_at TEXT NOT NULL,
  PRIMARY KEY (guild_id, site)
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
  -- the article's ordinal: it opens a range of comment ids, so it is never used a second time
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  guild_id INTEGER NOT NULL,
  -- what people type; unique in the file
  short_id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  -- the title as it is searched: composed, case folded
  title_folded TEXT NOT NULL,
  url TEXT,
  site TEXT,
  byline TEXT,
  -- as the source says it: a date, a local time, or an instant with its offset
  published TEXT,
  published_source TEXT,
  language TEXT,
  lede TEXT,
  -- SHA-256 of title and text; finds the article again where it has no address
  body_digest TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  source_location TEXT NOT NULL,
  declared_comments INTEGER,
  complete INTEGER NOT NULL,
  rights TEXT NOT NULL,
  created_at TEXT NOT NULL,
  channel_id INTEGER NOT NULL,
  -- null until the thread exists
  thread_id INTEGER,
  -- what the rows below refer to, and a guild's list, newest first
  UNIQUE (guild_id, id)
) STRICT;

-- "is this address here already?"
CREATE INDEX articles_by_url ON articles (guild_id, url);
-- "is this text here already?"
CREATE INDEX articles_by_body ON articles (guild_id, body_digest);

CREATE TABLE blocks (
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  -- counted from 0
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  markdown TEXT NOT NULL,
  text TEXT NOT NULL,
  speaker TEXT,
  PRIMARY KEY (article_id, position),
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- Passages that the source itself pulled out; those that we post stand in quotes.
CREATE TABLE pull_quotes (
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  -- place in the body: position of the block, code points in its text, end exclusive
  block INTEGER,
  start INTEGER,
  "end" INTEGER,
  PRIMARY KEY (article_id, position),
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- Who writes: a name on a site, or a member of the guild; never both.
CREATE TABLE speakers (
  id INTEGER PRIMARY KEY,
  guild_id INTEGER NOT NULL,
  -- '' where the site is not known: a NULL would be distinct from every other NULL
  site TEXT,
  name TEXT,
  member_id INTEGER,
  CHECK ((name IS NULL) <> (member_id IS NULL)),
  CHECK ((name IS NULL) = (site IS NULL)),
  UNIQUE (guild_id, site, name),
  UNIQUE (guild_id, member_id)
) STRICT;

-- Comments of both origins: one tree.
CREATE TABLE comments (
  -- article_id << 20 | number
  id INTEGER PRIMARY KEY,
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  parent_id INTEGER REFERENCES comments (id),
  -- the parent's key where the source names a parent that it does not hold
  missing_parent TEXT,
  -- place in display order, with gaps for what is yet to come
  ord INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  origin TEXT NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- null where nobody knows who it was
  speaker_id INTEGER REFERENCES speakers (id),
  author_source TEXT NOT NULL,
  author_guess TEXT,
  evidence TEXT,
  -- as the source says it: a date, a local time, or an instant with its offset
  posted_at TEXT,
  -- the same as an instant, only where it is known
  posted_utc TEXT,
  edited_at TEXT,
  markdown TEXT NOT NULL,
  text TEXT NOT NULL,
  score INTEGER,
  confidence REAL NOT NULL,
  state TEXT NOT NULL,
  -- when it left the state 'live'
  state_at TEXT,
  -- JSON list of file names
  attachments TEXT NOT NULL,
  CHECK (id >> 20 = article_id),
  CHECK (parent_id >> 20 = article_id),
  -- the tree in display order, and the place after a subtree
  UNIQUE (article_id, ord),
  -- a comment found again by a later reading of its source
  UNIQUE (article_id, key),
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- a comment's last child
CREATE INDEX comments_by_parent ON comments (parent_id, ord);
-- how many of each origin an article has
CREATE INDEX comments_by_origin ON comments (article_id, origin, state);
-- whether a speaker still has a comment
CREATE INDEX comments_by_speaker ON comments (speaker_id);

-- Earlier texts of comments that their members edited.
CREATE TABLE history (
  id INTEGER PRIMARY KEY,
  guild_id INTEGER NOT NULL,
  comment_id INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  replaced_at TEXT NOT NULL,
  markdown TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE INDEX history_by_comment ON history (comment_id);

CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  channel_id INTEGER NOT NULL,
  thread_id INTEGER,
  state TEXT NOT NULL,
  -- 64 random bits in base 36, the first half of every nonce of this run
  nonce_key TEXT NOT NULL UNIQUE,
  requested_by INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  -- JSON list of forum tag ids
  tags TEXT NOT NULL,
  -- why it is paused
  reason TEXT,
  -- messages of its plan
  total INTEGER NOT NULL,
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- a guild's runs, newest first
CREATE INDEX imports_by_guild ON imports (guild_id, id);
-- an article's runs, when it is deleted
CREATE INDEX imports_by_article ON imports (article_id);
-- what is taken up again at start
CREATE INDEX imports_unfinished ON imports (id) WHERE state IN ('queued', 'running');

-- What a reader left out and what it warned of.
CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  guild_id INTEGER NOT NULL,
  import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
  -- text left out; null for a warning
  dropped TEXT,
  -- why it was left out, or the warning
  reason TEXT NOT NULL
) STRICT;

CREATE INDEX report_by_import ON report (import_id);

-- The journal of what we send, and members' messages in our threads.
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  -- null for quote cards and members' messages
  import_id INTEGER REFERENCES imports (id) ON DELETE CASCADE,
  channel_id INTEGER,
  message_id INTEGER UNIQUE,
  nonce TEXT UNIQUE,
  -- place in its plan
  ordinal INTEGER,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  -- SHA-256 of what people read
  digest TEXT,
  -- JSON of the message, only until it is sent
  outgoing TEXT,
  -- ordinal of the message that the arrow points to
  reply_to INTEGER,
  CHECK (state NOT IN ('sent', 'gone') OR (message_id IS NOT NULL AND outgoing IS NULL)),
  UNIQUE (import_id, ordinal),
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- the next message of a plan, and how many are left
CREATE INDEX messages_unsent ON messages (import_id, ordinal) WHERE state IN ('planned', 'pending');
-- the newest comment of a thread
CREATE INDEX messages_live ON messages (channel_id, message_id) WHERE kind = 'live';
-- an article's messages, when it is deleted
CREATE INDEX messages_by_article ON messages (article_id);

-- Which part of which comment stands in which message.
-- The key's columns stand first: SQLite 3.40's integrity_check sees a NULL where there is none otherwise.
CREATE TABLE placements (
  comment_id INTEGER NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  -- counted from 0
  part INTEGER NOT NULL,
  message_row INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  guild_id INTEGER NOT NULL,
  -- the messages of a comment, first part first
  PRIMARY KEY (comment_id, part, message_row)
) STRICT, WITHOUT ROWID;

-- the comments in a message
CREATE INDEX placements_by_message ON placements (message_row);

-- Threads of ours and how far they have been read.
CREATE TABLE threads (
  thread_id INTEGER PRIMARY KEY,
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  -- newest message whose effect is in this file; null before the first
  cursor INTEGER,
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- an article's threads, when it is deleted or undone
CREATE INDEX threads_by_article ON threads (article_id);

CREATE TABLE quotes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  guild_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  -- null: quoted from the article
  comment_id INTEGER REFERENCES comments (id) ON DELETE CASCADE,
  -- position of the article's block; null for a comment
  block INTEGER,
  -- code points in the text quoted from, end exclusive
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  speaker TEXT,
  attribution TEXT,
  chosen_by INTEGER NOT NULL,
  -- the card
  message_row INTEGER NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  FOREIGN KEY (guild_id, article_id) REFERENCES articles (guild_id, id) ON DELETE CASCADE
) STRICT;

-- an article's quotes, oldest first
CREATE INDEX quotes_by_article ON quotes (article_id, id);
-- the quotes of a comment whose text goes
CREATE INDEX quotes_by_comment ON quotes (comment_id);

-- Who did what when: ids and hashes, no text. It outlives what it tells of.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  guild_id INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor INTEGER NOT NULL,
  action TEXT NOT NULL,
  article_id INTEGER,
  -- the rights that were claimed
  rights TEXT,
  -- SHA-256 of what it was about: an address, a set of settings
  digest TEXT
) STRICT;

-- a guild's log, newest first
CREATE INDEX audit_by_guild ON audit (guild_id, id);

-- Single facts of the whole bot, such as the hash of the commands that Discord knows.
CREATE TABLE facts (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
