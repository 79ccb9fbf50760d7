import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PolicyView } from '#policies/list.ts'
import { openSite } from '../journeys/site.ts'
import { makeClip } from '../support/clip.ts'
import { callApi } from '../support/server-program.ts'
import { waitFor } from '../support/wait-for.ts'
import { noBrowser, openVisitor } from './browser.ts'

test('Policies are locked until somebody unlocks them; each change counts at once, says what waits, and is seen on every page (P-74, P-31, U70)', {
  skip: noBrowser,
}, async (t) => {
  const { server, dataDir } = await openSite(t)
  const api = `${server.url}/api/v1/policies`
  const valueOf = async (key: string) => {
    const { body } = await callApi<{ policies: PolicyView[] }>('GET', api)
    return body.policies.find((policy) => policy.key === key)?.value
  }
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console/policies')
  const transcode = page.getByRole('switch', { name: 'Transcode' })
  assert.equal(await transcode.isDisabled(), true)
  await page.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('Each change counts at once').waitFor()
  await transcode.click()
  await page.getByText('Transcode: off').waitFor()
  assert.equal(await valueOf('transcodeEnabled'), false)

  const id = await server.create(await makeClip({ folder: dataDir, seconds: 2 }))
  await page.getByText(/^\d+ jobs? waits? because of this$/).waitFor()
  await page.getByRole('link', { name: 'Jobs' }).click()
  await page.getByText(/Transcode is off: \d+ jobs? waits?\./).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Policies' }).click()
  assert.equal(await transcode.isDisabled(), true, 'it is locked again')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await transcode.click()
  await page.getByText('Transcode: on').waitFor()
  assert.equal((await server.settled(id)).state, 'published')
  assert.deepEqual(complaints, [])
})

test('A number is sent when it is typed, what ends runners asks first, and what others change is seen at once (P-74, P-33, P-36, P-37)', {
  skip: noBrowser,
}, async (t) => {
  const { server } = await openSite(t, { env: { RUNNERS: '0' } })
  const api = `${server.url}/api/v1/policies`
  const { page, complaints } = await openVisitor(t, server.url)
  await page.goto('/console/policies')
  await page.getByRole('button', { name: 'Unlock' }).click()
  const failures = page.getByLabel('Give a job up after')
  await failures.fill('-2')
  await page.getByText('A whole number, 0 or more.').waitFor()
  await failures.fill('3')
  await failures.press('Enter')
  await page.getByText('Give a job up after: 3 failures').waitFor()
  await page.getByRole('button', { name: /default of Give a job up after/ }).click()
  await page.getByText('Give a job up after: 5 failures').waitFor()

  const end = page.getByRole('switch', { name: 'End all runners' })
  await end.click()
  const dialog = page.getByRole('dialog', { name: 'End all runners?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.equal(await end.isChecked(), false)

  await failures.fill('7')
  await callApi('PATCH', api, { exportEnabled: 'no' })
  const exports = page.getByRole('switch', { name: 'Export' })
  await waitFor('the switch of the other', async () => !(await exports.isChecked()))
  assert.equal(await failures.inputValue(), '7', 'what is being typed stays')
  await page.getByRole('cell', { name: 'somebody on this machine' }).first().waitFor()
  assert.deepEqual(complaints, [])
})
