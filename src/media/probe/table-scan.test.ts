import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { spawnFfmpeg } from '../ffmpeg/run.ts'
import { readHeader } from './header.ts'
import { openFile } from './opened-source.ts'
import { scanPackets } from './packet-scan.ts'
import type { PacketStats } from './packet-stats.ts'
import { matchTables, readTables } from './table-scan.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-tables-'))
})
after(() => rm(folder, { recursive: true }))

const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=30000/1001:duration=2']
const tone = ['-f', 'lavfi', '-i', 'sine=duration=2:sample_rate=44100']
const both = [...picture, ...tone, '-map', '0', '-map', '1']
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '20']

async function read(...args: readonly string[]) {
  const path = join(folder, 'clip')
  const outcome = await spawnFfmpeg([...args, '-y', path]).done
  assert.equal(outcome.ok, true, outcome.stderrTail.join('\n'))
  const source = { kind: 'file', path } as const
  const header = await readHeader(source, 'mov', {})
  const tables = await readTables(await openFile(path))
  const scan = await scanPackets(source, 'mov', {})
  return { scan, listed: tables && matchTables(tables, header) }
}

const facts = (stats: PacketStats | undefined) =>
  stats && [stats.packets, stats.keyframes, stats.firstKeyPts, stats.maxPts, stats.maxKeyGap]

const kinds: Record<string, readonly string[]> = {
  'pictures in another order than they are decoded': [...both, ...x264, '-bf', '3', '-f', 'mp4'],
  'pictures in order': [...both, ...x264, '-bf', '0', '-f', 'mp4'],
  'QuickTime with its index first': [...both, ...x264, '-movflags', 'faststart', '-f', 'mov'],
  'negative offsets': [...both, ...x264, '-movflags', 'negative_cts_offsets', '-f', 'mp4'],
  'pictures that start late': ['-itsoffset', '0.5', ...both, ...x264, '-f', 'mp4'],
  'every picture a key': [...picture, '-c:v', 'mjpeg', '-f', 'mov'],
}

for (const [name, args] of Object.entries(kinds)) {
  test(`tables tell what packets tell: ${name}`, async () => {
    const { scan, listed } = await read(...args)
    assert.ok(listed, 'the tables were not taken')
    assert.deepEqual(facts(listed.streams.get(0)), facts(scan.streams.get(0)))
    assert.deepEqual(listed.streams.get(0)?.deltas, scan.streams.get(0)?.deltas)
    const [told, heard] = [listed.streams.get(1), scan.streams.get(1)]
    if (!told || !heard) return
    const end = (stats: PacketStats) => (stats.maxPts ?? 0) + (stats.lastDuration ?? 0)
    assert.ok(Math.abs(end(told) - end(heard)) <= 1024, `${end(told)} ${end(heard)}`)
  })
}

test('fragments and cuts by an edit list are left to ffmpeg', async () => {
  const fragmented = await read(...both, ...x264, '-movflags', 'frag_keyframe', '-f', 'mp4')
  assert.equal(fragmented.listed, null)
  const whole = join(folder, 'whole.mp4')
  assert.equal((await spawnFfmpeg([...both, ...x264, '-y', whole]).done).ok, true)
  const cut = await read('-ss', '0.9', '-i', whole, '-c', 'copy', '-f', 'mp4')
  assert.equal(cut.listed, null)
})
