-- Of a large market half the documents change in one round. Where their pages have room they are rewritten in place, without a new entry in every index.
ALTER TABLE offering SET (fillfactor = 50);
