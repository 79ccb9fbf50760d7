import { basename, join } from 'node:path'
import type { TranscriptionEngine } from '../file-work.ts'

interface Heard {
  /** A WAV file. */
  readonly soundPath: string
  /** The folder that the engine writes into. */
  readonly folder: string
  /** 0: the engine's own choice. */
  readonly threads: number
}

/** Where an engine leaves what it wrote. */
export interface EngineOutput {
  /** A JSON text that names the language. */
  readonly jsonPath: string
  readonly vttPath: string
}

/**
 * The arguments of an engine (runner protocol 5.10). whisper-ctranslate2 takes the path of a model
 * by another option than its name; openai-whisper takes both by the same and knows no search for
 * voices; whisper.cpp has words of its own.
 */
export function buildEngineArguments(engine: TranscriptionEngine, heard: Heard): string[] {
  const { soundPath, folder, threads } = heard
  if (engine.kind === 'whisper.cpp') {
    const output = [
      '-l',
      'auto',
      '-ovtt',
      '-oj',
      '-of',
      stripExtension(locateOutput(heard).vttPath),
    ]
    return ['-m', engine.model, '-f', soundPath, ...output, ...some('-t', threads)]
  }
  const voices = ['--vad_filter', 'true', '--vad_min_silence_duration_ms', '5000']
  return [
    soundPath,
    ...chooseModel(engine),
    ...['--word_timestamps', 'True'],
    ...(engine.kind === 'whisper-ctranslate2' ? voices : []),
    ...['--output_format', 'all', '--output_dir', folder],
    ...some('--threads', threads),
  ]
}

/** All three name their files after the sound's. */
export function locateOutput({ soundPath, folder }: Pick<Heard, 'soundPath' | 'folder'>) {
  const base = join(folder, stripExtension(basename(soundPath)))
  return { jsonPath: `${base}.json`, vttPath: `${base}.vtt` } satisfies EngineOutput
}

function chooseModel({ kind, model }: TranscriptionEngine): string[] {
  const isPath = model.includes('/') || model.includes('\\')
  const option = isPath && kind === 'whisper-ctranslate2' ? '--model_directory' : '--model'
  return [option, model]
}

function some(option: string, count: number): string[] {
  return count > 0 ? [option, String(count)] : []
}

function stripExtension(path: string): string {
  return path.replace(/\.[^./]+$/, '')
}
