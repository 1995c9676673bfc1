-- When an upload was last heard of: what nobody goes on with is swept.

alter table uploads add column touched_at timestamptz;
update uploads set touched_at = created_at;
alter table uploads alter column touched_at set not null;
