-- Resumable uploads (tus 1.0): how much of a version's source is there, and who adds to it now.
create table uploads (
  -- SHA-256 of the last part of its address: whoever has the address may go on with the upload.
  id_hash        bytea primary key,
  -- null once the version is gone, so that the uploader can be told.
  version_id     uuid unique references versions on delete set null,
  video_id       uuid not null,
  source_key     text not null,
  -- null as long as the uploader has not told it.
  length_bytes   bigint,
  -- What is on the disk for sure, without a gap from the first byte on.
  received_bytes bigint not null default 0,
  metadata       text,
  finished_at    timestamptz,
  expires_at     timestamptz not null,
  -- Who adds to it, of all servers, and until when that holds unless it is renewed.
  hold_token     uuid,
  held_until     timestamptz,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
create index uploads_by_expiry on uploads (expires_at);
