import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const byEnding = { br: promisify(brotliCompress), gz: promisify(gzip) }
/** Below that a packet is saved by nothing. */
const leastBytes = 1024

/** Writes beside each asset what it is compressed, so that the server never does it. */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    writeBundle: async ({ dir = '' }) => {
      const names = await readdir(dir, { recursive: true })
      await Promise.all(
        names.filter((name) => /\.(js|css|svg)$/.test(name)).map((name) => shrink(join(dir, name))),
      )
    },
  }
}

async function shrink(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < leastBytes) return
  for (const [ending, squeeze] of Object.entries(byEnding)) {
    await writeFile(`${path}.${ending}`, await squeeze(bytes))
  }
}
