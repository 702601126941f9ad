-- Words are put into their indexes once for each batch rather than row by row: a row at a time, the index was flushed to disk at every one. What
-- adds rows puts their words in before it commits.
DROP TRIGGER reports_words;
DROP TRIGGER claims_words;
