import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { execa } from 'execa'
import { checkOutput } from '../check-output.ts'
import { findBrokenRules, makeSampleOutput } from '../sample-output.ts'

interface Case {
  readonly title: string
  readonly rules: readonly string[]
  readonly pattern: string | RegExp
  readonly replacement: string
}

const one = (
  rules: string | readonly string[],
  title: string,
  [pattern, replacement]: readonly [string | RegExp, string],
): Case => ({ rules: typeof rules === 'string' ? [rules] : rules, title, pattern, replacement })

const cases: readonly Case[] = [
  one('DASH-5.3.1', 'no XML', ['</MPD>', '']),
  one('DASH-5.3.1', 'a document type', ['<MPD', '<!DOCTYPE MPD [<!ENTITY a "b">]><MPD']),
  one('DASH-5.3.1.2', 'no minBufferTime', [/minBufferTime="[^"]*"/, '']),
  one('DASH-8', 'an unknown profile', ['isoff-live', 'mp2t-simple']),
  one('DASH-5.3.3.2', 'no segmentAlignment', ['segmentAlignment="true"', '']),
  one('DASH-5.3.3.2', 'no startWithSAP', ['startWithSAP="1"', '']),
  one(['DASH-5.3.3', 'DASH-5.3.7.2'], 'two codecs in a set', [/avc1\.42c00c/, 'hvc1.1.6.L30']),
  one('DASH-5.3.5.2', 'no bandwidth', [/bandwidth="\d+" codecs="mp4a/, 'codecs="mp4a']),
  one(['DASH-5.3.5.2', 'DASH-5.3.5.2-bandwidth', 'DASH-5.3.7.2'], 'the id of another', [
    'id="lo"',
    'id="hi"',
  ]),
  one('DASH-5.3.5.2-bandwidth', 'a bandwidth that stalls', [
    /(id="hi" bandwidth=")\d+/,
    '$1100000',
  ]),
  one('DASH-5.3.7.2', 'a false codec', ['mp4a.40.2', 'mp4a.40.5']),
  one('DASH-5.3.7.2', 'a false size', ['height="180"', 'height="240"']),
  one('DASH-5.8.5', 'no language', ['lang="en"', '']),
  one('DASH-5.8.5', 'no role', [/<Role[^>]*>/, '']),
  one('DASH-5.3.9.6', 'a Period that is longer', ['PT12S', 'PT12.5S']),
  one('DASH-5.3.9.6-times', 'a false duration', [
    /d="76800"\/><S d="76800"/,
    'd="79360"/><S d="74240"',
  ]),
  one(['CMAF-one-copy', 'DASH-5.3.9.6-times', 'missing-file'], 'segments that are not there', [
    /startNumber="0"/,
    'startNumber="1"',
  ]),
]

let sample = ''
before(async () => {
  sample = await mkdtemp(join(tmpdir(), 'reelmill-sample-'))
  await makeSampleOutput(sample)
})
after(() => rm(sample, { recursive: true, force: true }))

describe('the rules of DASH', () => {
  for (const { title, rules, pattern, replacement } of cases) {
    it(`find ${title}: ${rules.join(', ')}`, async () => {
      const found = await findBrokenRules(sample, ({ text }) =>
        text('manifest.mpd', pattern, replacement),
      )
      assert.deepEqual(found, [...rules].toSorted())
    })
  }

  for (const kind of ['-single_file 0', '-single_file 1', '-use_timeline 0']) {
    it(`find no error in what ffmpeg makes with ${kind}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'reelmill-dash-'))
      try {
        const inputs = '-f lavfi -i testsrc2=s=160x90:r=25:d=4 -f lavfi -i sine=d=4:r=48000'
        const coding =
          '-c:v libx264 -preset ultrafast -g 50 -keyint_min 50 -sc_threshold 0 -c:a aac'
        const words = `${inputs} ${coding} -f dash -seg_duration 2 ${kind}`.split(' ')
        await execa('ffmpeg', ['-v', 'error', '-y', ...words, join(folder, 'a.mpd')])
        const { findings, tracks } = await checkOutput(folder)
        assert.deepEqual(
          findings.filter(({ severity }) => severity === 'error'),
          [],
        )
        assert.equal(tracks.find(({ role }) => role === 'video')?.frames, 100)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
  }
})
