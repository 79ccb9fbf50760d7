-- Videos, their versions, the runners, and the jobs that the runners do.

create table videos (
  id                uuid primary key,
  name              text not null,
  profile           text not null,
  metadata          jsonb not null default '{}',
  latest_version    integer not null default 1,
  published_version integer,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now()
);
create index videos_by_age on videos (created_at desc, id desc);

-- One upload of a video's source, and its journey.
create table versions (
  id              uuid primary key,
  video_id        uuid not null references videos on delete cascade,
  number          integer not null,
  state           text not null check (state in ('uploading', 'probing', 'planning', 'encoding',
                    'packaging', 'publishing', 'published', 'failed', 'cancelled')),
  source_key      text not null,
  source_name     text,
  source_bytes    bigint,
  -- The key of a copy in a container that can be read exactly, when the source's own cannot.
  readable_key    text,
  prefix          text not null,
  media           jsonb,
  plan            jsonb,
  error           jsonb,
  cpu_seconds     double precision not null default 0,
  wall_seconds    double precision not null default 0,
  peak_memory_bytes bigint not null default 0,
  playable_at     timestamptz,
  published_at    timestamptz,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  unique (video_id, number)
);
create index versions_by_state on versions (state, updated_at);

create table registration_tokens (
  id         bigint generated always as identity primary key,
  token_hash bytea not null unique,
  -- The last characters, so that people can tell tokens apart.
  hint       text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table runners (
  id                    bigint generated always as identity primary key,
  name                  text not null unique,
  description           text,
  token_hash            bytea not null unique,
  registration_token_id bigint references registration_tokens on delete set null,
  -- In the care of a server on the machine that holds the files: may read sources in place.
  local                 boolean not null default false,
  version               text,
  -- ffmpeg's names of the encoders that it has; null for runners that do not tell.
  encoders              jsonb,
  slots                 integer not null default 1,
  ip                    text,
  last_contact_at       timestamptz not null default now(),
  created_at            timestamptz not null default now(),
  updated_at            timestamptz not null default now()
);

-- The runners' jobs. The states are those of the runner protocol.
create table jobs (
  id               bigint generated always as identity primary key,
  uuid             uuid not null unique,
  version_id       uuid not null references versions on delete cascade,
  type             text not null,
  state            text not null default 'pending' check (state in ('pending', 'processing',
                     'completed', 'errored', 'waiting_for_parent', 'cancelled', 'parent_errored',
                     'parent_cancelled', 'completing')),
  -- Lower first, then older first.
  priority         integer not null,
  -- What of the work this is, for people: "chunk 3", "audio".
  label            text not null,
  payload          jsonb not null,
  -- ffmpeg's names of the encoders without which the job cannot be done.
  encoders         jsonb not null default '[]',
  -- How much work it is beside the other jobs of the version: frames × pixels.
  weight           double precision not null default 1,
  parent_id        bigint references jobs on delete cascade,
  runner_id        bigint references runners on delete set null,
  job_token_hash   bytea,
  lease_expires_at timestamptz,
  not_before       timestamptz not null default now(),
  progress         real not null default 0,
  failures         integer not null default 0,
  error            jsonb,
  cpu_seconds      double precision,
  started_at       timestamptz,
  finished_at      timestamptz,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now()
);
create index jobs_pending on jobs (priority, id) where state = 'pending';
create index jobs_leased on jobs (lease_expires_at) where state = 'processing';
create index jobs_by_version on jobs (version_id, id);

-- Who failed at which job: shown to people, and such a job is offered to others first.
create table job_failures (
  id         bigint generated always as identity primary key,
  job_id     bigint not null references jobs on delete cascade,
  runner_id  bigint references runners on delete set null,
  error      jsonb not null,
  created_at timestamptz not null default now()
);
create index job_failures_by_job on job_failures (job_id);

-- A CMAF track of a version: what its init segment says.
create table tracks (
  version_id   uuid not null references versions on delete cascade,
  name         text not null,
  codecs       text not null,
  timescale    integer not null,
  -- The whole init segment, some 800 bytes: every chunk's must equal it.
  init           bytea not null,
  -- Of the segments, added up as they come in, so that nobody has to read them all for a number.
  samples        bigint not null default 0,
  bytes          bigint not null default 0,
  duration_ticks bigint not null default 0,
  -- Bits a second, as the playlists declare them; null until they are written.
  peak_bps       bigint,
  average_bps    bigint,
  primary key (version_id, name)
);

-- A segment that was handed in and checked; its file is in the storage.
create table segments (
  version_id     uuid not null,
  track          text not null,
  number         integer not null,
  duration_ticks bigint not null,
  bytes          integer not null,
  samples        integer not null,
  -- [[offset, bytes, durationTicks], …] of the fragments that start with a key frame.
  keyframes      jsonb not null default '[]',
  primary key (version_id, track, number),
  foreign key (version_id, track) references tracks (version_id, name) on delete cascade
);

-- What happened to a video, in order; read by server-sent events and later by webhooks.
-- No foreign key: that a video was deleted is an event too.
create table events (
  id         bigint generated always as identity primary key,
  video_id   uuid not null,
  type       text not null,
  data       jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index events_by_video on events (video_id, id);

-- Secrets that this installation made for itself, such as the key that signs its own links.
create table secrets (
  name  text primary key,
  value text not null
);
