import { ReelmillError } from '#errors/reelmill-error.ts'
import { inputArguments } from '#media/ffmpeg/input-arguments.ts'
import { refuseBroken } from '#media/ffmpeg/outcome.ts'
import { spawnFfmpeg } from '#media/ffmpeg/run.ts'
import type { OpenedSource } from '#media/probe/opened-source.ts'
import { checkFilm } from '#stages/publishing/check-film.ts'
import type { Parts } from '../parts.ts'
import { programsOf } from '../programs.ts'
import type { Version } from '../version.ts'
import { withSource } from '../with-source.ts'
import type { FilmFacts } from './record-files.ts'

const timeoutMs = 120_000

/**
 * Opens every file to download as its viewers will: what its header lists must be there, and it must
 * decode at its beginning.
 *
 * @throws ReelmillError `output_refused`, naming the file.
 */
export async function checkFilms(
  parts: Parts,
  { id, prefix }: Version,
  signal: AbortSignal,
): Promise<void> {
  const films = await parts.database
    .selectFrom('files')
    .select(['path', 'facts'])
    .where('version_id', '=', id)
    .where('kind', '=', 'mp4')
    .execute()
  for (const { path, facts } of films) {
    await withSource(parts, prefix + path, async (film) => {
      // Sound: packaging itself wrote it (record-files.ts).
      await checkFilm(film, facts as unknown as FilmFacts)
      await requireDecodable(parts, { path, film }, signal)
    })
  }
}

async function requireDecodable(
  parts: Parts,
  { path, film: { input } }: { readonly path: string; readonly film: OpenedSource },
  signal: AbortSignal,
): Promise<void> {
  const second = ['-map', '0', '-t', '1', '-f', 'null', '-']
  const run = spawnFfmpeg(['-xerror', ...inputArguments(input, 'mov'), ...second], {
    signal,
    programs: programsOf(parts),
    timeoutMs,
    network: input.kind === 'http',
  })
  const outcome = await run.done
  if (outcome.ok) return
  signal.throwIfAborted()
  refuseBroken(outcome)
  throw new ReelmillError('output_refused', `The file ${path} cannot be decoded.`, {
    details: { ffmpeg: outcome.stderrTail },
  })
}
