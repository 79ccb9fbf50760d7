import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { execa } from 'execa'
import { chromium } from 'playwright-core'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { killProcess, listProcesses } from '../support/processes.ts'
import { waitFor } from '../support/wait-for.ts'

const executablePath = '/usr/bin/chromium'
const skip = existsSync(executablePath)
  ? false
  : `There is no Chromium at ${executablePath}: apt-get install chromium`
const start = join(import.meta.dirname, '../../examples/upload-and-play/start.ts')

test('The example application runs with one command: a page uploads, a webhook tells, a player plays (U8, D-11, D-13)', {
  skip,
}, async (t) => {
  const dataDir = await makeFolder(t)
  const program = execa(process.execPath, [start], {
    env: { PORT: '0', DATA_DIR: dataDir },
    reject: false,
    stdin: 'ignore',
    all: true,
    // Its end takes what it takes.
    forceKillAfterDelay: false,
  })
  t.after(async () => {
    program.kill('SIGTERM')
    const { exitCode } = await program
    for (const { pid } of await listProcesses(dataDir)) killProcess(pid)
    assert.equal(exitCode, 0)
  })
  let said = ''
  program.all.on('data', (text) => {
    said += String(text)
  })
  const url = await waitFor('the application', () => {
    const [, found = null] = /application is at (\S+),/.exec(said) ?? []
    return found
  })

  const forged = await fetch(`${url}/webhooks`, {
    method: 'POST',
    body: '{"type":"video.published"}',
    headers: { 'webhook-id': 'x', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' },
  })
  assert.equal(forged.status, 401)

  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  t.after(() => browser.close())
  const page = await browser.newPage()
  await page.goto(url)
  const clip = await makeClip({ folder: dataDir, seconds: 3, name: 'My <b>film.mp4' })
  await page.setInputFiles('#file', clip)
  await page.waitForSelector('li[data-state="ready"]', { timeout: 120_000 })
  assert.match((await page.textContent('li')) ?? '', /^My <b>film\.mp4: ready/)
  await page.getByRole('button', { name: 'Play' }).click()
  await waitFor('moving pictures', async () => {
    const seconds = await page.evaluate("document.querySelector('video').currentTime")
    return Number(seconds) > 0.5
  })
  assert.equal(await page.textContent('#trouble'), '')
})
