-- What an operator may turn while everything runs: by the API, the command line, or a plain
-- `update policies set value = '0' where key = 'transcodeEnabled'`.
create table policies (
  key        text primary key,
  -- null: the default, which is the server's to say.
  value      text,
  meaning    text not null,
  updated_at timestamptz not null default now(),
  -- null: nobody has changed it yet.
  updated_by text,
  -- The first condition comes before the cast for certain, which `and` would not promise.
  constraint policies_value_is_valid check (value is null or case
    when key in ('ingestEnabled', 'transcodeEnabled', 'exportEnabled', 'terminateAll',
      'verifyDuringIngest') then lower(value) in ('1', 'true', 'yes', '0', 'false', 'no')
    when key not in ('nodeTimeout', 'failureTolerance') then false
    when value !~ '^[0-9]{1,9}$' then false
    when key = 'failureTolerance' then value::integer <= 1000
    else value::integer <= 31536000
  end)
);
insert into policies (key, value, meaning) values
  ('ingestEnabled', '1', 'Sources are probed and planned.'),
  ('transcodeEnabled', '1', 'Runners are given jobs.'),
  ('exportEnabled', '1', 'What is encoded is packaged and published.'),
  ('terminateAll', '0', 'Every runner ends after the jobs that it has.'),
  ('nodeTimeout', '900', 'Seconds of silence after which a runner of one run is removed; 0: never.'),
  ('verifyDuringIngest', '0', 'Probing decodes the whole source and refuses a damaged one.'),
  ('failureTolerance', null,
    'Failures of a job at which it is given up; null: as RUNNER_MAX_FAILURE says.');

-- Who changed what, and when.
create table policy_changes (
  id         bigint generated always as identity primary key,
  key        text not null,
  old_value  text,
  new_value  text,
  changed_by text not null,
  changed_at timestamptz not null default now()
);

-- Whoever changes a policy, servers hear of it when that commits, and it is written down: who, as the
-- transaction says (`reelmill.actor`), else the database's own user.
create function tell_policy() returns trigger language plpgsql as $$
begin
  if new.value is not distinct from old.value then return new; end if;
  new.updated_at := now();
  new.updated_by := coalesce(nullif(current_setting('reelmill.actor', true), ''),
    'database user ' || session_user);
  insert into policy_changes (key, old_value, new_value, changed_by)
    values (new.key, old.value, new.value, new.updated_by);
  perform pg_notify('reelmill', '{"topic": "policies"}');
  -- Runners are called: jobs may have come into their reach.
  perform pg_notify('reelmill', '{"topic": "jobs"}');
  return new;
end $$;
create trigger policies_tell before update on policies
  for each row execute function tell_policy();

-- The policy for which the version's next step waits; null: for none.
alter table versions add column held_by text;
create index versions_held on versions (updated_at) where held_by is not null;

-- Registered for one run, under a name of its own: it never comes back under that name.
alter table runners add column temporary boolean not null default false;
