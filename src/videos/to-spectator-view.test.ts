import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ErrorCode } from '#errors/catalogue.ts'
import { toSpectatorView } from './to-spectator-view.ts'
import type { VideoView } from './video-view.ts'

/** What spectators read of an error; nothing else of the video matters here. */
function read(code: string, message: string) {
  const error = { code: code as ErrorCode, message, details: { lines: ['secret'] } }
  return toSpectatorView({ source: {}, renditions: [], error } as unknown as VideoView).error
}

test('spectators read the sentence of an error, never what a runner said in its own words (U103)', () => {
  assert.deepEqual(read('runner_failed', 'ffmpeg at /home/secret broke'), {
    code: 'runner_failed',
    message: 'The runner could not do the job.',
  })
})

test('an error of another release is told with its code and no words of its own', () => {
  const error = read('not_known_here', 'secret')
  assert.equal(error?.code, 'not_known_here')
  assert.doesNotMatch(JSON.stringify(error), /secret/)
})
