-- Who is told of events by HTTP calls, and each such call as a row that waits until it was answered.

create table webhook_endpoints (
  id              uuid primary key,
  url             text not null,
  description     text not null default '',
  format          text not null default 'standard'
                    check (format in ('standard', 'request_reference', 'assembly', 'ancestor')),
  -- Types of events; the test event comes without being named.
  events          text[] not null,
  signing         text not null default 'hmac' check (signing in ('hmac', 'ed25519')),
  enabled         boolean not null default true,
  -- A sentence for the operator; null while it is enabled.
  disabled_reason text,
  disabled_at     timestamptz,
  -- Of the first call that failed since the last that did not.
  failing_since   timestamptz,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);

-- What calls are signed with: the newest, and those before it until they expire.
create table webhook_secrets (
  id          bigint generated always as identity primary key,
  endpoint_id uuid not null references webhook_endpoints on delete cascade,
  -- whsec_… or whsk_…, as Standard Webhooks writes them; needed as it is, for signing.
  secret      text not null,
  created_at  timestamptz not null default now(),
  -- null: the one in use.
  expires_at  timestamptz
);
create index webhook_secrets_by_endpoint on webhook_secrets (endpoint_id, id desc);

-- One event for one receiver, written in the event's own transaction.
create table webhook_deliveries (
  id              uuid primary key default gen_random_uuid(),
  -- In the order of writing, which is that of the events of one video.
  number          bigint generated always as identity unique,
  -- webhook-id: the same for all receivers and all attempts.
  message_id      text not null,
  -- null: the video's own address.
  endpoint_id     uuid references webhook_endpoints on delete cascade,
  -- Whose calls are counted together: the endpoint, or the host of the video's own address.
  target          text not null,
  -- Of the video's own address; an endpoint's is read when it is called.
  url             text,
  format          text not null,
  -- null for a test.
  video_id        uuid,
  type            text not null,
  data            jsonb not null,
  happened_at     timestamptz not null,
  -- As it was first sent, so that every attempt says the same.
  body            text,
  state           text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  attempts        integer not null default 0,
  -- Nobody calls before; moved on while a call is under way, as a lease is.
  next_attempt_at timestamptz not null default now(),
  -- Of the process that is calling, or was.
  claim           uuid,
  error           text,
  finished_at     timestamptz,
  created_at      timestamptz not null default now()
);
create index webhook_deliveries_due on webhook_deliveries (target, next_attempt_at)
  where state = 'pending';
create index webhook_deliveries_untried on webhook_deliveries (target, video_id, number)
  where state = 'pending' and attempts = 0;
create index webhook_deliveries_by_endpoint on webhook_deliveries (endpoint_id, number desc);
create index webhook_deliveries_by_video on webhook_deliveries (video_id, number desc);
create index webhook_deliveries_by_age on webhook_deliveries (created_at);

-- Each call that was made.
create table webhook_attempts (
  id          bigint generated always as identity primary key,
  delivery_id uuid not null references webhook_deliveries on delete cascade,
  number      integer not null,
  -- null: nobody answered.
  status      integer,
  error       text,
  -- The answer's first bytes.
  response    text,
  duration_ms integer not null,
  created_at  timestamptz not null default now()
);
create index webhook_attempts_by_delivery on webhook_attempts (delivery_id, id);

alter table videos add column webhook_format text not null default 'standard'
  check (webhook_format in ('standard', 'request_reference', 'assembly', 'ancestor'));
