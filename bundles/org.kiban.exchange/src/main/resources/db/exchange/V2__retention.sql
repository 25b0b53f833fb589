-- When what was kept of a delivery was removed because its retention ended; 0 while it is kept.
alter table delivery add column if not exists expired_at bigint default 0 not null;
