-- No index by hash: each new row fell on a page of its own, which was decrypted, encrypted and
-- written again for it, half of what the table cost. A search by the beginning of a hash reads the
-- table with or without them; one by interface and file has the index of file names.
drop index delivery_sha;
drop index delivery_out_sha;
