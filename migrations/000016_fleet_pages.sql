-- The operators' pages look at jobs and runners again and again while work is done. Each of their
-- questions is answered from an index that holds little: what is in hands, what a runner did of late,
-- and the states that few jobs are in. Pending ones have an index already, and of the completed any
-- ten thousand are found quickly.

-- Also those whose results the server looks at, which still are in their runner's hands.
create index jobs_in_hand on jobs (runner_id) where state in ('processing', 'completing');
drop index jobs_held;
create index jobs_completed_by_runner on jobs (runner_id, finished_at desc) where state = 'completed';
create index jobs_set_apart on jobs (state, id)
  where state in ('waiting_for_parent', 'errored', 'cancelled', 'parent_errored', 'parent_cancelled');
create index job_failures_of_runner on job_failures (runner_id, id desc);
