import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { makeSampleOutput } from '#media/conformance/sample-output.ts'

const script = fileURLToPath(new URL('../../reelmill.ts', import.meta.url))

async function run(...args: string[]) {
  return await execa(process.execPath, [script, 'check', ...args], { reject: false })
}

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reelmill-sample-'))
  await makeSampleOutput(folder)
})
after(() => rm(folder, { recursive: true, force: true }))

describe('reelmill check', () => {
  it('prints a table of tracks and ends with 0 where nothing is wrong', async () => {
    const { exitCode, stdout } = await run(folder, '--strict')
    assert.equal(exitCode, 0)
    assert.match(stdout, /^TRACK +CODECS/)
    assert.match(stdout, /0 errors, 0 warnings/)
  })

  it('ends with 1 on a violation and names the rule, as JSON too', async () => {
    const playlist = join(folder, 'au.m3u8')
    await writeFile(playlist, '#EXTM3U\n#EXT-X-ENDLIST\n')
    const { exitCode, stdout } = await run(folder)
    assert.equal(exitCode, 1)
    assert.match(stdout, /errors\n[^]*8\.6 +au\.m3u8/)
    const json = await run(folder, '--json')
    assert.equal(json.exitCode, 1)
    const report = JSON.parse(json.stdout) as { findings: { rule: string }[] }
    assert.ok(report.findings.some(({ rule }) => rule === '8.6'))
  })

  it('ends with 2 where there is nothing to check', async () => {
    const { exitCode, stderr } = await run(join(folder, 'nothing'))
    assert.equal(exitCode, 2)
    assert.match(stderr, /no HLS or DASH output/)
    assert.equal((await run()).exitCode, 2)
  })
})
