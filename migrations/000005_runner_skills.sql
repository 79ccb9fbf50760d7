-- What a runner has shown that it can do: when a result of each type of job was last found good.
-- Written at most once a minute.
create table runner_skills (
  runner_id       bigint not null references runners on delete cascade,
  job_type        text not null,
  last_success_at timestamptz not null default now(),
  primary key (runner_id, job_type)
);
alter table runners drop column last_success_at;
