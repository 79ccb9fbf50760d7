import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'

// Makes dist/, the package as it is installed: JavaScript and types instead of TypeScript, since Node
// strips no types inside node_modules, with what is read at run time around them. `npm pack ./dist`
// makes the tarball.

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const readAtRunTime = [
  'migrations',
  'profiles',
  'console/dist',
  'openapi.json',
  'README.md',
  'docs',
]

/** What of package.json the package has too; scripts and tools are for those who build it. */
const keptFields = ['name', 'version', 'description', 'license', 'type', 'engines', 'dependencies']

async function writePackageFile(): Promise<void> {
  const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >
  const entry = (name: string) => ({ types: `./lib/${name}.d.ts`, default: `./lib/${name}.js` })
  const packed = {
    ...Object.fromEntries(keptFields.map((field) => [field, own[field]])),
    optionalDependencies: keepDatabases(own['optionalDependencies'] as Record<string, string>),
    imports: { '#*.ts': entry('*') },
    exports: {
      '.': entry('index'),
      './client': entry('client/index'),
      './openapi.json': './openapi.json',
      './package.json': './package.json',
    },
    bin: { reelmill: 'lib/reelmill.js' },
  }
  await writeFile(join(dist, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`)
}

/** But not Node itself, which would take the place of the application's in its scripts. */
function keepDatabases(optional: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(optional).filter(([name]) => !name.startsWith('node-'))
  return Object.fromEntries(kept)
}

await rm(dist, { recursive: true, force: true })
await mkdir(dist)
await execa('tsc', ['-p', 'tsconfig.build.json'], {
  cwd: root,
  preferLocal: true,
  stdio: 'inherit',
})
const pages = 'edges/http/pages/assets'
await cp(join(root, 'src', pages), join(dist, 'lib', pages), { recursive: true })
for (const name of readAtRunTime) {
  await cp(join(root, name), join(dist, name), { recursive: true })
}
await writePackageFile()
