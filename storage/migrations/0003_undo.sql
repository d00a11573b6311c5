-- An import can be taken back. Its article then is no discussion any more; what members wrote stays.

ALTER TABLE articles ADD COLUMN undone_at TEXT;

-- how far it is taken back; null while nobody asked for it
ALTER TABLE imports ADD COLUMN undo TEXT;
ALTER TABLE imports ADD COLUMN undone_by INTEGER;

-- what is taken up again at start
CREATE INDEX imports_undoing ON imports (id) WHERE state = 'undoing';
