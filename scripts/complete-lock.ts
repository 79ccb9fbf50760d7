/**
 * Completes package-lock.json after a change of dependencies. npm leaves out optional packages of
 * other platforms when the registry at hand does not hold them, and `npm ci` then refuses the whole
 * file. What is added is what their names say; npm fetches one only on its own platform.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface Locked {
  version?: string
  optional?: boolean
  dev?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors: Readonly<Record<string, string>> = {
  arm: 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'x64',
}

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Locked> }
const missing: [string, Locked][] = []
for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`]) continue
    missing.push([`node_modules/${name}`, describe(name, version, parent.dev ?? false)])
  }
}
const entries = [...Object.entries(lock.packages), ...missing]
const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(
  path,
  `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
)
console.log(`added ${missing.length} packages of other platforms`)

function describe(name: string, version: string, dev: boolean): Locked {
  const words = name.split(/[/-]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = words.flatMap((word) => processors[word] ?? [])
  const isMusl = words.some((word) => word.startsWith('musl'))
  if (os.length === 0 || cpu.length === 0) throw new Error(`the name ${name} says no platform`)
  return {
    version,
    ...(dev ? { dev } : {}),
    optional: true,
    os,
    cpu,
    ...(isMusl ? { libc: ['musl'] } : {}),
  }
}
