import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import HLS from 'hls-parser'
import { writeIframePlaylist } from './iframe-playlist.ts'
import { writeMasterPlaylist } from './master-playlist.ts'
import { writeMediaPlaylist } from './media-playlist.ts'
import type { AudioTrack, VideoTrack } from './track.ts'

function video(name: string, height: number, segmentBytes: number): VideoTrack {
  const keyframes = [0, 1, 2].map((gop) => ({
    offset: 24 + gop * 1000,
    bytes: segmentBytes / 20,
    durationTicks: 60_060,
  }))
  const segments = [0, 1].map((number) => ({
    number,
    durationTicks: 180_180,
    bytes: segmentBytes,
    keyframes,
  }))
  const picture = { width: (height * 16) / 9, height, frameRate: [30_000, 1001] } as const
  const codecs = 'avc1.64001f'
  return { kind: 'video', name, codecs, timescale: 30_000, initBytes: 700, ...picture, segments }
}

function audio(name: string, changes: Partial<AudioTrack> = {}): AudioTrack {
  const segments = [0, 1].map((number) => ({
    number,
    durationTicks: 288_768,
    bytes: 96_000,
    keyframes: [],
  }))
  const facts = { name, codecs: 'mp4a.40.2', timescale: 48_000, initBytes: 600, segments }
  const sound = { channels: 2, sampleRate: 48_000, language: 'en', title: null, isDefault: false }
  return { kind: 'audio', ...facts, ...sound, ...changes }
}

function parseMaster(text: string): HLS.types.MasterPlaylist {
  const playlist = HLS.parse(text)
  assert.ok(playlist.isMasterPlaylist)
  return playlist as HLS.types.MasterPlaylist
}

function parseMedia(text: string): HLS.types.MediaPlaylist {
  const playlist = HLS.parse(text)
  assert.ok(!playlist.isMasterPlaylist)
  return playlist as HLS.types.MediaPlaylist
}

suite('media playlists', () => {
  test('a growing playlist is EVENT without an end, a finished one VOD with one (V-02)', () => {
    const options = { targetDurationSeconds: 6 }
    const growing = parseMedia(
      writeMediaPlaylist(video('720p', 720, 1e6), { ...options, ended: false }),
    )
    const finished = parseMedia(
      writeMediaPlaylist(video('720p', 720, 1e6), { ...options, ended: true }),
    )
    assert.deepEqual([growing.playlistType, growing.endlist], ['EVENT', false])
    assert.deepEqual([finished.playlistType, finished.endlist], ['VOD', true])
    assert.deepEqual([finished.version, finished.targetDuration], [7, 6])
    assert.deepEqual(
      finished.segments.map(({ uri, duration, map }) => [uri, duration, map?.uri]),
      [
        ['0.m4s', 6.006, 'init.mp4'],
        ['1.m4s', 6.006, 'init.mp4'],
      ],
    )
  })

  test('an I-frame playlist gives the byte range of every key frame, its moof included', () => {
    const playlist = parseMedia(writeIframePlaylist(video('720p', 720, 100_000)))
    assert.equal(playlist.isIFrame, true)
    assert.equal(playlist.targetDuration, 2)
    assert.deepEqual(
      playlist.segments.map(({ uri, byterange }) => [uri, byterange?.offset, byterange?.length]),
      [0, 1].flatMap((number) => [24, 1024, 2024].map((offset) => [`${number}.m4s`, offset, 5000])),
    )
  })
})

