import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeTextTrack } from './text-track.ts'
import { parseWebVtt, writeWebVtt } from './web-vtt.ts'

const text = `WEBVTT

NOTE a remark

1
00:01.000 --> 00:02.500 align:start
first
line two

01:00:05.250 --> 01:00:07.000
last
`

test('cues are read with their settings, whatever stands between them', () => {
  const cues = parseWebVtt(text)
  assert.deepEqual(cues, [
    { startMs: 1000, endMs: 2500, settings: 'align:start', text: 'first\nline two' },
    { startMs: 3_605_250, endMs: 3_607_000, settings: '', text: 'last' },
  ])
  assert.deepEqual(parseWebVtt(writeWebVtt(cues)), cues)
})

test('subtitles cover the whole time, and a cue across a boundary is in both segments', () => {
  const cues = [{ startMs: 5500, endMs: 6500, settings: '', text: 'across' }]
  const track = { name: 'subtitles-0', language: 'en', title: null, cues }
  const span = { durationMs: 14_000, segmentMs: 6000, targetDurationSeconds: 6 }
  const files = new Map(writeTextTrack(track, span).map((file) => [file.name, file.text]))
  assert.match(files.get('0.vtt') ?? '', /across/)
  assert.match(files.get('1.vtt') ?? '', /across/)
  assert.doesNotMatch(files.get('2.vtt') ?? '', /across/)
  assert.match(files.get('0.vtt') ?? '', /^WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n/)
  const playlist = files.get('index.m3u8') ?? ''
  const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+),/g)].map(([, value]) => Number(value))
  assert.equal(
    seconds.reduce((sum, value) => sum + value),
    14,
  )
})
