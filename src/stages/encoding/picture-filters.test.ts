import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { execa } from 'execa'
import { readConfig } from '#config/config.ts'
import { probeFile } from '#stages/probing/probe.ts'
import { runFfmpeg } from '../../../test/support/ffmpeg.ts'
import { planJobs } from '../planning/plan-jobs.ts'
import { planVersion } from '../planning/plan-version.ts'
import { buildPictureFilters } from './picture-filters.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-filters-'))
after(() => rm(folder, { recursive: true, force: true }))

/** The mean of each plane of what the filters make of a source's first picture. */
async function measure(source: string): Promise<number[]> {
  const { media } = await probeFile({ path: source, scratch: folder, limits: readConfig({}) })
  const rung = { height: 90, crf: 30, maxrateKbps: 300 }
  const profile = { name: 'one', video: [rung], audio: {} }
  const plan = planVersion(media, profile, { own: 1, slots: 1, stock: 0 })
  const [payload] = planJobs(plan, media).map((job) => job.payload)
  assert.equal(payload?.type, 'vod-chunk-encoding')
  const filters = `${buildPictureFilters(payload)};[v0]showinfo[out]`
  const output = ['-filter_complex', filters, '-map', '[out]', '-f', 'null', '-']
  const { stderr } = await execa('ffmpeg', ['-hide_banner', '-copyts', '-i', source, ...output])
  return (/mean:\[(\d+) (\d+) (\d+)/.exec(stderr) ?? []).slice(1).map(Number)
}

/** The same strong colour in a matrix and a range, tagged so. */
async function makeColor(name: string, transfer: string, space: string, range: 'tv' | 'pc') {
  const path = join(folder, `${name}-${range}.mkv`)
  const matrix = { bt2020nc: 'bt2020' }[space] ?? space
  const vf = `scale=out_color_matrix=${matrix}:out_range=${range},format=yuv420p10le`
  const tags = ['-colorspace', space, '-color_primaries', 'bt2020', '-color_trc', transfer]
  const color = [
    '-f',
    'lavfi',
    '-i',
    'color=0xc02040:size=160x90:rate=25:duration=0.08,format=gbrp',
  ]
  await runFfmpeg([...color, '-vf', vf, '-c:v', 'ffv1', ...tags, '-color_range', range, path])
  return path
}

for (const [name, transfer, space] of [
  ['HDR', 'arib-std-b67', 'bt2020nc'],
  ['wide colours without HDR', 'bt2020-10', 'bt2020nc'],
] as const) {
  test(`full range has the colours of limited range: ${name}`, async () => {
    const limited = await measure(await makeColor(transfer, transfer, space, 'tv'))
    const full = await measure(await makeColor(transfer, transfer, space, 'pc'))
    assert.equal(full.length, 3)
    for (const [plane, mean] of full.entries()) {
      assert.ok(Math.abs(mean - (limited[plane] ?? 0)) <= 2, `${full.join()} ${limited.join()}`)
    }
  })
}
