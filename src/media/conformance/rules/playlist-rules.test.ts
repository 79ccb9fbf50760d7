import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Breaker, findBrokenRules, makeSampleOutput } from '../sample-output.ts'

interface Case {
  readonly title: string
  readonly rules: readonly string[]
  readonly breakIt: (breaker: Breaker) => Promise<void>
}

const HI = '#EXT-X-STREAM-INF:BANDWIDTH='
const scale = (factor: number) => (found: string, group: string) =>
  found.replace(group, String(Math.round(Number(group) * factor)))

/** Edits of one text file, as the most common way to break something. */
function text(
  rule: string | readonly string[],
  title: string,
  ...[file, pattern, replacement]: Parameters<Breaker['text']>
): Case {
  const rules = typeof rule === 'string' ? [rule] : rule
  return { title, rules, breakIt: (breaker) => breaker.text(file, pattern, replacement) }
}

const syntax: readonly Case[] = [
  text('RFC8216-4.1', 'a byte order mark', 'lo.m3u8', /^/, '\uFEFF'),
  text(
    'RFC8216-4.1',
    'a control character',
    'lo.m3u8',
    '#EXT-X-ENDLIST',
    '#x\u0007\n#EXT-X-ENDLIST',
  ),
  text('RFC8216-4.2', 'an attribute without a value', 'master.m3u8', 'DEFAULT=YES', 'DEFAULT='),
  text('RFC8216-4.2', 'a string without quotes', 'master.m3u8', 'AUDIO="a"', 'AUDIO=a'),
  text(
    'RFC8216-4.2',
    'a number in quotes',
    'master.m3u8',
    /FRAME-RATE=25.000/,
    'FRAME-RATE="25.000"',
  ),
  text('RFC8216-4.3', 'a tag twice', 'lo.m3u8', '#EXT-X-ENDLIST', '#EXT-X-ENDLIST\n#EXT-X-ENDLIST'),
  text('RFC8216-4.3.1.1', 'no EXTM3U', 'lo.m3u8', '#EXTM3U\n', ''),
  text(
    ['RFC8216-4.3.1.2', 'RFC8216-7'],
    'a version in words',
    'lo.m3u8',
    'VERSION:7',
    'VERSION:seven',
  ),
  text('RFC8216-4.3.2.1', 'an EXTINF without a comma', 'lo.m3u8', '6.000000,', '6.000000'),
  text('RFC8216-4.3.2.2', 'a range in words', 'lo-iframes.m3u8', /RANGE:.*/, 'RANGE:all'),
  text(
    'RFC8216-4.3.2.4',
    'a key without a method',
    'lo.m3u8',
    '#EXTINF',
    '#EXT-X-KEY:URI="k"\n#EXTINF',
  ),
  text('RFC8216-4.3.2.5', 'a map without quotes', 'lo.m3u8', '"lo-init.mp4"', 'lo-init.mp4'),
  text(['8.6', 'RFC8216-4.3.3.5'], 'an unknown type', 'lo.m3u8', 'TYPE:VOD', 'TYPE:FILM'),
  text('RFC8216-4.3.3.1', 'a fraction as target', 'lo-iframes.m3u8', 'DURATION:6', 'DURATION:6.5'),
  text('RFC8216-7', 'a version that is too low', 'lo.m3u8', 'VERSION:7', 'VERSION:5'),
  text(
    'RFC8216-4.3.4.2',
    'a group that is not there',
    'master.m3u8',
    '00,CODECS',
    '00,VIDEO="b",CODECS',
  ),
  text('RFC8216-4.3.4.1', 'a rendition without a name', 'master.m3u8', 'NAME="English",', ''),
  text('missing-file', 'a segment that is not there', 'lo-iframes.m3u8', 'lo-1.m4s', 'lo-9.m4s'),
  text('missing-file', 'a way out of the folder', 'lo-iframes.m3u8', 'lo-1.m4s', '../lo-1.m4s'),
]

