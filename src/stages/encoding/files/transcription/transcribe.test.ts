import assert from 'node:assert/strict'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { makeClip } from '../../../../../test/support/clip.ts'
import type { TranscriptionEngine } from '../file-work.ts'
import { makeContext, probeFile } from '../work-context.test-support.ts'
import { buildEngineArguments } from './engine-arguments.ts'
import { readLanguage } from './read-language.ts'
import { transcribe } from './transcribe.ts'

const folder = await mkdtemp(join(tmpdir(), 'reelmill-transcribe-'))
test.after(() => rm(folder, { recursive: true, force: true }))
// Of a length that is no whole number of milliseconds, as that of most files.
const clip = await makeClip({ folder, seconds: 2.0151, output: ['-ar', '44100', '-vn'] })

/**
 * A stand-in for whisper-ctranslate2, which is far too large for a test: it takes the same words,
 * writes the same files, and keeps what it was told.
 */
async function writeStandIn(name: string, ending = ''): Promise<string> {
  const path = join(folder, name)
  const script = `#!/usr/bin/env bash
set -e
printf '%s\\n' "$@" > "${path}.told"
cp "$1" "${path}.heard.wav"
input="$1"; shift
while [ $# -gt 0 ]; do
  if [ "$1" = --output_dir ]; then folder="$2"; fi
  shift
done
${ending}
base="$folder/$(basename "$input" .wav)"
printf 'WEBVTT\\n\\n00:00.000 --> 00:01.500\\nHello.\\n\\n' > "$base.vtt"
printf '{"text": "Hello.", "segments": [], "language": "en"}' > "$base.json"
`
  await writeFile(path, script)
  await chmod(path, 0o755)
  return path
}

let jobs = 0

async function work(engine: TranscriptionEngine | null, videoFileUrl = clip) {
  jobs += 1
  const payload = { input: { videoFileUrl }, output: {} }
  const scratch = join(folder, `job-${jobs}`)
  const given = engine ? { scratch, transcription: engine } : { scratch }
  return transcribe(await makeContext(payload, given))
}

test('the engine is given plain sound, and its WebVTT and language are the result', async () => {
  const path = await writeStandIn('whisper-stand-in')
  const { files, fields } = await work({ kind: 'whisper-ctranslate2', path, model: 'small' })
  assert.deepEqual(fields, { inputLanguage: 'en' })
  assert.equal(files.vttFile?.type, 'text/vtt')
  assert.match(await readFile(files.vttFile?.path ?? '', 'utf8'), /^WEBVTT\n\n00:00\.000/)
  const { audio, seconds } = await probeFile(`${path}.heard.wav`)
  assert.deepEqual([audio?.codec_name, audio?.channels], ['pcm_s16le', 1])
  assert.ok(Math.abs(seconds - 2) < 0.1)
  const told = (await readFile(`${path}.told`, 'utf8')).split('\n')
  assert.deepEqual(told.slice(1, 5), ['--model', 'small', '--word_timestamps', 'True'])
})

test('the words of the three engines are those of their command lines (5.10)', () => {
  const heard = { soundPath: '/s/sound.wav', folder: '/s/out', threads: 0 }
  const args = (kind: TranscriptionEngine['kind'], model: string) =>
    buildEngineArguments({ kind, path: 'x', model }, heard).join(' ')
  assert.equal(
    args('whisper-ctranslate2', 'small'),
    '/s/sound.wav --model small --word_timestamps True --vad_filter true ' +
      '--vad_min_silence_duration_ms 5000 --output_format all --output_dir /s/out',
  )
  assert.match(args('whisper-ctranslate2', '/models/a'), / --model_directory \/models\/a /)
  assert.equal(
    args('openai-whisper', '/models/a.pt'),
    '/s/sound.wav --model /models/a.pt --word_timestamps True --output_format all --output_dir /s/out',
  )
  assert.equal(
    args('whisper.cpp', '/models/ggml.bin'),
    '-m /models/ggml.bin -f /s/sound.wav -l auto -ovtt -oj -of /s/out/sound',
  )
})

test('the language is read where each engine writes it', () => {
  assert.equal(readLanguage('{"language":"fr"}'), 'fr')
  assert.equal(readLanguage('{"result":{"language":"de"}}'), 'de')
  assert.equal(readLanguage('{"result":{}}'), null)
  assert.equal(readLanguage('{"langu'), null)
})

test('no sound, no engine, and an engine that fails are told apart', async () => {
  const silent = await makeClip({ folder, seconds: 1, sound: false, name: 'silent.mp4' })
  const kind = 'whisper-ctranslate2'
  const path = await writeStandIn('failing-stand-in', 'echo "no such model" >&2; exit 3')
  const failing = { kind, path, model: 'small' } as const
  await assert.rejects(work(null), { code: 'transcriber_missing' })
  await assert.rejects(work({ ...failing, path: join(folder, 'nowhere') }), {
    code: 'transcriber_missing',
  })
  await assert.rejects(work(failing, silent), { code: 'source_no_sound' })
  await assert.rejects(work(failing), (error: { code: string; details: object }) => {
    assert.equal(error.code, 'transcriber_failed')
    assert.deepEqual(error.details, { exitCode: 3, engine: ['no such model'] })
    return true
  })
  const lazy = await writeStandIn('lazy-stand-in', 'exit 0')
  await assert.rejects(work({ ...failing, path: lazy }), { code: 'transcriber_failed' })
})
