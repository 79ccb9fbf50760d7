import { type Kysely, sql } from 'kysely'
import type { Tables } from '#database/tables.ts'

/**
 * Writes the rows of so many videos, as years of work would have left them: most are published, in
 * four tracks by three jobs each; some failed, long ago and lately; a few are at work.
 */
export async function fillVideos(database: Kysely<Tables>, count: number): Promise<void> {
  await sql`
    insert into users (id, name, role, password_hash)
    select gen_random_uuid(), 'user-' || n, 'uploader', '' from generate_series(1, 100) n
  `.execute(database)
  await sql`
    with people as (select array_agg(id order by name) as ids from users)
    insert into videos (id, name, profile, metadata, latest_version, published_version, owner_id,
                        visibility, external_id, created_at)
    select gen_random_uuid(), 'Video ' || md5(n::text) || ' of course ' || n % 500,
      case when n % 20 = 0 then 'marsha' else 'default' end,
      jsonb_build_object('course', n % 500, 'lesson', n::text), 1,
      case when n % 50 <> 0 and n < ${count} - 20 then 1 end, ids[1 + n % 100],
      case when n % 10 = 0 then 'private' else 'public' end, 'external-' || n,
      now() - make_interval(secs => 60 * (${count} - n))
    from generate_series(1, ${count}::int) n, people
  `.execute(database)
  await sql`
    insert into versions (id, video_id, number, state, source_key, source_name, source_bytes, prefix,
                          media, plan, playable_at, published_at, created_at)
    select gen_random_uuid(), id, 1,
      case when published_version = 1 then 'published'
           when created_at > now() - interval '30 minutes' then 'encoding' else 'failed' end,
      'sources/' || id || '/1/source', 'film.mp4', 100000000, 'videos/' || id || '/1/',
      ${JSON.stringify({ durationSeconds: 60, video: { width: 1280, height: 720 }, audio: [] })}::jsonb,
      null, created_at, created_at, created_at
    from videos
  `.execute(database)
  await sql`
    insert into tracks (version_id, name, codecs, timescale, init, samples, bytes, duration_ticks)
    select id, name, 'avc1.64001f', 12800, decode(repeat('00', 800), 'hex'), 1500, 9000000, 768000
    from versions, unnest(array['1080p', '720p', '480p', 'audio']) name where state = 'published'
  `.execute(database)
  await sql`
    insert into jobs (uuid, version_id, type, state, priority, label, payload)
    select gen_random_uuid(), id, 'vod-chunk-encoding', 'completed', 1, 'chunk ' || n, '{}'
    from versions, generate_series(1, 3) n
  `.execute(database)
  await sql`vacuum analyze`.execute(database)
}
