import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '#database/tables.ts'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { checkSource } from '#media/conformance/check-output.ts'
import type { Finding } from '#media/conformance/finding.ts'
import { decodeSamples } from '#stages/publishing/decode-samples.ts'
import { openOutput } from '#stages/publishing/output-source.ts'
import { baseUrlOf } from '#videos/base-url.ts'
import { getVideo } from '#videos/get.ts'
import { loadTracks } from '../load-tracks.ts'
import { checkFilms } from '../packaging/check-films.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import { withScratch } from '../scratch.ts'
import type { Step } from '../step.ts'
import { loadPlannedVersion, type PlannedVersion, type Version } from '../version.ts'

/** H.264 keeps every bit in one profile only, and that is above High. */
const losslessBreaks = '1.3b'

/**
 * Checks the whole output as a stranger would, then makes it the published one. Everything lies in
 * a folder of the version's own, so that the one thing that changes for viewers is a number in the
 * video's row; `video.json` is written just before that is committed.
 */
export const runPublishing: Step = async (parts, version, signal) => {
  const { id } = version
  const isOfChunks = version.plan?.kind !== 'whole-files'
  const planned = isOfChunks ? await loadPlannedVersion(parts.database, id) : null
  await Promise.all([
    refuseViolations(parts, version),
    planned && refuseUndecodable(parts, planned, signal),
    planned && checkFilms(parts, version, signal),
  ])
  return {
    also: async (tx) => {
      await tx
        .updateTable('versions')
        .set({ wall_seconds: sql<number>`extract(epoch from now() - created_at)` })
        .where('id', '=', id)
        .execute()
      await tx
        .updateTable('videos')
        .set({ published_version: version.number, updated_at: sql<Date>`now()` })
        .where('id', '=', version.video_id)
        // An older version that ends late does not take a newer one's place.
        .where((where) =>
          where.or([
            where('published_version', 'is', null),
            where('published_version', '<=', version.number),
          ]),
        )
        .execute()
      await putVideoJson(parts, tx, version)
    },
  }
}

/** The video as the API shows it, with addresses relative to itself: it travels with its folder. */
async function putVideoJson(
  parts: Parts,
  tx: Transaction<Tables>,
  { prefix, video_id }: Version,
): Promise<void> {
  const view = await getVideo(tx, video_id, baseUrlOf(parts.config))
  if (!view) throw new ReelmillError('video_not_found')
  const thumbnail = view.urls.thumbnail === null ? null : 'thumbnail.jpg'
  const { hls, dash, mp4, transcripts, storyboard } = view.urls
  const urls = {
    hls: hls && 'master.m3u8',
    dash: dash && 'manifest.mpd',
    mp4: mapNames(mp4),
    transcripts: mapNames(transcripts),
    thumbnail,
    storyboard: storyboard && basename(storyboard),
  }
  // The file goes where the output goes, to be read by anybody: what people noted down stays here.
  const { ownerId: _owner, webhookUrl: _url, externalId: _id, revision: _changes, ...rest } = view
  const { owner: _name, metadata: _notes, ...shown } = rest
  const text = `${JSON.stringify({ ...shown, urls }, null, 2)}\n`
  await parts.storage.put(`${prefix}video.json`, Buffer.from(text))
}

function mapNames(urls: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(urls).map(([key, url]) => [key, basename(url)]))
}

async function refuseViolations(parts: Parts, { prefix, plan }: Version): Promise<void> {
  const { findings } = await checkSource(openOutput(parts.storage, prefix), prefix)
  const errors = findings.filter(
    (finding) => finding.severity === 'error' && !isBorne(plan, finding),
  )
  if (errors.length === 0) return
  throw new ReelmillError('output_refused', undefined, {
    details: { findings: errors.slice(0, 20) },
  })
}

/**
 * Of a plan of our own nothing is borne but what lossless proofs break. Whole files come from
 * encoders that others set: the standards hold for them, Apple's authoring advice (rules with
 * numbers) cannot.
 */
function isBorne(plan: Version['plan'], { rule }: Finding): boolean {
  if (plan?.kind === 'whole-files') return /^\d/.test(rule)
  const isLossless = plan?.video.some(({ encoder }) => encoder.lossless) ?? false
  return isLossless && rule === losslessBreaks
}

async function refuseUndecodable(
  parts: Parts,
  version: PlannedVersion,
  signal: AbortSignal,
): Promise<void> {
  const tracks = await loadTracks(parts.database, version)
  await withScratch(parts, (scratch) =>
    decodeSamples({
      tracks,
      read: async (path) => buffer(await parts.storage.get(version.prefix + path)),
      scratch,
      random: Math.random,
      signal,
      programs: programsOf(parts),
    }),
  )
}
