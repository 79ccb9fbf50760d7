-- In the very order in which deliveries are claimed: a queue of a hundred thousand is not sorted for
-- the first few of it.
drop index webhook_deliveries_due;
create index webhook_deliveries_due on webhook_deliveries (target, next_attempt_at, number)
  where state = 'pending';
-- What operators look for among all that was delivered.
create index webhook_deliveries_failed on webhook_deliveries (number desc) where state = 'failed';
