-- Finding work for a runner, whatever waits before it: one walk along this index for each kind of
-- job that the runner can do.
drop index jobs_pending;
create index jobs_pending_by_kind on jobs (type, encoders, priority, id) where state = 'pending';

-- How many jobs each runner has: asked before every ping.
create index jobs_held on jobs (runner_id) where state = 'processing';

-- What a runner failed at comes last for it.
create index job_failures_by_runner on job_failures (runner_id, job_id);
