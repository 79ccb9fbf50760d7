-- Ways in beside the upload through this server.

alter table versions
  -- When the promise of an upload ends; null: a day after its last byte.
  add column upload_expires_at timestamptz,
  -- {video, thumbnail}: addresses of what another processor made; null for all that is made here.
  add column elsewhere jsonb;
-- Two promises in one second get keys of their own.
create unique index versions_by_upload_key on versions (source_key)
  where owns_source and source_key like 'tmp/%';
-- Whose folder an object lies in.
create index versions_by_source_key on versions (source_key);
create index versions_by_prefix on versions (prefix);

-- A source that is fetched from an address.
create table imports (
  version_id     uuid primary key references versions on delete cascade,
  url            text not null,
  -- A strong ETag or a date of what is being fetched: only that may be gone on with.
  validator      text,
  -- Safely on the disk of whoever fetches.
  received_bytes bigint not null default 0,
  total_bytes    bigint,
  created_at     timestamptz not null default now()
);

-- Files of the watch folder. No foreign key: a file whose video was deleted is still to be moved away.
create table watched_files (
  id          bigint generated always as identity primary key,
  name        text not null,
  size_bytes  bigint not null,
  modified_ms double precision not null,
  version_id  uuid not null,
  taken_at    timestamptz not null default now(),
  -- It is out of the folder.
  finished_at timestamptz
);
create unique index watched_files_in_hand on watched_files (name) where finished_at is null;

-- What other processors said, kept whole for audit.
create table notifications (
  id          bigint generated always as identity primary key,
  form        text not null check (form in ('assembly', 'ancestor')),
  -- The video's external_id.
  external_id text not null,
  outcome     text not null check (outcome in ('finished', 'failed', 'under_way')),
  -- {video, thumbnail} of one that finished; {message} of one that failed.
  facts       jsonb not null default '{}',
  body        text not null,
  -- SHA-256 of form and body: told again, it is the same.
  digest      bytea not null unique,
  times       integer not null default 1,
  received_at timestamptz not null default now(),
  -- null: it waits for its video to appear.
  applied_at  timestamptz
);
create index notifications_parked on notifications (external_id, id) where applied_at is null;

-- Pictures and subtitles that people add to a video.
create table attachments (
  id         uuid primary key,
  video_id   uuid not null references videos on delete cascade,
  kind       text not null check (kind in ('thumbnail', 'subtitles')),
  -- BCP 47, of subtitles.
  language   text,
  -- Where the upload goes; null: none is awaited.
  upload_key text unique,
  -- Where the finished file is; null: not uploaded yet.
  key        text,
  bytes      bigint,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index attachments_thumbnail on attachments (video_id) where kind = 'thumbnail';
create index attachments_by_video on attachments (video_id, created_at);
