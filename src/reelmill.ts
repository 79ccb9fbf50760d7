#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Whoever reads our output may have seen enough (`| head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// Compiling and stripping types is a third of a short command's time; what is imported after this
// is compiled once for all processes, also for the runners that a server starts.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/reelmill', import.meta.url)))
const { runProgram } = await import('#edges/cli/program.ts')

process.exitCode = await runProgram(process.argv.slice(2))
