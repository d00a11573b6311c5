-- What a guild's imports begin with: how comments become messages, and a JSON list of forum tag ids.
ALTER TABLE guilds ADD COLUMN layout TEXT NOT NULL DEFAULT 'auto';
ALTER TABLE guilds ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