suite('the multivariant playlist', () => {
  const ladder = [video('1080p', 1080, 4.5e6), video('720p', 720, 1.5e6), video('360p', 360, 3e5)]

  test('starts with the variant nearest to 2 Mb/s, then goes up from the lowest', () => {
    const { variants } = parseMaster(writeMasterPlaylist([...ladder, audio('audio-0')]))
    const uris = variants.filter((variant) => !variant.isIFrameOnly).map((variant) => variant.uri)
    assert.deepEqual(uris, ['720p/index.m3u8', '360p/index.m3u8', '1080p/index.m3u8'])
  })

  test('BANDWIDTH is the largest sum of peaks of a variant and any sound of its group', () => {
    const loud = audio('audio-1', { language: 'de' })
    const segments = loud.segments.map((segment) => ({ ...segment, bytes: 192_768 }))
    const [low] = ladder.slice(2)
    assert.ok(low)
    const { variants } = parseMaster(
      writeMasterPlaylist([low, audio('audio-0'), { ...loud, segments }]),
    )
    const expected = Math.ceil((3e5 * 8) / 6.006) + Math.ceil((192_768 * 8) / 6.016)
    assert.equal(variants[0]?.bandwidth, expected)
    assert.equal(variants[0]?.averageBandwidth, expected)
    assert.equal(variants[0]?.codecs, 'avc1.64001f,mp4a.40.2')
    assert.equal(variants[0]?.frameRate, 29.97)
    assert.deepEqual(variants[0]?.resolution, { width: 640, height: 360 })
  })

  test('sounds of one group have names of their own, one default, and a language each', () => {
    const sounds = [
      audio('audio-0', { title: 'Main' }),
      audio('audio-1', { title: 'Main', isDefault: true }),
      audio('audio-2', { language: 'de' }),
      audio('audio-3', { language: 'not a language' }),
    ]
    const { variants } = parseMaster(writeMasterPlaylist([...ladder, ...sounds]))
    const media = variants[0]?.audio ?? []
    assert.deepEqual(
      media.map(({ name, language, isDefault, autoselect }) => [
        name,
        language,
        isDefault,
        autoselect,
      ]),
      [
        ['Main', 'en', false, false],
        ['Main 2', 'en', true, true],
        ['German', 'de', false, true],
        ['Audio', 'und', false, true],
      ],
    )
  })

  test('every codec of sound is a group, and every variant is there with each', () => {
    const opus = audio('opus-0', { codecs: 'opus' })
    const text = writeMasterPlaylist([...ladder, audio('audio-0'), opus])
    const { variants } = parseMaster(text)
    const pairs = variants.filter(({ isIFrameOnly }) => !isIFrameOnly).map(({ codecs }) => codecs)
    assert.equal(pairs.length, 6)
    assert.equal(pairs.filter((codecs) => codecs?.endsWith('opus')).length, 3)
  })

  test('I-frame variants carry the attributes that they may, and come when all is done', () => {
    const line =
      /^#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=\d+,AVERAGE-BANDWIDTH=\d+,CODECS="avc1.64001f",RESOLUTION=1920x1080,URI="1080p\/iframes.m3u8"$/m
    assert.match(writeMasterPlaylist(ladder), line)
    assert.doesNotMatch(writeMasterPlaylist(ladder, { ended: false }), /I-FRAME/)
  })

  test('sound without pictures is a variant of its own', () => {
    const one = writeMasterPlaylist([audio('audio-0')])
    assert.equal(parseMaster(one).variants[0]?.uri, 'audio-0/index.m3u8')
    assert.doesNotMatch(one, /RESOLUTION|EXT-X-MEDIA:/)
    const two = parseMaster(
      writeMasterPlaylist([audio('audio-0'), audio('audio-1', { language: 'de' })]),
    )
    assert.equal(two.variants.length, 1)
    assert.equal(two.variants[0]?.audio.length, 2)
  })

  test('subtitles are named beside every variant', () => {
    const subtitles = [{ name: 'text-0', language: 'fr', title: 'Français', isDefault: false }]
    const { variants } = parseMaster(writeMasterPlaylist(ladder, { subtitles }))
    assert.equal(variants[0]?.subtitles[0]?.uri, 'text-0/index.m3u8')
  })

  test('a hostile title cannot leave its attribute (U115)', () => {
    const title = 'x",URI="https://evil.example/"\r\n#EXT-X-ENDLIST\u2028\u0000'
    const text = writeMasterPlaylist([...ladder, audio('audio-0', { title })])
    assert.equal(parseMaster(text).variants[0]?.audio[0]?.uri, 'audio-0/index.m3u8')
    assert.equal(
      text.split(/\r\n|[\n\r\u2028]/).filter((line) => line.startsWith('#EXT-X-END')).length,
      0,
    )
  })
})
