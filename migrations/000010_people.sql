-- What people and programs show to be let in, and what is remembered of those who may not.

-- Keys for programs. Only the hash is kept: a key is random, so that nothing slower is needed.
create table api_keys (
  id           uuid primary key,
  name         text not null,
  key_hash     bytea not null unique,
  -- The last characters, so that people can tell keys apart.
  hint         text not null,
  role         text not null check (role in ('viewer', 'uploader', 'operator', 'admin')),
  -- What of the role it may use; null: all of it.
  scopes       text[],
  -- Whose it is; null: of no user, as an application's own.
  user_id      uuid references users on delete cascade,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  created_at   timestamptz not null default now()
);
create index api_keys_by_age on api_keys (created_at desc, id desc);
create index api_keys_by_user on api_keys (user_id) where user_id is not null;

-- Counts what people change of a video; what the work on it does leaves it alone.
alter table videos add column revision integer not null default 1;

create table sessions (
  id         uuid primary key,
  token_hash bytea not null unique,
  user_id    uuid not null references users on delete cascade,
  -- Where it began, for the user's own eyes.
  ip         text,
  agent      text,
  -- Renewed at most once a minute.
  seen_at    timestamptz not null default now(),
  created_at timestamptz not null default now()
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_age on sessions (seen_at);

-- Who tried to log in and could not: a name or an address, as a hash. All servers count together.
create table login_throttles (
  subject        text primary key,
  failures       integer not null,
  -- Before this nobody is asked for a password again.
  retry_at       timestamptz not null,
  last_failed_at timestamptz not null default now()
);
create index login_throttles_by_age on login_throttles (last_failed_at);

-- Links with which the first administrator is made; gone when there is a user.
create table setup_tokens (
  token_hash bytea primary key,
  created_at timestamptz not null default now()
);
