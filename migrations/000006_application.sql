-- Whose a video is, who may see it, and what an application says of it.
create table users (
  id            uuid primary key,
  -- As it was typed; told apart without regard to case.
  name          text not null,
  role          text not null check (role in ('viewer', 'uploader', 'operator', 'admin')),
  password_hash text not null,
  disabled_at   timestamptz,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
create unique index users_by_name on users (lower(name));

alter table videos
  -- null: of nobody in particular, as of those whom an application's key brought.
  add column owner_id    uuid references users on delete set null,
  add column visibility  text not null default 'public' check (visibility in ('public', 'private')),
  -- Told of this video's events beside the endpoints that are told of all.
  add column webhook_url text,
  -- The application's or a processor's own name for it.
  add column external_id text unique;
create index videos_by_owner on videos (owner_id, created_at desc, id desc) where owner_id is not null;

-- False: the source is an object of the application, which Reelmill reads and never removes.
alter table versions add column owns_source boolean not null default true;
