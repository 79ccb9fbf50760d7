import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSingleFilePlaylist } from './read-playlist.ts'
import { writeSingleFilePlaylist } from './write-playlist.ts'

const name = '4e3a5f2c-0000-4000-8000-000000000000-480-fragmented.mp4'
const good = [
  '#EXTM3U',
  '#EXT-X-VERSION:7',
  '#EXT-X-TARGETDURATION:4',
  '#EXT-X-MEDIA-SEQUENCE:0',
  '#EXT-X-PLAYLIST-TYPE:VOD',
  `#EXT-X-MAP:URI="${name}",BYTERANGE="1348@0"`,
  '#EXTINF:4.000000,',
  '#EXT-X-BYTERANGE:1000@1348',
  name,
  '#EXTINF:1.500000,',
  '#EXT-X-BYTERANGE:500@2348',
  name,
  '#EXT-X-ENDLIST',
  '',
]
const sizeBytes = 2848

/** The good playlist with a line changed, or left out. */
function change(from: string, to: string | null): string {
  assert.ok(good.includes(from), from)
  return good.flatMap((line) => (line === from ? (to ?? []) : line)).join('\n')
}

test('a playlist of byte ranges is read, and written anew under the stored name (D-66)', () => {
  const playlist = readSingleFilePlaylist(good.join('\n'), sizeBytes)
  assert.deepEqual(playlist, {
    init: { offset: 0, length: 1348 },
    segments: [
      { offset: 1348, length: 1000, seconds: 4 },
      { offset: 2348, length: 500, seconds: 1.5 },
    ],
  })
  const written = writeSingleFilePlaylist(playlist, {
    mediaName: '1698941501-480-fragmented.mp4',
    independent: false,
  })
  assert.equal(written, good.join('\n').replaceAll(name, '1698941501-480-fragmented.mp4'))
})

test('lines that end in CR LF, and ranges without an offset, are understood', () => {
  const text = change('#EXT-X-BYTERANGE:500@2348', '#EXT-X-BYTERANGE:500').replaceAll('\n', '\r\n')
  assert.equal(readSingleFilePlaylist(text, sizeBytes).segments[1]?.offset, 2348)
})

test('an index at the end of the file is no fault, a file that misses bytes is (D-104)', () => {
  assert.ok(readSingleFilePlaylist(good.join('\n'), sizeBytes + 200))
  for (const size of [sizeBytes - 1, sizeBytes + 5000]) {
    assert.throws(() => readSingleFilePlaylist(good.join('\n'), size), { code: 'result_refused' })
  }
})

const hostile: Readonly<Record<string, string>> = {
  'no playlist at all': 'MThd',
  'nothing in it': '#EXTM3U\n#EXT-X-ENDLIST\n',
  'an address of elsewhere': change(
    '#EXT-X-BYTERANGE:500@2348',
    '#EXT-X-BYTERANGE:500@2348\nhttp://169.254.169.254/x.mp4',
  ),
  'a path that leaves the folder': good.join('\n').replaceAll(name, '../../other/video.mp4'),
  'a hidden file': good.join('\n').replaceAll(name, '.env'),
  'two files': change(
    `#EXT-X-MAP:URI="${name}",BYTERANGE="1348@0"`,
    '#EXT-X-MAP:URI="a.mp4",BYTERANGE="1348@0"',
  ),
  'a key': change('#EXT-X-VERSION:7', '#EXT-X-KEY:METHOD=AES-128,URI="http://evil.example/"'),
  'a discontinuity': change('#EXTINF:1.500000,', '#EXT-X-DISCONTINUITY\n#EXTINF:1.500000,'),
  'a variant': change('#EXTINF:1.500000,', '#EXT-X-STREAM-INF:BANDWIDTH=1\n#EXTINF:1.500000,'),
  'no end': change('#EXT-X-ENDLIST', null),
  'something after the end': `${good.join('\n')}#EXTINF:1,\n`,
  'a live playlist': change('#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-PLAYLIST-TYPE:EVENT'),
  'a gap': change('#EXT-X-BYTERANGE:500@2348', '#EXT-X-BYTERANGE:499@2349'),
  'an overlap': change('#EXT-X-BYTERANGE:500@2348', '#EXT-X-BYTERANGE:1500@1348'),
  'a range beyond the file': change('#EXT-X-BYTERANGE:500@2348', '#EXT-X-BYTERANGE:501@2348'),
  'an empty range': change('#EXT-X-BYTERANGE:500@2348', '#EXT-X-BYTERANGE:0@2348'),
  'a range that is none': change('#EXT-X-BYTERANGE:500@2348', '#EXT-X-BYTERANGE:-500@2348'),
  'a huge number': change('#EXT-X-BYTERANGE:500@2348', `#EXT-X-BYTERANGE:${'9'.repeat(400)}@2348`),
  'a map elsewhere': change(
    `#EXT-X-MAP:URI="${name}",BYTERANGE="1348@0"`,
    `#EXT-X-MAP:URI="${name}",BYTERANGE="1340@8"`,
  ),
  'no map': change(`#EXT-X-MAP:URI="${name}",BYTERANGE="1348@0"`, null),
  'no durations': good.filter((line) => !line.startsWith('#EXTINF')).join('\n'),
  'a duration that is none': change('#EXTINF:1.500000,', '#EXTINF:NaN,'),
  'a NUL': `${good.join('\n')}\0`,
}

for (const [what, text] of Object.entries(hostile)) {
  test(`a playlist with ${what} is refused (D-66, security 3)`, () => {
    assert.throws(() => readSingleFilePlaylist(text, sizeBytes), { code: 'result_refused' })
  })
}
