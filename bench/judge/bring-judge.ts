import { access, chmod, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'

const judge = join(import.meta.dirname, 'program/node_modules/@ffprobe-installer/linux-x64/ffprobe')

/**
 * The path of an ffprobe with libvmaf and its models. Installed here, at the first use, and not
 * with the rest: it is 77 MB, and as a dependency of one platform it would keep `npm ci` from
 * working on any other.
 */
export async function bringJudge(say: (line: string) => void): Promise<string> {
  if (await isThere(constants.F_OK)) {
    if (!(await isThere(constants.X_OK))) await chmod(judge, 0o755)
    return judge
  }
  say('installing the judge of quality, 77 MB')
  await execa('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: join(import.meta.dirname, 'program'),
    env: { npm_config_loglevel: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await chmod(judge, 0o755)
  return judge
}

function isThere(mode: number): Promise<boolean> {
  return access(judge, mode).then(
    () => true,
    () => false,
  )
}
