#!/usr/bin/env node
// As a whole: an older Node would look for a name in vain before it reads the first line below.
import nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

/** As `engines` in package.json says, which npm tells, if at all, long before. */
const oldestNode = 24

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  process.stderr.write(
    `reelmill: Node ${oldestNode} or newer is needed; this is Node ${process.versions.node}. ` +
      'Install a newer one from nodejs.org or with your package manager.\n',
  )
  // EX_UNAVAILABLE, as for other programs that are missing.
  process.exit(69)
}

// Whoever reads our output may have seen enough (`| head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// Compiling and stripping types is a third of a short command's time; what is imported after this
// is compiled once for all processes, also for the runners that a server starts.
nodeModule.enableCompileCache(
  fileURLToPath(new URL('../node_modules/.cache/reelmill', import.meta.url)),
)
const { runProgram } = await import('#edges/cli/program.ts')

process.exitCode = await runProgram(process.argv.slice(2))
