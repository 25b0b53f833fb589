-- The declaration by whose way out a part is staged: only that way can tell where it is.
alter table leg add column if not exists way varchar(64);
