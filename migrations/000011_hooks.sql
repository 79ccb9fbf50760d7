-- Functions of the application that are told of events, in whichever process has them.
create table hooks (
  name    text primary key,
  events  text[] not null,
  -- Said anew by processes that have it; one that nobody has for a week is forgotten.
  seen_at timestamptz not null default now()
);

-- Each call of one, written in the transaction that records the event.
create table hook_calls (
  id          bigint generated always as identity primary key,
  hook        text not null references hooks on delete cascade,
  event_id    bigint not null,
  event_at    timestamptz not null default now(),
  video_id    uuid not null,
  type        text not null,
  data        jsonb not null,
  -- What the video was then, in short: after a deletion nothing else tells.
  video       jsonb not null,
  state       text not null default 'waiting' check (state in ('waiting', 'completed', 'failed')),
  tries       integer not null default 0,
  -- Nobody calls it before; while it is being called this is moved on, as a lease is.
  not_before  timestamptz not null default now(),
  -- Of the process that is calling it, or was.
  claim       uuid,
  error       text,
  created_at  timestamptz not null default now(),
  finished_at timestamptz,
  unique (event_id, hook)
);
create index hook_calls_waiting on hook_calls (not_before) where state = 'waiting';
create index hook_calls_by_video on hook_calls (video_id, id);
