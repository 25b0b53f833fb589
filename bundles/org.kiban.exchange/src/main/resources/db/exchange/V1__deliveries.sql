-- The index over the ledger's chain. Everything here can be computed again from the chain.
create table delivery (
  id bigint primary key,
  position bigint not null,
  line varchar(200) not null,
  state varchar(20) not null,
  file varchar(1000) not null,
  arrival varchar(4000) not null,
  bytes bigint not null,
  sha varchar(64),
  ref varchar(200),
  idkey varchar(1200),
  sequence varchar(200),
  declaration varchar(64),
  row_count bigint not null,
  rejected bigint not null,
  replaced bigint not null,
  out_bytes bigint not null,
  out_sha varchar(64),
  code varchar(40),
  reason varchar(4000),
  reason_ja varchar(4000),
  quarantine varchar(4000),
  received_at bigint not null,
  updated_at bigint not null,
  retired boolean not null,
  -- When what was kept of it was removed because its retention ended; 0 while it is kept.
  expired_at bigint not null,
  -- The consumers' parts, a line each: consumer, state, time, declaration by whose way out it is
  -- staged. In this row, which is the only way to them: rows and index entries of their own were
  -- half of what the table cost.
  legs varchar not null,
  -- Eight bytes of a hash of interface and key: the key alone may have 1,200 characters, and most
  -- are hashes, so that a new one falls anywhere in its index, and all of it is written again.
  key_hash bigint not null
);
create index delivery_key on delivery (key_hash);
create index delivery_time on delivery (received_at);
-- No index by hash of the content, for the same reason. A search by the beginning of a hash reads
-- the table with or without one; one by interface and file has this index.
create index delivery_file on delivery (file);

-- Only what is still to be done, so that a start does not read the whole history.
create table open_delivery (id bigint primary key);

create table applied (position bigint not null, last_id bigint not null);
insert into applied values (0, 0);
