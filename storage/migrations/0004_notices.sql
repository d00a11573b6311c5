-- Where staff reads how far an import is.
ALTER TABLE imports ADD COLUMN notice_channel INTEGER;
ALTER TABLE imports ADD COLUMN notice_message INTEGER;