const multivariant: readonly Case[] = [
  text('9.1', 'no CODECS', 'master.m3u8', /CODECS="[^"]*",/, ''),
  text('9.2', 'no RESOLUTION', 'master.m3u8', 'RESOLUTION=160x90,', ''),
  text('9.11', 'no independent segments', 'master.m3u8', '#EXT-X-INDEPENDENT-SEGMENTS\n', ''),
  text('9.14', 'no average', 'master.m3u8', /AVERAGE-BANDWIDTH=\d+,/, ''),
  text('9.15', 'no frame rate', 'master.m3u8', 'FRAME-RATE=25.000,', ''),
  text('8.10', 'no language', 'master.m3u8', 'LANGUAGE="en",', ''),
  text('RFC8216-4.3.4.2-codecs', 'a false codec', 'master.m3u8', /avc1\.(42c014),/, 'avc1.42c015,'),
  text('RFC8216-4.3.4.2-frame-rate', 'a false rate', 'master.m3u8', '=25.000', '=30.000'),
  text('RFC8216-4.3.4.2-resolution', 'a false size', 'master.m3u8', '=160x90', '=640x360'),
  text(['1.33', 'RFC8216-4.3.4.2-resolution'], 'a square', 'master.m3u8', '=160x90', '=160x160'),
  text('1.26', 'a false average', 'master.m3u8', /AVERAGE-BANDWIDTH=(\d+)/, scale(1.5)),
  text('1.27', 'a BANDWIDTH that is too large', 'master.m3u8', /INF:BANDWIDTH=(\d+)/, scale(1.3)),
  text(
    '9.13',
    'a BANDWIDTH without all the sound',
    'master.m3u8',
    /INF:BANDWIDTH=(\d+)/,
    scale(0.95),
  ),
  text('6.1', 'no I-frame variants', 'master.m3u8', /#EXT-X-I-FRAME-STREAM.*\n/g, ''),
  text('6.8', 'I-frames that do not say so', 'lo-iframes.m3u8', '#EXT-X-I-FRAMES-ONLY\n', ''),
  text('6.10', 'a range without the moof', 'lo-iframes.m3u8', /RANGE:(\d+)@\d+/, 'RANGE:500@9000'),
  text(
    'RFC8216-4.3.4.3',
    'an I-frame rate',
    'master.m3u8',
    'INF:BANDWIDTH=400000',
    '$&,FRAME-RATE=1',
  ),
  {
    title: 'the smaller variant first',
    rules: ['1.32'],
    breakIt: ({ text: edit }) =>
      edit('master.m3u8', /(#EXT-X-STREAM-INF.*\nhi.*\n)(#EXT-X-STREAM-INF.*\nlo.*\n)/, '$2$1'),
  },
  {
    title: 'one variant alone',
    rules: ['9.9'],
    breakIt: async ({ text: edit, remove }) => {
      await edit('master.m3u8', /#EXT-X-STREAM-INF.*\nlo\.m3u8\n/, '')
      await remove('manifest.mpd')
    },
  },
  {
    title: 'a growing playlist beyond 125 % of BANDWIDTH',
    rules: ['1.29'],
    breakIt: async ({ text: edit }) => {
      await edit('hi.m3u8', '#EXT-X-ENDLIST\n', '')
      await edit('master.m3u8', new RegExp(`${HI}(\\d+)`), scale(0.5))
    },
  },
]

const media: readonly Case[] = [
  text('8.1', 'an EXTINF that is off', 'lo.m3u8', '6.000000', '6.050000'),
  text('8.2', 'another target for sound', 'au.m3u8', 'DURATION:6', 'DURATION:7'),
  text('8.6', 'no type', 'lo.m3u8', '#EXT-X-PLAYLIST-TYPE:VOD\n', ''),
  text(['8.20', 'RFC8216-3.3'], 'no map', 'au.m3u8', /#EXT-X-MAP.*\n/, ''),
  {
    title: 'sound that ends a segment early',
    rules: ['8.3'],
    breakIt: async ({ text: edit, remove }) => {
      await edit('au.m3u8', /#EXTINF:[^\n]*\nau-[12].m4s\n/g, '')
      await remove('manifest.mpd')
    },
  },
  {
    title: 'sound that is not there for more than a target duration',
    rules: ['1.26', '1.27', '8.3', '9.13', 'RFC8216-6.2.4', 'RFC8216-6.2.4-start'],
    breakIt: async ({ text: edit, remove }) => {
      await edit('au.m3u8', /#EXTINF:[^\n]*\nau-[01].m4s\n/g, '')
      await remove('manifest.mpd')
    },
  },
  {
    title: 'a target of 9 s',
    rules: ['7.5'],
    breakIt: async ({ text: edit }) => {
      for (const name of ['lo', 'hi', 'au']) await edit(`${name}.m3u8`, 'DURATION:6', 'DURATION:9')
    },
  },
  {
    title: 'segments beyond the target',
    rules: ['7.7', 'RFC8216-4.3.3.1'],
    breakIt: async ({ text: edit }) => {
      for (const name of ['lo', 'hi', 'au']) await edit(`${name}.m3u8`, 'DURATION:6', 'DURATION:5')
    },
  },
  {
    title: 'subtitles without a timestamp map',
    rules: ['5.3'],
    breakIt: (breaker) => addSubtitles(breaker, { seconds: 12, text: 'WEBVTT\n' }),
  },
  {
    title: 'subtitles that end early',
    rules: ['5.5'],
    breakIt: (breaker) =>
      addSubtitles(breaker, {
        seconds: 2,
        text: 'WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n',
      }),
  },
]

async function addSubtitles(
  { folder, text: edit }: Breaker,
  { seconds, text: words }: { seconds: number; text: string },
): Promise<void> {
  const media = '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",LANGUAGE="en",URI="s.m3u8"'
  await edit('master.m3u8', '#EXT-X-MEDIA', `${media}\n#EXT-X-MEDIA`)
  const target = Math.max(6, seconds)
  const head = `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:${target}\n#EXT-X-PLAYLIST-TYPE:VOD\n`
  await writeFile(join(folder, 's.m3u8'), `${head}#EXTINF:${seconds},\ns.vtt\n#EXT-X-ENDLIST\n`)
  await writeFile(join(folder, 's.vtt'), words)
}

let sample = ''
before(async () => {
  sample = await mkdtemp(join(tmpdir(), 'reelmill-sample-'))
  await makeSampleOutput(sample)
})
after(() => rm(sample, { recursive: true, force: true }))

describe('the rules of playlists', () => {
  it('find nothing in an output that is right', async () => {
    assert.deepEqual(await findBrokenRules(sample, async () => undefined), [])
  })
  for (const { title, rules, breakIt } of [...syntax, ...multivariant, ...media]) {
    it(`find ${title}: ${rules.join(', ')}`, async () => {
      assert.deepEqual(await findBrokenRules(sample, breakIt), [...rules].toSorted())
    })
  }
})
