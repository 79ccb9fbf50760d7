-- Profiles that are edited while the server runs, beside those that are files. Every change is a
-- version; the newest that is not retired holds for videos that are planned from now on.
create table profiles (
  name        text not null,
  version     integer not null check (version > 0),
  -- Text, not jsonb: the order of its fields is that of whoever wrote it.
  body        text not null,
  note        text,
  -- The name of whoever saved it; users may be gone since.
  created_by  text,
  created_at  timestamptz not null default now(),
  -- Deleted: kept to be looked at, and to be made the current one again.
  retired_at  timestamptz,
  primary key (name, version)
);

-- MP4s to download, joined from the segments.
alter table files drop constraint files_kind_check;
alter table files add constraint files_kind_check
  check (kind in ('hls', 'web-video', 'transcript', 'storyboard', 'mp4'));
