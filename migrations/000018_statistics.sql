-- Figures over time, which servers are there, and what was cleaned up last.

-- What happened, counted by triggers in the transactions in which it happens: neither a kill nor a
-- late commit nor a deleted video makes a figure wrong. Every minute what is here is added to samples.
create table tallies (
  at                timestamptz not null default now(),
  completed_jobs    integer not null default 0,
  failed_tries      integer not null default 0,
  frames            bigint not null default 0,
  published_videos  integer not null default 0,
  published_seconds double precision not null default 0,
  failed_videos     integer not null default 0
);

-- A row for a minute, or, when it is older than a day, for an hour.
create table samples (
  at                timestamptz not null,
  span_seconds      integer not null,
  -- How it was; null while nobody looked.
  waiting_jobs      double precision,
  waiting_seconds   double precision,
  held_jobs         double precision,
  online_runners    double precision,
  online_slots      double precision,
  videos_under_way  double precision,
  source_bytes      double precision,
  output_bytes      double precision,
  -- What happened in that time.
  completed_jobs    integer not null default 0,
  failed_tries      integer not null default 0,
  frames            bigint not null default 0,
  published_videos  integer not null default 0,
  published_seconds double precision not null default 0,
  failed_videos     integer not null default 0,
  primary key (at, span_seconds)
);

-- Server processes that are there, or were until lately.
create table servers (
  id           uuid primary key,
  host         text not null,
  pid          integer not null,
  url          text not null,
  version      text not null,
  node_version text not null,
  started_at   timestamptz not null default now(),
  seen_at      timestamptz not null default now()
);

-- The last run of each kind of cleaning.
create table sweeps (
  kind        text primary key,
  finished_at timestamptz not null default now(),
  -- null: all went well.
  error       text,
  facts       jsonb not null default '{}'
);

-- Pictures of all renditions that a job encoded: as its order says, or, where that cannot, as the
-- segments do. Of whole files rate times length.
create function frames_of_job(job jobs) returns bigint language sql stable as $$
  select coalesce(case
    when job.type = 'vod-chunk-encoding' then coalesce(
      case when jsonb_typeof(job.payload #> '{chunk,frames}') = 'number'
        then (job.payload #> '{chunk,frames}')::float8
             * jsonb_array_length(job.payload -> 'renditions') end,
      (select sum(samples) from segments
        where version_id = job.version_id
          and track in (select value ->> 'name'
                          from jsonb_array_elements(job.payload -> 'renditions'))))
    when jsonb_typeof(job.private_payload #> '{piece,frames}') = 'number'
      then (job.private_payload #> '{piece,frames}')::float8
    when job.type in ('vod-web-video-transcoding', 'vod-hls-transcoding', 'vod-audio-merge-transcoding')
      and jsonb_typeof(job.payload #> '{output,fps}') = 'number'
      and job.payload #> '{output,resolution}' is distinct from '0'::jsonb
      then (job.payload #> '{output,fps}')::float8
           * (select case when jsonb_typeof(media -> 'durationSeconds') = 'number'
                       then (media -> 'durationSeconds')::float8 end
                from versions where id = job.version_id)
  end, 0)::bigint
$$;

create function tally_job() returns trigger language plpgsql as $$
begin
  insert into tallies (completed_jobs, frames) values (1, frames_of_job(new));
  return null;
end $$;
create trigger jobs_tally after update of state on jobs for each row
  when (new.state = 'completed' and old.state <> 'completed') execute function tally_job();

create function tally_try() returns trigger language plpgsql as $$
begin
  insert into tallies (failed_tries) values (1);
  return null;
end $$;
create trigger job_failures_tally after insert on job_failures for each row
  execute function tally_try();

create function tally_version() returns trigger language plpgsql as $$
begin
  if new.state = 'failed' then
    insert into tallies (failed_videos) values (1);
  else
    insert into tallies (published_videos, published_seconds)
      values (1, case when jsonb_typeof(new.media -> 'durationSeconds') = 'number'
                   then (new.media -> 'durationSeconds')::float8 else 0 end);
  end if;
  return null;
end $$;
create trigger versions_tally after update of state on versions for each row
  when (new.state in ('failed', 'published') and old.state <> new.state)
  execute function tally_version();

-- Among a million completed jobs the open ones are counted without a look at the others. No column in
-- these changes with a job's progress, so that updates of it touch no index.
create index jobs_open on jobs (state, type)
  where state in ('pending', 'processing', 'completing', 'waiting_for_parent', 'errored');
create index jobs_waiting on jobs (not_before) where state = 'pending';
