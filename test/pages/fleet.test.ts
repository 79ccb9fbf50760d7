import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { stopRunnerProgram } from '../journeys/runner-program.ts'
import { openSite } from '../journeys/site.ts'
import { makeClip } from '../support/clip.ts'
import { makeFolder } from '../support/files.ts'
import { startProgram } from '../support/program.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'

const options = { skip: noBrowser }

test(
  'A runner is drained and comes back; meanwhile its jobs wait, and the page tells (P-75, U71, U101)',
  options,
  async (t) => {
    const { server, dataDir } = await openSite(t, { env: { RUNNERS: '1' } })
    const { page, complaints } = await openVisitor(t, server.url)
    await page.goto('/console/runners')
    const runner = page.getByRole('row', { name: /local-1/ })
    await shows(runner, 'Active')

    await runner.getByRole('button', { name: /^What to do with local-1/ }).click()
    await page.getByRole('menuitem', { name: 'Drain' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('a new disk')
    await dialog.getByRole('button', { name: 'Drain the runner' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await shows(runner, 'Draining')
    await shows(runner, 'a new disk')

    const id = await server.create(await makeClip({ folder: dataDir, seconds: 2 }))
    await waitFor('jobs', async () => (await server.video(id)).state === 'encoding')
    await page.getByRole('link', { name: 'Jobs', exact: true }).click()
    const states = page.getByRole('navigation', { name: 'States' })
    await states.getByRole('link', { name: /^Pending [1-9]/ }).waitFor()
    await states.getByRole('link', { name: /^Processing 0/ }).waitFor()

    await page.getByRole('link', { name: 'Runners', exact: true }).click()
    await runner.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Enable' }).click()
    await shows(runner, 'Active')
    assert.equal((await server.settled(id)).state, 'published')
    // Without a word from whoever looks.
    await shows(runner, /[1-9]\d* done/)
    assert.deepEqual(complaints, [])
  },
)

test(
  'A job is cancelled, its video fails and says why; retried, it is done (D-92, D-93, U73, U102)',
  options,
  async (t) => {
    const { server, dataDir } = await openSite(t, { env: { RUNNERS: '0' } })
    const id = await server.create(await makeClip({ folder: dataDir, seconds: 2 }))
    await waitFor('jobs', async () => (await server.video(id)).state === 'encoding')
    const { page, complaints } = await openVisitor(t, server.url)
    await page.goto('/console/jobs?state=pending')
    const rows = page.getByRole('table', { name: 'Jobs' }).locator('tbody').getByRole('row')
    const first = rows.filter({ hasText: 'opening' }).first()
    await first.getByRole('button', { name: /^What to do with opening/ }).click()
    await page.getByRole('menuitem', { name: 'Cancel' }).click()
    const question = page.getByRole('dialog', { name: /^Cancel opening/ })
    await question.getByText('fails with it').waitFor()
    await question.getByRole('button', { name: 'Cancel the job' }).click()
    await page.getByText('No job fits.').waitFor()
    const failed = await server.video(id)
    assert.deepEqual([failed.state, failed.error?.code], ['failed', 'job_cancelled'])

    await page.getByRole('link', { name: /^Cancelled [1-9]/ }).click()
    await first.getByRole('link', { name: 'opening' }).click()
    const details = page.getByRole('dialog', { name: /opening/ })
    await details.getByText('Frames 0–').waitFor()
    await details.getByText('Its video waits for it').waitFor()
    await details.getByRole('button', { name: 'Retry' }).click()
    await details.getByText('Pending').waitFor()
    assert.equal((await server.video(id)).state, 'encoding')
    await page.keyboard.press('Escape')

    const { uuid } = await readOneJob(server.url, id)
    await page.goto(`/console/jobs?q=${uuid}`)
    await waitFor('one job', async () => (await rows.count()) === 1)
    await page.getByLabel('Type', { exact: true }).selectOption('vod-hls-transcoding')
    await page.getByText('No job fits.').waitFor()
    assert.deepEqual(complaints, [])
  },
)

test(
  'The command that the page shows brings a runner, which the page tells; its token is revoked (U61, P-75)',
  options,
  async (t) => {
    const { server, dataDir } = await openSite(t, { env: { RUNNERS: '0' } })
    const { page, complaints } = await openVisitor(t, server.url)
    await page.goto('/console/runners')
    await page.getByText('There are no runners yet.').waitFor()
    await page.getByRole('button', { name: 'Add a runner' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a runner' })
    const command = await dialog.getByText(/^npm run -s reelmill -- runner/).innerText()
    assert.match(command, /--server http:\S+ --registration-token ptrrt-\S+$/)
    const home = await makeFolder(t)
    const [, args = ''] = command.split(' -- ')
    const program = startProgram([...args.split(' '), '--name', 'carla', '--scratch', home], {
      cwd: home,
      env: { LOG_LEVEL: 'warn' },
    })
    t.after(() => stopRunnerProgram({ name: 'carla', scratch: home, program }))
    await dialog.getByText('carla registered.').waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('row', { name: /carla/ }).getByRole('img', { name: 'Online' }).waitFor()

    await page.getByRole('button', { name: /^Revoke ptrrt-…/ }).click()
    await page.getByRole('button', { name: 'Revoke the token' }).click()
    await page.getByText('There are no tokens.').waitFor()
    const id = await server.create(await makeClip({ folder: dataDir, seconds: 1 }))
    assert.equal((await server.settled(id)).state, 'published')
    await page.getByRole('link', { name: 'Jobs', exact: true }).click()
    await page.getByLabel('Runner', { exact: true }).selectOption('carla')
    await page.getByRole('link', { name: /^Completed [1-9]/ }).waitFor()
    assert.deepEqual(complaints, [])
  },
)

/** What is there for phones alone is not shown on desktops. */
function shows(place: Locator, text: string | RegExp): Promise<void> {
  return place.getByText(text).filter({ visible: true }).waitFor()
}

async function readOneJob(url: string, videoId: string): Promise<{ readonly uuid: string }> {
  const answer = await fetch(`${url}/api/v1/runners/jobs?videoId=${videoId}&count=1`)
  const { data } = (await answer.json()) as { readonly data: { readonly uuid: string }[] }
  assert.ok(data[0])
  return data[0]
}
