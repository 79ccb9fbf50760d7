import { basename } from 'node:path'
import type { ServerProgram } from '../support/server-program.ts'
import { judgeVideo, type Verdict } from './judge-video.ts'
import { compareWithPlain } from './reference.ts'

interface RunOptions {
  readonly profile: string
  /** A file that takes longer hangs. */
  readonly deadlineMs: number
  /** Says also how plain ffmpeg counts the frames. */
  readonly compares?: boolean
}

/** What a file that came to nothing has none of. */
const nothing = { expected: '', hls: '', dash: '', errors: [], warnings: [], sentence: '' }

/** Takes a file through the server to its end, and judges what became of it. */
export async function runFile(
  server: ServerProgram,
  path: string,
  { profile, deadlineMs, compares = false }: RunOptions,
): Promise<Verdict> {
  const file = basename(path)
  const startedAtMs = performance.now()
  const elapsed = () => (performance.now() - startedAtMs) / 1000
  try {
    const answer = await server.call<{ id: string; code: string; detail: string }>('POST', '', {
      source: { path },
      profile,
    })
    if (answer.status !== 201) return refused(file, elapsed(), answer.body)
    const video = await server.settled(answer.body.id, deadlineMs)
    const verdict = await judgeVideo(file, video, elapsed())
    if (video.state !== 'published') return verdict
    const remark = compares ? await compareWithPlain(path, video) : null
    const remarks = [remark, ...(video.source.remarks ?? [])].filter((each) => each !== null)
    return { ...verdict, sentence: remarks.join(' · ') }
  } catch (error) {
    const outcome = server.program.hasEnded() ? 'crash' : 'hung'
    return { ...nothing, file, outcome, seconds: elapsed(), faults: [String(error)] }
  }
}

/** Refused at the door, with the code and the sentence of the problem document. */
function refused(
  file: string,
  seconds: number,
  problem: { code: string; detail: string },
): Verdict {
  const { code, detail } = problem
  const faults = code && detail ? [] : ['refused without a code and a sentence']
  return { ...nothing, file, seconds, outcome: `refused ${code}`, sentence: detail, faults }
}
