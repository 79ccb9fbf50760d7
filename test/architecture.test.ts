import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

const src = join(import.meta.dirname, '../src')

/** Each may import its own row's other folders only where `together` says so, and what is lower. */
const layers = [
  { folders: ['edges'], together: true },
  { folders: ['flow'], together: true },
  { folders: ['stages'], together: true },
  {
    folders: [
      'jobs',
      'runners',
      'videos',
      'people',
      'policies',
      'webhooks',
      'hooks',
      'profiles',
      'statistics',
      'servers',
    ],
    together: true,
  },
  { folders: ['media', 'storage', 'database', 'network'], together: false },
  { folders: ['config', 'errors'], together: true },
  // The client of the API runs in browsers: nothing of the server is in it.
  { folders: ['client'], together: false },
] as const

interface Import {
  readonly from: string
  readonly to: string
  /** Only types: gone when the program runs. */
  readonly isType: boolean
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('.test'))
  .toSorted()

function readImports(from: string): Import[] {
  const text = readFileSync(join(src, from), 'utf8')
  const pattern = /^(?:import|export) ((?:type )?)[^;]*?from '([#.][^']+)'/gm
  const dynamic = /import\('([#.][^']+)'\)/g
  const fixed = [...text.matchAll(pattern)].map(([, type, to]) => ({ to, isType: type !== '' }))
  const late = [...text.matchAll(dynamic)].map(([, to]) => ({ to, isType: false }))
  return [...fixed, ...late].map(({ to = '', isType }) => ({ from, to: resolve(from, to), isType }))
}

function resolve(from: string, to: string): string {
  return to.startsWith('#') ? to.slice(1) : relative(src, join(src, dirname(from), to))
}

const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')
const layerOf = (file: string) =>
  layers.findIndex(({ folders }) => (folders as readonly string[]).includes(folderOf(file)))

test('every folder of src stands in a layer', () => {
  const strangers = files.filter((file) => folderOf(file) !== '' && layerOf(file) < 0)
  assert.deepEqual(strangers, [])
})

test('imports go downward only', () => {
  const upward = files.flatMap(readImports).filter(({ from, to }) => {
    const [above, below] = [layerOf(from), layerOf(to)]
    if (above < 0 || folderOf(from) === folderOf(to)) return false
    return below < above || (below === above && !layers[above]?.together)
  })
  // The command line is the one edge that starts whole processes: server.ts and runner.ts.
  const offences = upward.filter(
    ({ from, to }) => !(from.startsWith('edges/cli/') && ['server.ts', 'runner.ts'].includes(to)),
  )
  assert.deepEqual(
    offences.map(({ from, to }) => `${from} → ${to}`),
    [],
  )
})

test('stages know nothing of each other but planning, whose values the others carry out', () => {
  const stageOf = (file: string) => file.split('/')[1]
  const across = files
    .filter((file) => folderOf(file) === 'stages')
    .flatMap(readImports)
    .filter(({ to }) => folderOf(to) === 'stages')
    .filter(({ from, to, isType }) => {
      const sameStage = stageOf(from) === stageOf(to)
      return !sameStage && !(stageOf(to) === 'planning' && isType)
    })
  assert.deepEqual(across, [])
})

test('what runs on a runner never reaches the database', () => {
  const reached = new Set<string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    for (const { to, isType } of readImports(file)) if (!isType) visit(to)
  }
  visit('runner.ts')
  assert.ok(reached.size > 20)
  assert.deepEqual(
    [...reached].filter((file) =>
      ['database', 'flow', 'storage', 'videos'].includes(folderOf(file)),
    ),
    [],
  )
})

// A child process needs a few words of ours: where programs are, and the language of messages.
const environmentReaders = ['config', 'media/ffmpeg/environment.ts']

test('only the settings read the environment', () => {
  const readers = files.filter((file) =>
    /process\.env\b/.test(readFileSync(join(src, file), 'utf8')),
  )
  assert.deepEqual(
    readers.filter((file) => !environmentReaders.some((allowed) => file.startsWith(allowed))),
    [],
  )
})

test('the web app knows the server only by its public API, and the site nothing of the console (P-79)', () => {
  const app = join(import.meta.dirname, '../console/src')
  const imports = readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((from) =>
      [...readFileSync(join(app, from), 'utf8').matchAll(/(?:from |import\()'([#.][^']+)'/g)].map(
        ([, to = '']) => ({
          from,
          to: to.startsWith('#') ? to : relative(app, join(app, dirname(from), to)),
        }),
      ),
    )
  assert.ok(imports.length > 50)
  const isBelow = (path: string, folder: string) => path.startsWith(`${folder}/`)
  const offences = imports.filter(({ from, to }) => {
    if (to.startsWith('#')) return !to.startsWith('#client/')
    if (to.startsWith('..')) return true
    return ['site', 'admin'].some((each) => isBelow(to, each) && !isBelow(from, each))
  })
  assert.deepEqual(
    offences.map(({ from, to }) => `${from} → ${to}`),
    [],
  )
})
