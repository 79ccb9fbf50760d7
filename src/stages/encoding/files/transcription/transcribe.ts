import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ReelmillError } from '#errors/reelmill-error.ts'
import type { TranscriptionPayload } from '#jobs/file-payload.ts'
import { countCost } from '../cost.ts'
import { encodeFile, type Workplace } from '../encode-file.ts'
import type { FileWork } from '../file-work.ts'
import { openInput } from '../open-input.ts'
import { combineSources, requireSound, type Sources } from '../open-sources.ts'
import { soundFilters } from '../sound-arguments.ts'
import { openArguments } from '../source-arguments.ts'
import { estimateFileLimitMs } from '../time-limit.ts'
import { buildEngineArguments, locateOutput } from './engine-arguments.ts'
import { readLanguage } from './read-language.ts'
import { runEngine } from './run-engine.ts'

/** Large models on old machines are this many times slower than speech. */
const slowestTimesRealTime = 60
const baseMs = 600_000
const longestMs = 2 ** 31 - 1

/**
 * `video-transcription` (runner protocol 2.6, 5.10): WebVTT of what is said, and its language. The
 * sound is first decoded to plain WAV here, so that the engine never opens a stranger's file. Throws
 * `transcriber_missing` where the operator has no engine, `source_no_sound`, `transcriber_failed`.
 */
export const transcribe: FileWork<TranscriptionPayload> = async (context) => {
  const { transcription: engine, scratch, threads, payload } = context
  if (!engine) throw new ReelmillError('transcriber_missing')
  const place = { ...context, cost: countCost() }
  const input = await openInput(await context.download(payload.input.videoFileUrl), place)
  const soundPath = await writeSound(place, combineSources(input, null))
  const folder = join(scratch, 'transcript')
  await mkdir(folder)
  const heard = { soundPath, folder, threads }
  const seconds = input.media.durationSeconds
  const timeoutMs = Math.min(longestMs, baseMs + seconds * 1000 * slowestTimesRealTime)
  await runEngine(place, {
    path: engine.path,
    args: buildEngineArguments(engine, heard),
    timeoutMs,
  })
  const { jsonPath, vttPath } = locateOutput(heard)
  const language = readLanguage(await readOutput(jsonPath))
  const isVtt = (await readOutput(vttPath)).replace(/^\uFEFF/, '').startsWith('WEBVTT')
  if (language === null || !isVtt) throw unexpected()
  return {
    files: { vttFile: { path: vttPath, filename: 'captions.vtt', type: 'text/vtt' } },
    fields: { inputLanguage: language },
    ...place.cost.total(),
  }
}

/** Mono at 16 kHz, which is what the models hear; times are those of the video. */
async function writeSound(place: Workplace, sources: Sources): Promise<string> {
  const { input, stream } = requireSound(sources)
  const path = join(place.scratch, 'sound.wav')
  const seconds = sources.main.media.durationSeconds
  const wave = ['-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', '-rf64', 'auto', '-f', 'wav']
  await encodeFile(
    // What takes the time comes after it.
    { ...place, report: () => undefined },
    {
      args: [
        ...openArguments(sources),
        ...['-map', `${input}:${stream.index}`, '-af', soundFilters, '-map_metadata', '-1'],
        ...[...wave, `file:${path}`],
      ],
      path,
      doing: 'Reading the sound',
      seconds,
      timeoutMs: estimateFileLimitMs(sources.inputs, { pixels: 0, fps: 0, seconds }),
    },
  )
  return path
}

async function readOutput(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ReelmillError('transcriber_failed', undefined, { cause })
  })
}

function unexpected(): ReelmillError {
  return new ReelmillError('transcriber_failed', 'The engine wrote no transcript of a language.')
}
