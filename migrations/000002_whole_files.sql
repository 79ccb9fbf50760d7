-- Jobs whose results are whole files, with parents and children, and what came of them.

-- What the server alone needs to know of a job; shown to operators, never to runners.
alter table jobs add column private_payload jsonb not null default '{}';
-- The version waits for it, and fails with it.
alter table jobs add column required boolean not null default true;
-- While completing: the files and texts that the runner handed in; see StagedResult.
alter table jobs add column result jsonb;
create index jobs_by_parent on jobs (parent_id) where parent_id is not null;

-- A finished file of a version that is no track: a rendition in one file, a transcript, a storyboard.
create table files (
  id               bigint generated always as identity primary key,
  version_id       uuid not null references versions on delete cascade,
  kind             text not null check (kind in ('hls', 'web-video', 'transcript', 'storyboard')),
  -- Below the version's prefix.
  path             text not null,
  -- HLS: the media playlist that addresses it by byte ranges.
  playlist_path    text,
  -- Short side in pixels; 0: sound alone. null for what is neither.
  resolution       integer,
  width            integer,
  height           integer,
  fps              double precision,
  codecs           text,
  has_video        boolean not null default false,
  has_audio        boolean not null default false,
  bytes            bigint not null,
  duration_seconds double precision,
  peak_bps         bigint,
  average_bps      bigint,
  -- BCP 47, of a transcript.
  language         text,
  -- Whatever else is known, by kind.
  facts            jsonb not null default '{}',
  created_at       timestamptz not null default now(),
  unique (version_id, path)
);

-- What the names of a version's whole files begin with, where their rules let it be given.
alter table versions add column base_name text;

-- What is spoken in a video, as a transcript told; BCP 47.
alter table videos add column language text;
