-- What a runner may be given, and why; what keeps a failing runner from eating everybody's work.

alter table runners
  -- active: any work. draining: finishes what it has. disabled: has nothing. set_aside: failed fast
  -- and often, and gets one job at a time as a trial.
  add column state text not null default 'active'
    check (state in ('active', 'draining', 'disabled', 'set_aside')),
  -- For people.
  add column state_reason text,
  add column state_since timestamptz not null default now(),
  -- Failures in a row that came fast, each at another job, without a success between.
  add column quick_failures integer not null default 0,
  -- Times in a row that it was set aside, without a success between: the pause doubles.
  add column set_asides integer not null default 0,
  -- While set aside: from when on it may try one job.
  add column trial_at timestamptz,
  -- A result of it was checked and found good; written at most once a minute.
  add column last_success_at timestamptz,
  -- A server process has a socket of it open, and says so again every half a minute.
  add column socket_seen_at timestamptz;

create index jobs_by_runner on jobs (runner_id) where runner_id is not null;
-- Rows come in the order of time, so that a block range index of a few pages finds the old ones.
create index job_failures_by_time on job_failures using brin (created_at);
create index events_by_time on events using brin (created_at);
