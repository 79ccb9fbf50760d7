import { text } from 'node:stream/consumers'
import { ReelmillError } from '#errors/reelmill-error.ts'
import { type Cue, parseWebVtt, writeWebVtt } from '#media/tracks/web-vtt.ts'
import { recordEvent } from '../advance.ts'
import type { Parts } from '../parts.ts'
import type { Completion, JobKind } from './job-kind.ts'
import { stagedFile } from './staged-path.ts'

/** A day of speech is some 3 MB. */
const maxBytes = 32 * 1024 ** 2

/**
 * What is said in a video, as WebVTT in the language that the runner heard (runner protocol 2.6;
 * D-71). Cues are read and written anew: nothing that a runner wrote goes out as it is.
 */
export const transcription: JobKind = {
  files: ['vttFile'],
  fields: ['inputLanguage'],
  complete: async (parts, completion) => {
    const { version, result } = completion
    const language = checkLanguage(parts, result.fields['inputLanguage'] ?? '')
    const bytes = Buffer.from(writeWebVtt(await readCues(parts, completion)))
    const path = nameOf(completion, language)
    await parts.storage.put(version.prefix + path, bytes, { contentType: 'text/vtt' })
    return async (tx) => {
      const row = { version_id: version.id, path, kind: 'transcript' as const }
      await tx
        .insertInto('files')
        .values({ ...row, language, bytes: bytes.length })
        .onConflict((conflict) =>
          conflict.columns(['version_id', 'path']).doUpdateSet({ bytes: bytes.length }),
        )
        .execute()
      // What people said about the language stays.
      await tx
        .updateTable('videos')
        .set({ language })
        .where('id', '=', version.video_id)
        .where('language', 'is', null)
        .execute()
      const told = { version: version.number, language, path }
      await recordEvent(tx, version.video_id, 'video.transcribed', told)
    }
  },
}

/**
 * A language outside the list is the end of the transcript, with its reason; another runner would
 * hear the same (D-33, WD17).
 */
function checkLanguage({ config }: Parts, language: string): string {
  const isCode = /^[a-z]{2,3}$/.test(language)
  if (isCode && (config.languages === null || config.languages.includes(language))) return language
  throw new ReelmillError('language_unsupported', `"${language}" is not among the languages here.`)
}

async function readCues({ storage }: Parts, completion: Completion): Promise<Cue[]> {
  const file = stagedFile(completion, 'vttFile')
  if (file.sizeBytes > maxBytes) {
    throw new ReelmillError('result_refused', 'The transcript is larger than any could be.')
  }
  const written = await text(await storage.get(file.key))
  if (!written.startsWith('WEBVTT')) {
    throw new ReelmillError('result_refused', 'The transcript is not WebVTT.')
  }
  return parseWebVtt(written)
}

/** By the base name where the version's rules have one (D-71). */
function nameOf({ job }: Completion, language: string): string {
  const base = job.private_payload['base']
  return typeof base === 'string' ? `${base}-${language}.vtt` : `transcript-${language}.vtt`
}
