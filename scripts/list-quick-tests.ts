import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// Prints the tests beside the code that start nothing that takes long, one a line: no database, no
// server, no encoder. What a test starts, it starts with the help of the modules named here.

const root = join(import.meta.dirname, '..')
const starters =
  /from '[^']*(?:\.test-support|test\/peers\/.*|test\/support\/(?:clip|cutting-proxy|database|fault-proxy|ffmpeg|http-server|parts|processes|program|protocol-server|redis|s3-server|server-program|single-file|webhook-receiver)|media\/ffmpeg\/run)\.ts'|from '(?:execa|node:child_process)'/

const quick = globSync(['src/**/*.test.ts', 'console/src/**/*.test.ts'], { cwd: root })
  .toSorted()
  .filter((file) => !starters.test(readFileSync(join(root, file), 'utf8')))
console.log(quick.join('\n'))
