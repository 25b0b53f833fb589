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
  retired boolean not null
);
create index delivery_key on delivery (line, idkey);
create index delivery_time on delivery (received_at);
create index delivery_sha on delivery (sha);
create index delivery_out_sha on delivery (out_sha);
create index delivery_file on delivery (file);

create table leg (
  delivery bigint not null,
  ordinal int not null,
  consumer varchar(200) not null,
  state varchar(20) not null,
  at bigint not null,
  primary key (delivery, ordinal)
);

-- Only what is still to be done, so that a start does not read the whole history.
create table open_delivery (id bigint primary key);

create table applied (position bigint not null, last_id bigint not null);
insert into applied values (0, 0);
