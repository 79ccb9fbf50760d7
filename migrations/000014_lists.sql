-- Lists of many videos: each filter has an index in the order of the list, so that a page costs the
-- same wherever it lies. And answers that are given again to a request that is sent again.

-- The latest version's state, beside what else a list asks for: joined with versions, a page of one
-- state of 100 000 videos took 200 ms, since no index of one table has both state and age.
alter table videos add column state text not null default 'uploading';
update videos set state = versions.state
  from versions where versions.video_id = videos.id and versions.number = videos.latest_version;

-- Whoever changes a version's state changes it here, in the same transaction. Locks are taken in the
-- order that holds everywhere: the version's row, then the video's.
create function tell_video_state() returns trigger language plpgsql as $$
begin
  update videos set state = new.state
    where id = new.video_id and latest_version = new.number and state <> new.state;
  return null;
end $$;
create trigger versions_tell_state after insert or update of state on versions
  for each row execute function tell_video_state();

-- Another version is the latest: it was opened (then its row follows), or the one after it is gone.
create function read_video_state() returns trigger language plpgsql as $$
begin
  new.state := coalesce(
    (select state from versions where video_id = new.id and number = new.latest_version), new.state);
  return new;
end $$;
create trigger videos_read_state before update of latest_version on videos
  for each row execute function read_video_state();

create index videos_by_state on videos (state, created_at desc, id desc);
create index videos_by_profile on videos (profile, created_at desc, id desc);
create index videos_public on videos (created_at desc, id desc) where visibility = 'public';
create index videos_private on videos (created_at desc, id desc) where visibility = 'private';
create index videos_unpublished on videos (created_at desc, id desc) where published_version is null;
create index videos_by_name on videos (lower(name), id);
create index videos_by_metadata on videos using gin (metadata jsonb_path_ops);

-- A part of a name is found by its groups of three letters. The extension is part of PostgreSQL's
-- usual packages and any owner of a database may have it; without it names are searched one by one.
do $$
begin
  create extension if not exists pg_trgm;
  create index videos_by_part_of_name on videos using gin (name gin_trgm_ops);
exception
  when undefined_file or feature_not_supported or insufficient_privilege then
    raise notice 'pg_trgm is not there: searching names is slow among very many videos';
end $$;

-- What a request with an Idempotency-Key was answered, for a day.
create table idempotent_requests (
  -- Who asked, and the key, as one hash: no two callers meet.
  key_hash     bytea primary key,
  -- Of the method, the address and the body.
  request_hash bytea not null,
  -- Who answers it; another one where that one died.
  claim        uuid not null,
  -- Until then nobody else does.
  leased_until timestamptz not null,
  -- What it made: written in the transaction that made it.
  video_id     uuid,
  -- null: the answer was not given yet.
  answered_at  timestamptz,
  created_at   timestamptz not null default now()
);
create index idempotent_requests_by_age on idempotent_requests (created_at);
