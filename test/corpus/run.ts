import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { endAll, startServerProgram } from '../support/server-program.ts'
import type { Verdict } from './judge-video.ts'
import { runFile } from './run-file.ts'

/**
 * `npm run test:corpus -- DIR`: runs every file of a folder through one server and prints a table.
 * Exit code 1 when a file hangs, takes the server down, is published without passing the check or
 * with other frames than it says, or fails without a code and a sentence.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string', default: 'default' },
    parallel: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '10' },
    json: { type: 'string' },
    only: { type: 'string' },
  },
})
const [folder] = positionals
if (folder === undefined) {
  console.error('Which folder? npm run test:corpus -- DIR [--profile NAME] [--only TEXT]')
  process.exit(2)
}
const deadlineMs = Number(values.minutes) * 60_000
const options = { profile: values.profile, deadlineMs, compares: true }
const files = (await readdir(resolve(folder), { withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.includes(values.only ?? ''))
  .map(({ name }) => name)
  .toSorted()

const dataDir = await mkdtemp(join(tmpdir(), 'reelmill-corpus-'))
const verdicts: Verdict[] = []
try {
  const server = await startServerProgram({ dataDir })
  const waiting = [...files]
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const verdict = await runFile(server, join(resolve(folder), file), options)
      verdicts.push(verdict)
      printVerdict(verdict)
    }
  }
  console.log('file | outcome | seconds | frames | HLS | MPD | check')
  await Promise.all(Array.from({ length: Number(values.parallel) }, work))
  const { code, signal } = await server.stop()
  if (code !== 0) {
    console.log(`The server ended with ${code ?? signal}:\n${server.program.stderr()}`)
    process.exitCode = 1
  }
} finally {
  await endAll(dataDir)
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
}
const wrong = verdicts.filter(({ faults }) => faults.length > 0)
console.log(`${verdicts.length} files, ${wrong.length} with faults`)
if (values.json) await writeFile(values.json, JSON.stringify(verdicts, null, 2))
if (wrong.length > 0) process.exitCode = 1

function printVerdict(verdict: Verdict): void {
  const { file, outcome, seconds, expected, hls, dash, errors, warnings } = verdict
  const check =
    outcome === 'published' ? `${errors.length} errors, ${warnings.length} warnings` : ''
  console.log([file, outcome, seconds.toFixed(1), expected, hls, dash, check].join(' | '))
  for (const fault of verdict.faults) console.log(`    FAULT ${fault}`)
  for (const error of errors.slice(0, 5)) console.log(`    error ${error}`)
  for (const warning of warnings.slice(0, 3)) console.log(`    warning ${warning}`)
  if (verdict.sentence !== '') console.log(`    ${verdict.sentence}`)
}
